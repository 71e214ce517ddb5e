// Changes of the delta put between the rows of a block. See index_scan.h.

#include <algorithm>
#include <cstring>

#include "storage/index/index_scan.h"

namespace sanad {
namespace {

// Spans of a smaller part of a block are searched in its packed bytes.
constexpr size_t kSmallPart = 16;
// Room in a batch, in rows, for which changes are still merged into groups.
constexpr size_t kWorthMerging = QuadBatch::kCapacity / 4;

}  // namespace

absl::Status IndexScan::StepChange(QuadBatch& batch) {
  if (end_ - pos_ >= block_.rows() / kSmallPart) {
    block_.DecodeWhole(std::max(read_, SearchedColumns()));
  }
  const Row& change = delta_.rows[next_delta_];
  const size_t found = block_.Find(change, pos_, end_);
  if (pos_ < found) return EmitRows(found, batch);
  touched_ = true;
  if (delta_.signs[next_delta_] > 0) {
    EmitDelta(batch);
  } else {
    ++next_delta_;
    if (pos_ < end_ && block_.RowAt(pos_) == change) ++pos_;
  }
  return absl::OkStatus();
}

void IndexScan::FindLastChange() {
  const Row& last = std::min(high_, block_.info()->last);
  const std::span<const Row> rows = delta_.rows.subspan(next_delta_);
  size_t low = 0, step = 4;
  while (low + step < rows.size() && rows[low + step] <= last) {
    low += step;
    step *= 2;
  }
  const auto begin = rows.begin() + static_cast<ptrdiff_t>(low);
  const auto end = rows.begin() + static_cast<ptrdiff_t>(std::min(low + step, rows.size()));
  changes_end_ =
      next_delta_ + static_cast<size_t>(std::upper_bound(begin, end, last) - rows.begin());
}

void IndexScan::MergeChanges(QuadBatch& batch) {
  if (changes_end_ == 0) FindLastChange();
  const size_t room = QuadBatch::kCapacity - batch.size;
  const size_t first = pos_, end = std::min(end_, pos_ + room);
  const size_t changes = changes_end_ - next_delta_, some = std::min(changes, room);
  Reserve(std::min(room, end - first + some), batch);
  std::array<uint64_t*, 4> out{};
  for (size_t c = 0; c < read_; ++c) out[c] = Words(batch.columns[c]) + batch.size;
  block_.Decode(first, end, std::max(read_, SearchedColumns()), out);
  block_.FindEach(delta_.rows.subspan(next_delta_, some), first, end, end < end_, found_);
  const size_t rows = ListPieces(end, found_.size() < some || some == changes, room);
  for (size_t c = 0; c < read_; ++c) {
    if (IsConstant(c) || c < block_.constant_columns()) {
      std::fill(out[c], out[c] + rows, IsConstant(c) ? low_[c].bits() : block_.At(c, first));
    } else {
      Spread(c, first, out[c]);
    }
  }
  block_.Forget();
  batch.size += rows;
}

void IndexScan::MergeGroups(QuadBatch& batch) {
  // Rows make fewer groups: those that have room are listed, and what little room is
  // left in the end is not worth a call for each row.
  const size_t room = QuadBatch::kCapacity - batch.size;
  if (room < kWorthMerging) {
    full_enough_ = true;
    return;
  }
  if (changes_end_ == 0) FindLastChange();
  const size_t first = pos_, end = std::min(end_, pos_ + room);
  const size_t changes = changes_end_ - next_delta_, some = std::min(changes, room);
  std::array<uint64_t*, 4> out{};
  for (size_t c = block_.constant_columns(); c < read_; ++c) {
    if (values_[c].size() < QuadBatch::kCapacity) values_[c].resize(QuadBatch::kCapacity);
    out[c] = values_[c].data();
  }
  // Runs of equal columns are long here, so that the column behind them is searched too.
  block_.Decode(first, end, std::max(read_, std::min<size_t>(SearchedColumns() + 1, 4)), out);
  block_.FindEach(delta_.rows.subspan(next_delta_, some), first, end, end < end_, found_);
  ListPieces(end, found_.size() < some || some == changes, room);
  for (const Piece& piece : pieces_) {
    AppendGroups(piece.begin - first, piece.end - first, batch);
    if (piece.change == nullptr) continue;
    if (SameGroup(*piece.change, batch)) {
      ++batch.multiplicity.back();
    } else {
      AppendRow(*piece.change, batch);
      batch.multiplicity.push_back(1);
    }
  }
  block_.Forget();
}

size_t IndexScan::ListPieces(size_t end, bool all, size_t room) {
  const size_t free = room;
  const bool distinct = filter_.distinct();
  // Whether the row taken last is the block's in front of pos_; else it is last_.
  bool of_block = pos_ > 0 && !touched_;
  const auto take_rows = [&](size_t to) {
    if (pos_ < to && distinct && !of_block && has_last_ && block_.IsTriple(pos_, last_)) ++pos_;
    const size_t begin = pos_, out = free - room;
    pos_ = std::min(to, begin + room);
    room -= pos_ - begin;
    of_block = of_block || begin < pos_;
    pieces_.push_back({begin, pos_, out, nullptr});
    return pos_ == to;
  };
  pieces_.clear();
  for (const uint32_t found : found_) {
    if (!take_rows(std::max<size_t>(found, pos_)) || room == 0) break;
    const Row& change = delta_.rows[next_delta_];
    if (delta_.signs[next_delta_++] < 0) {
      if (pos_ == end_ || block_.RowAt(pos_) != change) continue;
      if (of_block) last_ = block_.RowAt(pos_ - 1);
      has_last_ = has_last_ || of_block;
      ++pos_;
    } else {
      if (!filter_.Passes(change[GraphColumn(order_)])) continue;
      if (distinct && (of_block ? block_.IsTriple(pos_ - 1, change) : Repeats(change))) continue;
      pieces_.back().change = &change;
      last_ = change;
      has_last_ = true;
      --room;
    }
    of_block = false;
  }
  if (all && room > 0) take_rows(end);
  if (distinct && of_block) {
    last_ = block_.RowAt(pos_ - 1);
    has_last_ = true;
  }
  touched_ = !of_block;
  return free - room;
}

void IndexScan::Spread(size_t column, size_t first, uint64_t* out) const {
  const auto move = [&](const Piece& piece) {
    std::memmove(out + piece.out, out + (piece.begin - first),
                 (piece.end - piece.begin) * sizeof *out);
  };
  // Those that go to the right from the right, so that none is overwritten.
  for (auto piece = pieces_.rbegin(); piece != pieces_.rend(); ++piece) {
    if (piece->out > piece->begin - first) move(*piece);
  }
  for (const Piece& piece : pieces_) {
    if (piece.out < piece.begin - first) move(piece);
  }
  for (const Piece& piece : pieces_) {
    if (piece.change == nullptr) continue;
    out[piece.out + piece.end - piece.begin] = (*piece.change)[column].bits();
  }
}

}  // namespace sanad
