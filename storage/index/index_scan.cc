// See index_scan.h.

#include "storage/index/index_scan.h"

#include <algorithm>

#include "storage/model/text.h"

namespace sanad {

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
  full_enough_ = false;
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
  changes_end_ = 0;
  const auto next = delta_.rows.begin() + static_cast<ptrdiff_t>(next_delta_);
  next_delta_ =
      static_cast<size_t>(std::lower_bound(next, delta_.rows.end(), low_) - delta_.rows.begin());
  const NodeInfo* const info = block_.info();
  if (info == nullptr || info->last < low_) return SeekBase();
  base_done_ = high_ < info->first;
  if (base_done_ || low_ <= info->first) return absl::OkStatus();
  SANAD_RETURN_IF_ERROR(MoveInBlock());
  return pos_ < block_.rows() ? absl::OkStatus() : NextBlock();
}

void IndexScan::EnterBlock(const NodeInfo* info) {
  block_.Enter(info);
  end_known_ = touched_ = false;
  pos_ = changes_end_ = 0;
  base_done_ = high_ < info->first;
}

absl::Status IndexScan::SeekBase() {
  base_done_ = true;
  if (input_.directory == nullptr) return absl::OkStatus();
  const NodeList& top = input_.directory->top();
  const size_t page = top.Find(low_, page_);
  if (page == top.nodes.size()) return absl::OkStatus();
  if (blocks_ == nullptr || page != page_) {
    page_ = page;
    slot_ = 0;
    SANAD_ASSIGN_OR_RETURN(blocks_,
                           input_.directory->Page(page, *input_.engine, input_.snapshot.get()));
  }
  slot_ = blocks_->Find(low_, slot_);
  if (slot_ == blocks_->nodes.size()) {
    return absl::DataLossError("a page of the quad index is damaged; run `sanad validate`");
  }
  EnterBlock(&blocks_->nodes[slot_]);
  return !base_done_ && block_.info()->first < low_ ? MoveInBlock() : absl::OkStatus();
}

absl::Status IndexScan::NextBlock() {
  if (slot_ + 1 < blocks_->nodes.size()) {
    ++slot_;
  } else if (page_ + 1 < input_.directory->top().nodes.size()) {
    SANAD_ASSIGN_OR_RETURN(
        blocks_, input_.directory->Page(page_ + 1, *input_.engine, input_.snapshot.get()));
    ++page_;
    slot_ = 0;
  } else {
    // Stays on the last block, which is behind.
    pos_ = block_.rows();
    end_known_ = false;
    base_done_ = true;
    return absl::OkStatus();
  }
  EnterBlock(&blocks_->nodes[slot_]);
  return absl::OkStatus();
}

absl::Status IndexScan::Load() {
  if (block_.loaded()) return absl::OkStatus();
  const BlockSource source{*input_.engine, input_.snapshot.get(), input_.cache};
  SANAD_ASSIGN_OR_RETURN(auto data, input_.directory->Open(page_, slot_, source));
  block_.Load(std::move(data));
  return absl::OkStatus();
}

absl::Status IndexScan::MoveInBlock() {
  SANAD_RETURN_IF_ERROR(Load());
  if (end_known_) {
    pos_ = block_.Find(low_, pos_, block_.rows());
  } else {
    const auto [begin, end] = block_.Range(low_, high_);
    pos_ = std::max(pos_, begin);
    end_ = std::max(pos_, end);
    end_known_ = true;
  }
  return absl::OkStatus();
}

absl::Status IndexScan::FindEnd() {
  end_known_ = true;
  end_ = block_.rows();
  if (high_ >= block_.info()->last) return absl::OkStatus();
  SANAD_RETURN_IF_ERROR(Load());
  end_ = std::max(pos_, block_.Range(low_, high_).second);
  return absl::OkStatus();
}

bool IndexScan::IsPlain() const {
  const NodeInfo& info = *block_.info();
  if (!filter_.PassesAll(info.least_graph, info.most_graph)) return false;
  if (!filter_.distinct() || info.triples == info.rows) return true;
  if (info.triples + 1 != info.rows) return false;
  // The one that repeats a triple may be the first, behind the block before.
  const std::vector<NodeInfo>& pages = input_.directory->top().nodes;
  if (slot_ == 0 && page_ == 0) return false;
  const NodeInfo& before = slot_ > 0 ? blocks_->nodes[slot_ - 1] : pages[page_ - 1];
  return SameTriple(before.last, info.first, order_);
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
  if (has_delta && pos_ == 0 && delta_.rows[next_delta_] < block_.info()->first) {
    EmitDelta(batch);
    return absl::OkStatus();
  }
  return StepBlock(batch);
}

