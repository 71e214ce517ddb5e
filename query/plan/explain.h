// Plans as text and JSON: EXPLAIN with estimates, PROFILE with what was observed.

#ifndef SANAD_QUERY_PLAN_EXPLAIN_H_
#define SANAD_QUERY_PLAN_EXPLAIN_H_

#include <string>
#include <vector>

#include <sanad/query.h>
#include "query/expression/query_context.h"
#include "query/plan/plan.h"

namespace sanad {

// What one operator did, by PlanNode::number.
struct ObservedRows {
  uint64_t rows = 0;
  uint64_t batches = 0;
  int64_t nanos = 0;                   // Those below it included.
  QueryContext::MemoryMeter memory{};  // Of its own, in bytes.
};

// The tree, a node a line, indented. `observed` empty: estimates only. Terms of
// patterns are read through `terms`.
std::string PrintPlan(const Plan& plan, PlanFormat format, TermDictionary& terms,
                      const std::vector<ObservedRows>& observed);

}  // namespace sanad

#endif  // SANAD_QUERY_PLAN_EXPLAIN_H_
