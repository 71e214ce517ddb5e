// The quad index as one state of the store sees it, and the reads on it: ranges
// of rows, exact counts, the graphs of a triple.

#ifndef SANAD_STORAGE_INDEX_INDEX_VIEW_H_
#define SANAD_STORAGE_INDEX_INDEX_VIEW_H_

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include <absl/status/statusor.h>
#include "storage/index/block_directory.h"
#include "storage/index/delta.h"
#include "storage/index/row.h"
#include "storage/index/scan_shape.h"
#include "storage/kv/kv.h"
#include "storage/quad_source.h"

namespace sanad {

struct RangeCounts {
  uint64_t rows = 0;     // Quads.
  uint64_t triples = 0;  // Distinct triples.
};

// The directories of all orders.
using Directories = std::array<std::shared_ptr<const BlockDirectory>, kOrderCount>;
Directories EmptyDirectories();

// Thread-safe: immutable.
class IndexView {
 public:
  IndexView() : directories_(EmptyDirectories()) {}
  // `snapshot`: an engine state that holds the directories' blocks. `cache` may
  // be null; else it outlives the view, as the engine does.
  IndexView(kv::Engine& engine, BlockCache* cache, std::shared_ptr<const kv::Snapshot> snapshot,
            Directories directories, DeltaVersion delta);

  const DeltaVersion& delta() const { return delta_; }
  const Directories& directories() const { return directories_; }
  const std::shared_ptr<const kv::Snapshot>& snapshot() const { return snapshot_; }

  // `pin` is kept by the scan as long as it lives; it holds what this view
  // stands on. `excluded`: the graphs outside the union, sorted.
  absl::StatusOr<std::unique_ptr<QuadScan>> Scan(const ScanRequest& request,
                                                 std::span<const TermId> excluded,
                                                 std::shared_ptr<const void> pin) const;
  // Every quad of a pattern, those of the unnamed graph too; the graph is a
  // column. Keeps what it reads of the view, but not the engine. Blocks it reads
  // are kept open by `cache` if there is one: walks through all do without.
  absl::StatusOr<std::unique_ptr<QuadScan>> ScanQuads(const IdPattern& pattern, Order order,
                                                      BlockCache* cache = nullptr) const;
  absl::StatusOr<uint64_t> Count(const IdPattern& pattern, const GraphScope& scope,
                                 std::span<const TermId> excluded) const;
  // All quads in [low, high] of an order whose last column is the graph, or of
  // kGspo (then `triples` counts rows).
  absl::StatusOr<RangeCounts> CountRange(Order order, const Row& low, const Row& high) const;
  // All quads; reads nothing.
  uint64_t QuadCount() const;
  // The graphs that hold a triple, sorted.
  absl::Status GraphsOf(TermId subject, TermId predicate, TermId object,
                        std::vector<TermId>& graphs) const;
  // Triples and distinct subjects and objects of a predicate over all graphs.
  // With `estimate`, never slow and perhaps off; else exact.
  absl::StatusOr<PredicateCounts> CountPredicate(TermId predicate, bool estimate) const;
  // The distinct ids of an order's first column, sorted.
  absl::StatusOr<std::vector<TermId>> DistinctFirst(Order order) const;
  // The distinct ids of the second column where the first is `first`, sorted.
  absl::StatusOr<std::vector<TermId>> DistinctSecond(Order order, TermId first) const;
  // Graphs that say of themselves that they stand outside the union, sorted.
  absl::StatusOr<std::vector<TermId>> ExcludedGraphs() const;
  // This view and more changes behind it.
  [[nodiscard]] IndexView With(std::shared_ptr<const DeltaRun> run) const;
  // This view with another delta, read through another engine state.
  [[nodiscard]] IndexView With(DeltaVersion delta,
                               std::shared_ptr<const kv::Snapshot> snapshot) const;
  // Named graphs that hold a quad, sorted.
  absl::StatusOr<std::vector<TermId>> NamedGraphs() const;

 private:
  // Sums over the blocks alone.
  absl::StatusOr<Sums> BaseSums(Order order, const Row& low, const Row& high) const;
  absl::StatusOr<uint64_t> CountByScan(const ScanRequest& request,
                                       std::span<const TermId> excluded) const;

  kv::Engine* engine_ = nullptr;
  BlockCache* cache_ = nullptr;
  std::shared_ptr<const kv::Snapshot> snapshot_;
  Directories directories_;
  DeltaVersion delta_;
};

}  // namespace sanad

#endif  // SANAD_STORAGE_INDEX_INDEX_VIEW_H_
