// A quad as a row of one sorted order: its four ids, in the order's columns.

#ifndef SANAD_STORAGE_INDEX_ROW_H_
#define SANAD_STORAGE_INDEX_ROW_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "storage/encoding/term_id.h"
#include "storage/quad_source.h"

namespace sanad {

// Columns as ColumnsOf(order) names them; compared from the left, which is the
// order of the index.
using Row = std::array<TermId, 4>;

inline constexpr size_t kOrderCount = 7;

inline Row RowOf(const IdQuad& quad, Order order) {
  const std::array<TermId, 4> terms = {quad.subject, quad.predicate, quad.object, quad.graph};
  const std::array<int, 4> columns = ColumnsOf(order);
  return {terms[columns[0]], terms[columns[1]], terms[columns[2]], terms[columns[3]]};
}

inline IdQuad QuadOf(const Row& row, Order order) {
  const std::array<int, 4> columns = ColumnsOf(order);
  std::array<TermId, 4> terms;
  for (size_t i = 0; i < 4; ++i) terms[columns[i]] = row[i];
  return {terms[0], terms[1], terms[2], terms[3]};
}

// A row's ids as plain words.
inline std::array<uint64_t, 4> BitsOf(const Row& row) {
  return {row[0].bits(), row[1].bits(), row[2].bits(), row[3].bits()};
}

// The column that holds the graph.
inline size_t GraphColumn(Order order) { return order == Order::kGspo ? 0 : 3; }

// True when two rows of one order state the same triple.
inline bool SameTriple(const Row& a, const Row& b, Order order) {
  const size_t first = order == Order::kGspo ? 1 : 0;
  return a[first] == b[first] && a[first + 1] == b[first + 1] && a[first + 2] == b[first + 2];
}

}  // namespace sanad

#endif  // SANAD_STORAGE_INDEX_ROW_H_
