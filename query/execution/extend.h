// Extend: new columns computed from a solution's other columns.

#ifndef SANAD_QUERY_EXECUTION_EXTEND_H_
#define SANAD_QUERY_EXECUTION_EXTEND_H_

#include <vector>

#include "query/execution/operator.h"
#include "query/expression/evaluator.h"

namespace sanad {

class Extend : public Operator {
 public:
  struct Column {
    std::unique_ptr<Evaluator> expression;
    size_t target;  // Column of the working batch that it fills.
  };
  // `width`: columns of the working batch, the input's first. `outputs`: the
  // working column of each output column.
  Extend(QueryContext& context, FunctionContext& functions, OperatorPtr input,
         std::vector<Column> columns, size_t input_width, size_t width,
         std::vector<size_t> outputs);
  bool Next(Batch& batch) override;
  void SkipTo(TermId key) override { input_->SkipTo(key); }

 private:
  bool Fetch();

  FunctionContext& functions_;
  OperatorPtr input_;
  std::vector<Column> columns_;
  size_t input_width_;
  size_t width_;
  std::vector<size_t> outputs_;
  bool volatile_ = false;
  Batch working_;
  // Where the expressions are volatile: the input, and which of its rows is next.
  Batch repeated_;
  size_t next_row_ = 0;
  uint64_t copies_ = 0;  // Of that row, given already.
  std::vector<uint32_t> rows_;
  std::vector<TermId> scratch_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_EXTEND_H_
