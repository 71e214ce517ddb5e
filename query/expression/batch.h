// A column batch of solutions: ids by column, undefined where unbound.
//
// Operators hand these up the tree. A column's vector may be longer than the
// batch; only the first `size` entries count. Where columns nobody reads were
// dropped, equal solutions may come as one row with a multiplicity.

#ifndef SANAD_QUERY_EXPRESSION_BATCH_H_
#define SANAD_QUERY_EXPRESSION_BATCH_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "storage/encoding/term_id.h"

namespace sanad {

struct Batch {
  static constexpr size_t kCapacity = 2048;

  std::vector<std::vector<TermId>> columns;
  std::vector<uint64_t> multiplicity;  // Empty: one each.
  size_t size = 0;

  // Empties the batch and gives it `width` columns; keeps allocations.
  void Reset(size_t width) {
    columns.resize(width);
    multiplicity.clear();
    size = 0;
  }
  uint64_t multiplicity_of(size_t row) const {
    return multiplicity.empty() ? 1 : multiplicity[row];
  }
  // Keeps the rows of `selection` (rising), in place.
  void Keep(const std::vector<uint32_t>& selection) {
    for (auto& column : columns) {
      for (size_t i = 0; i < selection.size(); ++i) column[i] = column[selection[i]];
    }
    if (!multiplicity.empty()) {
      for (size_t i = 0; i < selection.size(); ++i) multiplicity[i] = multiplicity[selection[i]];
    }
    size = selection.size();
  }
  // Appends a row of another batch with as many columns.
  void Append(const Batch& from, size_t row) {
    for (size_t c = 0; c < columns.size(); ++c) {
      columns[c].resize(size);
      columns[c].push_back(from.columns[c][row]);
    }
    SetMultiplicity(size, from.multiplicity_of(row));
    ++size;
  }
  // Appends `count` rows from `begin` on of another batch with as many columns.
  void AppendRange(const Batch& from, size_t begin, size_t count) {
    for (size_t c = 0; c < columns.size(); ++c) {
      columns[c].resize(size);
      const auto first = from.columns[c].begin() + static_cast<std::ptrdiff_t>(begin);
      columns[c].insert(columns[c].end(), first, first + static_cast<std::ptrdiff_t>(count));
    }
    if (!from.multiplicity.empty() || !multiplicity.empty()) {
      multiplicity.resize(size, 1);
      for (size_t i = 0; i < count; ++i) multiplicity.push_back(from.multiplicity_of(begin + i));
    }
    size += count;
  }
  // Notes the multiplicity of a row at or past the end of those noted.
  void SetMultiplicity(size_t row, uint64_t count) {
    if (multiplicity.empty() && count == 1) return;
    if (multiplicity.size() <= row) multiplicity.resize(row + 1, 1);
    multiplicity[row] = count;
  }
  // Completes `multiplicity` after SetMultiplicity calls.
  void FinishMultiplicity() {
    if (!multiplicity.empty()) multiplicity.resize(size, 1);
  }
  size_t bytes() const {
    size_t total = multiplicity.capacity() * sizeof(uint64_t);
    for (const auto& column : columns) total += column.capacity() * sizeof(TermId);
    return total;
  }
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXPRESSION_BATCH_H_
