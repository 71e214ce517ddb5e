// Distinct: each solution once. Neighbouring repeats are dropped by comparison;
// only where the input is not sorted by all its columns is there a hash table.

#ifndef SANAD_QUERY_EXECUTION_DISTINCT_H_
#define SANAD_QUERY_EXECUTION_DISTINCT_H_

#include <vector>

#include "query/execution/operator.h"
#include "query/execution/row_index.h"

namespace sanad {

class Distinct : public Operator {
 public:
  Distinct(QueryContext& context, const PlanNode& node, OperatorPtr input);
  bool Next(Batch& batch) override;

 private:
  OperatorPtr input_;
  bool sorted_;
  RowIndex seen_;
  std::vector<TermId> previous_;
  bool has_previous_ = false;
  std::vector<uint32_t> selection_;
  std::vector<const TermId*> columns_;
  MemoryHold memory_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_DISTINCT_H_
