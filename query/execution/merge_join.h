// Merge join: both sides sorted by the key; each side skips to the other's key.

#ifndef SANAD_QUERY_EXECUTION_MERGE_JOIN_H_
#define SANAD_QUERY_EXECUTION_MERGE_JOIN_H_

#include "query/execution/probe_join.h"

namespace sanad {

class MergeJoin : public ProbeJoin {
 public:
  MergeJoin(QueryContext& context, const PlanNode& node, OperatorPtr left, OperatorPtr right);

 protected:
  bool FindCandidates(const Batch& left, std::vector<Range>& ranges) override;

 private:
  // Moves to the first right row whose key is not below `key`. False at the end.
  bool AdvanceTo(TermId key);
  void CopyRun(TermId key);
  // Starts right() anew with the last run, where the left goes on with its key.
  void KeepRun(TermId first_key);

  OperatorPtr right_operator_;
  size_t left_column_;
  size_t right_column_;
  Batch window_;  // Right rows being merged.
  size_t position_ = 0;
  bool right_done_ = false;
  TermId run_key_;  // The key of the last run copied into right().
  Range run_;
  MemoryHold memory_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_MERGE_JOIN_H_
