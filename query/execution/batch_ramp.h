// The sizes of an operator's successive batches.

#ifndef SANAD_QUERY_EXECUTION_BATCH_RAMP_H_
#define SANAD_QUERY_EXECUTION_BATCH_RAMP_H_

#include <algorithm>
#include <cstddef>

#include "query/expression/batch.h"

namespace sanad {

// Full batches; after StartSmall() small ones that grow to full ones.
class BatchRamp {
 public:
  void StartSmall() { size_ = kSmall; }
  // The most rows that the next batch should have.
  size_t Next() {
    const size_t size = size_;
    size_ = std::min(size_ * 4, Batch::kCapacity);
    return size;
  }
  bool full() const { return size_ == Batch::kCapacity; }

 private:
  static constexpr size_t kSmall = 32;
  size_t size_ = Batch::kCapacity;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_BATCH_RAMP_H_
