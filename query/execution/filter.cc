// Conditions are applied one after the other to what is left of the batch.

#include "query/execution/filter.h"

namespace sanad {

bool Filter::Next(Batch& batch) {
  while (!context().Interrupted() && input_->Next(batch)) {
    context().terms().Trim();
    for (auto& condition : conditions_) {
      condition->Select(batch, selection_);
      if (selection_.size() < batch.size) batch.Keep(selection_);
      if (batch.size == 0) break;
    }
    if (batch.size > 0) return context().status().ok();
  }
  return false;
}

}  // namespace sanad
