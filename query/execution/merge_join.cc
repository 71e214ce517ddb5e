// The left side drives. For each distinct left key the right side is advanced by
// galloping inside its batch and by SkipTo between batches, and the rows of an
// equal key are copied as a run that all left rows of that key share.

#include "query/execution/merge_join.h"

#include <algorithm>

#include "query/execution/gallop.h"

namespace sanad {
MergeJoin::MergeJoin(QueryContext& context, const PlanNode& node, OperatorPtr left,
                     OperatorPtr right)
    : ProbeJoin(context, node, std::move(left)),
      right_operator_(std::move(right)),
      left_column_(static_cast<size_t>(ColumnOf(*node.children[0], node.key))),
      right_column_(static_cast<size_t>(ColumnOf(*node.children[1], node.key))),
      memory_(context) {
  Matched(node.key);
}

bool MergeJoin::AdvanceTo(TermId key) {
  while (!right_done_) {
    if (position_ < window_.size) {
      const auto& column = window_.columns[right_column_];
      if (column[position_] >= key) return true;
      if (column[window_.size - 1] >= key) {
        position_ = Gallop(column, position_, window_.size, key);
        return true;
      }
    }
    right_operator_->SkipTo(key);
    position_ = 0;
    window_.size = 0;
    if (!right_operator_->Next(window_)) right_done_ = true;
  }
  return false;
}

void MergeJoin::CopyRun(TermId key) {
  run_key_ = key;
  run_.begin = static_cast<uint32_t>(right().size);
  do {
    const auto& column = window_.columns[right_column_];
    size_t end = position_;
    while (end < window_.size && column[end] == key) ++end;
    Batch& to = right();
    to.AppendRange(window_, position_, end - position_);
    position_ = end;
    if (to.size > Batch::kCapacity && !memory_.Set(to.bytes())) return;
  } while (AdvanceTo(key) && window_.columns[right_column_][position_] == key);
  run_.end = static_cast<uint32_t>(right().size);
}

void MergeJoin::KeepRun(TermId first_key) {
  Batch& rows = right();
  if (run_key_.is_undefined() || first_key != run_key_) {
    rows.Reset(rows.columns.size());
    run_key_ = TermId::Undefined();
    return;
  }
  const size_t count = run_.end - run_.begin;
  for (auto& column : rows.columns) {
    std::copy_n(column.begin() + run_.begin, count, column.begin());
    column.resize(count);
  }
  if (!rows.multiplicity.empty()) {
    std::copy_n(rows.multiplicity.begin() + run_.begin, count, rows.multiplicity.begin());
    rows.multiplicity.resize(count);
  }
  rows.size = count;
  run_ = {0, static_cast<uint32_t>(count)};
}

bool MergeJoin::FindCandidates(const Batch& left_batch, std::vector<Range>& ranges) {
  const auto& keys = left_batch.columns[left_column_];
  const bool copies = !only_existence();
  if (copies && left_batch.size > 0) KeepRun(keys[0]);
  bool any = false;
  for (size_t row = 0; row < left_batch.size; ++row) {
    const TermId key = keys[row];
    if (key != run_key_) {
      if (!AdvanceTo(key)) {
        if (!context().status().ok()) return false;
        break;
      }
      if (window_.columns[right_column_][position_] != key) continue;
      if (copies) {
        CopyRun(key);
      } else {
        run_key_ = key;
        run_ = {0, 1};
      }
    }
    ranges[row] = run_;
    any = true;
  }
  if (!memory_.Set(right().size > Batch::kCapacity ? right().bytes() : 0)) return false;
  if (only_matches()) {
    if (right_done_ && !any) return false;
    if (!right_done_ && position_ < window_.size) {
      // The next left batch may go on with a key that has matched.
      const TermId next = window_.columns[right_column_][position_];
      const TermId last = keys[left_batch.size - 1];
      if (last != run_key_ && next > last) left().SkipTo(next);
    }
  }
  return true;
}

}  // namespace sanad
