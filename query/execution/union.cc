// Columns are swapped, not copied: a schema names each variable once.

#include "query/execution/union.h"

namespace sanad {

Union::Union(QueryContext& context, const PlanNode& node, std::vector<OperatorPtr> inputs)
    : Operator(context), inputs_(std::move(inputs)) {
  for (const auto& child : node.children) {
    std::vector<int> columns;
    for (VariableId variable : node.schema) columns.push_back(ColumnOf(*child, variable));
    columns_.push_back(std::move(columns));
  }
}

bool Union::Next(Batch& batch) {
  while (current_ < inputs_.size()) {
    if (!inputs_[current_]->Next(batch_)) {
      if (!context().status().ok()) return false;
      inputs_[current_].reset();
      ++current_;
      continue;
    }
    const auto& columns = columns_[current_];
    batch.Reset(columns.size());
    for (size_t c = 0; c < columns.size(); ++c) {
      if (columns[c] >= 0) {
        batch.columns[c].swap(batch_.columns[static_cast<size_t>(columns[c])]);
      } else {
        batch.columns[c].assign(batch_.size, TermId::Undefined());
      }
    }
    batch.multiplicity.swap(batch_.multiplicity);
    batch.size = batch_.size;
    return true;
  }
  return false;
}

}  // namespace sanad
