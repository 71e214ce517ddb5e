// A transaction: changes pending over a committed state, visible to its own
// reads.
//
// Insert and Remove only note the quad and what was asked last. When something
// is read, or at commit, the notes are sorted and turned into a run of effective
// changes: one look at the index for each distinct triple says which quads are
// news. Runs stack on the state's own delta, so reads need nothing special. Past
// a size, notes are settled early, runs are folded into blocks of the
// transaction's own and new terms written out (transaction_spill.h); clearing the
// store or dropping a large graph rewrites blocks and lists no quads.

#ifndef SANAD_STORAGE_TRANSACTION_IMPL_H_
#define SANAD_STORAGE_TRANSACTION_IMPL_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include "storage/store_impl.h"
#include "storage/transaction_spill.h"
#include "storage/view_source.h"

namespace sanad::internal {

// Single-threaded. Holds the writer slot until it is finished.
class TransactionImpl : public ViewSource {
 public:
  // REQUIRES: the caller took the writer slot and hands it over.
  TransactionImpl(std::shared_ptr<StoreImpl> store, std::shared_ptr<const StoreState> state);
  ~TransactionImpl() override;

  absl::Status Insert(const Quad& quad);
  absl::Status Remove(const Quad& quad);
  absl::Status RemoveGraph(const Term& graph);
  absl::Status Clear();
  absl::Status Commit();
  void Rollback();
  uint64_t added_count() const;
  uint64_t removed_count() const;

  // The same by ids of this transaction; cheaper where the caller has them.
  absl::Status InsertIds(const IdQuad& quad);
  absl::Status RemoveIds(const IdQuad& quad);
  // The id of a term, given anew when the store does not hold it.
  absl::StatusOr<TermId> Intern(const Term& term);

  absl::StatusOr<std::unique_ptr<QuadScan>> Scan(const ScanRequest& request) const override;
  absl::StatusOr<uint64_t> Count(const IdPattern& pattern, const GraphScope& scope) const override;
  PredicateCounts CountsOf(TermId predicate) const override;
  absl::StatusOr<TermId> Find(const Term& term) const override;
  absl::Status Materialize(std::span<const TermId> ids, std::vector<Term>& terms) const override;
  absl::StatusOr<std::vector<TermId>> NamedGraphs(bool statements_only) const override;
  uint64_t version() const override;

  // Makes all transactions spill past so many changes and drop graphs of more
  // quads by rewriting; 0: by the memory budget. Not thread-safe.
  static void SetSpillSizeForTesting(size_t changes);

 protected:
  const IndexView& index() const override { return view_; }
  const std::vector<TermId>& excluded() const override { return excluded_; }
  std::shared_ptr<const void> pin() const override { return shared_state(); }

 private:
  absl::Status CheckOpen() const;
  // Turns pending notes into a run.
  absl::Status Settle() const;
  absl::StatusOr<IdQuad> InternQuad(const Quad& quad);
  // Intern, with the term of the quad before, which is often the same.
  struct KnownTerm {
    Term term;
    TermId id;
  };
  absl::StatusOr<TermId> InternAgain(const Term& term, KnownTerm& last);
  // Undefined parts: the store does not hold the quad.
  absl::StatusOr<IdQuad> FindQuad(const Quad& quad);
  // Find() that remembers.
  absl::StatusOr<TermId> FindKnown(const Term& term);
  void KeepFound(std::string key, TermId id);
  absl::Status RemoveMatching(const ScanRequest& request);
  // Notes what was asked last for a quad.
  absl::Status Note(const IdQuad& quad, bool insert);
  // Changes held in memory before they are folded.
  size_t ChangesKept() const;
  // REQUIRES: no notes pend.
  absl::Status SpillChanges();
  absl::Status SpillTerms();
  absl::Status CommitSpilled();
  // Notes an error, for Commit.
  absl::Status CountChanges() const;
  absl::Status ReadCounts() const;
  // True when so many quads are dropped by rewriting.
  bool IsLarge(uint64_t quads) const { return quads > ChangesKept(); }
  void Finish();

  std::shared_ptr<StoreImpl> store_;
  bool finished_ = false;

  // Terms without an id in the store: by canonical text, and in order.
  absl::flat_hash_map<std::string, TermId> new_terms_;
  std::vector<std::string> new_texts_;
  std::vector<TermId> new_ids_;
  size_t new_text_bytes_ = 0;
  KnownTerm last_subject_, last_graph_;
  // Terms found in the store; a cache, emptied when large.
  absl::flat_hash_map<std::string, TermId> found_terms_;

  mutable absl::flat_hash_map<IdQuad, bool> pending_;  // True: inserted last.
  mutable DeltaVersion changes_;                       // Effective changes of this transaction.
  mutable IndexView view_;                             // The state with them.
  mutable std::vector<TermId> excluded_;
  mutable uint64_t settled_ = 0;  // Times something changed.

  std::unique_ptr<TransactionSpill> spill_;  // Null while all fits.
  // Quads come and gone since the committed state, where changes_ has not all.
  struct Counts {
    uint64_t settled, added, removed;
  };
  mutable std::optional<Counts> counts_;  // As of `settled`.
  mutable absl::Status uncounted_;        // Why a count that was asked for is wrong.
};

}  // namespace sanad::internal

#endif  // SANAD_STORAGE_TRANSACTION_IMPL_H_
