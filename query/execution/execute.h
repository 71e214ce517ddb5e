// Runs an algebra over any QuadSource: the entry below Query::Execute and Ask.

#ifndef SANAD_QUERY_EXECUTION_EXECUTE_H_
#define SANAD_QUERY_EXECUTION_EXECUTE_H_

#include <functional>
#include <memory>
#include <string>

#include <absl/status/statusor.h>
#include <sanad/query.h>
#include "query/algebra/algebra.h"
#include "query/execution/plan_cache.h"
#include "query/plan/planner_context.h"
#include "query/plan/rewrite.h"
#include "storage/quad_source.h"

namespace sanad {

// Parameters of the options are already bound in `query` and not looked at
// (query/algebra/parameters.h). `source_owner` keeps `source` alive for as long as the cursor
// lives.
absl::StatusOr<std::unique_ptr<Cursor>> ExecuteAlgebra(
    std::shared_ptr<const algebra::QueryAlgebra> query, const QuadSource& source,
    std::shared_ptr<const void> source_owner, const QueryOptions& options);

// The same with the plan kept in `plans`, if there is one for the source's state and
// the options, else with a new one, which it then keeps. `bind` gives the algebra
// with the parameters bound, for a new plan.
absl::StatusOr<std::unique_ptr<Cursor>> ExecutePrepared(
    const std::function<absl::StatusOr<std::shared_ptr<const algebra::QueryAlgebra>>()>& bind,
    PlanCache& plans, const QuadSource& source, std::shared_ptr<const void> source_owner,
    const QueryOptions& options);

// The plan with estimated rows, without running (Query::Explain).
absl::StatusOr<std::string> ExplainAlgebra(const algebra::QueryAlgebra& query,
                                           const QuadSource& source, const QueryOptions& options,
                                           PlanFormat format);

// The same with the planner's own options, for tests.
absl::StatusOr<std::unique_ptr<Cursor>> ExecuteAlgebra(
    std::shared_ptr<const algebra::QueryAlgebra> query, const QuadSource& source,
    std::shared_ptr<const void> source_owner, const QueryOptions& options,
    const PlannerOptions& planner);

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_EXECUTE_H_
