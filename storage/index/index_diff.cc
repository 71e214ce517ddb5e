// See index_diff.h. Both views are scanned in step.

#include "storage/index/index_diff.h"

#include <memory>

#include "storage/model/text.h"

namespace sanad {
namespace {

// The rows of a scan, one by one.
class RowStream {
 public:
  absl::Status Open(const IndexView& view, const IdPattern& pattern, Order order) {
    SANAD_ASSIGN_OR_RETURN(scan_, view.ScanQuads(pattern, order));
    return Read();
  }
  bool at_end() const { return next_ == batch_.size; }
  Row row() const {
    return {batch_.columns[0][next_], batch_.columns[1][next_], batch_.columns[2][next_],
            batch_.columns[3][next_]};
  }
  absl::Status Advance() { return ++next_ < batch_.size ? absl::OkStatus() : Read(); }

 private:
  absl::Status Read() {
    next_ = 0;
    if (scan_->Next(batch_)) return absl::OkStatus();
    batch_.size = 0;
    return scan_->status();
  }

  std::unique_ptr<QuadScan> scan_;
  QuadBatch batch_;
  size_t next_ = 0;
};

}  // namespace

absl::Status DiffViews(const IndexView& before, const IndexView& after, const IdPattern& pattern,
                       Order order, const std::function<absl::Status(const IdQuad&, bool)>& visit) {
  RowStream old_rows, new_rows;
  SANAD_RETURN_IF_ERROR(old_rows.Open(before, pattern, order));
  SANAD_RETURN_IF_ERROR(new_rows.Open(after, pattern, order));
  while (!old_rows.at_end() || !new_rows.at_end()) {
    bool from_old = !old_rows.at_end(), from_new = !new_rows.at_end();
    if (from_old && from_new) {
      const Row a = old_rows.row(), b = new_rows.row();
      from_old = a <= b;
      from_new = b <= a;
    }
    if (from_old != from_new) {
      const Row row = from_old ? old_rows.row() : new_rows.row();
      SANAD_RETURN_IF_ERROR(visit(QuadOf(row, order), from_new));
    }
    if (from_old) SANAD_RETURN_IF_ERROR(old_rows.Advance());
    if (from_new) SANAD_RETURN_IF_ERROR(new_rows.Advance());
  }
  return absl::OkStatus();
}

}  // namespace sanad
