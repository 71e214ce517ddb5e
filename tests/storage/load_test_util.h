// Quads handed to bulk loads.

#ifndef SANAD_TESTS_STORAGE_LOAD_TEST_UTIL_H_
#define SANAD_TESTS_STORAGE_LOAD_TEST_UTIL_H_

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include <sanad/term.h>
#include "storage/bulk_load.h"

namespace sanad {

// Yields the quads, some at a time.
inline QuadPull PullOf(std::vector<Quad> quads, size_t at_a_time = 1000) {
  return [quads = std::move(quads), at_a_time, next = size_t{0}](std::vector<Quad>& batch) mutable {
    const size_t size = std::min(at_a_time, quads.size() - next);
    const auto begin = quads.begin() + static_cast<ptrdiff_t>(next);
    batch.assign(begin, begin + static_cast<ptrdiff_t>(size));
    next += size;
    return absl::OkStatus();
  };
}

}  // namespace sanad

#endif  // SANAD_TESTS_STORAGE_LOAD_TEST_UTIL_H_
