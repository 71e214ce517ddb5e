// QuadSource over an IndexView and the dictionary: what snapshots and
// transactions share.

#ifndef SANAD_STORAGE_VIEW_SOURCE_H_
#define SANAD_STORAGE_VIEW_SOURCE_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "storage/derived/derived_store.h"
#include "storage/dictionary/dictionary.h"
#include "storage/quad_source.h"
#include "storage/store_state.h"

namespace sanad {

class ViewSource : public QuadSource {
 public:
  absl::StatusOr<std::unique_ptr<QuadScan>> Scan(const ScanRequest& request) const override;
  absl::StatusOr<uint64_t> Count(const IdPattern& pattern, const GraphScope& scope) const override;
  PredicateCounts CountsOf(TermId predicate) const override;
  absl::StatusOr<TermId> Find(const Term& term) const override;
  absl::Status Materialize(std::span<const TermId> ids, std::vector<Term>& terms) const override;
  std::string_view LanguageOfCode(uint32_t code) const override;
  std::string_view DatatypeOfCode(uint32_t code) const override;
  absl::StatusOr<std::vector<TermId>> NamedGraphs(bool statements_only) const override;
  uint64_t version() const override { return state_->record.commit_number; }
  std::weak_ptr<const void> state_token() const override { return state_; }
  const DerivedReader* Derived(std::string_view index_name) const override;

  const StoreState& state() const { return *state_; }

 protected:
  // `indexes`: names of the derived indexes that are up to date.
  ViewSource(kv::Engine& engine, const std::vector<std::string>& indexes,
             std::shared_ptr<const StoreState> state);

  // The rows this source answers from, and the graphs outside its union.
  virtual const IndexView& index() const = 0;
  virtual const std::vector<TermId>& excluded() const = 0;
  // Counts remembered of index(); null where it changes.
  virtual const PredicateCountCache* predicate_counts() const { return nullptr; }
  // What a scan keeps alive.
  virtual std::shared_ptr<const void> pin() const = 0;

  Dictionary& dictionary() const { return *state_->dictionary; }
  const std::shared_ptr<const StoreState>& shared_state() const { return state_; }

 private:
  std::shared_ptr<const StoreState> state_;
  std::map<std::string, StoredDerivedReader, std::less<>> derived_;
};

}  // namespace sanad

#endif  // SANAD_STORAGE_VIEW_SOURCE_H_
