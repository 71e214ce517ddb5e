// A running scan of one order: blocks merged with the delta, filtered by graph
// and, where the scope asks for it, by distinct triple.
//
// The request's ranges make a list of spans of rows. Inside a span the scan goes
// from block to block. A block that no change touches, whose graphs all pass and
// whose rows are all different triples is decoded straight into the batch, only
// in the columns that are read; where the leading columns are constant it is not
// read at all. In a touched block the stretches between changes are copied.
// Only blocks with mixed graphs or repeated triples are walked row by row.

#ifndef SANAD_STORAGE_INDEX_INDEX_SCAN_H_
#define SANAD_STORAGE_INDEX_INDEX_SCAN_H_

#include <array>
#include <memory>
#include <utility>
#include <vector>

#include "storage/index/block_directory.h"
#include "storage/index/delta.h"
#include "storage/index/row.h"
#include "storage/index/scan_shape.h"
#include "storage/kv/kv.h"
#include "storage/quad_source.h"

namespace sanad {

// What a scan reads from.
struct ScanInput {
  std::shared_ptr<const BlockDirectory> directory;
  kv::Engine* engine = nullptr;
  BlockCache* cache = nullptr;
  std::shared_ptr<const kv::Snapshot> snapshot;
  const DeltaVersion* delta = nullptr;  // Read by the constructor only.
  std::shared_ptr<const void> pin;      // Kept as long as the scan lives.
};

class IndexScan : public QuadScan {
 public:
  IndexScan(const ScanRequest& request, const ScanShape& shape, GraphFilter filter,
            ScanInput input);

  bool Next(QuadBatch& batch) override;
  void SkipTo(TermId key) override;
  const absl::Status& status() const override { return status_; }

 private:
  // Sets the rows of the current span, or ends the scan.
  void EnterSpan();
  // Moves both cursors to the start of the current span, never backwards.
  absl::Status Position();
  absl::Status SeekBase();
  absl::Status NextBlock();
  absl::Status Load();
  // Moves inside the block to the span's first row.
  absl::Status EnterBlock();
  // Finds where the span ends in the block.
  absl::Status FindEnd();
  absl::Status DecodeScratch();
  size_t FindInBlock(const Row& row) const;
  Row RowAt(size_t position) const;

  // One step: some rows into the batch, or on to the next block or span.
  absl::Status Step(QuadBatch& batch);
  absl::Status StepBlock(QuadBatch& batch);
  void EmitDelta(QuadBatch& batch);
  absl::Status EmitRows(size_t end, QuadBatch& batch);
  void EmitColumns(size_t begin, size_t end, QuadBatch& batch);
  void EmitCollapsed(size_t begin, size_t end, QuadBatch& batch);
  void Take(const Row& row, QuadBatch& batch);
  void AppendRow(const Row& row, QuadBatch& batch);
  // Makes room for more rows in the columns that are read.
  void Reserve(size_t rows, QuadBatch& batch);
  bool SameGroup(const Row& row, const QuadBatch& batch) const;
  bool Full(const QuadBatch& batch) const { return batch.size >= QuadBatch::kCapacity; }

  Order order_;
  ScanShape shape_;
  GraphFilter filter_;
  std::vector<IdRange> ranges_;  // Of the spans; empty: the whole shape is the only one.
  size_t span_ = 0;
  bool ended_ = false;       // No span is left.
  Row low_{}, high_{};       // The current span.
  bool positioned_ = false;  // In the current span.
  bool each_ = false;
  bool collapse_ = false;  // Equal leading columns come as one row.
  size_t read_ = 4;        // Columns from the left that are filled from blocks.
  size_t compared_ = 3;    // Leading triple columns that make two rows one.
  bool touched_ = false;   // The last row taken was not the one before pos_.

  ScanInput input_;
  DeltaRange delta_;
  size_t next_delta_ = 0;

  bool base_done_ = true;  // No more blocks in this span.
  size_t page_ = 0, block_ = 0;
  const NodeList* blocks_ = nullptr;
  const NodeInfo* info_ = nullptr;  // The block at hand.
  size_t pos_ = 0;                  // The next row of it.
  size_t end_ = 0;                  // Where the span ends in it, if `end_known_`.
  bool end_known_ = false;
  bool scratch_ = false;
  std::shared_ptr<const LoadedBlock> data_;       // Null: not loaded.
  std::array<std::vector<uint64_t>, 4> columns_;  // The whole block, decoded.

  size_t room_ = 0;  // Rows that the batch at hand has room for.
  bool has_last_ = false;
  Row last_{};  // The last row taken, where distinct triples are asked for.
  absl::Status status_;
};

}  // namespace sanad

#endif  // SANAD_STORAGE_INDEX_INDEX_SCAN_H_
