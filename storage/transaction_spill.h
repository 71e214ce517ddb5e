// The part of a large transaction that no longer fits in memory.
//
// Its changes are folded into blocks of its own, beside those of the committed
// state it began from: under numbers that no directory of the store names, so
// only the transaction sees them. Its new terms are written behind the
// dictionary's positions in use, their keys as scratch keys (families.h). So the
// transaction reads what it wrote as any snapshot reads the store, and its commit
// is one ingest that names what is there already. Folds rest until it ends, since
// they would delete blocks that it goes on using. Left unfinished, all of it is
// deleted; after a crash the next open does that.

#ifndef SANAD_STORAGE_TRANSACTION_SPILL_H_
#define SANAD_STORAGE_TRANSACTION_SPILL_H_

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include "storage/store_impl.h"

namespace sanad::internal {

// Single-threaded.
class TransactionSpill {
 public:
  // REQUIRES: the caller holds the writer slot. Waits for a running fold.
  explicit TransactionSpill(StoreImpl& store);
  ~TransactionSpill();
  TransactionSpill(const TransactionSpill&) = delete;
  TransactionSpill& operator=(const TransactionSpill&) = delete;

  // The committed state it stands on: that of the transaction, perhaps folded since.
  const StoreState& base() const { return *base_; }

  // Folds the view's delta into blocks; the same quads, without a delta.
  absl::StatusOr<IndexView> Fold(const IndexView& view);
  // A view without a graph's quads. REQUIRES: the view has no delta.
  absl::StatusOr<IndexView> DropGraph(const IndexView& view, TermId graph);
  // The view of an empty store.
  absl::StatusOr<IndexView> Clear(const IndexView& view);

  // Writes new terms with consecutive positions, behind those written before.
  absl::Status WriteTerms(std::span<const std::string> texts, std::span<const TermId> ids);
  // Terms written so far; their positions follow those of base().
  uint64_t terms() const { return terms_; }
  // Undefined when it is none of these terms.
  absl::StatusOr<TermId> FindTerm(const Term& term) const;
  // The terms of ids of these; past the dictionary, which would remember them
  // although they may never be committed.
  absl::Status Materialize(std::span<const TermId> ids, std::vector<Term>& terms) const;

  // Makes `view` the committed state. REQUIRES: it came from here, without a
  // delta; all new terms are written.
  absl::Status Commit(const IndexView& view, DerivedUpdater& derived);

 private:
  absl::StatusOr<IndexView> FoldWith(const IndexView& view, TermId dropped_graph);
  // Takes note of blocks no longer in use; deletes those of its own at once.
  absl::Status Replace(std::vector<std::string> keys);
  absl::StatusOr<std::string> FreeKey(std::string_view text) const;

  StoreImpl& store_;
  std::shared_ptr<const StoreState> base_;
  uint64_t next_number_;
  uint64_t terms_ = 0;
  uint64_t scratch_bytes_ = 0;
  std::vector<std::string> replaced_;  // Keys of blocks and pages of the base.
  bool committed_ = false;
};

}  // namespace sanad::internal

#endif  // SANAD_STORAGE_TRANSACTION_SPILL_H_
