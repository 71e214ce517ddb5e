// Hash join: the right side is read whole and grouped by key; the left streams.
// Without a shared column that both sides always bind it is a nested loop. Where
// a match is all that counts (EXISTS, MINUS), only the distinct keys are kept.

#ifndef SANAD_QUERY_EXECUTION_HASH_JOIN_H_
#define SANAD_QUERY_EXECUTION_HASH_JOIN_H_

#include "query/execution/join_table.h"
#include "query/execution/probe_join.h"
#include "query/execution/row_index.h"

namespace sanad {

class HashJoin : public ProbeJoin {
 public:
  HashJoin(QueryContext& context, const PlanNode& node, OperatorPtr left, OperatorPtr right);

 protected:
  bool FindCandidates(const Batch& left, std::vector<Range>& ranges) override;

 private:
  bool Build();
  bool ReadRight();
  // For joins that ask for existence only: no more than the keys.
  bool ReadKeys();
  bool GroupByKey();
  bool has_keys() const { return !left_keys_.empty() || !left_values_.empty(); }
  // False when the query has met a limit.
  bool KeyColumns(const Batch& batch, const std::vector<size_t>& columns,
                  const std::vector<size_t>& value_columns,
                  std::vector<std::vector<TermId>>& values, std::vector<const TermId*>& out);

  OperatorPtr right_operator_;
  std::vector<size_t> left_keys_, right_keys_;
  std::vector<size_t> left_values_, right_values_;  // Columns equal by value.
  std::vector<std::vector<TermId>> value_scratch_;
  RowIndex existing_;  // The keys, where a match is all that counts.
  JoinTable table_;    // Else.
  std::vector<const TermId*> columns_;
  bool built_ = false;
  bool right_empty_ = false;
  MemoryHold memory_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_HASH_JOIN_H_
