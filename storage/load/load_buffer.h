// The quads of a bulk load until they are sorted, within a bound of memory.
//
// Terms are numbered as they come and rows kept as numbers. When both reach the
// bound they are written out as a run (load_spill.h) and the next run begins with
// no terms known. A load that fits stays in memory throughout.

#ifndef SANAD_STORAGE_LOAD_LOAD_BUFFER_H_
#define SANAD_STORAGE_LOAD_LOAD_BUFFER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include "storage/load/load_dictionary.h"
#include "storage/load/load_rows.h"
#include "storage/load/load_spill.h"
#include "storage/load/load_terms.h"
#include "storage/model/flat_quads.h"

namespace sanad {

struct LoadLimits {
  std::string spill_directory;      // Empty: nothing is spilled.
  uint64_t memory = ~uint64_t{0};   // Bytes, for collecting and for sorting.
  int threads = 1;                  // That sort, besides the caller's.
  std::function<bool()> cancelled;  // May be empty.
};

// Single-threaded. Calls come in the order of the declarations.
class LoadBuffer {
 public:
  explicit LoadBuffer(LoadLimits limits) : limits_(std::move(limits)) {}

  absl::Status Add(const FlatQuads& quads);
  // After the last quad.
  absl::Status Finish();
  // Gives ids to all terms; those that are new go to `spool`.
  absl::Status AssignIds(Dictionary& dictionary, kv::Engine& engine, NewTermSpool& spool);
  // The rows, each once.
  absl::StatusOr<std::unique_ptr<LoadedRows>> Sort();

  // Rows as they came.
  uint64_t size() const { return size_; }
  bool spilled() const { return !runs_.empty(); }

 private:
  // The number of a term of the quads at hand.
  uint32_t NumberOf(const FlatQuads& quads, uint32_t term);
  uint64_t MemoryNeeded() const;
  absl::Status Spill();

  LoadLimits limits_;
  std::unique_ptr<LoadTerms> terms_ = std::make_unique<LoadTerms>();
  LoadRowBuffer rows_;
  std::vector<uint32_t> numbers_;  // Of the terms of the quads at hand, once known.
  bool graphs_ = false;            // Some row is in a named graph.
  std::vector<std::unique_ptr<SpilledRun>> runs_;
  std::vector<TermId> ids_;  // By number, of what was not spilled.
  uint64_t size_ = 0;
};

}  // namespace sanad

#endif  // SANAD_STORAGE_LOAD_LOAD_BUFFER_H_
