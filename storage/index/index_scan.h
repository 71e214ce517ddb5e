// A running scan of one order: blocks merged with the delta, filtered by graph
// and, where the scope asks for it, by distinct triple.
//
// The request's ranges make a list of spans of rows. Inside a span the scan goes
// from block to block. A block that no change touches, whose graphs all pass and
// whose rows are all different triples is decoded straight into the batch, only
// in the columns that are read; where the leading columns are constant it is not
// read at all. A touched block is decoded there too, the places of its changes are
// looked up together, and the stretches between them move apart, or are counted
// where equal leading columns come as one row. Only blocks with mixed graphs or
// repeated triples are walked row by row.

#ifndef SANAD_STORAGE_INDEX_INDEX_SCAN_H_
#define SANAD_STORAGE_INDEX_INDEX_SCAN_H_

#include <algorithm>
#include <array>
#include <memory>
#include <utility>
#include <vector>

#include "storage/index/block_directory.h"
#include "storage/index/delta.h"
#include "storage/index/row.h"
#include "storage/index/scan_block.h"
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
  // Rows of the block that go into the batch, and the change behind them.
  struct Piece {
    size_t begin = 0, end = 0;
    size_t out = 0;               // Their place, from the batch's end on.
    const Row* change = nullptr;  // Null: none.
  };

  // A column of a batch as plain words.
  static uint64_t* Words(std::vector<TermId>& column) {
    static_assert(sizeof(TermId) == sizeof(uint64_t));
    return reinterpret_cast<uint64_t*>(column.data());
  }

  // Sets the rows of the current span, or ends the scan.
  void EnterSpan();
  // Moves both cursors to the start of the current span, never backwards.
  absl::Status Position();
  absl::Status SeekBase();
  absl::Status NextBlock();
  void EnterBlock(const NodeInfo* info);
  absl::Status Load();
  // Moves inside the block to the span's first row.
  absl::Status MoveInBlock();
  // Finds where the span ends in the block.
  absl::Status FindEnd();
  // True when all rows of the block pass and no two of them are one triple.
  bool IsPlain() const;

  // One step: some rows into the batch, or on to the next block or span.
  absl::Status Step(QuadBatch& batch);
  absl::Status StepBlock(QuadBatch& batch);
  // Changes among the rows of a block: index_scan_changes.cc.
  // Columns in which changes are looked for in the block.
  size_t SearchedColumns() const { return std::min<size_t>(block_.constant_columns() + 1, 4); }
  // Sets the end of the changes that lie in the block and the span.
  void FindLastChange();
  // The rows in front of the next change, or that change.
  absl::Status StepChange(QuadBatch& batch);
  // Rows and changes of a plain block, as many as the batch has room for.
  void MergeChanges(QuadBatch& batch);
  // The same where equal leading columns come as one row: groups of them.
  void MergeGroups(QuadBatch& batch);
  // Lists what goes into the batch: rows in front of `end` and the changes among
  // them, which found_ places. With `all`, no change is missing there. Moves behind
  // what is listed; returns its rows.
  size_t ListPieces(size_t end, bool all, size_t room);
  // Moves decoded rows in the batch to their places and puts changes in between.
  void Spread(size_t column, size_t first, uint64_t* out) const;

  void EmitDelta(QuadBatch& batch);
  absl::Status EmitRows(size_t end, QuadBatch& batch);
  absl::Status EmitGroups(size_t end, QuadBatch& batch);
  void EmitColumns(size_t begin, size_t end, QuadBatch& batch);
  void EmitCollapsed(size_t begin, size_t end, QuadBatch& batch);
  // Adds the rows [begin, end) of values_ as groups; returns how many fitted in.
  size_t AppendGroups(size_t begin, size_t end, QuadBatch& batch);
  void Take(const Row& row, QuadBatch& batch);
  void AppendRow(const Row& row, QuadBatch& batch);
  // Makes room for more rows in the columns that are read.
  void Reserve(size_t rows, QuadBatch& batch);
  // True for columns with one value in the whole span.
  bool IsConstant(size_t column) const {
    return column < shape_.bound || (column == shape_.key_column && low_[column] == high_[column]);
  }
  bool SameGroup(const Row& row, const QuadBatch& batch) const;
  bool Full(const QuadBatch& batch) const {
    return batch.size >= QuadBatch::kCapacity || full_enough_;
  }
  // True when a row states the triple that was taken last.
  bool Repeats(const Row& row) const { return has_last_ && SameTriple(last_, row, order_); }

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
  size_t page_ = 0, slot_ = 0;
  const NodeList* blocks_ = nullptr;
  ScanBlock block_;  // The block at hand.
  size_t pos_ = 0;   // The next row of it.
  size_t end_ = 0;   // Where the span ends in it, if `end_known_`.
  bool end_known_ = false;
  size_t changes_end_ = 0;       // Of the changes in it and the span; 0: not known.
  std::vector<uint32_t> found_;  // Where the next changes lie in it.
  std::vector<Piece> pieces_;
  std::array<std::vector<uint64_t>, 4> values_;  // Of rows that are grouped.

  size_t room_ = 0;           // Rows that the batch at hand has room for.
  bool full_enough_ = false;  // It takes no more, though it has room.
  bool has_last_ = false;
  Row last_{};  // The last row taken, where distinct triples are asked for.
  absl::Status status_;
};

}  // namespace sanad

#endif  // SANAD_STORAGE_INDEX_INDEX_SCAN_H_
