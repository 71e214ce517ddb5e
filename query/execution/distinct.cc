// See distinct.h.

#include "query/execution/distinct.h"

#include <algorithm>

namespace sanad {

Distinct::Distinct(QueryContext& context, const PlanNode& node, OperatorPtr input)
    : Operator(context),
      input_(std::move(input)),
      seen_(node.schema.size()),
      previous_(node.schema.size()),
      memory_(context) {
  const PlanNode& child = *node.children[0];
  sorted_ = child.order.size() >= child.schema.size() &&
            std::all_of(child.schema.begin(), child.schema.end(), [&](VariableId variable) {
              const auto end =
                  child.order.begin() + static_cast<std::ptrdiff_t>(child.schema.size());
              return std::find(child.order.begin(), end, variable) != end;
            });
}

bool Distinct::Next(Batch& batch) {
  while (!context().Interrupted() && input_->Next(batch)) {
    batch.multiplicity.clear();
    columns_.clear();
    for (const auto& column : batch.columns) columns_.push_back(column.data());
    selection_.clear();
    for (size_t row = 0; row < batch.size; ++row) {
      bool same = has_previous_;
      for (size_t c = 0; c < columns_.size() && same; ++c) same = columns_[c][row] == previous_[c];
      if (same) continue;
      has_previous_ = true;
      for (size_t c = 0; c < columns_.size(); ++c) previous_[c] = columns_[c][row];
      if (!sorted_) {
        const uint32_t count = seen_.size();
        if (seen_.FindOrAdd(columns_, row) != count) continue;
      }
      selection_.push_back(static_cast<uint32_t>(row));
    }
    if (!sorted_ && !memory_.Set(seen_.bytes())) return false;
    if (selection_.size() < batch.size) batch.Keep(selection_);
    if (batch.size > 0) return true;
  }
  return false;
}

}  // namespace sanad
