// The delta: quads added and removed since the blocks were written.
//
// A run holds the net changes of one or more consecutive commits, each quad
// once, with two signs that are effective against the state before the run:
//   quad sign    +1 the quad came, -1 it went
//   triple sign  +1 no graph held the triple before and one does now, -1 the
//                other way; it stands on the triple's first changed quad
// so the rows of a range are the rows of the blocks plus the sum of the quad
// signs, its distinct triples the same with triple signs. A run is immutable;
// its rows are sorted into an order when that order is first read, with running
// sums of the signs, so that a range is counted by two binary searches.
//
// A version of the delta is a list of runs, each at most half as long as the
// one before it, so a commit costs amortised O(log n) and a reader merges few.

#ifndef SANAD_STORAGE_INDEX_DELTA_H_
#define SANAD_STORAGE_INDEX_DELTA_H_

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/index/row.h"
#include "storage/quad_source.h"

namespace sanad {

struct DeltaEntry {
  IdQuad quad;
  int8_t quad_sign = 0;    // -1 or +1.
  int8_t triple_sign = 0;  // -1, 0 or +1.
};

// One order of a run.
struct SortedDelta {
  std::vector<Row> rows;
  std::vector<int32_t> quad_sums;  // quad_sums[i]: sum of the signs of rows before i.
  std::vector<int32_t> triple_sums;

  int sign(size_t i) const { return quad_sums[i + 1] - quad_sums[i]; }
};

// Thread-safe: immutable to its users.
class DeltaRun {
 public:
  // `entries` sorted by subject, predicate, object, graph; each quad once.
  explicit DeltaRun(std::vector<DeltaEntry> entries) : entries_(std::move(entries)) {}
  DeltaRun(const DeltaRun&) = delete;
  DeltaRun& operator=(const DeltaRun&) = delete;

  const std::vector<DeltaEntry>& entries() const { return entries_; }
  const SortedDelta& In(Order order) const;

 private:
  std::vector<DeltaEntry> entries_;
  mutable std::array<std::once_flag, kOrderCount> once_;
  mutable std::array<SortedDelta, kOrderCount> sorted_;
};

// The net changes of `older` followed by `newer`.
std::vector<DeltaEntry> MergeDelta(std::span<const DeltaEntry> older,
                                   std::span<const DeltaEntry> newer);

// The net changes of a range of one order, sorted. Shares what it points into.
struct DeltaRange {
  std::span<const Row> rows;
  std::vector<int8_t> signs;  // Parallel to rows.
  std::vector<Row> own;
  std::shared_ptr<const DeltaRun> run;
};

struct DeltaSums {
  int64_t rows = 0;
  int64_t triples = 0;
};

// Thread-compatible. Copies are cheap and share the runs.
class DeltaVersion {
 public:
  bool empty() const { return frozen_.empty() && young_.empty(); }
  size_t size() const;  // Entries in all runs.

  // This version and one more run behind it.
  [[nodiscard]] DeltaVersion With(std::shared_ptr<const DeltaRun> run) const;
  // The same changes, held apart from those that follow: what a fold takes.
  [[nodiscard]] DeltaVersion Frozen() const;
  // What is left when the frozen runs are in the blocks.
  [[nodiscard]] DeltaVersion WithoutFrozen() const;
  // Only the frozen runs.
  [[nodiscard]] DeltaVersion FrozenOnly() const;
  // Joins the runs again after a fold that failed.
  [[nodiscard]] DeltaVersion Thawed() const;

  // Rows in [low, high] with both signs summed; quads that came and went again
  // are left out.
  DeltaRange Range(Order order, const Row& low, const Row& high) const;
  DeltaSums Sums(Order order, const Row& low, const Row& high) const;
  bool Touches(Order order, const Row& low, const Row& high) const;
  uint64_t Added() const;  // Quads that came, less those that went again.
  uint64_t Removed() const;
  // All net changes, by subject, predicate, object, graph.
  std::vector<DeltaEntry> Entries() const;

 private:
  template <typename Visit>
  void EachRun(Visit visit) const {
    for (const auto& run : frozen_) visit(run);
    for (const auto& run : young_) visit(run);
  }

  std::vector<std::shared_ptr<const DeltaRun>> frozen_, young_;  // Oldest first.
};

// The stored form of one commit's changes; see docs/storage_format.md.
std::string EncodeDeltaRecord(std::span<const DeltaEntry> entries);
// False for damaged bytes.
bool DecodeDeltaRecord(std::string_view bytes, std::vector<DeltaEntry>& entries);

}  // namespace sanad

#endif  // SANAD_STORAGE_INDEX_DELTA_H_
