// Sort: ORDER BY, by value; with a limit only the first rows are kept.

#ifndef SANAD_QUERY_EXECUTION_SORT_H_
#define SANAD_QUERY_EXECUTION_SORT_H_

#include <vector>

#include "query/execution/operator.h"
#include "query/expression/evaluator.h"

namespace sanad {

class Sort : public Operator {
 public:
  struct Condition {
    std::unique_ptr<Evaluator> expression;
    bool descending = false;
  };
  Sort(QueryContext& context, const PlanNode& node, OperatorPtr input,
       std::vector<Condition> conditions);
  bool Next(Batch& batch) override;

 private:
  bool ReadAll();
  void Order(std::vector<uint32_t>& rows);
  bool RankColumn(const std::vector<TermId>& ids, std::vector<uint32_t>& ranks, uint32_t& count);
  void CutToLimit();

  const PlanNode& node_;
  OperatorPtr input_;
  std::vector<Condition> conditions_;
  std::vector<size_t> outputs_;            // Input column of each output.
  Batch rows_;                             // Output columns of all rows.
  std::vector<std::vector<TermId>> keys_;  // By condition.
  std::vector<uint32_t> order_;
  size_t next_ = 0;
  bool sorted_ = false;
  MemoryHold memory_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_SORT_H_
