// Folding into all orders at once, into files for one ingest: what bulk loads
// and large transactions share.

#ifndef SANAD_STORAGE_LOAD_INDEX_FOLD_H_
#define SANAD_STORAGE_LOAD_INDEX_FOLD_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include "storage/index/index_view.h"
#include "storage/kv/kv.h"
#include "storage/load/load_rows.h"

namespace sanad {

struct IndexFoldInput {
  kv::Engine& engine;
  // Blocks and delta; both are folded.
  const IndexView& view;
  // More rows to come, or null.
  const LoadedRows* rows = nullptr;
  // A graph whose quads go, undefined for none. REQUIRES: then the view has no
  // delta and there are no rows.
  TermId dropped_graph;
  uint64_t next_number = 0;  // From here on numbers are free for blocks and pages.
  int threads = 0;           // Besides the caller's.
  std::function<bool()> cancelled;
  // Run beside the orders, begun before them.
  std::vector<std::function<absl::Status()>> beside;
};

struct FoldedIndex {
  Directories directories;
  uint64_t next_number = 0;
  std::vector<std::string> replaced;  // Keys of blocks and pages no longer in use.
};

// New blocks and pages go to `files`.
absl::StatusOr<FoldedIndex> FoldIndex(const IndexFoldInput& input,
                                      std::vector<kv::IngestFiles>& files);

// Keys of every block and page of a view.
absl::StatusOr<std::vector<std::string>> BlockKeys(const IndexView& view, kv::Engine& engine);

}  // namespace sanad

#endif  // SANAD_STORAGE_LOAD_INDEX_FOLD_H_
