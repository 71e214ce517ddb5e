// Key-value entries in sorted runs on disk: changes of a derived index that do
// not fit in memory, looked up and merged; the newest run wins.

#ifndef SANAD_STORAGE_DERIVED_ENTRY_RUNS_H_
#define SANAD_STORAGE_DERIVED_ENTRY_RUNS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include "storage/derived/entry_buffer.h"
#include "storage/files/spill_file.h"

namespace sanad {

// Single-threaded.
class EntryRuns {
 public:
  using Visit = std::function<absl::Status(std::string_view key,
                                           const std::optional<std::string_view>& value)>;

  explicit EntryRuns(std::string directory) : directory_(std::move(directory)) {}
  bool empty() const { return runs_.empty(); }
  absl::Status Add(const EntryBuffer& entries);
  // What the newest run that has the key says; nullopt when none has it.
  absl::StatusOr<std::optional<std::optional<std::string>>> Get(std::string_view key) const;
  // Hands out each key once, rising.
  absl::Status VisitAll(const Visit& visit) const;

 private:
  struct Run {
    uint64_t end = 0;                                      // Offset in the file.
    std::vector<std::pair<std::string, uint64_t>> places;  // Of every few entries.
    std::vector<uint64_t> bloom;
  };
  absl::StatusOr<std::optional<std::optional<std::string>>> Search(const Run& run,
                                                                   std::string_view key) const;

  std::string directory_;
  std::unique_ptr<SpillFile> file_;
  std::vector<Run> runs_;  // Oldest first, one behind the other in the file.
};

}  // namespace sanad

#endif  // SANAD_STORAGE_DERIVED_ENTRY_RUNS_H_
