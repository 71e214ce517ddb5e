// A pattern planned and run while the query runs: for EXISTS that no join can
// answer, and for patterns evaluated once a graph.

#ifndef SANAD_QUERY_EXECUTION_SUBQUERY_H_
#define SANAD_QUERY_EXECUTION_SUBQUERY_H_

#include <memory>
#include <string>
#include <vector>

#include "query/execution/execution_context.h"

namespace sanad {

// A plan and its running operators, together. Single-threaded.
class Subquery {
 public:
  // `first_rows`: the caller is likely to stop after a few rows.
  static absl::StatusOr<std::unique_ptr<Subquery>> Make(const algebra::Operator& pattern,
                                                        const GraphScope& active,
                                                        const Bindings& bindings,
                                                        ExecutionContext& execution,
                                                        bool first_rows = false);
  bool Next(Batch& batch) { return root_->Next(batch); }
  const PlanNode& node() const { return *plan_.root; }
  const std::vector<std::string>& names() const { return plan_.names; }

 private:
  Plan plan_;
  std::unique_ptr<BuildScope> scope_;
  OperatorPtr root_;
};

// EXISTS by substitution, remembered by the values of the shared variables.
std::unique_ptr<ExistsEvaluator> MakeExistsEvaluator(const algebra::Operator& pattern,
                                                     const std::vector<std::string>& columns,
                                                     const GraphScope& active,
                                                     ExecutionContext& execution);

// GRAPH ?g over a pattern that cannot be read from all graphs at once.
class GraphLoop : public Operator {
 public:
  GraphLoop(const PlanNode& node, const Plan& plan, ExecutionContext& execution);
  bool Next(Batch& batch) override;

 private:
  bool OpenNextGraph();

  const PlanNode& node_;
  const Plan& plan_;
  ExecutionContext& execution_;
  Bindings bindings_;
  std::vector<TermId> graphs_;
  bool listed_ = false;
  size_t next_ = 0;
  TermId graph_;
  std::unique_ptr<Subquery> current_;
  std::vector<int> columns_;
  int graph_column_ = -1;
  Batch batch_;
  std::vector<uint32_t> selection_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_SUBQUERY_H_
