// Group: one solution a group, keys first, then aggregates.
//
// Groups are numbered by a hash of their keys; rows that follow one of the same
// keys take its number without hashing, so sorted input costs one hash a group.

#ifndef SANAD_QUERY_EXECUTION_GROUP_H_
#define SANAD_QUERY_EXECUTION_GROUP_H_

#include <memory>
#include <vector>

#include "query/execution/aggregate.h"
#include "query/execution/operator.h"
#include "query/execution/row_index.h"
#include "query/expression/evaluator.h"

namespace sanad {

class Group : public Operator {
 public:
  // A value of each input row: a column, or an expression.
  struct Input {
    int column = -1;
    std::unique_ptr<Evaluator> expression;
    std::vector<TermId> values;
  };
  struct Measure {
    std::unique_ptr<Aggregate> aggregate;
    Input input;                 // COUNT(*): neither.
    bool distinct_rows = false;  // COUNT(DISTINCT *).
  };
  // `outputs`: for each output column the number of a key, or of an aggregate
  // plus the number of keys.
  Group(QueryContext& context, OperatorPtr input, std::vector<Input> keys,
        std::vector<Measure> measures, std::vector<size_t> outputs, size_t input_width);
  bool Next(Batch& batch) override;

 private:
  bool ReadAll();
  void NumberRows(const Batch& batch);
  void AddRows(const Batch& batch, Measure& measure);
  void CountRows(const Batch& batch, Aggregate& count);
  const TermId* ValuesOf(const Batch& batch, Input& input);

  OperatorPtr input_;
  std::vector<Input> keys_;
  std::vector<Measure> measures_;
  std::vector<size_t> outputs_;
  RowIndex groups_;
  RowIndex distinct_rows_;
  std::vector<uint32_t> numbers_;  // The group of each row of the batch.
  std::vector<const TermId*> columns_;
  std::vector<TermId> previous_;
  uint32_t previous_number_ = RowIndex::kMissing;
  bool read_ = false;
  uint32_t next_ = 0;
  MemoryHold memory_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_GROUP_H_
