// A hash table from rows of ids to dense numbers, for grouping, DISTINCT and joins
// that ask for existence. Open addressing over a column store of the keys.

#ifndef SANAD_QUERY_EXECUTION_ROW_INDEX_H_
#define SANAD_QUERY_EXECUTION_ROW_INDEX_H_

#include <cstdint>
#include <vector>

#include "query/execution/row_hash.h"
#include "query/expression/batch.h"

namespace sanad {

// Thread-compatible.
class RowIndex {
 public:
  static constexpr uint32_t kMissing = ~uint32_t{0};

  explicit RowIndex(size_t width) : keys_(width), slots_(64, 0) {}

  // The number of the key in `columns` at `row`; a new key gets the next one.
  // REQUIRES: fewer than 2^32 - 1 keys.
  uint32_t FindOrAdd(const std::vector<const TermId*>& columns, size_t row) {
    const uint64_t hash = HashRow(columns, row);
    size_t slot = hash & (slots_.size() - 1);
    while (slots_[slot] != 0) {
      if (Equals(slots_[slot] - 1, columns, row)) return slots_[slot] - 1;
      slot = (slot + 1) & (slots_.size() - 1);
    }
    const uint32_t number = size_++;
    slots_[slot] = number + 1;
    for (size_t c = 0; c < keys_.size(); ++c) keys_[c].push_back(columns[c][row]);
    if (size_t{size_} * 2 > slots_.size()) Grow();
    return number;
  }

  // kMissing when the key is not there.
  uint32_t Find(const std::vector<const TermId*>& columns, size_t row) const {
    size_t slot = HashRow(columns, row) & (slots_.size() - 1);
    while (slots_[slot] != 0) {
      if (Equals(slots_[slot] - 1, columns, row)) return slots_[slot] - 1;
      slot = (slot + 1) & (slots_.size() - 1);
    }
    return kMissing;
  }

  uint32_t size() const { return size_; }
  const std::vector<std::vector<TermId>>& keys() const { return keys_; }
  size_t bytes() const {
    return slots_.size() * sizeof(uint32_t) + keys_.size() * size_ * sizeof(TermId);
  }

 private:
  bool Equals(uint32_t number, const std::vector<const TermId*>& columns, size_t row) const {
    for (size_t c = 0; c < keys_.size(); ++c) {
      if (keys_[c][number] != columns[c][row]) return false;
    }
    return true;
  }
  void Grow() {
    slots_.assign(slots_.size() * 2, 0);
    for (uint32_t number = 0; number < size_; ++number) {
      uint64_t hash = 0;
      for (const auto& column : keys_) hash = ExtendHash(hash, column[number]);
      size_t slot = hash & (slots_.size() - 1);
      while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = number + 1;
    }
  }

  std::vector<std::vector<TermId>> keys_;
  std::vector<uint32_t> slots_;  // Number + 1; 0: free.
  uint32_t size_ = 0;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_ROW_INDEX_H_
