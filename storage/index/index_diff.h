// What two states of the index differ in.

#ifndef SANAD_STORAGE_INDEX_INDEX_DIFF_H_
#define SANAD_STORAGE_INDEX_INDEX_DIFF_H_

#include <functional>

#include <absl/status/status.h>
#include "storage/index/index_view.h"

namespace sanad {

// Hands out the quads of a pattern that only one of two views holds, in the
// order's order. `order` must suit the pattern, as for a scan.
absl::Status DiffViews(const IndexView& before, const IndexView& after, const IdPattern& pattern,
                       Order order,
                       const std::function<absl::Status(const IdQuad& quad, bool added)>& visit);

}  // namespace sanad

#endif  // SANAD_STORAGE_INDEX_INDEX_DIFF_H_
