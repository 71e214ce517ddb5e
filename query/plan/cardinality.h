// Estimates of distinct ids by column of a triple pattern.

#ifndef SANAD_QUERY_PLAN_CARDINALITY_H_
#define SANAD_QUERY_PLAN_CARDINALITY_H_

#include <vector>

#include "query/plan/plan.h"

namespace sanad {

// Parallel to the schema of a scan whose `rows` is exact.
std::vector<double> DistinctCounts(const PlanNode& scan, const QuadSource& source);

}  // namespace sanad

#endif  // SANAD_QUERY_PLAN_CARDINALITY_H_
