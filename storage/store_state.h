// One committed state of a store: what a snapshot pins.

#ifndef SANAD_STORAGE_STORE_STATE_H_
#define SANAD_STORAGE_STORE_STATE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include <absl/status/statusor.h>
#include "storage/dictionary/dictionary.h"
#include "storage/encoding/term_id.h"
#include "storage/index/index_view.h"
#include "storage/kv/kv.h"
#include "storage/sync/mutex.h"
#include "storage/well_known.h"

namespace sanad {

// The record of key kStateKey in the meta family; written with every commit.
struct StateRecord {
  uint64_t commit_number = 0;
  uint64_t next_position = kWellKnownTerms;

  std::string Encode() const;
  // False for damaged bytes.
  bool Decode(std::string_view bytes);
};

// The record of key "fold": up to which commit changes are in the blocks, and
// the top of each order's directory.
struct FoldRecord {
  uint64_t folded_commit = 0;
  uint64_t next_number = 1;  // Of blocks and pages.
  Directories directories = EmptyDirectories();

  std::string Encode() const;
  bool Decode(std::string_view bytes);
};

inline constexpr std::string_view kFoldKey = "fold";

// What CountPredicate said of predicates in one state, for planners that ask
// again and again. A copy starts empty, since it becomes another state.
// Thread-safe.
class PredicateCountCache {
 public:
  PredicateCountCache() = default;
  PredicateCountCache(const PredicateCountCache&) {}
  PredicateCountCache& operator=(const PredicateCountCache&) = delete;

  // The counts over all graphs, estimates where the index has changes.
  absl::StatusOr<PredicateCounts> Get(TermId predicate, const IndexView& index) const;

 private:
  mutable Mutex mutex_;
  mutable absl::flat_hash_map<TermId, PredicateCounts> counts_ ABSL_GUARDED_BY(mutex_);
};

// The number of the newest commit that was an ingest; travels in it.
inline constexpr std::string_view kIngestedKey = "ingested";

// What every family holds under kStampKey: the newest commit and the next number
// of a block.
std::string StampOf(uint64_t commit_number, uint64_t next_number);
// Adds the stamp to a batch, for every family.
void AppendStamps(uint64_t commit_number, uint64_t next_number, kv::Batch& batch);

// Immutable, shared by the store, snapshots and scans.
struct StoreState {
  StateRecord record;
  uint64_t folded_commit = 0;
  uint64_t next_number = 1;  // Of blocks and pages.
  IndexView index;
  std::shared_ptr<const std::vector<TermId>> excluded;  // Graphs outside the union, sorted.
  std::shared_ptr<const kv::Snapshot> snapshot;
  std::shared_ptr<Dictionary> dictionary;  // Another one after a rebuild.
  uint64_t replaced_bytes = 0;             // Of blocks, by all folds since the store was opened.
  PredicateCountCache predicate_counts;
};

}  // namespace sanad

#endif  // SANAD_STORAGE_STORE_STATE_H_
