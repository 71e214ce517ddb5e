// Sorted rows on disk, in every order: the second half of an external sort.
//
// A run is what one part of a load gives, sorted by each order, in small blocks
// of the index's own encoding. Reading an order merges its runs.

#ifndef SANAD_STORAGE_LOAD_ROW_RUNS_H_
#define SANAD_STORAGE_LOAD_ROW_RUNS_H_

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include "storage/files/spill_file.h"
#include "storage/load/load_rows.h"

namespace sanad {

// Different orders may be used from different threads.
class RowRuns : public LoadedRows {
 public:
  static absl::StatusOr<std::unique_ptr<RowRuns>> Create(const std::string& directory);

  // Adds one order of a sorted part as a run.
  absl::Status Add(const LoadedRows& part, Order order);

  // Rows that several runs hold come once.
  absl::StatusOr<std::unique_ptr<ChangeStream>> In(Order order) const override;

 private:
  struct OrderFile {
    std::unique_ptr<SpillFile> file;
    std::vector<std::pair<uint64_t, uint64_t>> runs;  // Begin and end in the file.
  };
  std::array<OrderFile, kOrderCount> files_;
};

}  // namespace sanad

#endif  // SANAD_STORAGE_LOAD_ROW_RUNS_H_
