// Searching a sorted column forwards in doubling steps (Bentley and Yao, 1976).

#ifndef SANAD_QUERY_EXECUTION_GALLOP_H_
#define SANAD_QUERY_EXECUTION_GALLOP_H_

#include <algorithm>
#include <vector>

#include "storage/encoding/term_id.h"

namespace sanad {

// The first index in [begin, end) whose id is not below `key`, or `end`.
inline size_t Gallop(const std::vector<TermId>& column, size_t begin, size_t end, TermId key) {
  if (begin >= end || column[begin] >= key) return begin;
  size_t step = 1;
  size_t low = begin;
  while (low + step < end && column[low + step] < key) {
    low += step;
    step *= 2;
  }
  const auto first = column.begin() + static_cast<std::ptrdiff_t>(low);
  const auto last = column.begin() + static_cast<std::ptrdiff_t>(std::min(low + step + 1, end));
  return static_cast<size_t>(std::lower_bound(first, last, key) - column.begin());
}

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_GALLOP_H_
