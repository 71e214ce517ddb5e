// Property paths that are no closures as joins and unions of patterns.

#ifndef SANAD_QUERY_PLAN_SIMPLIFY_PATH_H_
#define SANAD_QUERY_PLAN_SIMPLIFY_PATH_H_

#include "query/plan/planner_context.h"

namespace sanad {

// The same solutions as a kPath operator whose path is a link, an inverse, a
// sequence or an alternative (SPARQL 1.1, section 18.2.2.4; alternatives keep
// duplicates, as a union does); null for other paths. Owned by the context.
const algebra::Operator* SimplifyPath(PlannerContext& context, const algebra::Operator& op);

}  // namespace sanad

#endif  // SANAD_QUERY_PLAN_SIMPLIFY_PATH_H_
