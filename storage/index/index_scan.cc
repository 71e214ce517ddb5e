// See index_scan.h.

#include "storage/index/index_scan.h"

#include <algorithm>
#include <cstring>

#include "storage/model/text.h"

namespace sanad {
namespace {

std::array<uint64_t, 4> Bits(const Row& row) {
  return {row[0].bits(), row[1].bits(), row[2].bits(), row[3].bits()};
}

// A column of a batch as plain words.
uint64_t* Words(std::vector<TermId>& column) {
  static_assert(sizeof(TermId) == sizeof(uint64_t));
  return reinterpret_cast<uint64_t*>(column.data());
}

}  // namespace

IndexScan::IndexScan(const ScanRequest& request, const ScanShape& shape, GraphFilter filter,
                     ScanInput input)
    : order_(request.order), shape_(shape), filter_(std::move(filter)), input_(std::move(input)) {
  each_ = request.scope.kind == GraphScope::Kind::kEach;
  collapse_ = request.columns < 3 && !each_;
  compared_ = static_cast<size_t>(std::clamp(request.columns, 0, 3));
  const size_t first = order_ == Order::kGspo ? 1 : 0;
  read_ = each_ ? 4 : first + compared_;
  // Without a free column there is nothing to restrict.
  if (shape.bound <= 3) ranges_ = request.ranges;
  EnterSpan();
  Row last = shape.high;
  if (!ranges_.empty()) last[shape.key_column] = ranges_.back().high;
  delta_ = input_.delta->Range(order_, low_, last);
  input_.delta = nullptr;
}

void IndexScan::EnterSpan() {
  positioned_ = false;
  end_known_ = false;
  ended_ = span_ >= std::max<size_t>(1, ranges_.size());
  if (ended_) return;
  low_ = shape_.low;
  high_ = shape_.high;
  if (ranges_.empty()) return;
  low_[shape_.key_column] = ranges_[span_].low;
  high_[shape_.key_column] = ranges_[span_].high;
}

bool IndexScan::Next(QuadBatch& batch) {
  room_ = QuadBatch::kCapacity;
  for (size_t c = 0; c < 4; ++c) {
    if (c >= read_) batch.columns[c].clear();
    if (c < read_) room_ = std::min(room_, batch.columns[c].size());
  }
  batch.multiplicity.clear();
  batch.size = 0;
  while (status_.ok() && !ended_ && !Full(batch)) {
    if (!positioned_) {
      status_ = Position();
    } else {
      status_ = Step(batch);
    }
  }
  for (size_t c = 0; c < read_; ++c) batch.columns[c].resize(batch.size);
  return status_.ok() && batch.size > 0;
}

void IndexScan::Reserve(size_t rows, QuadBatch& batch) {
  const size_t needed = batch.size + rows;
  if (needed <= room_) return;
  room_ = std::min(QuadBatch::kCapacity, std::max({needed, 2 * room_, size_t{16}}));
  for (size_t c = 0; c < read_; ++c) batch.columns[c].resize(room_);
}

void IndexScan::AppendRow(const Row& row, QuadBatch& batch) {
  Reserve(1, batch);
  for (size_t c = 0; c < read_; ++c) batch.columns[c][batch.size] = row[c];
  ++batch.size;
}

void IndexScan::SkipTo(TermId key) {
  const size_t c = shape_.key_column;
  while (!ended_ && high_[c] < key) {
    ++span_;
    EnterSpan();
  }
  if (ended_ || low_[c] >= key) return;
  low_ = shape_.low;
  low_[c] = key;
  positioned_ = false;
}

absl::Status IndexScan::Position() {
  positioned_ = true;
  const auto next = delta_.rows.begin() + static_cast<ptrdiff_t>(next_delta_);
  next_delta_ =
      static_cast<size_t>(std::lower_bound(next, delta_.rows.end(), low_) - delta_.rows.begin());
  if (info_ == nullptr || info_->last < low_) return SeekBase();
  base_done_ = high_ < info_->first;
  if (base_done_ || low_ <= info_->first) return absl::OkStatus();
  SANAD_RETURN_IF_ERROR(EnterBlock());
  return pos_ < info_->rows ? absl::OkStatus() : NextBlock();
}

absl::Status IndexScan::SeekBase() {
  base_done_ = true;
  if (input_.directory == nullptr) return absl::OkStatus();
  const NodeList& top = input_.directory->top();
  const size_t page = top.Find(low_, page_);
  if (page == top.nodes.size()) return absl::OkStatus();
  if (blocks_ == nullptr || page != page_) {
    page_ = page;
    block_ = 0;
    SANAD_ASSIGN_OR_RETURN(blocks_,
                           input_.directory->Page(page, *input_.engine, input_.snapshot.get()));
  }
  block_ = blocks_->Find(low_, block_);
  if (block_ == blocks_->nodes.size()) {
    return absl::DataLossError("a page of the quad index is damaged; run `sanad validate`");
  }
  info_ = &blocks_->nodes[block_];
  data_ = nullptr;
  scratch_ = end_known_ = false;
  pos_ = 0;
  base_done_ = high_ < info_->first;
  return !base_done_ && info_->first < low_ ? EnterBlock() : absl::OkStatus();
}

absl::Status IndexScan::NextBlock() {
  scratch_ = end_known_ = false;
  pos_ = 0;
  if (++block_ == blocks_->nodes.size()) {
    if (page_ + 1 == input_.directory->top().nodes.size()) {
      --block_;  // Stays on the last block, which is behind.
      pos_ = info_->rows;
      base_done_ = true;
      return absl::OkStatus();
    }
    ++page_;
    block_ = 0;
    SANAD_ASSIGN_OR_RETURN(blocks_,
                           input_.directory->Page(page_, *input_.engine, input_.snapshot.get()));
  }
  data_ = nullptr;
  info_ = &blocks_->nodes[block_];
  base_done_ = high_ < info_->first;
  return absl::OkStatus();
}

absl::Status IndexScan::Load() {
  if (data_ != nullptr) return absl::OkStatus();
  const BlockSource source{*input_.engine, input_.snapshot.get(), input_.cache};
  SANAD_ASSIGN_OR_RETURN(data_, input_.directory->Open(page_, block_, source));
  return absl::OkStatus();
}

absl::Status IndexScan::EnterBlock() {
  SANAD_RETURN_IF_ERROR(Load());
  if (scratch_) {
    pos_ = std::max(pos_, FindInBlock(low_));
  } else if (end_known_) {
    pos_ = std::max(pos_, data_->reader.LowerBound(Bits(low_)));
  } else {
    const auto [begin, end] = data_->reader.Range(Bits(low_), Bits(high_));
    pos_ = std::max(pos_, begin);
    end_ = std::max(pos_, end);
    end_known_ = true;
  }
  return absl::OkStatus();
}

absl::Status IndexScan::FindEnd() {
  end_known_ = true;
  end_ = info_->rows;
  if (high_ >= info_->last) return absl::OkStatus();
  SANAD_RETURN_IF_ERROR(Load());
  Row behind = high_;
  if (!scratch_) {
    end_ = std::max(pos_, data_->reader.Range(Bits(low_), Bits(high_)).second);
  } else if (NextRow(behind)) {
    end_ = std::max(pos_, FindInBlock(behind));
  }
  return absl::OkStatus();
}

absl::Status IndexScan::DecodeScratch() {
  if (scratch_) return absl::OkStatus();
  SANAD_RETURN_IF_ERROR(Load());
  for (size_t c = 0; c < 4; ++c) {
    columns_[c].resize(info_->rows);
    data_->reader.Decode(c, 0, info_->rows, columns_[c].data());
  }
  scratch_ = true;
  return absl::OkStatus();
}

Row IndexScan::RowAt(size_t position) const {
  if (position == 0) return info_->first;
  Row row;
  for (size_t c = 0; c < 4; ++c) {
    row[c] = TermId(scratch_ ? columns_[c][position] : data_->reader.At(c, position));
  }
  return row;
}

size_t IndexScan::FindInBlock(const Row& row) const {
  if (!scratch_) return data_->reader.LowerBound(Bits(row));
  const auto below = [&](size_t i) {
    for (size_t c = 0; c < 4; ++c) {
      if (columns_[c][i] != row[c].bits()) return columns_[c][i] < row[c].bits();
    }
    return false;
  };
  // Changes lie close to each other: gallop from where the scan stands.
  size_t low = pos_, step = 8;
  while (low + step < info_->rows && below(low + step)) {
    low += step;
    step *= 2;
  }
  size_t high = std::min<size_t>(low + step, info_->rows);
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (below(middle)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

absl::Status IndexScan::Step(QuadBatch& batch) {
  const bool has_delta = next_delta_ < delta_.rows.size() && delta_.rows[next_delta_] <= high_;
  if (base_done_) {
    if (has_delta) {
      EmitDelta(batch);
    } else {
      ++span_;
      EnterSpan();
    }
    return absl::OkStatus();
  }
  if (has_delta && pos_ == 0 && delta_.rows[next_delta_] < info_->first) {
    EmitDelta(batch);
    return absl::OkStatus();
  }
  return StepBlock(batch);
}

absl::Status IndexScan::StepBlock(QuadBatch& batch) {
  if (!end_known_) SANAD_RETURN_IF_ERROR(FindEnd());
  const bool dirty =
      next_delta_ < delta_.rows.size() && delta_.rows[next_delta_] <= std::min(high_, info_->last);
  if (!dirty) {
    if (pos_ < end_) return EmitRows(end_, batch);
  } else {
    SANAD_RETURN_IF_ERROR(DecodeScratch());
    const Row& change = delta_.rows[next_delta_];
    const size_t found = FindInBlock(change);
    if (pos_ < found) return EmitRows(found, batch);
    if (delta_.signs[next_delta_] > 0) {
      EmitDelta(batch);
      touched_ = true;
    } else {
      ++next_delta_;
      if (pos_ < end_ && RowAt(pos_) == change) ++pos_;
    }
    return absl::OkStatus();
  }
  if (end_ < info_->rows) {
    // The span ends in this block.
    base_done_ = true;
    return absl::OkStatus();
  }
  return NextBlock();
}

absl::Status IndexScan::EmitRows(size_t end, QuadBatch& batch) {
  if (filter_.PassesNone(info_->least_graph, info_->most_graph)) {
    pos_ = end;
    return absl::OkStatus();
  }
  const bool all_pass = filter_.PassesAll(info_->least_graph, info_->most_graph);
  // A block whose first row repeats the triple before it counts that triple
  // there; the comparison with the last row taken covers it.
  const bool opens =
      pos_ == 0 && filter_.distinct() && has_last_ && SameTriple(last_, info_->first, order_);
  const bool no_repeats = !filter_.distinct() || info_->triples == info_->rows ||
                          (opens && info_->triples + 1 == info_->rows);
  if (!all_pass || !no_repeats) {
    SANAD_RETURN_IF_ERROR(DecodeScratch());
    for (; pos_ < end && !Full(batch); ++pos_) Take(RowAt(pos_), batch);
    return absl::OkStatus();
  }
  if (filter_.distinct() && has_last_ && (pos_ == 0 || touched_)) {
    touched_ = false;
    if (SameTriple(last_, RowAt(pos_), order_)) {
      ++pos_;
      if (pos_ == info_->rows) last_ = info_->last;
      return absl::OkStatus();
    }
  }
  const size_t begin = pos_;
  if (collapse_) {
    pos_ = end;
    Row leading = info_->first;
    const size_t first = order_ == Order::kGspo ? 1 : 0;
    bool constant = true;
    for (size_t c = 0; c < first + compared_; ++c) {
      constant = constant && info_->first[c] == info_->last[c];
    }
    if (constant) {
      if (SameGroup(leading, batch)) {
        batch.multiplicity.back() += end - begin;
      } else {
        AppendRow(leading, batch);
        batch.multiplicity.push_back(end - begin);
      }
    } else {
      SANAD_RETURN_IF_ERROR(Load());
      EmitCollapsed(begin, end, batch);
    }
  } else {
    SANAD_RETURN_IF_ERROR(Load());
    pos_ = std::min(end, begin + QuadBatch::kCapacity - batch.size);
    EmitColumns(begin, pos_, batch);
  }
  if (filter_.distinct()) {
    if (pos_ == info_->rows) {
      last_ = info_->last;
      has_last_ = true;
    } else if (scratch_) {
      last_ = RowAt(pos_ - 1);
      has_last_ = true;
    }
  }
  return absl::OkStatus();
}

void IndexScan::EmitColumns(size_t begin, size_t end, QuadBatch& batch) {
  Reserve(end - begin, batch);
  for (size_t c = 0; c < read_; ++c) {
    uint64_t* const out = Words(batch.columns[c]) + batch.size;
    if (c < shape_.bound || (c == shape_.key_column && low_[c] == high_[c])) {
      std::fill(out, out + (end - begin), low_[c].bits());
    } else if (scratch_) {
      std::memcpy(out, columns_[c].data() + begin, (end - begin) * sizeof *out);
    } else {
      data_->reader.Decode(c, begin, end, out);
    }
  }
  batch.size += end - begin;
}

void IndexScan::EmitCollapsed(size_t begin, size_t end, QuadBatch& batch) {
  // columns_ then holds rows from `base` on.
  const size_t base = scratch_ ? 0 : begin;
  if (!scratch_) {
    for (size_t c = 0; c < read_; ++c) {
      if (columns_[c].size() < end - begin) columns_[c].resize(end - begin);
      data_->reader.Decode(c, begin, end, columns_[c].data());
    }
  }
  const size_t first = order_ == Order::kGspo ? 1 : 0;
  for (size_t i = begin; i < end; ++i) {
    bool same = i > begin;
    for (size_t c = first; same && c < read_; ++c) {
      same = columns_[c][i - base] == columns_[c][i - 1 - base];
    }
    if (same && batch.size > 0) {
      ++batch.multiplicity.back();
      continue;
    }
    Row row{};
    for (size_t c = 0; c < read_; ++c) row[c] = TermId(columns_[c][i - base]);
    if (i == begin && SameGroup(row, batch)) {
      ++batch.multiplicity.back();
      continue;
    }
    if (Full(batch)) {
      pos_ = i;
      return;
    }
    AppendRow(row, batch);
    batch.multiplicity.push_back(1);
  }
}

bool IndexScan::SameGroup(const Row& row, const QuadBatch& batch) const {
  if (batch.size == 0) return false;
  const size_t first = order_ == Order::kGspo ? 1 : 0;
  for (size_t c = first; c < first + compared_; ++c) {
    if (batch.columns[c][batch.size - 1] != row[c]) return false;
  }
  return true;
}

void IndexScan::EmitDelta(QuadBatch& batch) {
  const Row& row = delta_.rows[next_delta_];
  if (delta_.signs[next_delta_] > 0) Take(row, batch);
  ++next_delta_;
}

void IndexScan::Take(const Row& row, QuadBatch& batch) {
  if (!filter_.Passes(row[GraphColumn(order_)])) return;
  if (filter_.distinct() && has_last_ && SameTriple(row, last_, order_)) return;
  last_ = row;
  has_last_ = true;
  if (collapse_ && SameGroup(row, batch)) {
    ++batch.multiplicity.back();
    return;
  }
  AppendRow(row, batch);
  if (collapse_) batch.multiplicity.push_back(1);
}

}  // namespace sanad
