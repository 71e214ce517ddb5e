// Which graphs hold a triple, asked for many triples in rising order: one walk
// through the index that skips what is not asked for.

#ifndef SANAD_STORAGE_INDEX_RISING_LOOKUP_H_
#define SANAD_STORAGE_INDEX_RISING_LOOKUP_H_

#include <memory>
#include <vector>

#include <absl/status/status.h>
#include "storage/index/index_view.h"

namespace sanad {

// Single-threaded. The engine behind the view must outlive it.
class RisingLookup {
 public:
  explicit RisingLookup(const IndexView& view) : view_(view) {}

  // The graphs, sorted. REQUIRES: no triple comes after a greater one.
  absl::Status GraphsOf(TermId subject, TermId predicate, TermId object,
                        std::vector<TermId>& graphs);

 private:
  Row RowAt(size_t i) const {
    return {batch_.columns[0][i], batch_.columns[1][i], batch_.columns[2][i], batch_.columns[3][i]};
  }
  absl::Status NextBatch();
  // Moves to the first row that is not below `row`; at the end, to none.
  absl::Status MoveTo(const Row& row);

  const IndexView& view_;
  std::unique_ptr<QuadScan> scan_;
  QuadBatch batch_;
  size_t next_ = 0;
  bool done_ = false;
};

}  // namespace sanad

#endif  // SANAD_STORAGE_INDEX_RISING_LOOKUP_H_
