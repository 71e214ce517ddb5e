// Expressions are evaluated column by column; where one of them is volatile
// (RAND, UUID, BNODE) row by row, since BNODE(label) depends on the solution.

#include "query/execution/extend.h"

#include <algorithm>

namespace sanad {

Extend::Extend(QueryContext& context, FunctionContext& functions, OperatorPtr input,
               std::vector<Column> columns, size_t input_width, size_t width,
               std::vector<size_t> outputs)
    : Operator(context),
      functions_(functions),
      input_(std::move(input)),
      columns_(std::move(columns)),
      input_width_(input_width),
      width_(width),
      outputs_(std::move(outputs)) {
  volatile_ = std::any_of(columns_.begin(), columns_.end(),
                          [](const Column& column) { return !column.expression->deterministic(); });
}

// Solutions that stand for several must differ in their fresh values.
void Extend::ExpandMultiplicity() {
  if (working_.multiplicity.empty()) return;
  Batch expanded;
  expanded.Reset(working_.columns.size());
  std::vector<uint32_t> rows;
  for (size_t row = 0; row < working_.size; ++row) {
    for (uint64_t i = 0; i < working_.multiplicity[row]; ++i)
      rows.push_back(static_cast<uint32_t>(row));
  }
  for (size_t c = 0; c < input_width_; ++c) {
    expanded.columns[c].resize(rows.size());
    for (size_t i = 0; i < rows.size(); ++i) expanded.columns[c][i] = working_.columns[c][rows[i]];
  }
  expanded.size = rows.size();
  working_ = std::move(expanded);
}

bool Extend::Next(Batch& batch) {
  if (context().Interrupted() || !input_->Next(working_)) return false;
  context().terms().Trim();
  working_.columns.resize(width_);
  if (volatile_) ExpandMultiplicity();
  const size_t size = working_.size;
  if (volatile_) {
    for (const Column& column : columns_) working_.columns[column.target].assign(size, TermId());
    for (size_t row = 0; row < size; ++row) {
      ++functions_.solution;
      for (Column& column : columns_) {
        working_.columns[column.target][row] =
            column.expression->Evaluate(working_, row).AsId(context());
      }
    }
  } else {
    for (Column& column : columns_) {
      column.expression->EvaluateColumn(working_, scratch_);
      working_.columns[column.target].swap(scratch_);
    }
  }
  batch.Reset(outputs_.size());
  for (size_t c = 0; c < outputs_.size(); ++c) batch.columns[c].swap(working_.columns[outputs_[c]]);
  batch.multiplicity.swap(working_.multiplicity);
  batch.size = size;
  return context().status().ok();
}

}  // namespace sanad
