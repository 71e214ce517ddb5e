// See rising_lookup.h.

#include "storage/index/rising_lookup.h"

#include "storage/model/text.h"

namespace sanad {

absl::Status RisingLookup::NextBatch() {
  next_ = 0;
  if (scan_->Next(batch_)) return absl::OkStatus();
  batch_.size = 0;
  done_ = true;
  return scan_->status();
}

absl::Status RisingLookup::MoveTo(const Row& row) {
  if (scan_ == nullptr) {
    SANAD_ASSIGN_OR_RETURN(scan_, view_.ScanQuads({}, Order::kSpo));
  }
  while (!done_ && (next_ == batch_.size || RowAt(batch_.size - 1) < row)) {
    // Behind this batch; the scan skips to the subject at once.
    scan_->SkipTo(row[0]);
    SANAD_RETURN_IF_ERROR(NextBatch());
  }
  if (done_) return absl::OkStatus();
  // Gallops, since what is asked for lies near what was asked for before.
  size_t low = next_, step = 1;
  while (low + step < batch_.size && RowAt(low + step) < row) {
    low += step;
    step *= 2;
  }
  size_t high = std::min(low + step, batch_.size - 1);
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (RowAt(middle) < row) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  next_ = low;
  return absl::OkStatus();
}

absl::Status RisingLookup::GraphsOf(TermId subject, TermId predicate, TermId object,
                                    std::vector<TermId>& graphs) {
  graphs.clear();
  const Row low = {subject, predicate, object, TermId::Min()};
  SANAD_RETURN_IF_ERROR(MoveTo(low));
  while (!done_) {
    if (next_ == batch_.size) {
      SANAD_RETURN_IF_ERROR(NextBatch());
      continue;
    }
    const Row row = RowAt(next_);
    if (!SameTriple(row, low, Order::kSpo)) break;
    graphs.push_back(row[3]);
    ++next_;
  }
  return absl::OkStatus();
}

}  // namespace sanad
