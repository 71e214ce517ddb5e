// Drops columns that nobody above reads, down to the scans: what a scan need not
// decode comes as a multiplicity instead.

#ifndef SANAD_QUERY_PLAN_PRUNE_COLUMNS_H_
#define SANAD_QUERY_PLAN_PRUNE_COLUMNS_H_

#include <vector>

#include "query/plan/plan.h"
#include "query/plan/planner_context.h"

namespace sanad {

// `required`: the variables read from the root.
void PruneColumns(PlannerContext& context, PlanNode& root, std::vector<VariableId> required);

}  // namespace sanad

#endif  // SANAD_QUERY_PLAN_PRUNE_COLUMNS_H_
