// Rows of the build side are numbered by key in one pass and moved into key order
// by a counting sort, so that a probe yields one contiguous range.

#include "query/execution/hash_join.h"

#include "query/expression/value_class.h"

namespace sanad {

HashJoin::HashJoin(QueryContext& context, const PlanNode& node, OperatorPtr left, OperatorPtr right)
    : ProbeJoin(context, node, std::move(left)),
      right_operator_(std::move(right)),
      index_(0),
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
  index_ = RowIndex(left_keys_.size() + left_values_.size());
}

void HashJoin::KeyColumns(const Batch& batch, const std::vector<size_t>& columns,
                          const std::vector<size_t>& value_columns,
                          std::vector<std::vector<TermId>>& values,
                          std::vector<const TermId*>& out) {
  out.clear();
  for (size_t column : columns) out.push_back(batch.columns[column].data());
  values.resize(value_columns.size());
  for (size_t i = 0; i < value_columns.size(); ++i) {
    values[i].resize(batch.size);
    for (size_t row = 0; row < batch.size; ++row) {
      values[i][row] = ValueClass(batch.columns[value_columns[i]][row], context());
    }
    out.push_back(values[i].data());
  }
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
    if (index_.keys().empty()) break;
    KeyColumns(batch, right_keys_, right_values_, value_scratch_, columns_);
    for (size_t row = 0; row < batch.size; ++row) index_.FindOrAdd(columns_, row);
    if (!memory_.Set(index_.bytes())) return false;
    if (index_.size() >= RowIndex::kMissing - Batch::kCapacity) {
      context().Fail(absl::ResourceExhaustedError("a join's smaller side exceeds 2^32 keys"));
      return false;
    }
  }
  return context().status().ok();
}

void HashJoin::GroupByKey() {
  Batch& rows = right();
  KeyColumns(rows, right_keys_, right_values_, value_scratch_, columns_);
  std::vector<uint32_t> numbers(rows.size);
  for (size_t row = 0; row < rows.size; ++row) {
    if ((row & 0xFFFF) == 0 && context().Interrupted()) return;
    numbers[row] = index_.FindOrAdd(columns_, row);
  }
  starts_.assign(size_t{index_.size()} + 2, 0);
  for (uint32_t number : numbers) ++starts_[number + 2];
  for (size_t k = 2; k < starts_.size(); ++k) starts_[k] += starts_[k - 1];
  std::vector<uint32_t> target(rows.size);
  for (size_t row = 0; row < rows.size; ++row) target[row] = starts_[numbers[row] + 1]++;
  for (auto& column : rows.columns) {
    if (context().Interrupted()) return;
    std::vector<TermId> moved(rows.size);
    for (size_t row = 0; row < rows.size; ++row) moved[target[row]] = column[row];
    column.swap(moved);
  }
  if (!rows.multiplicity.empty()) {
    std::vector<uint64_t> moved(rows.size);
    for (size_t row = 0; row < rows.size; ++row) moved[target[row]] = rows.multiplicity[row];
    rows.multiplicity.swap(moved);
  }
}

bool HashJoin::Build() {
  built_ = true;
  if (only_existence()) return ReadKeys();
  if (!ReadRight()) return false;
  right_empty_ = right().size == 0;
  if (!index_.keys().empty()) {
    // The table, the numbers of the rows, and one column being moved.
    if (!memory_.Set(right().bytes() * 2 + right().size * 24)) return false;
    GroupByKey();
    if (!memory_.Set(right().bytes() + index_.bytes() + starts_.size() * sizeof(uint32_t)))
      return false;
  }
  return context().status().ok();
}

bool HashJoin::FindCandidates(const Batch& left_batch, std::vector<Range>& ranges) {
  if (!built_ && !Build()) return false;
  if (right_empty_ && only_matches()) return false;
  const bool existence = only_existence();
  if (index_.keys().empty()) {
    const auto rows = existence ? uint32_t{!right_empty_} : static_cast<uint32_t>(right().size);
    for (Range& range : ranges) range = {0, rows};
    return true;
  }
  KeyColumns(left_batch, left_keys_, left_values_, value_scratch_, columns_);
  for (size_t row = 0; row < left_batch.size; ++row) {
    const uint32_t number = index_.Find(columns_, row);
    if (number == RowIndex::kMissing) continue;
    ranges[row] = existence ? Range{0, 1} : Range{starts_[number], starts_[number + 1]};
  }
  return context().status().ok();
}

}  // namespace sanad
