// Rows of a plan node, a batch at a time.

#include "query/execution/values.h"

#include <algorithm>

namespace sanad {

bool Values::Next(Batch& batch) {
  const size_t count = std::min(Batch::kCapacity, node_.values.size() - next_);
  if (count == 0 || context().Interrupted()) return false;
  batch.Reset(node_.schema.size());
  for (size_t c = 0; c < batch.columns.size(); ++c) {
    batch.columns[c].clear();
    for (size_t i = 0; i < count; ++i) batch.columns[c].push_back(node_.values[next_ + i][c]);
  }
  batch.size = count;
  next_ += count;
  return true;
}

}  // namespace sanad
