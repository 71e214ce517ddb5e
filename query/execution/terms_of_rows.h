// Turns batches of ids into terms at the very end of a query, each distinct id
// once, in sorted batches.

#ifndef SANAD_QUERY_EXECUTION_TERMS_OF_ROWS_H_
#define SANAD_QUERY_EXECUTION_TERMS_OF_ROWS_H_

#include <deque>
#include <utility>
#include <vector>

#include "query/execution/row_index.h"
#include "query/expression/batch.h"
#include "query/expression/query_context.h"

namespace sanad {

// Single-threaded.
class TermsOfRows {
 public:
  explicit TermsOfRows(QueryContext& context) : context_(context), numbers_(1), memory_(context) {}
  // Reads the terms of a batch. False on an error.
  bool Load(const Batch& batch);
  // The term at a row and column of the batch last loaded; valid until the next
  // Load().
  const Term& At(size_t row, size_t column) const { return *terms_[cells_[column][row]]; }

 private:
  void Number(const Batch& batch);
  bool Read(size_t first);

  QueryContext& context_;
  RowIndex numbers_;                // From ids to their numbers; 0 is the undefined id.
  std::vector<const Term*> terms_;  // By number.
  std::deque<Term> owned_;
  uint64_t bytes_ = 0;
  std::vector<std::vector<uint32_t>> cells_;
  std::vector<std::pair<TermId, uint32_t>> missing_;
  std::vector<TermId> ids_;
  std::vector<Term> fetched_;
  Term undefined_;
  MemoryHold memory_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_TERMS_OF_ROWS_H_
