// See block_codec.h.

#include "storage/encoding/block_codec.h"

#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <tuple>
#include <vector>

namespace sanad {
namespace {

constexpr uint8_t kVersion = 1;
constexpr size_t kHeaderBytes = 20;
constexpr size_t kChecksumBytes = 4;
constexpr size_t kColumnHeaderBytes = 14;

enum Mode : uint8_t { kFrame = 0, kDelta = 1, kTable = 2 };

// Rows of a mini-block that are read one by one.
constexpr size_t kFewRows = 32;

constexpr int kWidest = 60;  // Widths above are stored as 64.
constexpr uint8_t kWidth64 = 61;

int StorableWidth(int width) { return width > kWidest ? 64 : width; }
uint8_t ModeByte(Mode mode, int width) {
  return static_cast<uint8_t>(mode << 6 | (width == 64 ? kWidth64 : width));
}
int WidthOf(uint8_t mode_byte) {
  const int width = mode_byte & 63;
  return width >= kWidth64 ? 64 : width;
}

template <typename T>
void PutLittle(std::string& out, T value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}
template <typename T>
T Little(const uint8_t* in) {
  T value;
  std::memcpy(&value, in, sizeof value);
  return value;
}

// The high parts of a column's values: ids of several kinds and codes.
struct Table {
  int low_bits = 0;
  int width = 64;
  std::vector<uint64_t> entries;
};

// A column whose frames would be wide: finds the split into high and low bits
// that takes the fewest bits, table included.
Table ChooseTable(std::span<const uint64_t> values) {
  std::vector<uint64_t> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  Table best;
  size_t best_cost = values.size() * 64;
  for (int low_bits = 0; low_bits <= 40; low_bits += 4) {
    size_t entries = 1;
    for (size_t i = 1; i < sorted.size(); ++i) {
      entries += (sorted[i] >> low_bits) != (sorted[i - 1] >> low_bits);
    }
    const int width = low_bits + BitWidth(entries - 1);
    const size_t cost = entries * 64 + values.size() * static_cast<size_t>(width);
    if (cost >= best_cost || width > kWidest) continue;
    best_cost = cost;
    best.low_bits = low_bits;
    best.width = width;
    best.entries.resize(entries);
  }
  if (best.entries.empty()) return best;
  best.entries.clear();
  for (const uint64_t value : sorted) {
    const uint64_t high = value >> best.low_bits << best.low_bits;
    if (best.entries.empty() || best.entries.back() != high) best.entries.push_back(high);
  }
  return best;
}

// A table of the values themselves where they are few: predicates, classes. Empty
// when they are many.
Table FewValues(std::span<const uint64_t> values) {
  constexpr size_t kSlots = 1024;
  constexpr size_t kMost = 256;
  std::array<uint64_t, kSlots> slots;
  std::array<bool, kSlots> used{};
  Table table;
  uint64_t last = ~values[0];
  for (const uint64_t value : values) {
    if (value == last) continue;
    last = value;
    size_t slot = static_cast<size_t>((value * 0x9E3779B97F4A7C15u) >> 54);
    while (used[slot] && slots[slot] != value) slot = (slot + 1) % kSlots;
    if (used[slot]) continue;
    if (table.entries.size() == kMost) return Table();
    used[slot] = true;
    slots[slot] = value;
    table.entries.push_back(value);
  }
  std::sort(table.entries.begin(), table.entries.end());
  table.width = BitWidth(table.entries.size() - 1);
  return table;
}

struct Mini {
  std::array<uint64_t, kMiniRows> values;
  uint64_t least = 0;
  int frame_width = 0;
  int delta_width = 64;  // 64: the values fall somewhere.
  size_t rows = 0;
};

Mini Measure(std::span<const uint64_t> values) {
  Mini mini;
  mini.rows = values.size();
  std::copy(values.begin(), values.end(), mini.values.begin());
  std::fill(mini.values.begin() + static_cast<ptrdiff_t>(values.size()), mini.values.end(),
            values.back());
  uint64_t least = values[0], most = values[0], deltas = 0;
  bool rises = true;
  for (size_t i = 1; i < values.size(); ++i) {
    least = std::min(least, values[i]);
    most = std::max(most, values[i]);
    rises = rises && values[i] >= values[i - 1];
    deltas |= values[i] - values[i - 1];
  }
  mini.least = least;
  mini.frame_width = StorableWidth(BitWidth(most - least));
  if (rises) mini.delta_width = StorableWidth(BitWidth(deltas));
  return mini;
}

void AppendPacked(std::string& out, const uint64_t* values, int width) {
  const size_t size = out.size();
  out.resize(size + PackedBytes(width));
  Pack128(values, width, reinterpret_cast<uint8_t*>(out.data()) + size);
}

// Frames this wide are worth a look for few values, and a search for few high
// parts.
constexpr int kMediumFrame = 7;
constexpr int kWideFrame = 24;

void AppendColumn(std::span<const uint64_t> values, std::string& out) {
  if (values.front() == values.back() &&
      std::all_of(values.begin(), values.end(), [&](uint64_t v) { return v == values[0]; })) {
    out.push_back(0);
    PutLittle(out, values[0]);
    return;
  }
  std::vector<Mini> minis;
  size_t medium = 0, wide = 0, bits = 0;
  for (size_t i = 0; i < values.size(); i += kMiniRows) {
    minis.push_back(Measure(values.subspan(i, std::min(kMiniRows, values.size() - i))));
    const int width = std::min(minis.back().frame_width, minis.back().delta_width);
    medium += width > kMediumFrame;
    wide += width > kWideFrame;
    bits += static_cast<size_t>(width) * kMiniRows;
  }
  Table table;
  if (medium * 2 > minis.size()) {
    table = FewValues(values);
    if (table.entries.size() * 64 + static_cast<size_t>(table.width) * values.size() > bits) {
      table = Table();
    }
  }
  if (wide > 0 && table.entries.empty()) table = ChooseTable(values);
  std::vector<Mode> modes;
  bool table_used = false;
  uint64_t least = ~uint64_t{0}, most = 0;
  for (const Mini& mini : minis) {
    Mode mode = mini.delta_width + 1 < mini.frame_width ? kDelta : kFrame;
    if (!table.entries.empty() &&
        table.width + 4 < (mode == kDelta ? mini.delta_width : mini.frame_width)) {
      mode = kTable;
      table_used = true;
    } else {
      least = std::min(least, mini.least);
      most = std::max(most, mini.least);
    }
    modes.push_back(mode);
  }
  if (least > most) least = most = 0;
  const int base_bytes = (BitWidth(most - least) + 7) / 8;
  out.push_back(1);
  out.push_back(static_cast<char>(base_bytes));
  out.push_back(static_cast<char>(table.low_bits));
  out.push_back(0);
  PutLittle(out, static_cast<uint16_t>(table_used ? table.entries.size() : 0));
  PutLittle(out, least);
  if (table_used) {
    for (const uint64_t entry : table.entries) PutLittle(out, entry);
  }
  for (size_t m = 0; m < minis.size(); ++m) {
    const int width = modes[m] == kTable   ? table.width
                      : modes[m] == kDelta ? minis[m].delta_width
                                           : minis[m].frame_width;
    out.push_back(static_cast<char>(ModeByte(modes[m], width)));
  }
  for (size_t m = 0; m < minis.size(); ++m) {
    const uint64_t base = modes[m] == kTable ? 0 : minis[m].least - least;
    out.append(reinterpret_cast<const char*>(&base), static_cast<size_t>(base_bytes));
  }
  std::array<uint64_t, kMiniRows> codes;
  for (size_t m = 0; m < minis.size(); ++m) {
    const Mini& mini = minis[m];
    switch (modes[m]) {
      case kFrame:
        for (size_t i = 0; i < kMiniRows; ++i) codes[i] = mini.values[i] - mini.least;
        AppendPacked(out, codes.data(), mini.frame_width);
        break;
      case kDelta:
        codes[0] = 0;
        for (size_t i = 1; i < kMiniRows; ++i) codes[i] = mini.values[i] - mini.values[i - 1];
        AppendPacked(out, codes.data(), mini.delta_width);
        break;
      case kTable: {
        const uint64_t mask = (uint64_t{1} << table.low_bits) - 1;
        for (size_t i = 0; i < kMiniRows; ++i) {
          const uint64_t high = mini.values[i] & ~mask;
          const auto entry = std::lower_bound(table.entries.begin(), table.entries.end(), high);
          codes[i] = static_cast<uint64_t>(entry - table.entries.begin()) << table.low_bits |
                     (mini.values[i] & mask);
        }
        AppendPacked(out, codes.data(), table.width);
        break;
      }
    }
  }
}

uint32_t Checksum(std::string_view bytes) {
  return static_cast<uint32_t>(XXH3_64bits(bytes.data(), bytes.size()));
}

}  // namespace

std::string EncodeBlock(const std::array<std::span<const uint64_t>, 4>& columns) {
  std::string out;
  out.reserve(8192);
  out.push_back(kVersion);
  out.push_back(0);
  PutLittle(out, static_cast<uint16_t>(columns[0].size()));
  out.resize(kHeaderBytes);
  for (size_t c = 0; c < 4; ++c) {
    AppendColumn(columns[c], out);
    const auto end = static_cast<uint32_t>(out.size());
    std::memcpy(out.data() + 4 + 4 * c, &end, sizeof end);
  }
  PutLittle(out, Checksum(out));
  return out;
}

bool BlockReader::Open(std::string_view bytes) {
  rows_ = 0;
  if (bytes.size() < kHeaderBytes + kChecksumBytes) return false;
  const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
  const auto rows = Little<uint16_t>(data + 2);
  if (data[0] != kVersion || rows == 0 || rows > kBlockRows) return false;
  bytes_ = bytes;
  rows_ = rows;
  size_t begin = kHeaderBytes;
  for (size_t c = 0; c < 4; ++c) {
    const size_t end = Little<uint32_t>(data + 4 + 4 * c);
    if (end < begin || end > bytes.size() - kChecksumBytes ||
        !OpenColumn(bytes.substr(begin, end - begin), columns_[c])) {
      rows_ = 0;
      return false;
    }
    begin = end;
  }
  return true;
}

bool BlockReader::OpenColumn(std::string_view bytes, Column& column) const {
  const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
  if (bytes.size() == 9 && data[0] == 0) {
    column.constant = true;
    column.value = Little<uint64_t>(data + 1);
    return true;
  }
  if (bytes.size() < kColumnHeaderBytes || data[0] != 1) return false;
  column.constant = false;
  column.base_bytes = data[1];
  column.low_bits = data[2];
  column.table_size = Little<uint16_t>(data + 4);
  column.value = Little<uint64_t>(data + 6);
  if (column.base_bytes > 8 || column.low_bits > 60) return false;
  const size_t minis = (rows_ + kMiniRows - 1) / kMiniRows;
  const size_t fixed =
      kColumnHeaderBytes + size_t{8} * column.table_size + minis + minis * column.base_bytes;
  if (fixed > bytes.size()) return false;
  column.table = data + kColumnHeaderBytes;
  column.modes = column.table + size_t{8} * column.table_size;
  column.bases = column.modes + minis;
  column.packed = data + fixed;
  size_t offset = 0;
  for (size_t m = 0; m < minis; ++m) {
    const uint8_t mode = column.modes[m] >> 6;
    if (mode > kTable || (mode == kTable && column.table_size == 0)) return false;
    column.offsets[m] = static_cast<uint16_t>(offset);
    offset += static_cast<size_t>(WidthOf(column.modes[m]));
  }
  return offset * 16 == bytes.size() - fixed;
}

uint64_t BlockReader::BaseOf(const Column& column, size_t mini) const {
  uint64_t base = 0;
  std::memcpy(&base, column.bases + mini * column.base_bytes, column.base_bytes);
  return column.value + base;
}

uint64_t BlockReader::FromTable(const Column& column, uint64_t code) const {
  // Clamped, so that damaged bytes cannot lead outside the table.
  const uint64_t entry = std::min<uint64_t>(code >> column.low_bits, column.table_size - 1u);
  return Little<uint64_t>(column.table + 8 * entry) +
         (code & ((uint64_t{1} << column.low_bits) - 1));
}

void BlockReader::DecodeMini(const Column& column, size_t mini, uint64_t* out) const {
  const uint8_t mode_byte = column.modes[mini];
  const int width = WidthOf(mode_byte);
  const uint8_t* packed = column.packed + size_t{16} * column.offsets[mini];
  switch (mode_byte >> 6) {
    case kFrame:
      Unpack128(packed, width, BaseOf(column, mini), out);
      break;
    case kDelta: {
      Unpack128(packed, width, 0, out);
      uint64_t value = BaseOf(column, mini);
      for (size_t i = 0; i < kMiniRows; ++i) out[i] = value += out[i];
      break;
    }
    default: {
      Unpack128(packed, width, 0, out);
      for (size_t i = 0; i < kMiniRows; ++i) out[i] = FromTable(column, out[i]);
      break;
    }
  }
}

void BlockReader::Decode(size_t column_index, size_t begin, size_t end, uint64_t* out) const {
  const Column& column = columns_[column_index];
  if (column.constant) {
    std::fill(out, out + (end - begin), column.value);
    return;
  }
  while (begin < end) {
    const size_t mini = begin / kMiniRows, first = begin % kMiniRows;
    const size_t count = std::min(kMiniRows - first, end - begin);
    if (count == kMiniRows) {
      DecodeMini(column, mini, out);
    } else if (first + count <= kFewRows && column.modes[mini] >> 6 == kDelta) {
      PackedReader deltas(PackedOf(column, mini), WidthOf(column.modes[mini]));
      uint64_t value = BaseOf(column, mini);
      for (size_t i = 0; i < first; ++i) value += deltas.Next();
      for (size_t i = 0; i < count; ++i) out[i] = value += deltas.Next();
    } else if (count <= kFewRows / 4 && column.modes[mini] >> 6 != kDelta) {
      for (size_t i = 0; i < count; ++i) out[i] = At(column_index, begin + i);
    } else {
      uint64_t values[kMiniRows];
      DecodeMini(column, mini, values);
      std::memcpy(out, values + first, count * sizeof *out);
    }
    begin += count;
    out += count;
  }
}

uint64_t BlockReader::At(size_t column_index, size_t row) const {
  const Column& column = columns_[column_index];
  if (column.constant) return column.value;
  const size_t mini = row / kMiniRows, place = row % kMiniRows;
  const uint8_t mode_byte = column.modes[mini];
  const int width = WidthOf(mode_byte);
  const uint8_t* packed = column.packed + size_t{16} * column.offsets[mini];
  switch (mode_byte >> 6) {
    case kFrame:
      return BaseOf(column, mini) + UnpackOne(packed, width, place);
    case kDelta: {
      PackedReader deltas(packed, width);
      uint64_t value = BaseOf(column, mini);
      for (size_t i = 0; i <= place; ++i) value += deltas.Next();
      return value;
    }
    default:
      return FromTable(column, UnpackOne(packed, width, place));
  }
}

size_t BlockReader::MiniOf(size_t column_index, size_t begin, size_t end, uint64_t value) const {
  // The first mini-block boundary inside (begin, end) whose value is not below.
  size_t low = begin / kMiniRows + 1, high = (end + kMiniRows - 1) / kMiniRows;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (At(column_index, middle * kMiniRows) < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}

size_t BlockReader::LowerBound(size_t column_index, size_t begin, size_t end,
                               uint64_t value) const {
  const Column& column = columns_[column_index];
  if (begin >= end) return end;
  if (column.constant) return column.value < value ? end : begin;
  const size_t mini = MiniOf(column_index, begin, end, value);
  size_t first = std::max(begin, mini * kMiniRows);
  size_t last = std::min(end, (mini + 1) * kMiniRows);
  if (column.modes[mini] >> 6 == kDelta) {
    PackedReader deltas(PackedOf(column, mini), WidthOf(column.modes[mini]));
    uint64_t held = BaseOf(column, mini);
    for (size_t row = mini * kMiniRows; row < last; ++row) {
      held += deltas.Next();
      if (held >= value && row >= first) return row;
    }
    return last;
  }
  // A few values read one by one cost less than the whole mini-block.
  while (first < last) {
    const size_t middle = (first + last) / 2;
    if (At(column_index, middle) < value) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  return first;
}

std::pair<size_t, size_t> BlockReader::EqualRange(size_t column_index, size_t begin, size_t end,
                                                  uint64_t value) const {
  const Column& column = columns_[column_index];
  if (begin >= end) return {end, end};
  if (column.constant) {
    if (column.value == value) return {begin, end};
    return column.value < value ? std::pair(end, end) : std::pair(begin, begin);
  }
  const size_t mini = MiniOf(column_index, begin, end, value);
  const size_t mini_end = std::min(end, (mini + 1) * kMiniRows);
  size_t first = mini_end, last = mini_end;
  if (column.modes[mini] >> 6 == kDelta) {
    PackedReader deltas(PackedOf(column, mini), WidthOf(column.modes[mini]));
    uint64_t held = BaseOf(column, mini);
    for (size_t row = mini * kMiniRows; row < mini_end; ++row) {
      held += deltas.Next();
      if (row < begin || held < value) continue;
      if (first == mini_end) first = row;
      if (held == value) continue;
      last = row;
      break;
    }
  } else {
    first = LowerBound(column_index, std::max(begin, mini * kMiniRows), mini_end, value);
    // Runs are short more often than not.
    last = first;
    while (last < mini_end && last < first + 4 && At(column_index, last) == value) ++last;
    if (last == first + 4) last = LowerBound(column_index, last, mini_end, value + 1);
  }
  // The run may go on behind, or only begin there.
  if (last == mini_end && last < end && value != ~uint64_t{0}) {
    last = LowerBound(column_index, last, end, value + 1);
  } else if (last == mini_end && value == ~uint64_t{0}) {
    last = end;
  }
  return {first, last};
}

size_t BlockReader::LowerBound(const std::array<uint64_t, 4>& key, size_t column, size_t begin,
                               size_t end) const {
  for (size_t c = column; c < 4 && begin < end; ++c) {
    if (std::all_of(key.begin() + static_cast<ptrdiff_t>(c), key.end(),
                    [](uint64_t value) { return value == 0; })) {
      break;
    }
    begin = LowerBound(c, begin, end, key[c]);
    if (c < 3 && key[c] != ~uint64_t{0}) end = LowerBound(c, begin, end, key[c] + 1);
  }
  return begin;
}

size_t BlockReader::UpperBound(const std::array<uint64_t, 4>& key, size_t column, size_t begin,
                               size_t end) const {
  for (size_t c = column; c < 4 && begin < end; ++c) {
    if (std::all_of(key.begin() + static_cast<ptrdiff_t>(c), key.end(),
                    [](uint64_t value) { return value == ~uint64_t{0}; })) {
      break;
    }
    begin = LowerBound(c, begin, end, key[c]);
    if (key[c] != ~uint64_t{0}) end = LowerBound(c, begin, end, key[c] + 1);
  }
  return end;
}

size_t BlockReader::LowerBound(const std::array<uint64_t, 4>& key) const {
  return LowerBound(key, 0, 0, rows_);
}

std::pair<size_t, size_t> BlockReader::Range(const std::array<uint64_t, 4>& low,
                                             const std::array<uint64_t, 4>& high) const {
  size_t begin = 0, end = rows_, c = 0;
  for (; c < 4 && low[c] == high[c] && begin < end; ++c) {
    std::tie(begin, end) = EqualRange(c, begin, end, low[c]);
  }
  if (begin == end) return {begin, begin};
  const size_t first = LowerBound(low, c, begin, end);
  return {first, std::max(first, UpperBound(high, c, begin, end))};
}

bool BlockReader::ChecksumMatches() const {
  const std::string_view body = bytes_.substr(0, bytes_.size() - kChecksumBytes);
  return Little<uint32_t>(reinterpret_cast<const uint8_t*>(bytes_.data()) + body.size()) ==
         Checksum(body);
}

}  // namespace sanad
