// Makes plan nodes of joins, filters and scans with their schema, certainty and
// sort order; chooses nothing.

#ifndef SANAD_QUERY_PLAN_JOIN_BUILDER_H_
#define SANAD_QUERY_PLAN_JOIN_BUILDER_H_

#include <vector>

#include "query/plan/plan.h"

namespace sanad {

// REQUIRES: both children sorted first by `key`, which is certain in both.
PlanPtr MakeMergeJoin(PlanPtr left, PlanPtr right, VariableId key, JoinMode mode);
// REQUIRES: `right` is a scan sorted first by `key`, certain on the left.
PlanPtr MakeIndexJoin(PlanPtr left, PlanPtr right, VariableId key, JoinMode mode);
PlanPtr MakeHashJoin(PlanPtr left, PlanPtr right, JoinMode mode);
// The plan itself when there are no conditions.
PlanPtr AddFilter(PlanPtr input, std::vector<const algebra::Expression*> conditions);
// A node of a type over one child, with the child's schema, order and estimates.
PlanPtr MakeUnary(PlanType type, PlanPtr input);
PlanPtr MakeUnit();
PlanPtr MakeNothing(std::vector<VariableId> schema);

}  // namespace sanad

#endif  // SANAD_QUERY_PLAN_JOIN_BUILDER_H_
