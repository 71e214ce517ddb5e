// A query under way: its context, plan and operators, in the order in which they
// may be destroyed. The cursors of all query forms stand on it.

#ifndef SANAD_QUERY_EXECUTION_RUNNING_QUERY_H_
#define SANAD_QUERY_EXECUTION_RUNNING_QUERY_H_

#include <memory>
#include <string>
#include <vector>

#include "query/execution/execution_context.h"
#include "query/execution/plan_cache.h"

namespace sanad {

// Single-threaded.
class RunningQuery {
 public:
  // Plans; Open() builds the operators.
  static absl::StatusOr<std::unique_ptr<RunningQuery>> Make(
      std::shared_ptr<const algebra::QueryAlgebra> query, const QuadSource& source,
      std::shared_ptr<const void> source_owner, const QueryOptions& options,
      const PlannerOptions& planner);
  // Runs a plan that was made before, on the state it was made for.
  static absl::StatusOr<std::unique_ptr<RunningQuery>> Make(
      std::shared_ptr<const PreparedPlan> prepared, const QuadSource& source,
      std::shared_ptr<const void> source_owner, const QueryOptions& options,
      const PlannerOptions& planner);
  absl::Status Open();

  bool Next(Batch& batch) { return root_->Next(batch); }
  QueryContext& context() { return context_; }
  const algebra::QueryAlgebra& algebra() const { return *prepared_->algebra; }
  const Dataset& dataset() const { return prepared_->dataset; }
  const Plan& plan() const { return prepared_->plan; }
  const std::shared_ptr<const PreparedPlan>& prepared() const { return prepared_; }
  // The column of a variable in the batches, or -1.
  int ColumnOfName(const std::string& name) const;
  std::string Print(PlanFormat format);

 private:
  RunningQuery(std::shared_ptr<const PreparedPlan> prepared, const QuadSource& source,
               std::shared_ptr<const void> source_owner, const QueryOptions& options,
               const PlannerOptions& planner);

  std::shared_ptr<const PreparedPlan> prepared_;
  std::shared_ptr<const void> source_owner_;
  QueryContext context_;
  FunctionContext functions_;
  ExecutionContext execution_;
  std::vector<ObservedRows> observed_;
  std::unique_ptr<BuildScope> scope_;
  OperatorPtr root_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_RUNNING_QUERY_H_
