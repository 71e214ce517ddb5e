// The sorted orders of the quad index: which column holds which position.

#include "storage/quad_source.h"

#include <algorithm>

namespace sanad {

std::array<int, 4> ColumnsOf(Order order) {
  switch (order) {
    case Order::kSpo:
      return {0, 1, 2, 3};
    case Order::kSop:
      return {0, 2, 1, 3};
    case Order::kPso:
      return {1, 0, 2, 3};
    case Order::kPos:
      return {1, 2, 0, 3};
    case Order::kOsp:
      return {2, 0, 1, 3};
    case Order::kOps:
      return {2, 1, 0, 3};
    case Order::kGspo:
      return {3, 0, 1, 2};
  }
  return {0, 1, 2, 3};
}

size_t ColumnOf(Order order, int position) {
  const std::array<int, 4> columns = ColumnsOf(order);
  return static_cast<size_t>(std::find(columns.begin(), columns.end(), position) - columns.begin());
}

Order OrderFor(const IdPattern& pattern, int next) {
  const std::array<bool, 3> bound = {!pattern.subject.is_undefined(),
                                     !pattern.predicate.is_undefined(),
                                     !pattern.object.is_undefined()};
  static constexpr std::array kOrders = {Order::kSpo, Order::kPso, Order::kPos,
                                         Order::kOsp, Order::kSop, Order::kOps};
  int bound_count = 0;
  for (bool b : bound) bound_count += b;
  for (const bool want_next : {true, false}) {
    for (Order order : kOrders) {
      const std::array<int, 4> columns = ColumnsOf(order);
      bool fits = true;
      for (int i = 0; i < bound_count; ++i) fits = fits && bound[columns[i]];
      if (fits && want_next && next >= 0 && bound_count < 3) fits = columns[bound_count] == next;
      if (fits) return order;
    }
  }
  return Order::kSpo;
}

}  // namespace sanad
