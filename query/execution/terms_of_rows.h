// Turns batches of ids into terms at the very end of a query, each distinct id
// once, in sorted batches.

#ifndef SANAD_QUERY_EXECUTION_TERMS_OF_ROWS_H_
#define SANAD_QUERY_EXECUTION_TERMS_OF_ROWS_H_

#include <deque>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include "query/expression/batch.h"
#include "query/expression/query_context.h"

namespace sanad {

// Single-threaded.
class TermsOfRows {
 public:
  explicit TermsOfRows(QueryContext& context) : context_(context), memory_(context) {}
  // Reads the terms of a batch. False on an error.
  bool Load(const Batch& batch);
  // The term at a row and column of the batch last loaded; valid until the next
  // Load().
  const Term& At(size_t row, size_t column) const { return *cells_[column][row]; }

 private:
  QueryContext& context_;
  absl::flat_hash_map<uint64_t, const Term*> known_;  // Stored and inlined terms.
  std::deque<Term> terms_;
  uint64_t bytes_ = 0;
  std::vector<std::vector<const Term*>> cells_;
  std::vector<TermId> missing_;
  std::vector<Term> fetched_;
  Term undefined_;
  MemoryHold memory_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_TERMS_OF_ROWS_H_
