// Index join (bind join): the keys of each left batch are looked up in the index
// of a triple pattern, sorted, in one scan over their ranges. Once the keys seen
// are many for the size of the pattern, the pattern is read whole, once.

#ifndef SANAD_QUERY_EXECUTION_INDEX_JOIN_H_
#define SANAD_QUERY_EXECUTION_INDEX_JOIN_H_

#include <utility>

#include "query/execution/probe_join.h"
#include "query/execution/row_index.h"
#include "query/execution/scan.h"

namespace sanad {

class IndexJoin : public ProbeJoin {
 public:
  IndexJoin(QueryContext& context, const PlanNode& node, OperatorPtr left);

 protected:
  bool FindCandidates(const Batch& left, std::vector<Range>& ranges) override;

 private:
  bool ReadRight(const std::vector<IdRange>& ranges);
  bool LookUp(const Batch& left, std::vector<Range>& ranges);
  bool IndexWhole();
  void FindInWhole(const Batch& left, std::vector<Range>& ranges);

  ScanReader reader_;
  bool whole_ = false;      // right() holds all of the scan.
  uint64_t keys_seen_ = 0;  // Looked up so far.
  size_t left_column_;
  size_t right_column_;
  std::vector<std::pair<TermId, uint32_t>> keys_;  // Key and left row, sorted.
  std::vector<IdRange> lookups_;
  Batch batch_;
  RowIndex index_;                // Of the keys of right(), once whole.
  std::vector<uint32_t> starts_;  // Rows of key k: [starts_[k], starts_[k + 1]).
  MemoryHold memory_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_INDEX_JOIN_H_
