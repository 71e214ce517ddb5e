// See index_view.h.

#include "storage/index_view.h"

#include <algorithm>

#include "storage/index_scan.h"
#include "storage/well_known.h"

namespace sanad {

absl::StatusOr<std::unique_ptr<QuadScan>> IndexView::Scan(const ScanRequest& request,
                                                          std::span<const TermId> excluded,
                                                          std::shared_ptr<const void> pin) const {
  absl::StatusOr<ScanShape> shape = ShapeOf(request);
  if (!shape.ok()) return shape.status();
  return std::make_unique<IndexScan>(request, *shape, GraphFilter(request.scope, excluded), delta_,
                                     std::move(pin));
}

absl::StatusOr<uint64_t> IndexView::Count(const IdPattern& pattern, const GraphScope& scope,
                                          std::span<const TermId> excluded) const {
  ScanRequest request{
      .pattern = pattern, .order = OrderFor(pattern), .scope = scope, .ranges = {}, .columns = 3};
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
  absl::StatusOr<std::unique_ptr<QuadScan>> scan = Scan(request, excluded, nullptr);
  if (!scan.ok()) return scan.status();
  uint64_t count = 0;
  QuadBatch batch;
  while ((*scan)->Next(batch)) count += batch.size;
  if (!(*scan)->status().ok()) return (*scan)->status();
  return count;
}

absl::StatusOr<RangeCounts> IndexView::CountRange(Order order, const Row& low,
                                                  const Row& high) const {
  const DeltaSums sums = delta_.Sums(order, low, high);
  return RangeCounts{static_cast<uint64_t>(sums.rows), static_cast<uint64_t>(sums.triples)};
}

absl::Status IndexView::GraphsOf(TermId subject, TermId predicate, TermId object,
                                 std::vector<TermId>& graphs) const {
  graphs.clear();
  const DeltaRange range = delta_.Range(Order::kSpo, {subject, predicate, object, TermId::Min()},
                                        {subject, predicate, object, TermId::Max()});
  for (size_t i = 0; i < range.rows.size(); ++i) {
    if (range.signs[i] > 0) graphs.push_back(range.rows[i][3]);
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
    absl::StatusOr<ScanShape> shape = ShapeOf(request);
    if (!shape.ok()) return shape.status();
    absl::StatusOr<RangeCounts> range = CountRange(order, shape->low, shape->high);
    if (!range.ok()) return range.status();
    counts.triples = range->triples;
    absl::StatusOr<Distinct> distinct =
        DistinctKeys(*this, request, 1, estimate ? kSampled : kNoLimit);
    if (!distinct.ok()) return distinct.status();
    uint64_t number = distinct->keys.size();
    if (!distinct->complete) {
      // As dense behind the sample as inside it.
      counts.exact = false;
      Row high = shape->high;
      high[1] = distinct->keys.back();
      absl::StatusOr<RangeCounts> seen = CountRange(order, shape->low, high);
      if (!seen.ok()) return seen.status();
      const double share = static_cast<double>(range->triples) /
                           static_cast<double>(std::max<uint64_t>(1, seen->triples));
      number = static_cast<uint64_t>(static_cast<double>(number) * std::max(1.0, share));
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

}  // namespace sanad
