// ExtractInOrder (sanad/extract.h) with its limits, for tests.

#ifndef SANAD_LOADER_DOCUMENT_EXTRACT_IN_ORDER_H_
#define SANAD_LOADER_DOCUMENT_EXTRACT_IN_ORDER_H_

#include <cstddef>
#include <functional>

#include <absl/status/statusor.h>
#include <sanad/extract.h>

namespace sanad::internal {

struct OrderedLimits {
  size_t threads = 0;  // 0: the processors. Fewer where the system gives no more.
  // Of results that wait for their turn, by estimate. Beyond it only the document whose
  // turn it is begins, so that as much again as there are threads may be added.
  size_t waiting_bytes = size_t{256} << 20;
};

void ExtractInOrderWithin(const OrderedLimits& limits, size_t count,
                          const std::function<absl::StatusOr<Extraction>(size_t)>& extract,
                          const std::function<bool(size_t, absl::StatusOr<Extraction>)>& take);

}  // namespace sanad::internal

#endif  // SANAD_LOADER_DOCUMENT_EXTRACT_IN_ORDER_H_
