// Filter: keeps the solutions for which every condition is true.

#ifndef SANAD_QUERY_EXECUTION_FILTER_H_
#define SANAD_QUERY_EXECUTION_FILTER_H_

#include <vector>

#include "query/execution/operator.h"
#include "query/expression/evaluator.h"

namespace sanad {

class Filter : public Operator {
 public:
  Filter(QueryContext& context, OperatorPtr input,
         std::vector<std::unique_ptr<Evaluator>> conditions)
      : Operator(context), input_(std::move(input)), conditions_(std::move(conditions)) {}
  bool Next(Batch& batch) override;
  void SkipTo(TermId key) override { input_->SkipTo(key); }

 private:
  OperatorPtr input_;
  std::vector<std::unique_ptr<Evaluator>> conditions_;
  std::vector<uint32_t> selection_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_FILTER_H_
