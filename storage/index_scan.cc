// See index_scan.h.

#include "storage/index_scan.h"

#include <algorithm>
#include <utility>

namespace sanad {

IndexScan::IndexScan(const ScanRequest& request, const ScanShape& shape, GraphFilter filter,
                     const DeltaVersion& delta, std::shared_ptr<const void> pin)
    : order_(request.order),
      shape_(shape),
      filter_(std::move(filter)),
      ranges_(request.ranges),
      pin_(std::move(pin)),
      delta_(delta.Range(request.order, shape.low, shape.high)) {
  collapse_ = request.columns < 3 && request.scope.kind != GraphScope::Kind::kEach;
  compared_ = static_cast<size_t>(std::clamp(request.columns, 0, 3));
}

bool IndexScan::InRanges(TermId key) {
  if (ranges_.empty()) return true;
  while (range_ < ranges_.size() && ranges_[range_].high < key) ++range_;
  return range_ < ranges_.size() && ranges_[range_].low <= key;
}

void IndexScan::Take(const Row& row, QuadBatch& batch) {
  if (!filter_.Passes(row[GraphColumn(order_)])) return;
  if (!InRanges(row[shape_.key_column])) return;
  if (filter_.distinct() && has_last_ && SameTriple(row, last_, order_)) return;
  if (collapse_ && batch.size > 0) {
    const size_t first = order_ == Order::kGspo ? 1 : 0;
    bool same = true;
    for (size_t c = first; c < first + compared_; ++c) same = same && row[c] == last_[c];
    if (same) {
      ++batch.multiplicity.back();
      last_ = row;
      return;
    }
  }
  for (size_t c = 0; c < 4; ++c) batch.columns[c].push_back(row[c]);
  if (collapse_) batch.multiplicity.push_back(1);
  ++batch.size;
  last_ = row;
  has_last_ = true;
}

bool IndexScan::Next(QuadBatch& batch) {
  for (std::vector<TermId>& column : batch.columns) {
    column.clear();
    column.reserve(QuadBatch::kCapacity);
  }
  batch.multiplicity.clear();
  batch.size = 0;
  while (batch.size < QuadBatch::kCapacity && next_delta_ < delta_.rows.size()) {
    if (delta_.signs[next_delta_] > 0) Take(delta_.rows[next_delta_], batch);
    ++next_delta_;
  }
  return batch.size > 0;
}

void IndexScan::SkipTo(TermId key) {
  Row target = shape_.low;
  target[shape_.key_column] = key;
  const auto first = delta_.rows.begin() + static_cast<ptrdiff_t>(next_delta_);
  next_delta_ =
      static_cast<size_t>(std::lower_bound(first, delta_.rows.end(), target) - delta_.rows.begin());
}

}  // namespace sanad
