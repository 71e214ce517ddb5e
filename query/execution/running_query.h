// A query under way: its context, plan and operators, in the order in which they
// may be destroyed. The cursors of all query forms stand on it.

#ifndef SANAD_QUERY_EXECUTION_RUNNING_QUERY_H_
#define SANAD_QUERY_EXECUTION_RUNNING_QUERY_H_

#include <memory>
#include <string>
#include <vector>

#include "query/execution/execution_context.h"

namespace sanad {

// Single-threaded.
class RunningQuery {
 public:
  // Plans; Open() builds the operators.
  static absl::StatusOr<std::unique_ptr<RunningQuery>> Make(
      std::shared_ptr<const algebra::QueryAlgebra> query, const QuadSource& source,
      std::shared_ptr<const void> source_owner, const QueryOptions& options,
      const PlannerOptions& planner);
  absl::Status Open();

  bool Next(Batch& batch) { return root_->Next(batch); }
  QueryContext& context() { return context_; }
  const algebra::QueryAlgebra& algebra() const { return *algebra_; }
  const Dataset& dataset() const { return dataset_; }
  const Plan& plan() const { return plan_; }
  // The column of a variable in the batches, or -1.
  int ColumnOfName(const std::string& name) const;
  std::string Print(PlanFormat format);

 private:
  RunningQuery(std::shared_ptr<const algebra::QueryAlgebra> query, const QuadSource& source,
               std::shared_ptr<const void> source_owner, const QueryOptions& options,
               const PlannerOptions& planner);

  std::shared_ptr<const algebra::QueryAlgebra> algebra_;
  std::shared_ptr<const void> source_owner_;
  QueryContext context_;
  FunctionContext functions_;
  Dataset dataset_;
  ExecutionContext execution_;
  algebra::OperatorPtr rewritten_;
  Plan plan_;
  std::vector<ObservedRows> observed_;
  std::unique_ptr<BuildScope> scope_;
  OperatorPtr root_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_RUNNING_QUERY_H_
