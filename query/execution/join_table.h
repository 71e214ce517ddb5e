// The build side of a hash join: rows grouped by key, and a table from keys to them.
//
// Rows are first spread over up to 1,024 partitions by the hash of their key, so
// that what follows stays in the processor's cache as long as there are no more
// than eight million rows and no key has many of them: a partition's rows are moved
// into key order by a counting sort, and its own table is filled. A slot holds the
// key itself (of one column) or its hash, and the key's range of rows, so that a
// probe meets one line of memory; the lines of a batch are fetched ahead.

#ifndef SANAD_QUERY_EXECUTION_JOIN_TABLE_H_
#define SANAD_QUERY_EXECUTION_JOIN_TABLE_H_

#include <cstdint>
#include <vector>

#include "query/expression/batch.h"
#include "query/expression/query_context.h"

namespace sanad {

// Rows [begin, end) of a batch.
struct RowRange {
  uint32_t begin = 0, end = 0;
};

// Thread-compatible once built.
class JoinTable {
 public:
  explicit JoinTable(QueryContext& context) : context_(context), memory_(context) {}

  // Moves `rows` into key order. `keys`: at least one column of them. The rows
  // stay as they are as long as the table is asked. False when the query has met
  // a limit. REQUIRES: fewer than 2^32 - 1 rows.
  bool Build(Batch& rows, std::vector<size_t> keys);
  // The rows of the first `count` keys in `columns`, which are parallel to `keys`;
  // ranges of other keys stay as they are.
  void Find(const Batch& rows, const std::vector<const TermId*>& columns, size_t count,
            std::vector<RowRange>& ranges);

 private:
  struct Slot {
    uint64_t tag = 0;
    uint32_t begin = 0, end = 0;  // Equal: a free slot.
  };
  struct Partition {
    std::vector<Slot> slots;
    // Spreads a hash over the slots.
    size_t Place(uint64_t hash) const {
      return static_cast<size_t>(((hash & 0xFFFFFFFF) * slots.size()) >> 32);
    }
  };
  class Grouping;

  size_t PartitionOf(uint64_t hash) const {
    return bits_ == 0 ? 0 : static_cast<size_t>(hash >> (64 - bits_));
  }
  // Moves rows and hashes into the order of their partitions.
  bool Spread(Batch& rows, std::vector<uint64_t>& hashes);
  bool Matches(const Batch& rows, const Slot& slot, const std::vector<const TermId*>& columns,
               size_t row) const;

  QueryContext& context_;
  std::vector<size_t> keys_;
  unsigned bits_ = 0;  // 2^bits_ partitions.
  std::vector<uint32_t> begins_;
  std::vector<Partition> partitions_;
  std::vector<uint64_t> probes_;
  MemoryHold memory_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_JOIN_TABLE_H_
