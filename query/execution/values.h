// Rows given by the query: VALUES, the one empty solution, and nothing.

#ifndef SANAD_QUERY_EXECUTION_VALUES_H_
#define SANAD_QUERY_EXECUTION_VALUES_H_

#include "query/execution/operator.h"

namespace sanad {

class Values : public Operator {
 public:
  Values(QueryContext& context, const PlanNode& node) : Operator(context), node_(node) {}
  bool Next(Batch& batch) override;

 private:
  const PlanNode& node_;
  size_t next_ = 0;
};

// `count` empty solutions: 0 or 1.
class Constant : public Operator {
 public:
  Constant(QueryContext& context, size_t width, size_t count)
      : Operator(context), width_(width), left_(count) {}
  bool Next(Batch& batch) override {
    if (left_ == 0 || context().Interrupted()) return false;
    batch.Reset(width_);
    batch.size = left_;
    left_ = 0;
    return true;
  }

 private:
  size_t width_;
  size_t left_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_VALUES_H_
