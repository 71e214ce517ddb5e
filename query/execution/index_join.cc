// The scan's rows come sorted by key, so that one pass over the sorted keys of
// the batch finds each one's run.

#include "query/execution/index_join.h"

#include <algorithm>

#include "query/execution/gallop.h"

namespace sanad {
namespace {

// A lookup costs as much as scanning some fifty rows.
constexpr double kRowsALookup = 50;

}  // namespace

IndexJoin::IndexJoin(QueryContext& context, const PlanNode& node, OperatorPtr left)
    : ProbeJoin(context, node, std::move(left)),
      reader_(context, *node.children[1]),
      left_column_(static_cast<size_t>(ColumnOf(*node.children[0], node.key))),
      right_column_(static_cast<size_t>(ColumnOf(*node.children[1], node.key))),
      index_(1),
      memory_(context) {
  Matched(node.key);
}

bool IndexJoin::ReadRight(const std::vector<IdRange>& ranges) {
  Batch& rows = right();
  rows.Reset(rows.columns.size());
  if (!reader_.Open(ranges)) return false;
  while (reader_.Next(batch_)) {
    rows.AppendRange(batch_, 0, batch_.size);
    if (!memory_.Set(rows.bytes())) return false;
  }
  return context().status().ok();
}

// The rows are sorted by key: a key's rows lie together.
bool IndexJoin::IndexWhole() {
  std::vector<const TermId*> key = {right().columns[right_column_].data()};
  starts_.clear();
  for (size_t row = 0; row < right().size; ++row) {
    if (row > 0 && key[0][row] == key[0][row - 1]) continue;
    index_.FindOrAdd(key, row);
    starts_.push_back(static_cast<uint32_t>(row));
  }
  starts_.push_back(static_cast<uint32_t>(right().size));
  return memory_.Set(right().bytes() + index_.bytes() + starts_.size() * sizeof(uint32_t));
}

void IndexJoin::FindInWhole(const Batch& left_batch, std::vector<Range>& ranges) {
  std::vector<const TermId*> key = {left_batch.columns[left_column_].data()};
  for (size_t row = 0; row < left_batch.size; ++row) {
    if (row > 0 && key[0][row] == key[0][row - 1]) {
      ranges[row] = ranges[row - 1];
      continue;
    }
    const uint32_t number = index_.Find(key, row);
    if (number != RowIndex::kMissing) ranges[row] = {starts_[number], starts_[number + 1]};
  }
}

// One pass over the sorted keys of the batch and the sorted rows found.
bool IndexJoin::LookUp(const Batch& left_batch, std::vector<Range>& ranges) {
  if (!ReadRight(lookups_)) return false;
  const auto& right_keys = right().columns[right_column_];
  const size_t size = right().size;
  size_t position = 0;
  Range run;
  TermId run_key;
  for (const auto& [key, row] : keys_) {
    if (key != run_key) {
      run_key = key;
      position = Gallop(right_keys, position, size, key);
      run.begin = static_cast<uint32_t>(position);
      while (position < size && right_keys[position] == key) ++position;
      run.end = static_cast<uint32_t>(position);
    }
    ranges[row] = run;
  }
  return left_batch.size == ranges.size();
}

bool IndexJoin::FindCandidates(const Batch& left_batch, std::vector<Range>& ranges) {
  if (whole_) {
    FindInWhole(left_batch, ranges);
    return true;
  }
  keys_.clear();
  const auto& left_keys = left_batch.columns[left_column_];
  for (size_t row = 0; row < left_batch.size; ++row) {
    keys_.emplace_back(left_keys[row], static_cast<uint32_t>(row));
  }
  if (!std::is_sorted(keys_.begin(), keys_.end())) std::sort(keys_.begin(), keys_.end());
  lookups_.clear();
  for (const auto& [key, row] : keys_) {
    if (lookups_.empty() || lookups_.back().low != key) lookups_.push_back({key, key});
  }
  keys_seen_ += lookups_.size();
  const double pattern_rows = node().children[1]->rows;
  whole_ = pattern_rows <= static_cast<double>(keys_seen_) * kRowsALookup &&
           pattern_rows * static_cast<double>(8 * right().columns.size() + 20) <
               static_cast<double>(context().options().memory_limit) / 8;
  if (!whole_) return LookUp(left_batch, ranges);
  if (!ReadRight({}) || !IndexWhole()) return false;
  FindInWhole(left_batch, ranges);
  return true;
}

}  // namespace sanad
