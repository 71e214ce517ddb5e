// See scan_block.h.

#include "storage/index/scan_block.h"

#include <algorithm>
#include <cstring>

namespace sanad {
namespace {

// Searches that go on side by side.
constexpr size_t kAbreast = 4;
// Rows of one value that are compared one by one before they are searched.
constexpr size_t kShortRun = 8;

// The first of `size` rising values that is not below each of some, as indexes.
// No branch depends on them, so that the processor overlaps their searches.
template <size_t count>
std::array<size_t, count> LowerBounds(const uint64_t* values, size_t size,
                                      const std::array<uint64_t, count>& wanted) {
  std::array<size_t, count> first{};
  while (size > 1) {
    const size_t half = size / 2;
    for (size_t i = 0; i < count; ++i) {
      first[i] = values[first[i] + half - 1] < wanted[i] ? first[i] + half : first[i];
    }
    size -= half;
  }
  for (size_t i = 0; i < count && size == 1; ++i) first[i] += values[first[i]] < wanted[i];
  return first;
}

}  // namespace

void ScanBlock::Enter(const NodeInfo* info) {
  info_ = info;
  data_ = nullptr;
  window_begin_ = window_end_ = decoded_ = constant_ = 0;
  while (constant_ < 4 && info->first[constant_] == info->last[constant_]) ++constant_;
}

void ScanBlock::Decode(size_t begin, size_t end, size_t columns,
                       const std::array<uint64_t*, 4>& out) {
  window_begin_ = begin;
  window_end_ = end;
  decoded_ = columns;
  for (size_t c = constant_; c < columns; ++c) DecodeColumn(c, out[c]);
}

void ScanBlock::DecodeWhole(size_t columns) {
  if (window_end_ - window_begin_ < rows() || decoded_ == 0) {
    Decode(0, rows(), columns, {});
  }
  for (size_t c = std::max(constant_, decoded_); c < columns; ++c) DecodeColumn(c, nullptr);
  decoded_ = std::max(decoded_, columns);
}

void ScanBlock::DecodeColumn(size_t column, uint64_t* out) {
  if (out == nullptr) {
    own_[column].resize(kBlockRows);
    out = own_[column].data();
  }
  data_->reader.Decode(column, window_begin_, window_end_, out);
  values_[column] = out;
}

Row ScanBlock::RowAt(size_t row) const {
  if (row == 0) return info_->first;
  return {TermId(At(0, row)), TermId(At(1, row)), TermId(At(2, row)), TermId(At(3, row))};
}

void ScanBlock::Copy(size_t column, size_t begin, size_t end, uint64_t* out) const {
  if (column < constant_) {
    std::fill(out, out + (end - begin), info_->first[column].bits());
  } else if (IsDecoded(column, begin, end)) {
    std::memcpy(out, Decoded(column, begin), (end - begin) * sizeof *out);
  } else {
    data_->reader.Decode(column, begin, end, out);
  }
}

size_t ScanBlock::LowerBound(size_t column, size_t begin, size_t end, uint64_t value) const {
  if (!IsDecoded(column, begin, end)) return data_->reader.LowerBound(column, begin, end, value);
  // What is looked for lies near more often than not.
  const uint64_t* const values = Decoded(column, begin);
  const size_t size = end - begin;
  size_t low = 0, step = 8;
  while (low + step < size && values[low + step] < value) {
    low += step;
    step *= 2;
  }
  return begin + low + LowerBounds<1>(values + low, std::min(step + 1, size - low), {value})[0];
}

size_t ScanBlock::FindFrom(size_t column, size_t begin, size_t end, const Row& row) const {
  for (; column < 3 && begin < end && At(column, begin) == row[column].bits(); ++column) {
    const uint64_t next = row[column + 1].bits();
    if (IsDecoded(column + 1, begin, end)) {
      // Runs of one value are short more often than not.
      const uint64_t* const here = Decoded(column, begin);
      const uint64_t* const behind = Decoded(column + 1, begin);
      const size_t near = std::min(end - begin, kShortRun);
      size_t i = 0;
      while (i < near && here[i] == row[column].bits() && behind[i] < next) ++i;
      begin += i;
      if (i < near && (here[i] != row[column].bits() || behind[i] > next)) return begin;
    }
    if (row[column] != TermId::Max()) {
      end = LowerBound(column, begin, end, row[column].bits() + 1);
    }
    begin = LowerBound(column + 1, begin, end, next);
  }
  return begin;
}

size_t ScanBlock::Find(const Row& row, size_t begin, size_t end) const {
  if (constant_ == 4 || begin == end) return begin;
  return FindFrom(constant_, LowerBound(constant_, begin, end, row[constant_].bits()), end, row);
}

void ScanBlock::FindEach(std::span<const Row> rows, size_t begin, size_t end, bool before_end,
                         std::vector<uint32_t>& found) const {
  found.clear();
  if (constant_ == 4) {
    found.assign(rows.size(), static_cast<uint32_t>(begin));
    return;
  }
  const uint64_t* const values = Decoded(constant_, begin);
  found.resize(rows.size());
  for (size_t i = 0; i < rows.size(); i += kAbreast) {
    const size_t some = std::min(kAbreast, rows.size() - i);
    std::array<uint64_t, kAbreast> wanted;
    for (size_t k = 0; k < kAbreast; ++k) {
      wanted[k] = rows[i + std::min(k, some - 1)][constant_].bits();
    }
    const std::array<size_t, kAbreast> first = LowerBounds<kAbreast>(values, end - begin, wanted);
    for (size_t k = 0; k < some; ++k) found[i + k] = static_cast<uint32_t>(begin + first[k]);
  }
  for (size_t i = 0; i < rows.size(); ++i) {
    const size_t place = FindFrom(constant_, found[i], end, rows[i]);
    found[i] = static_cast<uint32_t>(place);
    if (place == end && before_end) {
      found.resize(i);
      return;
    }
  }
}

std::pair<size_t, size_t> ScanBlock::Range(const Row& low, const Row& high) const {
  return data_->reader.Range(BitsOf(low), BitsOf(high));
}

}  // namespace sanad
