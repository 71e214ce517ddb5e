// Reads and writes of derived indexes inside a store's own families.

#ifndef SANAD_STORAGE_DERIVED_DERIVED_STORE_H_
#define SANAD_STORAGE_DERIVED_DERIVED_STORE_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "storage/derived/entry_buffer.h"
#include "storage/derived/entry_runs.h"
#include "storage/derived_index.h"
#include "storage/kv/kv.h"

namespace sanad {

// Entries of one index as of a kv snapshot.
class StoredDerivedReader : public DerivedReader {
 public:
  StoredDerivedReader(kv::Engine& engine, std::string_view name,
                      std::shared_ptr<const kv::Snapshot> snapshot);
  absl::StatusOr<std::optional<std::string>> Get(std::string_view key) const override;
  std::unique_ptr<DerivedCursor> NewCursor() const override;
  absl::Status Scan(
      std::string_view prefix,
      const std::function<bool(std::string_view, std::string_view)>& visit) const override;

 private:
  kv::Engine& engine_;
  std::string prefix_;  // Index name and 00.
  std::shared_ptr<const kv::Snapshot> snapshot_;
};

// Collects changes over the newest state; Flush moves them to a batch.
class StoredDerivedWriter : public DerivedWriter {
 public:
  // `spill_directory`: where Spill() puts changes; empty: it keeps them.
  StoredDerivedWriter(kv::Engine& engine, std::string_view name,
                      std::string spill_directory = std::string());
  void Put(std::string_view key, std::string_view value) override;
  void Delete(std::string_view key) override;
  absl::StatusOr<std::optional<std::string>> Get(std::string_view key) const override;
  void Flush(kv::Batch& batch);
  // What the changes in memory take.
  uint64_t bytes_in_memory() const { return changes_.bytes(); }

  // Moves the changes in memory to disk; Get goes on seeing them.
  absl::Status Spill();
  // Hands out all changes, keys rising; nullopt: deleted.
  absl::Status VisitAll(const EntryRuns::Visit& visit);

 private:
  kv::Engine& engine_;
  std::string prefix_;
  EntryBuffer changes_;
  bool spills_ = false;
  EntryRuns runs_;  // Older than changes_.
};

// The entries of an index lie in [first, second) of the derived family.
std::pair<std::string, std::string> DerivedKeyRange(std::string_view name);
// The key of an index's version in the meta family.
std::string DerivedVersionKey(std::string_view name);

}  // namespace sanad

#endif  // SANAD_STORAGE_DERIVED_DERIVED_STORE_H_
