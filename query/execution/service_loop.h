// SERVICE with a variable endpoint: the patterns before it bind the endpoint, and
// each endpoint is asked once (SPARQL 1.1 Federated Query, section 4).

#ifndef SANAD_QUERY_EXECUTION_SERVICE_LOOP_H_
#define SANAD_QUERY_EXECUTION_SERVICE_LOOP_H_

#include <string>
#include <utility>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include "query/execution/operator.h"

namespace sanad {

// Joins every row of the input with the solutions of the endpoint that the row
// names. The node's own child is the input.
class ServiceLoop : public Operator {
 public:
  ServiceLoop(QueryContext& context, const PlanNode& node, const Plan& plan, OperatorPtr input);
  bool Next(Batch& batch) override;

 private:
  using Rows = std::vector<std::vector<TermId>>;  // Parallel to variables_.

  // The solutions of one endpoint; null when the query must end.
  const Rows* Solutions(TermId endpoint);
  absl::Status Fetch(TermId endpoint, Rows& rows);
  void Emit(const std::vector<TermId>& solution, Batch& batch);
  bool Compatible(const std::vector<TermId>& solution) const;

  const PlanNode& node_;
  OperatorPtr input_;
  int endpoint_column_ = -1;
  std::string endpoint_name_;
  std::vector<std::string> variables_;             // Of the service's pattern.
  std::vector<std::pair<int, int>> outputs_;       // Input column, index in variables_; or -1.
  std::vector<std::pair<size_t, size_t>> shared_;  // Input column, index in variables_.
  absl::flat_hash_map<uint64_t, Rows> answers_;
  MemoryHold memory_;

  Batch input_batch_;
  size_t row_ = 0;
  size_t next_solution_ = 0;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_SERVICE_LOOP_H_
