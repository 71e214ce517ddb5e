// See index_view.h.

#include "storage/index/index_view.h"

#include <algorithm>

#include "storage/index/index_scan.h"
#include "storage/model/text.h"
#include "storage/well_known.h"

namespace sanad {

Directories EmptyDirectories() {
  Directories directories;
  for (size_t o = 0; o < kOrderCount; ++o) {
    directories[o] = std::make_shared<BlockDirectory>(static_cast<Order>(o));
  }
  return directories;
}

IndexView::IndexView(kv::Engine& engine, BlockCache* cache,
                     std::shared_ptr<const kv::Snapshot> snapshot, Directories directories,
                     DeltaVersion delta)
    : engine_(&engine),
      cache_(cache),
      snapshot_(std::move(snapshot)),
      directories_(std::move(directories)),
      delta_(std::move(delta)) {}

absl::StatusOr<std::unique_ptr<QuadScan>> IndexView::Scan(const ScanRequest& request,
                                                          std::span<const TermId> excluded,
                                                          std::shared_ptr<const void> pin) const {
  absl::StatusOr<ScanShape> shape = ShapeOf(request);
  if (!shape.ok()) return shape.status();
  ScanInput input;
  input.directory = directories_[static_cast<size_t>(request.order)];
  input.engine = engine_;
  input.cache = cache_;
  input.snapshot = snapshot_;
  input.delta = &delta_;
  input.pin = std::move(pin);
  return std::make_unique<IndexScan>(request, *shape, GraphFilter(request.scope, excluded),
                                     std::move(input));
}

absl::StatusOr<std::unique_ptr<QuadScan>> IndexView::ScanQuads(const IdPattern& pattern,
                                                               Order order,
                                                               BlockCache* cache) const {
  const ScanRequest request{.pattern = pattern,
                            .order = order,
                            .scope = GraphScope::EachOf({}),
                            .ranges = {},
                            .columns = 3};
  SANAD_ASSIGN_OR_RETURN(const ScanShape shape, ShapeOf(request));
  ScanInput input{
      directories_[static_cast<size_t>(order)], engine_, cache, snapshot_, &delta_, nullptr};
  return std::make_unique<IndexScan>(request, shape, GraphFilter::Everything(), std::move(input));
}

absl::StatusOr<uint64_t> IndexView::CountByScan(const ScanRequest& request,
                                                std::span<const TermId> excluded) const {
  absl::StatusOr<std::unique_ptr<QuadScan>> scan = Scan(request, excluded, nullptr);
  if (!scan.ok()) return scan.status();
  uint64_t count = 0;
  QuadBatch batch;
  while ((*scan)->Next(batch)) {
    if (batch.multiplicity.empty()) count += batch.size;
    for (const uint64_t rows : batch.multiplicity) count += rows;
  }
  if (!(*scan)->status().ok()) return (*scan)->status();
  return count;
}

absl::StatusOr<uint64_t> IndexView::Count(const IdPattern& pattern, const GraphScope& scope,
                                          std::span<const TermId> excluded) const {
  // Few columns: blocks whose leading columns are constant are not read.
  const int bound = !pattern.subject.is_undefined() + !pattern.predicate.is_undefined() +
                    !pattern.object.is_undefined();
  ScanRequest request{.pattern = pattern,
                      .order = OrderFor(pattern),
                      .scope = scope,
                      .ranges = {},
                      .columns = std::max(1, std::min(bound, 2))};
  const bool one_graph =
      scope.kind == GraphScope::Kind::kDefault || scope.kind == GraphScope::Kind::kOne;
  const bool leads_spo = (!pattern.subject.is_undefined() || pattern.predicate.is_undefined()) &&
                         (!pattern.predicate.is_undefined() || pattern.object.is_undefined());
  if (one_graph && leads_spo) request.order = Order::kGspo;
  absl::StatusOr<ScanShape> shape = ShapeOf(request);
  if (!shape.ok()) return shape.status();
  if (request.order == Order::kGspo) {
    absl::StatusOr<RangeCounts> counts = CountRange(Order::kGspo, shape->low, shape->high);
    if (!counts.ok()) return counts.status();
    return counts->rows;
  }
  if (scope.kind == GraphScope::Kind::kUnion && excluded.empty()) {
    absl::StatusOr<RangeCounts> counts = CountRange(request.order, shape->low, shape->high);
    if (!counts.ok()) return counts.status();
    return counts->triples;
  }
  return CountByScan(request, excluded);
}

absl::StatusOr<Sums> IndexView::BaseSums(Order order, const Row& low, const Row& high) const {
  const BlockDirectory& directory = *directories_[static_cast<size_t>(order)];
  if (directory.empty()) return Sums();
  return directory.Between(low, high, {*engine_, snapshot_.get(), cache_});
}

absl::StatusOr<RangeCounts> IndexView::CountRange(Order order, const Row& low,
                                                  const Row& high) const {
  const DeltaSums changes = delta_.Sums(order, low, high);
  SANAD_ASSIGN_OR_RETURN(const Sums base, BaseSums(order, low, high));
  return RangeCounts{base.rows + static_cast<uint64_t>(changes.rows),
                     base.triples + static_cast<uint64_t>(changes.triples)};
}

uint64_t IndexView::QuadCount() const {
  Row low, high;
  low.fill(TermId::Min());
  high.fill(TermId::Max());
  const BlockDirectory& directory = *directories_[static_cast<size_t>(Order::kSpo)];
  return directory.total().rows + static_cast<uint64_t>(delta_.Sums(Order::kSpo, low, high).rows);
}

absl::Status IndexView::GraphsOf(TermId subject, TermId predicate, TermId object,
                                 std::vector<TermId>& graphs) const {
  graphs.clear();
  const Row low = {subject, predicate, object, TermId::Min()};
  const Row high = {subject, predicate, object, TermId::Max()};
  const BlockDirectory& directory = *directories_[static_cast<size_t>(Order::kSpo)];
  if (!directory.empty()) {
    SANAD_ASSIGN_OR_RETURN(const std::unique_ptr<QuadScan> scan,
                           ScanQuads({subject, predicate, object}, Order::kSpo, cache_));
    QuadBatch batch;
    while (scan->Next(batch)) {
      graphs.insert(graphs.end(), batch.columns[3].begin(), batch.columns[3].end());
    }
    return scan->status();
  }
  const DeltaRange changes = delta_.Range(Order::kSpo, low, high);
  for (size_t i = 0; i < changes.rows.size(); ++i) {
    if (changes.signs[i] > 0) graphs.push_back(changes.rows[i][3]);
  }
  return absl::OkStatus();
}

namespace {

// Steps over the distinct values of a scan's key column, at most `limit` of
// them, and tells how far it came. With fewer columns read than the key column
// needs, runs of rows are passed by SkipTo.
struct Distinct {
  std::vector<TermId> keys;
  bool complete = true;
};

absl::StatusOr<Distinct> DistinctKeys(const IndexView& view, const ScanRequest& request,
                                      size_t column, size_t limit) {
  absl::StatusOr<std::unique_ptr<QuadScan>> scan = view.Scan(request, {}, nullptr);
  if (!scan.ok()) return scan.status();
  Distinct distinct;
  QuadBatch batch;
  while ((*scan)->Next(batch)) {
    for (TermId key : batch.columns[column]) {
      if (distinct.keys.empty() || distinct.keys.back() != key) distinct.keys.push_back(key);
    }
    if (distinct.keys.size() >= limit) {
      distinct.complete = false;
      break;
    }
    if (distinct.keys.back() == TermId::Max()) break;
    (*scan)->SkipTo(TermId(distinct.keys.back().bits() + 1));
  }
  if (!(*scan)->status().ok()) return (*scan)->status();
  return distinct;
}

constexpr size_t kNoLimit = ~size_t{0};
// Distinct values looked at for an estimate.
constexpr size_t kSampled = 4096;

}  // namespace

absl::StatusOr<PredicateCounts> IndexView::CountPredicate(TermId predicate, bool estimate) const {
  PredicateCounts counts;
  counts.exact = true;
  for (const Order order : {Order::kPso, Order::kPos}) {
    ScanRequest request{.pattern = {.subject = {}, .predicate = predicate, .object = {}},
                        .order = order,
                        .scope = GraphScope::Union(),
                        .ranges = {},
                        .columns = 2};
    SANAD_ASSIGN_OR_RETURN(const ScanShape shape, ShapeOf(request));
    SANAD_ASSIGN_OR_RETURN(const RangeCounts range, CountRange(order, shape.low, shape.high));
    counts.triples = range.triples;
    uint64_t number = 0;
    if (!delta_.Touches(order, shape.low, shape.high)) {
      SANAD_ASSIGN_OR_RETURN(const Sums base, BaseSums(order, shape.low, shape.high));
      number = base.pairs;
    } else {
      SANAD_ASSIGN_OR_RETURN(const Distinct distinct,
                             DistinctKeys(*this, request, 1, estimate ? kSampled : kNoLimit));
      number = distinct.keys.size();
      if (!distinct.complete) {
        // As dense behind the sample as inside it.
        counts.exact = false;
        Row high = shape.high;
        high[1] = distinct.keys.back();
        SANAD_ASSIGN_OR_RETURN(const RangeCounts seen, CountRange(order, shape.low, high));
        const double share = static_cast<double>(range.triples) /
                             static_cast<double>(std::max<uint64_t>(1, seen.triples));
        number = static_cast<uint64_t>(static_cast<double>(number) * std::max(1.0, share));
      }
    }
    (order == Order::kPso ? counts.distinct_subjects : counts.distinct_objects) = number;
  }
  return counts;
}

absl::StatusOr<std::vector<TermId>> IndexView::DistinctFirst(Order order) const {
  ScanRequest request{
      .pattern = {}, .order = order, .scope = GraphScope::Union(), .ranges = {}, .columns = 1};
  if (order == Order::kGspo) request.scope = GraphScope::Each();
  absl::StatusOr<Distinct> distinct = DistinctKeys(*this, request, 0, kNoLimit);
  if (!distinct.ok()) return distinct.status();
  return std::move(distinct->keys);
}

absl::StatusOr<std::vector<TermId>> IndexView::DistinctSecond(Order order, TermId first) const {
  ScanRequest request{
      .pattern = {}, .order = order, .scope = GraphScope::Union(), .ranges = {}, .columns = 2};
  std::array<TermId, 3> pattern{};
  pattern[ColumnsOf(order)[0]] = first;
  request.pattern = {pattern[0], pattern[1], pattern[2]};
  absl::StatusOr<Distinct> distinct = DistinctKeys(*this, request, 1, kNoLimit);
  if (!distinct.ok()) return distinct.status();
  return std::move(distinct->keys);
}

absl::StatusOr<std::vector<TermId>> IndexView::ExcludedGraphs() const {
  std::vector<TermId> excluded;
  for (const TermId type : {kDocumentGraphId, kProvenanceGraphId, kLexiconGraphId}) {
    const ScanRequest request{.pattern = {.subject = {}, .predicate = kRdfTypeId, .object = type},
                              .order = Order::kPos,
                              .scope = GraphScope::Each(),
                              .ranges = {},
                              .columns = 3};
    absl::StatusOr<std::unique_ptr<QuadScan>> scan = Scan(request, {}, nullptr);
    if (!scan.ok()) return scan.status();
    QuadBatch batch;
    while ((*scan)->Next(batch)) {
      for (size_t i = 0; i < batch.size; ++i) {
        if (batch.columns[2][i] == batch.columns[3][i]) excluded.push_back(batch.columns[3][i]);
      }
    }
    if (!(*scan)->status().ok()) return (*scan)->status();
  }
  std::sort(excluded.begin(), excluded.end());
  excluded.erase(std::unique(excluded.begin(), excluded.end()), excluded.end());
  return excluded;
}

absl::StatusOr<std::vector<TermId>> IndexView::NamedGraphs() const {
  return DistinctFirst(Order::kGspo);
}

IndexView IndexView::With(std::shared_ptr<const DeltaRun> run) const {
  IndexView next = *this;
  next.delta_ = delta_.With(std::move(run));
  return next;
}

IndexView IndexView::With(DeltaVersion delta, std::shared_ptr<const kv::Snapshot> snapshot) const {
  IndexView next = *this;
  next.delta_ = std::move(delta);
  next.snapshot_ = std::move(snapshot);
  return next;
}

}  // namespace sanad
