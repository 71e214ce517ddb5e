// Loading many quads at once, far faster than a transaction: terms get
// positions in string order, every order is sorted once and written as finished
// files, and one ingest makes all of it visible. What does not fit in the memory
// allowed is sorted on disk.
//
//   BulkLoadOptions options;
//   auto report = BulkLoad(store, [&](std::vector<Quad>& batch) { return reader.Fill(batch); },
//   options);

#ifndef SANAD_STORAGE_BULK_LOAD_H_
#define SANAD_STORAGE_BULK_LOAD_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <absl/time/time.h>
#include <sanad/store.h>
#include <sanad/term.h>
#include "storage/model/flat_quads.h"
#include "storage/model/term_view.h"

namespace sanad {

struct BulkLoadOptions {
  // When to stop waiting for an open transaction to end (then Unavailable).
  absl::Time deadline = absl::InfiniteFuture();
  // Asked about once per batch and several times a second; true stops with Cancelled.
  std::function<bool()> cancelled;
  // Called with the stage ("read", "sort", "index", "commit") and the quads done in it.
  std::function<void(std::string_view stage, uint64_t quads)> progress;
  // Quads up to which a transaction carries the load; it is as fast.
  size_t small = 20000;
  // Threads for sorting and encoding besides the caller's.
  int threads = 1;
  // Bytes that the load may take before it spills to disk. 0: its share of the
  // store's memory budget.
  uint64_t memory = 0;
  // Where it spills; its files have no names, so nothing stays. Empty: the
  // store's own directory; a store in memory then never spills.
  std::string spill_directory;
};

struct BulkLoadReport {
  uint64_t read = 0;   // Quads pulled.
  uint64_t added = 0;  // Of those, new to the store, each once.
  uint64_t commit_number = 0;
};

// Takes quads and adds them all at Finish(), or none: after an error, a cancel, a
// crash, or when it is destroyed unfinished, the store is as it was. Duplicates
// collapse. Holds the writer slot from Begin() to its end.
// Single-threaded; another thread of its own sorts terms meanwhile. The store
// must outlive it.
class BulkLoader {
 public:
  // Errors: Unavailable (deadline), FailedPrecondition (read-only).
  static absl::StatusOr<std::unique_ptr<BulkLoader>> Begin(Store& store,
                                                           const BulkLoadOptions& options = {});
  virtual ~BulkLoader() = default;
  // Copies the quad. Errors: InvalidArgument (not a quad of RDF), Cancelled;
  // after one the load can only be destroyed.
  virtual absl::Status Add(const QuadView& quad) = 0;
  // The same for many; takes them out of `quads` and may leave other memory there.
  virtual absl::Status AddAll(FlatQuads& quads) = 0;
  // Errors: Cancelled, ResourceExhausted (disk full), Unavailable (disk), and
  // those of Add.
  virtual absl::StatusOr<BulkLoadReport> Finish() = 0;
};

// Fills `batch` (cleared by the callee, some thousand quads are a good size)
// with the next quads; leaves it empty at the end. An error ends the load.
using QuadPull = std::function<absl::Status(std::vector<Quad>& batch)>;

// Loads what `pull` yields. `pull` is called on the calling thread only.
absl::StatusOr<BulkLoadReport> BulkLoad(Store& store, const QuadPull& pull,
                                        const BulkLoadOptions& options = {});

}  // namespace sanad

#endif  // SANAD_STORAGE_BULK_LOAD_H_
