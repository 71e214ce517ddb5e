// The scan's rows come sorted by key, so that one pass over the sorted keys of
// the batch finds each one's run.

#include "query/execution/index_join.h"

#include <algorithm>

namespace sanad {

IndexJoin::IndexJoin(QueryContext& context, const PlanNode& node, OperatorPtr left)
    : ProbeJoin(context, node, std::move(left)),
      reader_(context, *node.children[1]),
      left_column_(static_cast<size_t>(ColumnOf(*node.children[0], node.key))),
      right_column_(static_cast<size_t>(ColumnOf(*node.children[1], node.key))),
      memory_(context) {
  Matched(node.key);
}

bool IndexJoin::FindCandidates(const Batch& left_batch, std::vector<Range>& ranges) {
  keys_.clear();
  for (size_t row = 0; row < left_batch.size; ++row) {
    keys_.emplace_back(left_batch.columns[left_column_][row], static_cast<uint32_t>(row));
  }
  if (!std::is_sorted(keys_.begin(), keys_.end())) std::sort(keys_.begin(), keys_.end());
  lookups_.clear();
  for (const auto& [key, row] : keys_) {
    if (lookups_.empty() || lookups_.back().low != key) lookups_.push_back({key, key});
  }
  Batch& rows = right();
  rows.Reset(rows.columns.size());
  if (!reader_.Open(lookups_)) return false;
  while (reader_.Next(batch_)) {
    for (size_t c = 0; c < rows.columns.size(); ++c) {
      rows.columns[c].resize(rows.size);
      const auto from = batch_.columns[c].begin();
      rows.columns[c].insert(rows.columns[c].end(), from,
                             from + static_cast<std::ptrdiff_t>(batch_.size));
    }
    if (!batch_.multiplicity.empty() || !rows.multiplicity.empty()) {
      rows.multiplicity.resize(rows.size, 1);
      for (size_t i = 0; i < batch_.size; ++i)
        rows.multiplicity.push_back(batch_.multiplicity_of(i));
    }
    rows.size += batch_.size;
    if (!memory_.Set(rows.bytes())) return false;
  }
  if (!context().status().ok()) return false;
  const auto& right_keys = rows.columns[right_column_];
  size_t position = 0;
  Range run;
  TermId run_key;
  for (const auto& [key, row] : keys_) {
    if (key != run_key) {
      run_key = key;
      while (position < rows.size && right_keys[position] < key) ++position;
      run.begin = static_cast<uint32_t>(position);
      while (position < rows.size && right_keys[position] == key) ++position;
      run.end = static_cast<uint32_t>(position);
    }
    ranges[row] = run;
  }
  return true;
}

}  // namespace sanad
