// Feeds derived indexes with many changed quads in a bound of memory, and writes
// what they yield as sorted entries for an ingest.
//
// What an index has yielded waits in memory; past a size it goes to scratch keys
// of the derived family (families.h), which an open store's readers never see.

#ifndef SANAD_STORAGE_DERIVED_UPDATER_H_
#define SANAD_STORAGE_DERIVED_UPDATER_H_

#include <functional>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include "storage/derived_store.h"
#include "storage/ingest_files.h"

namespace sanad {

// Single-threaded. The engine and the indexes must outlive it. At most one at a
// time uses a store.
class DerivedUpdater {
 public:
  // Deletes its scratch keys.
  ~DerivedUpdater();
  DerivedUpdater(const DerivedUpdater&) = delete;
  DerivedUpdater& operator=(const DerivedUpdater&) = delete;

  // The terms of ids, parallel to them.
  using Materialize =
      std::function<absl::Status(std::span<const TermId> ids, std::vector<Term>& terms)>;
  // The id of a predicate, undefined when there is none.
  using Find = std::function<absl::StatusOr<TermId>(const Term& term)>;

  static absl::StatusOr<std::unique_ptr<DerivedUpdater>> Make(
      kv::Engine& engine, const std::vector<const DerivedIndex*>& indexes, const Find& find,
      Materialize materialize);

  // Predicates that some index wants to see; others need not be added.
  const std::set<TermId>& predicates() const { return predicates_; }
  absl::Status Add(const IdQuad& quad, bool added);
  // Writes the entries of all indexes, keys rising.
  absl::Status WriteTo(IngestSink& sink);

  // Entries of an index kept in memory, 0 for the usual number. Not thread-safe.
  static void SetEntriesKeptForTesting(size_t entries);

 private:
  struct Target {
    const DerivedIndex* index;
    std::set<TermId> predicates;
    StoredDerivedWriter writer;
  };

  DerivedUpdater(kv::Engine& engine, Materialize materialize)
      : engine_(engine), materialize_(std::move(materialize)) {}
  // Hands the changes at hand to the indexes.
  absl::Status Update();

  kv::Engine& engine_;
  Materialize materialize_;
  std::vector<Target> targets_;
  std::set<TermId> predicates_;
  std::vector<std::pair<IdQuad, bool>> changes_;
  bool used_scratch_ = false;
};

}  // namespace sanad

#endif  // SANAD_STORAGE_DERIVED_UPDATER_H_
