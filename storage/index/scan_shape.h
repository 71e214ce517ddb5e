// What a scan request means for an implementation of QuadSource: the range of
// rows it covers, the column that ranges and SkipTo speak of, and which graphs
// pass. Shared by the disk store and the in-memory source, so that both answer
// alike.

#ifndef SANAD_STORAGE_INDEX_SCAN_SHAPE_H_
#define SANAD_STORAGE_INDEX_SCAN_SHAPE_H_

#include <span>
#include <vector>

#include <absl/status/statusor.h>
#include "storage/index/row.h"
#include "storage/quad_source.h"

namespace sanad {

// Which graphs a scope reads.
// Thread-compatible. A plain value.
class GraphFilter {
 public:
  // `excluded`: the graphs that stand outside the union, sorted.
  GraphFilter(const GraphScope& scope, std::span<const TermId> excluded);

  // Passes all graphs, the unnamed one too; rows are quads.
  static GraphFilter Everything();

  bool Passes(TermId graph) const;
  // True when every graph in [low, high] passes (never wrongly true).
  bool PassesAll(TermId low, TermId high) const;
  // True when no graph in [low, high] passes (never wrongly true).
  bool PassesNone(TermId low, TermId high) const;
  // True when rows of several graphs are merged into distinct triples.
  bool distinct() const { return distinct_; }

 private:
  GraphFilter() = default;

  bool negated_ = false;  // `graphs_` are those that do not pass.
  bool distinct_ = false;
  bool named_only_ = false;
  std::vector<TermId> graphs_;  // Sorted.
};

struct ScanShape {
  size_t bound = 0;       // Leading columns with one value.
  size_t key_column = 0;  // The column that ranges and SkipTo speak of (== bound, at most 3).
  Row low{};              // Least and greatest row of the range.
  Row high{};
};

// Errors: InvalidArgument when the bound positions do not lead the order.
absl::StatusOr<ScanShape> ShapeOf(const ScanRequest& request);

}  // namespace sanad

#endif  // SANAD_STORAGE_INDEX_SCAN_SHAPE_H_
