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

// The next rows to extend. For volatile expressions a solution that stands for
// several is given as often, since the copies differ in their fresh values.
bool Extend::Fetch() {
  if (!volatile_) return input_->Next(working_);
  while (next_row_ >= repeated_.size) {
    if (!input_->Next(repeated_)) return false;
    next_row_ = 0;
    copies_ = 0;
  }
  rows_.clear();
  while (rows_.size() < Batch::kCapacity && next_row_ < repeated_.size) {
    rows_.push_back(static_cast<uint32_t>(next_row_));
    if (++copies_ < repeated_.multiplicity_of(next_row_)) continue;
    ++next_row_;
    copies_ = 0;
  }
  working_.Reset(input_width_);
  for (size_t c = 0; c < input_width_; ++c) {
    working_.columns[c].resize(rows_.size());
    for (size_t i = 0; i < rows_.size(); ++i) {
      working_.columns[c][i] = repeated_.columns[c][rows_[i]];
    }
  }
  working_.size = rows_.size();
  return true;
}

bool Extend::Next(Batch& batch) {
  if (context().Interrupted() || !Fetch()) return false;
  context().terms().Trim();
  working_.columns.resize(width_);
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
