// A running scan of one order: rows that pass the graph filter and the ranges,
// merged into distinct triples where the scope asks for it.

#ifndef SANAD_STORAGE_INDEX_SCAN_H_
#define SANAD_STORAGE_INDEX_SCAN_H_

#include <memory>
#include <vector>

#include "storage/delta.h"
#include "storage/quad_source.h"
#include "storage/row.h"
#include "storage/scan_shape.h"

namespace sanad {

class IndexScan : public QuadScan {
 public:
  IndexScan(const ScanRequest& request, const ScanShape& shape, GraphFilter filter,
            const DeltaVersion& delta, std::shared_ptr<const void> pin);

  bool Next(QuadBatch& batch) override;
  void SkipTo(TermId key) override;
  const absl::Status& status() const override { return status_; }

 private:
  // Takes one row of the index into the batch, or leaves it out.
  void Take(const Row& row, QuadBatch& batch);
  bool InRanges(TermId key);

  Order order_;
  ScanShape shape_;
  GraphFilter filter_;
  std::vector<IdRange> ranges_;
  size_t range_ = 0;       // Ranges before it are passed.
  bool collapse_ = false;  // Equal leading columns come as one row.
  size_t compared_ = 3;    // Columns that make two rows one.
  std::shared_ptr<const void> pin_;
  DeltaRange delta_;
  size_t next_delta_ = 0;
  bool has_last_ = false;
  Row last_{};  // The last row taken.
  absl::Status status_;
};

}  // namespace sanad

#endif  // SANAD_STORAGE_INDEX_SCAN_H_
