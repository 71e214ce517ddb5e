// EXISTS as a semi-join: when the substitution of SPARQL 1.1 section 18.6 gives
// the same as joining on the shared variables.

#ifndef SANAD_QUERY_PLAN_EXISTS_JOIN_H_
#define SANAD_QUERY_PLAN_EXISTS_JOIN_H_

#include <vector>

#include "query/plan/plan.h"
#include "query/plan/planner_context.h"

namespace sanad {

struct ExistsShape {
  const algebra::Operator* pattern = nullptr;          // Without the outermost filter.
  std::vector<const algebra::Expression*> conditions;  // That filter, over both sides.
  std::vector<VariableId> shared;                      // Variables of both sides.
};

// True when the pattern is made of triple patterns, paths, joins, unions and
// filters that read only what their own operand binds (but for the outermost
// one, which becomes a condition of the join), and every shared variable is
// certain on the left. The caller checks that it is certain on the right.
bool DecorrelateExists(PlannerContext& context, const PlanNode& left,
                       const algebra::Operator& pattern, ExistsShape& shape);

}  // namespace sanad

#endif  // SANAD_QUERY_PLAN_EXISTS_JOIN_H_