absl::Status IndexScan::StepBlock(QuadBatch& batch) {
  if (!end_known_) SANAD_RETURN_IF_ERROR(FindEnd());
  if (next_delta_ < changes_end_ ||
      (changes_end_ == 0 && next_delta_ < delta_.rows.size() &&
       delta_.rows[next_delta_] <= std::min(high_, block_.info()->last))) {
    SANAD_RETURN_IF_ERROR(Load());
    if (!IsPlain()) return StepChange(batch);
    collapse_ ? MergeGroups(batch) : MergeChanges(batch);
    return absl::OkStatus();
  }
  if (pos_ < end_) return EmitRows(end_, batch);
  if (end_ < block_.rows()) {
    // The span ends in this block.
    base_done_ = true;
    return absl::OkStatus();
  }
  return NextBlock();
}

absl::Status IndexScan::EmitRows(size_t end, QuadBatch& batch) {
  const NodeInfo& info = *block_.info();
  if (filter_.PassesNone(info.least_graph, info.most_graph)) {
    pos_ = end;
    return absl::OkStatus();
  }
  if (!IsPlain()) {
    SANAD_RETURN_IF_ERROR(Load());
    block_.DecodeWhole(4);
    for (; pos_ < end && !Full(batch); ++pos_) Take(block_.RowAt(pos_), batch);
    return absl::OkStatus();
  }
  if (filter_.distinct() && has_last_ && (pos_ == 0 || touched_)) {
    touched_ = false;
    if (Repeats(block_.RowAt(pos_))) {
      ++pos_;
      return absl::OkStatus();
    }
  }
  if (collapse_) {
    SANAD_RETURN_IF_ERROR(EmitGroups(end, batch));
  } else {
    SANAD_RETURN_IF_ERROR(Load());
    const size_t begin = pos_;
    pos_ = std::min(end, begin + QuadBatch::kCapacity - batch.size);
    EmitColumns(begin, pos_, batch);
  }
  if (filter_.distinct()) {
    if (pos_ == info.rows) {
      last_ = info.last;
      has_last_ = true;
    } else if (next_delta_ < delta_.rows.size()) {
      last_ = block_.RowAt(pos_ - 1);
      has_last_ = true;
    }
  }
  return absl::OkStatus();
}

void IndexScan::EmitColumns(size_t begin, size_t end, QuadBatch& batch) {
  Reserve(end - begin, batch);
  for (size_t c = 0; c < read_; ++c) {
    uint64_t* const out = Words(batch.columns[c]) + batch.size;
    if (IsConstant(c)) {
      std::fill(out, out + (end - begin), low_[c].bits());
    } else {
      block_.Copy(c, begin, end, out);
    }
  }
  batch.size += end - begin;
}

absl::Status IndexScan::EmitGroups(size_t end, QuadBatch& batch) {
  const size_t begin = pos_;
  const size_t first = order_ == Order::kGspo ? 1 : 0;
  pos_ = end;
  if (block_.constant_columns() < first + compared_) {
    SANAD_RETURN_IF_ERROR(Load());
    EmitCollapsed(begin, end, batch);
  } else if (SameGroup(block_.info()->first, batch)) {
    batch.multiplicity.back() += end - begin;
  } else {
    AppendRow(block_.info()->first, batch);
    batch.multiplicity.push_back(end - begin);
  }
  return absl::OkStatus();
}

void IndexScan::EmitCollapsed(size_t begin, size_t end, QuadBatch& batch) {
  for (size_t c = block_.constant_columns(); c < read_; ++c) {
    if (values_[c].size() < end - begin) values_[c].resize(end - begin);
    block_.Copy(c, begin, end, values_[c].data());
  }
  pos_ = begin + AppendGroups(0, end - begin, batch);
}

size_t IndexScan::AppendGroups(size_t begin, size_t end, QuadBatch& batch) {
  const size_t first = std::max<size_t>(order_ == Order::kGspo ? 1 : 0, block_.constant_columns());
  Row row = block_.info()->first;
  for (size_t i = begin; i < end;) {
    size_t next = end;
    // The last column changes most; where it does not, one before it may. There are two at
    // most, so that equal ends of the first have equal values between them.
    for (size_t c = read_; c-- > first;) {
      const uint64_t* const values = values_[c].data();
      row[c] = TermId(values[i]);
      if (c + 1 < read_ && values[next - 1] == values[i]) continue;
      size_t run = i + 1;
      while (run < next && values[run] == values[i]) ++run;
      next = run;
    }
    if (i == begin && SameGroup(row, batch)) {
      batch.multiplicity.back() += next - i;
    } else {
      if (Full(batch)) return i - begin;
      AppendRow(row, batch);
      batch.multiplicity.push_back(next - i);
    }
    i = next;
  }
  return end - begin;
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
  if (filter_.distinct() && Repeats(row)) return;
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
