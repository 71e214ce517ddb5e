// Union: the solutions of each child in turn, columns a child lacks unbound.

#ifndef SANAD_QUERY_EXECUTION_UNION_H_
#define SANAD_QUERY_EXECUTION_UNION_H_

#include <vector>

#include "query/execution/operator.h"

namespace sanad {

class Union : public Operator {
 public:
  // `cheapest_first`: the child that costs least comes first, else they come as they
  // are.
  Union(QueryContext& context, const PlanNode& node, std::vector<OperatorPtr> inputs,
        bool cheapest_first = false);
  bool Next(Batch& batch) override;

 private:
  std::vector<OperatorPtr> inputs_;
  std::vector<std::vector<int>> columns_;  // By child: the child's column of each output, or -1.
  std::vector<size_t> order_;              // Children in their turn.
  size_t current_ = 0;                     // In that order.
  Batch batch_;
};

// Project: as a union of one child; columns by name, missing ones unbound.
using Project = Union;

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_UNION_H_
