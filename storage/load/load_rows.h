// The rows of a bulk load, sorted into each order.
//
// A row comes as four term numbers. Once the terms have ids, a number becomes
// its rank among the ids of its column, and the four ranks pack into one integer
// key; sorting rows by an order is a radix sort of keys with the ranks in that
// order's sequence, and a key unpacks to ids through the rank tables.

#ifndef SANAD_STORAGE_LOAD_LOAD_ROWS_H_
#define SANAD_STORAGE_LOAD_LOAD_ROWS_H_

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include <absl/status/statusor.h>
#include "storage/index/fold.h"
#include "storage/index/row.h"

namespace sanad {

using LoadRow = std::array<uint32_t, 4>;  // Subject, predicate, object, graph.

// Rows as they come, in chunks, so that growing never copies.
class LoadRowBuffer {
 public:
  void Add(const LoadRow& row) {
    if (chunks_.empty() || chunks_.back().size() == kChunkRows) {
      chunks_.emplace_back();
      chunks_.back().reserve(kChunkRows);
    }
    chunks_.back().push_back(row);
    ++size_;
  }
  size_t size() const { return size_; }
  const std::vector<std::vector<LoadRow>>& chunks() const { return chunks_; }
  // Gives a chunk's memory back once it was read.
  void Release(size_t chunk) { std::vector<LoadRow>().swap(chunks_[chunk]); }

 private:
  static constexpr size_t kChunkRows = size_t{1} << 16;
  std::vector<std::vector<LoadRow>> chunks_;
  size_t size_ = 0;
};

// What a load adds, each row once.
class LoadedRows {
 public:
  virtual ~LoadedRows() = default;
  // The rows in an order, as additions. Different orders may be read from
  // different threads.
  virtual absl::StatusOr<std::unique_ptr<ChangeStream>> In(Order order) const = 0;
};

// Sorts rows in memory. Takes them out of `buffer`; `ids` are the ids by term
// number.
std::unique_ptr<LoadedRows> SortRows(LoadRowBuffer& buffer, const std::vector<TermId>& ids);

// Two streams as one. Where both have a row, an addition wins.
class MergedStream : public ChangeStream {
 public:
  MergedStream(ChangeStream& a, ChangeStream& b) : a_(a), b_(b) {}
  const Row* head() const override;
  int sign() const override;
  absl::Status Advance() override;

 private:
  ChangeStream& a_;
  ChangeStream& b_;
};

}  // namespace sanad

#endif  // SANAD_STORAGE_LOAD_LOAD_ROWS_H_
