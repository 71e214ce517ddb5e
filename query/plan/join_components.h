// Joins of parts that share no variable: by an equality between their values
// where a filter asks for one, else as a product.

#ifndef SANAD_QUERY_PLAN_JOIN_COMPONENTS_H_
#define SANAD_QUERY_PLAN_JOIN_COMPONENTS_H_

#include <vector>

#include "query/plan/join_order.h"

namespace sanad {

// The larger streams past the smaller. Applies all filters.
// REQUIRES: at least one part; no two share a variable.
PlanPtr JoinComponents(PlannerContext& context, std::vector<PlanPtr> parts,
                       std::vector<JoinFilter> filters);

}  // namespace sanad

#endif  // SANAD_QUERY_PLAN_JOIN_COMPONENTS_H_
