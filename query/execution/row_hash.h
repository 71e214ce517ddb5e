// The hash of a row of ids.

#ifndef SANAD_QUERY_EXECUTION_ROW_HASH_H_
#define SANAD_QUERY_EXECUTION_ROW_HASH_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "storage/encoding/term_id.h"

namespace sanad {

// Every bit of the key changes high and low bits alike: tables take a partition
// from the high bits and a place in it from the low ones.
inline uint64_t ExtendHash(uint64_t hash, TermId id) {
  hash = (hash ^ id.bits()) * 0x9E3779B97F4A7C15u;
  hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93u;
  return hash ^ (hash >> 32);
}

// The hash of row `row` of the columns.
inline uint64_t HashRow(const std::vector<const TermId*>& columns, size_t row) {
  uint64_t hash = 0;
  for (const TermId* column : columns) hash = ExtendHash(hash, column[row]);
  return hash;
}

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_ROW_HASH_H_
