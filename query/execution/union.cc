// Columns are swapped, not copied: a schema names each variable once.

#include "query/execution/union.h"

#include <algorithm>
#include <numeric>

namespace sanad {

Union::Union(QueryContext& context, const PlanNode& node, std::vector<OperatorPtr> inputs,
             bool cheapest_first)
    : Operator(context), inputs_(std::move(inputs)), order_(inputs_.size()) {
  std::iota(order_.begin(), order_.end(), size_t{0});
  if (cheapest_first) {
    std::stable_sort(order_.begin(), order_.end(), [&](size_t a, size_t b) {
      return node.children[a]->cost < node.children[b]->cost;
    });
  }
  for (const auto& child : node.children) {
    std::vector<int> columns;
    for (VariableId variable : node.schema) columns.push_back(ColumnOf(*child, variable));
    columns_.push_back(std::move(columns));
  }
}

bool Union::Next(Batch& batch) {
  while (current_ < order_.size()) {
    OperatorPtr& input = inputs_[order_[current_]];
    if (!input->Next(batch_)) {
      if (!context().status().ok()) return false;
      input.reset();
      ++current_;
      continue;
    }
    const auto& columns = columns_[order_[current_]];
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
