// Where a leapfrog join may take the place of several binary joins: in the cyclic
// core of a join group, and in a star of four or more patterns around a variable.

#ifndef SANAD_QUERY_PLAN_LEAPFROG_H_
#define SANAD_QUERY_PLAN_LEAPFROG_H_

#include <vector>

#include "query/plan/join_order.h"

namespace sanad {

// A copy of the members of a join group, in which those that one leapfrog join
// can take are one member, its cost estimated. Empty where there are none.
std::vector<JoinMember> WithLeapfrogJoin(const PlannerContext& context,
                                         const std::vector<JoinMember>& members);

}  // namespace sanad

#endif  // SANAD_QUERY_PLAN_LEAPFROG_H_
