// Slice: OFFSET and LIMIT, counting multiplicities.

#ifndef SANAD_QUERY_EXECUTION_SLICE_H_
#define SANAD_QUERY_EXECUTION_SLICE_H_

#include "query/execution/operator.h"

namespace sanad {

class Slice : public Operator {
 public:
  Slice(QueryContext& context, const PlanNode& node, OperatorPtr input)
      : Operator(context), input_(std::move(input)), skip_(node.offset), take_(node.limit) {}
  bool Next(Batch& batch) override;

 private:
  OperatorPtr input_;
  uint64_t skip_;
  uint64_t take_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_SLICE_H_
