// See scan_shape.h.

#include "storage/index/scan_shape.h"

#include <algorithm>

#include <absl/status/status.h>

namespace sanad {

GraphFilter::GraphFilter(const GraphScope& scope, std::span<const TermId> excluded) {
  switch (scope.kind) {
    case GraphScope::Kind::kDefault:
      graphs_ = {TermId::DefaultGraph()};
      break;
    case GraphScope::Kind::kOne:
    case GraphScope::Kind::kSet:
      graphs_ = scope.graphs;
      distinct_ = scope.kind == GraphScope::Kind::kSet;
      break;
    case GraphScope::Kind::kUnion:
      graphs_.assign(excluded.begin(), excluded.end());
      negated_ = true;
      distinct_ = true;
      break;
    case GraphScope::Kind::kEach:
      named_only_ = true;
      negated_ = !scope.restricted;
      if (scope.restricted) graphs_ = scope.graphs;
      break;
  }
  std::sort(graphs_.begin(), graphs_.end());
  graphs_.erase(std::unique(graphs_.begin(), graphs_.end()), graphs_.end());
}

GraphFilter GraphFilter::Everything() {
  GraphFilter filter;
  filter.negated_ = true;
  return filter;
}

bool GraphFilter::Passes(TermId graph) const {
  if (named_only_ && graph == TermId::DefaultGraph()) return false;
  if (graphs_.empty()) return negated_;
  if (graphs_.size() == 1) return (graphs_[0] == graph) != negated_;
  return std::binary_search(graphs_.begin(), graphs_.end(), graph) != negated_;
}

bool GraphFilter::PassesAll(TermId low, TermId high) const {
  if (low == high) return Passes(low);
  if (!negated_ || (named_only_ && low <= TermId::DefaultGraph())) return false;
  auto first = std::lower_bound(graphs_.begin(), graphs_.end(), low);
  return first == graphs_.end() || *first > high;
}

bool GraphFilter::PassesNone(TermId low, TermId high) const {
  if (low == high) return !Passes(low);
  if (negated_) return false;
  auto first = std::lower_bound(graphs_.begin(), graphs_.end(), low);
  return first == graphs_.end() || *first > high;
}

absl::StatusOr<ScanShape> ShapeOf(const ScanRequest& request) {
  const std::array<TermId, 3> pattern = {request.pattern.subject, request.pattern.predicate,
                                         request.pattern.object};
  const std::array<int, 4> columns = ColumnsOf(request.order);
  ScanShape shape;
  shape.low.fill(TermId::Min());
  shape.high.fill(TermId::Max());
  size_t column = 0;
  const auto bind = [&](TermId value) {
    shape.low[column] = shape.high[column] = value;
    ++column;
  };
  if (request.order == Order::kGspo) {
    switch (request.scope.kind) {
      case GraphScope::Kind::kDefault:
        bind(TermId::DefaultGraph());
        break;
      case GraphScope::Kind::kOne:
        if (request.scope.graphs.size() != 1) {
          return absl::InvalidArgumentError("scan of one graph names none or several");
        }
        bind(request.scope.graphs[0]);
        break;
      case GraphScope::Kind::kEach:
        break;
      case GraphScope::Kind::kSet:
      case GraphScope::Kind::kUnion:
        return absl::InvalidArgumentError("order GSPO does not merge graphs");
    }
  }
  while (column < 4 && columns[column] < 3 && !pattern[columns[column]].is_undefined()) {
    bind(pattern[columns[column]]);
  }
  shape.bound = column;
  shape.key_column = std::min<size_t>(column, 3);
  for (; column < 4; ++column) {
    if (columns[column] < 3 && !pattern[columns[column]].is_undefined()) {
      return absl::InvalidArgumentError("the bound positions of a scan must lead its order");
    }
  }
  return shape;
}

}  // namespace sanad
