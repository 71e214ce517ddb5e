// Join ordering: from the members of a join group to one tree of joins.
//
// Members are triple patterns (scans, with exact counts) and finished subplans. A
// greedy order comes first. Where it is expected to take long, joins are sampled
// (join_sample.h) and greedy orders from several members compared; else, up to
// twelve members, a dynamic program over subsets keeps, for each subset, the
// cheapest tree for each leading sort variable (left-deep; Selinger et al. 1979).
// Both may take a tenth of the time that the greedy order is expected to take.

#ifndef SANAD_QUERY_PLAN_JOIN_ORDER_H_
#define SANAD_QUERY_PLAN_JOIN_ORDER_H_

#include <vector>

#include <absl/status/statusor.h>
#include "query/plan/plan.h"
#include "query/plan/planner_context.h"

namespace sanad {

// One member of a join group.
struct JoinMember {
  PlanPtr plan;  // A kScan whose order may still be chosen, or a finished plan.
  bool is_scan = false;
  // A scan whose object is compared with constants: the ids that may pass, and
  // the share of its rows that has them.
  std::vector<IdRange> ranges;
  double kept = 1;
  std::vector<double> distinct;  // By column of plan->schema: estimated distinct ids.
};

// A condition to be applied as soon as its variables are there.
struct JoinFilter {
  const algebra::Expression* expression = nullptr;
  std::vector<VariableId> variables;  // Those of the group's schema.
  bool applied = false;
};

// Joins all members and applies all filters. `preferred`: the variable by which
// the result had better be sorted, or kNoVariable.
// REQUIRES: at least one member.
PlanPtr OrderJoins(PlannerContext& context, std::vector<JoinMember> members,
                   std::vector<JoinFilter> filters, VariableId preferred);

// Joins two plans by the best operator for them as they are. `right_is_scan`:
// the right side is a scan whose order may be chosen.
PlanPtr JoinPlans(PlannerContext& context, PlanPtr left, PlanPtr right, JoinMode mode,
                  bool right_is_scan, std::vector<const algebra::Expression*> conditions);

// Lets a hash join match by the value of two columns when the condition says
// that they are equal; the condition stays.
void AddValueKey(PlannerContext& context, PlanNode& join, const algebra::Expression& condition);

// Chooses the order of a scan so that `first` leads after the constants, and
// sets the node's sort order.
void SortScanBy(PlanNode& scan, VariableId first);

}  // namespace sanad

#endif  // SANAD_QUERY_PLAN_JOIN_ORDER_H_
