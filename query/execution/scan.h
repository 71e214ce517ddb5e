// Index scan: the rows of a triple pattern in one sorted order.

#ifndef SANAD_QUERY_EXECUTION_SCAN_H_
#define SANAD_QUERY_EXECUTION_SCAN_H_

#include <memory>
#include <vector>

#include "query/execution/batch_ramp.h"
#include "query/execution/operator.h"
#include "storage/quad_source.h"

namespace sanad {

// Reads one scan node's rows as solutions. Single-threaded.
class ScanReader {
 public:
  ScanReader(QueryContext& context, const PlanNode& node);
  // Starts over with the node's ranges, or with `ranges` if not empty.
  bool Open(const std::vector<IdRange>& ranges);
  bool Next(Batch& batch);
  void SkipTo(TermId key);

 private:
  QueryContext& context_;
  const PlanNode& node_;
  std::vector<size_t> columns_;                   // Quad column of each schema column.
  std::vector<std::pair<size_t, size_t>> equal_;  // Quad columns that must agree.
  std::unique_ptr<QuadScan> scan_;
  QuadBatch quads_;
  std::vector<uint32_t> selection_;
};

class Scan : public Operator {
 public:
  Scan(QueryContext& context, const PlanNode& node) : Operator(context), reader_(context, node) {}
  bool Next(Batch& batch) override;
  void SkipTo(TermId key) override;
  // The first batches are to be small ones.
  void StartSmall() { ramp_.StartSmall(); }

 private:
  bool NextSmall(Batch& batch);

  ScanReader reader_;
  bool open_ = false;
  TermId skip_;
  BatchRamp ramp_;
  Batch read_;  // Rows read and not all given yet, while batches are small.
  size_t given_ = 0;
};

// One solution: the exact count of a pattern, from the index's counts.
class CountScan : public Operator {
 public:
  CountScan(QueryContext& context, const PlanNode& node) : Operator(context), node_(node) {}
  bool Next(Batch& batch) override;

 private:
  const PlanNode& node_;
  bool done_ = false;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_SCAN_H_
