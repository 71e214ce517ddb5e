// See slice.h.

#include "query/execution/slice.h"

#include <algorithm>
#include <vector>

namespace sanad {

bool Slice::Next(Batch& batch) {
  std::vector<uint32_t> selection;
  while (take_ > 0 && input_->Next(batch)) {
    if (skip_ == 0 && batch.multiplicity.empty() && batch.size <= take_) {
      take_ -= batch.size;
      return true;
    }
    selection.clear();
    batch.multiplicity.resize(batch.size, 1);
    for (size_t row = 0; row < batch.size && take_ > 0; ++row) {
      uint64_t& count = batch.multiplicity[row];
      const uint64_t skipped = std::min(skip_, count);
      skip_ -= skipped;
      count = std::min(count - skipped, take_);
      take_ -= count;
      if (count > 0) selection.push_back(static_cast<uint32_t>(row));
    }
    batch.Keep(selection);
    if (batch.size > 0) return true;
  }
  return false;
}

}  // namespace sanad
