// The block that a scan stands in: its rows by position.
//
// Where a scan walks through changes, a window of rows is decoded, column by
// column, into memory of its own or of the scan's batch; other values are read one
// by one from the packed bytes. The leading columns that are the same in every row
// are known from the block's node.

#ifndef SANAD_STORAGE_INDEX_SCAN_BLOCK_H_
#define SANAD_STORAGE_INDEX_SCAN_BLOCK_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "storage/index/block_cache.h"
#include "storage/index/block_directory.h"
#include "storage/index/row.h"

namespace sanad {

// Single-threaded. What is said of rows and columns needs a loaded block.
class ScanBlock {
 public:
  // Moves to another block, which is not loaded yet. The node outlives its use.
  void Enter(const NodeInfo* info);
  // Null: in no block.
  const NodeInfo* info() const { return info_; }
  size_t rows() const { return info_->rows; }

  bool loaded() const { return data_ != nullptr; }
  void Load(std::shared_ptr<const LoadedBlock> data) { data_ = std::move(data); }

  // Columns from the left that hold one value in all rows; 4 where it is one row.
  size_t constant_columns() const { return constant_; }
  // Decodes rows [begin, end) of the columns in front of `columns` that are not
  // constant, each into `out` where that is not null. What was decoded before is
  // forgotten; what lies in `out` is read until Forget().
  void Decode(size_t begin, size_t end, size_t columns, const std::array<uint64_t*, 4>& out);
  // The whole block into memory of its own; only what is not decoded so already.
  void DecodeWhole(size_t columns);
  void Forget() { decoded_ = 0; }

  uint64_t At(size_t column, size_t row) const {
    if (column < constant_) return info_->first[column].bits();
    return IsDecoded(column, row, row + 1) ? Decoded(column, row)[0]
                                           : data_->reader.At(column, row);
  }
  Row RowAt(size_t row) const;
  // True when a row states the triple of another, in an order whose last column
  // is the graph.
  bool IsTriple(size_t row, const Row& other) const {
    return At(2, row) == other[2].bits() && At(1, row) == other[1].bits() &&
           At(0, row) == other[0].bits();
  }
  // Copies rows [begin, end) of a column.
  void Copy(size_t column, size_t begin, size_t end, uint64_t* out) const;
  // The first row of [begin, end) that is not below `row`; `end` when none is.
  // REQUIRES: `row` is not below the block's first row, nor above its last one.
  size_t Find(const Row& row, size_t begin, size_t end) const;
  // The same for sorted rows, until one is not below any of [begin, end), which is
  // left out if `before_end`. The searches overlap in the processor.
  // REQUIRES: [begin, end) is decoded in the first column that is not constant.
  void FindEach(std::span<const Row> rows, size_t begin, size_t end, bool before_end,
                std::vector<uint32_t>& found) const;
  // The rows in [low, high], as [first, last).
  std::pair<size_t, size_t> Range(const Row& low, const Row& high) const;

 private:
  // The first row of [begin, end) whose value in a column is not below `value`,
  // where the column does not fall.
  size_t LowerBound(size_t column, size_t begin, size_t end, uint64_t value) const;
  // Find() among rows that are alike in the columns before `column`, from a lower
  // bound in that one.
  size_t FindFrom(size_t column, size_t begin, size_t end, const Row& row) const;

  void DecodeColumn(size_t column, uint64_t* out);
  // True when rows [begin, end) of a column are decoded.
  bool IsDecoded(size_t column, size_t begin, size_t end) const {
    return column < decoded_ && begin >= window_begin_ && end <= window_end_;
  }
  // The decoded values of a column from a row on.
  const uint64_t* Decoded(size_t column, size_t row) const {
    return values_[column] + (row - window_begin_);
  }

  const NodeInfo* info_ = nullptr;
  std::shared_ptr<const LoadedBlock> data_;
  size_t constant_ = 0;
  // Rows [window_begin_, window_end_) of the columns in front of decoded_ that are
  // not constant are at values_.
  size_t window_begin_ = 0, window_end_ = 0, decoded_ = 0;
  std::array<const uint64_t*, 4> values_{};
  std::array<std::vector<uint64_t>, 4> own_;
};

}  // namespace sanad

#endif  // SANAD_STORAGE_INDEX_SCAN_BLOCK_H_
