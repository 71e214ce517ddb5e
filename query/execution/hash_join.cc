// See hash_join.h. Keys compared by value become columns of their own on the build
// side, so that the table has nothing but columns to look at.

#include "query/execution/hash_join.h"

#include "query/expression/value_class.h"

namespace sanad {
HashJoin::HashJoin(QueryContext& context, const PlanNode& node, OperatorPtr left, OperatorPtr right)
    : ProbeJoin(context, node, std::move(left)),
      right_operator_(std::move(right)),
      existing_(0),
      table_(context),
      memory_(context) {
  const PlanNode& l = *node.children[0];
  const PlanNode& r = *node.children[1];
  for (VariableId variable : SharedVariables(l, r)) {
    if (!IsCertain(l, variable) || !IsCertain(r, variable)) continue;
    left_keys_.push_back(static_cast<size_t>(ColumnOf(l, variable)));
    right_keys_.push_back(static_cast<size_t>(ColumnOf(r, variable)));
    Matched(variable);
  }
  for (const auto& [a, b] : node.value_keys) {
    left_values_.push_back(static_cast<size_t>(ColumnOf(l, a)));
    right_values_.push_back(static_cast<size_t>(ColumnOf(r, b)));
  }
  existing_ = RowIndex(left_keys_.size() + left_values_.size());
}

bool HashJoin::KeyColumns(const Batch& batch, const std::vector<size_t>& columns,
                          const std::vector<size_t>& value_columns,
                          std::vector<std::vector<TermId>>& values,
                          std::vector<const TermId*>& out) {
  out.clear();
  for (size_t column : columns) out.push_back(batch.columns[column].data());
  values.resize(value_columns.size());
  for (size_t i = 0; i < value_columns.size(); ++i) {
    values[i].resize(batch.size);
    for (size_t row = 0; row < batch.size; ++row) {
      if (row % kInterruptRows == 0 && context().Interrupted()) return false;
      values[i][row] = ValueClass(batch.columns[value_columns[i]][row], context());
    }
    out.push_back(values[i].data());
  }
  return true;
}

bool HashJoin::ReadRight() {
  Batch& rows = right();
  Batch batch;
  while (right_operator_->Next(batch)) {
    rows.AppendRange(batch, 0, batch.size);
    if (!memory_.Set(rows.bytes())) return false;
    if (rows.size >= (uint64_t{1} << 32) - 2) {
      context().Fail(absl::ResourceExhaustedError("a join's smaller side exceeds 2^32 rows"));
      return false;
    }
  }
  return context().status().ok();
}

bool HashJoin::ReadKeys() {
  Batch batch;
  right_empty_ = true;
  while (right_operator_->Next(batch)) {
    right_empty_ = false;
    if (!has_keys()) break;
    if (!KeyColumns(batch, right_keys_, right_values_, value_scratch_, columns_)) return false;
    for (size_t row = 0; row < batch.size; ++row) existing_.FindOrAdd(columns_, row);
    if (!memory_.Set(existing_.bytes())) return false;
    if (existing_.size() >= RowIndex::kMissing - Batch::kCapacity) {
      context().Fail(absl::ResourceExhaustedError("a join's smaller side exceeds 2^32 keys"));
      return false;
    }
  }
  return context().status().ok();
}

bool HashJoin::GroupByKey() {
  Batch& rows = right();
  if (!memory_.Set(rows.bytes() + right_values_.size() * rows.size * sizeof(TermId))) return false;
  if (!KeyColumns(rows, right_keys_, right_values_, value_scratch_, columns_)) return false;
  std::vector<size_t> keys = right_keys_;
  for (auto& column : value_scratch_) {
    keys.push_back(rows.columns.size());
    rows.columns.push_back(std::move(column));
  }
  return memory_.Set(rows.bytes()) && table_.Build(rows, std::move(keys));
}

bool HashJoin::Build() {
  built_ = true;
  if (only_existence()) return ReadKeys();
  if (!ReadRight()) return false;
  right_empty_ = right().size == 0;
  if (has_keys() && !GroupByKey()) return false;
  return context().status().ok();
}

bool HashJoin::FindCandidates(const Batch& left_batch, std::vector<Range>& ranges) {
  if (!built_ && !Build()) return false;
  if (right_empty_ && only_matches()) return false;
  const bool existence = only_existence();
  if (!has_keys()) {
    const auto rows = existence ? uint32_t{!right_empty_} : static_cast<uint32_t>(right().size);
    for (Range& range : ranges) range = {0, rows};
    return true;
  }
  if (!KeyColumns(left_batch, left_keys_, left_values_, value_scratch_, columns_)) return false;
  if (!existence) {
    table_.Find(right(), columns_, left_batch.size, ranges);
    return context().status().ok();
  }
  for (size_t row = 0; row < left_batch.size; ++row) {
    if (existing_.Find(columns_, row) != RowIndex::kMissing) ranges[row] = {0, 1};
  }
  return context().status().ok();
}

}  // namespace sanad
