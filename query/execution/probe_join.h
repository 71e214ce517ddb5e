// What all joins share: for each row of the left side a range of candidate rows
// of the right, checked, joined by mode and written out in the left side's order.
//
// Subclasses find the candidates (by merging, by index, by hash). Pairs are
// collected up to a batch, filtered by the condition if there is one, and
// gathered column by column.

#ifndef SANAD_QUERY_EXECUTION_PROBE_JOIN_H_
#define SANAD_QUERY_EXECUTION_PROBE_JOIN_H_

#include <memory>
#include <utility>
#include <vector>

#include "query/execution/batch_ramp.h"
#include "query/execution/execution_context.h"
#include "query/execution/join_table.h"
#include "query/execution/operator.h"

namespace sanad {

class ProbeJoin : public Operator {
 public:
  // REQUIRES: `node` is a join; it outlives the operator.
  ProbeJoin(QueryContext& context, const PlanNode& node, OperatorPtr left);
  // Compiles the conditions; once, before the first Next().
  absl::Status Prepare(BuildScope& scope);

  bool Next(Batch& batch) override;
  void SkipTo(TermId key) override;
  // The first batches are to be small ones.
  void StartSmall() { ramp_.StartSmall(); }

 protected:
  using Range = RowRange;

  // Fills ranges() with the candidates in right() of each row of `left`. False
  // when the join ends here. May replace right() as a whole.
  virtual bool FindCandidates(const Batch& left, std::vector<Range>& ranges) = 0;

  Operator& left() { return *left_; }
  Batch& right() { return right_; }
  const PlanNode& node() const { return node_; }
  // True when a row of the left asks only whether it has a candidate: right() is
  // not looked at and a range needs no more than to be empty or not.
  bool only_existence() const {
    return node_.mode != JoinMode::kInner && node_.mode != JoinMode::kLeft && checks_.empty() &&
           !check_overlap_ && node_.conditions.empty();
  }
  // True when rows without a match yield nothing.
  bool only_matches() const {
    return node_.mode == JoinMode::kInner || node_.mode == JoinMode::kSemi;
  }
  // Takes away the columns that a subclass has matched already.
  void Matched(VariableId variable);

 private:
  static constexpr uint32_t kNone = ~uint32_t{0};

  bool NextLeftBatch();
  bool NextByExistence(Batch& batch);
  void CollectPairs();
  bool Compatible(size_t left_row, size_t right_row) const;
  void FilterPairs();
  void ResolvePairs(Batch& batch);
  void Emit(Batch& batch);

  const PlanNode& node_;
  OperatorPtr left_;
  Batch left_batch_;
  Batch right_;
  std::vector<Range> ranges_;
  size_t row_ = 0;
  uint32_t candidate_ = 0;
  bool row_started_ = false;
  bool matched_ = false;
  bool done_ = false;
  BatchRamp ramp_;
  size_t most_pairs_ = Batch::kCapacity;  // Of the batch under way.

  std::vector<std::pair<size_t, size_t>> checks_;  // Shared columns still to compare.
  std::vector<std::pair<size_t, size_t>> shared_;  // All shared columns.
  bool check_overlap_ = false;                     // MINUS without a certain shared column.
  std::vector<std::pair<int, int>> outputs_;       // Left and right column of each output.
  std::vector<uint32_t> left_rows_, right_rows_;   // Pairs; kNone on the right ends a left row.
  std::vector<uint32_t> kept_left_, kept_right_;
  std::vector<std::unique_ptr<Evaluator>> conditions_;
  std::vector<std::pair<int, int>> condition_columns_;
  Batch condition_batch_;
  std::vector<uint32_t> selection_, candidates_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_PROBE_JOIN_H_
