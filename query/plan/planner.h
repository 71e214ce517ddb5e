// The planner: algebra to physical plan.
//
// Joins, triple patterns and filters that lie together form one join group,
// ordered by join_order.h; every other operator maps to one plan node. At the
// end columns nobody reads are dropped (prune_columns.h).

#ifndef SANAD_QUERY_PLAN_PLANNER_H_
#define SANAD_QUERY_PLAN_PLANNER_H_

#include <string>
#include <utility>
#include <vector>

#include <absl/status/statusor.h>
#include "query/algebra/algebra.h"
#include "query/plan/plan.h"
#include "query/plan/planner_context.h"

namespace sanad {

// The graphs of a query as ids (SPARQL 1.1, section 13.2).
struct Dataset {
  GraphScope default_scope;
  GraphScope named;  // kEach.
};
Dataset DatasetOf(const algebra::DatasetClause& clause, QueryContext& context);

// Values of variables set from outside: parameters, the solution of an EXISTS.
using Bindings = std::vector<std::pair<std::string, TermId>>;

// Plans an operator tree. `op` outlives the plan. Bound variables are taken as
// constants (the substitution of section 18.6); they are not columns of the plan.
absl::StatusOr<Plan> MakePlan(const algebra::Operator& op, const Dataset& dataset,
                              const GraphScope& active, const Bindings& bindings,
                              QueryContext& context, const PlannerOptions& options);

}  // namespace sanad

#endif  // SANAD_QUERY_PLAN_PLANNER_H_
