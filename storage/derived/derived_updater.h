// Feeds derived indexes with many changed quads in a bound of memory, and writes
// what they yield as sorted entries for an ingest.
//
// What an index has yielded waits in memory; past a size it goes to sorted runs
// in an unnamed file.

#ifndef SANAD_STORAGE_DERIVED_DERIVED_UPDATER_H_
#define SANAD_STORAGE_DERIVED_DERIVED_UPDATER_H_

#include <functional>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include "storage/derived/derived_store.h"
#include "storage/files/ingest_files.h"

namespace sanad {

struct DerivedLimits {
  std::string spill_directory;  // Empty: all stays in memory.
  uint64_t memory = 0;          // Bytes that each index's entries may take.
};

// Single-threaded. The engine and the indexes must outlive it.
class DerivedUpdater {
 public:
  // The terms of ids, parallel to them.
  using Materialize =
      std::function<absl::Status(std::span<const TermId> ids, std::vector<Term>& terms)>;
  // The id of a predicate, undefined when there is none.
  using Find = std::function<absl::StatusOr<TermId>(const Term& term)>;

  static absl::StatusOr<std::unique_ptr<DerivedUpdater>> Make(
      kv::Engine& engine, const std::vector<const DerivedIndex*>& indexes, DerivedLimits limits,
      const Find& find, Materialize materialize);

  // Predicates that some index wants to see; others need not be added.
  const std::set<TermId>& predicates() const { return predicates_; }
  absl::Status Add(const IdQuad& quad, bool added);
  // Writes the entries of all indexes, keys rising.
  absl::Status WriteTo(IngestSink& sink);

 private:
  struct Target {
    const DerivedIndex* index;
    std::set<TermId> predicates;
    StoredDerivedWriter writer;
  };

  DerivedUpdater(DerivedLimits limits, Materialize materialize)
      : limits_(std::move(limits)), materialize_(std::move(materialize)) {}
  // Hands the changes at hand to the indexes.
  absl::Status Update();

  DerivedLimits limits_;
  Materialize materialize_;
  std::vector<Target> targets_;
  std::set<TermId> predicates_;
  std::vector<std::pair<IdQuad, bool>> changes_;
};

}  // namespace sanad

#endif  // SANAD_STORAGE_DERIVED_DERIVED_UPDATER_H_
