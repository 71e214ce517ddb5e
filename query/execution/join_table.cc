// See join_table.h.

#include "query/execution/join_table.h"

#include <algorithm>

#include "query/execution/row_hash.h"

namespace sanad {
namespace {

constexpr size_t kPartitionRows = 8192;
constexpr unsigned kMostBits = 10;
// Probes whose lines of memory are fetched at a time.
constexpr size_t kAhead = 256;

template <typename T>
void Move(std::vector<T>& column, const std::vector<uint32_t>& target) {
  std::vector<T> moved(target.size());
  for (size_t row = 0; row < target.size(); ++row) moved[target[row]] = column[row];
  column.swap(moved);
}

// Moves the part of a column that begins at `begin`.
template <typename T>
void MovePart(std::vector<T>& column, size_t begin, const std::vector<uint32_t>& target,
              std::vector<T>& scratch) {
  const auto from = column.begin() + static_cast<std::ptrdiff_t>(begin);
  scratch.assign(from, from + static_cast<std::ptrdiff_t>(target.size()));
  for (size_t row = 0; row < target.size(); ++row) column[begin + target[row]] = scratch[row];
}

}  // namespace

// Groups the rows of one partition after the other by their keys.
class JoinTable::Grouping {
 public:
  // What a row of the partition at work takes at most: two heads of its key, its
  // number, the key's first row and start, its target, and one column being moved.
  static constexpr size_t kBytesPerRow = 8 * sizeof(uint32_t) + sizeof(uint64_t);

  Grouping(QueryContext& context, Batch& rows, const std::vector<uint64_t>& hashes,
           const std::vector<size_t>& keys)
      : context_(context), rows_(rows), hashes_(hashes), keys_(keys) {}

  // Rows [begin, end) into key order, and their slots. False when the query has
  // met a limit.
  bool Run(size_t begin, size_t end, Partition& partition) {
    if (!Number(begin, end)) return false;
    const size_t distinct = firsts_.size();
    starts_.assign(distinct + 1, 0);
    for (const uint32_t number : numbers_) ++starts_[number + 1];
    for (size_t k = 0; k < distinct; ++k) starts_[k + 1] += starts_[k];
    Fill(begin, partition);
    return distinct == numbers_.size() || Arrange(begin);
  }

 private:
  bool SameKey(size_t a, size_t b) const {
    return hashes_[a] == hashes_[b] && std::all_of(keys_.begin(), keys_.end(), [&](size_t key) {
             return rows_.columns[key][a] == rows_.columns[key][b];
           });
  }

  // Numbers the keys in the order in which they come.
  bool Number(size_t begin, size_t end) {
    size_t size = 16;
    while (size < 2 * (end - begin)) size *= 2;
    heads_.assign(size, 0);
    firsts_.clear();
    numbers_.resize(end - begin);
    for (size_t row = begin; row < end; ++row) {
      if ((row - begin) % kInterruptRows == 0 && context_.Interrupted()) return false;
      size_t slot = hashes_[row] & (size - 1);
      while (heads_[slot] != 0 && !SameKey(firsts_[heads_[slot] - 1], row)) {
        slot = (slot + 1) & (size - 1);
      }
      if (heads_[slot] == 0) {
        firsts_.push_back(static_cast<uint32_t>(row));
        heads_[slot] = static_cast<uint32_t>(firsts_.size());
      }
      numbers_[row - begin] = heads_[slot] - 1;
    }
    return true;
  }

  void Fill(size_t begin, Partition& partition) {
    const size_t distinct = firsts_.size();
    partition.slots.assign(distinct + distinct / 2 + 1, Slot());
    for (size_t k = 0; k < distinct; ++k) {
      const uint64_t hash = hashes_[firsts_[k]];
      size_t place = partition.Place(hash);
      while (partition.slots[place].begin != partition.slots[place].end) {
        if (++place == partition.slots.size()) place = 0;
      }
      partition.slots[place] = {
          keys_.size() == 1 ? rows_.columns[keys_[0]][firsts_[k]].bits() : hash,
          static_cast<uint32_t>(begin + starts_[k]), static_cast<uint32_t>(begin + starts_[k + 1])};
    }
  }

  // A counting sort by number.
  bool Arrange(size_t begin) {
    target_.resize(numbers_.size());
    for (size_t i = 0; i < numbers_.size(); ++i) target_[i] = starts_[numbers_[i]]++;
    for (auto& column : rows_.columns) {
      if (context_.Interrupted()) return false;
      MovePart(column, begin, target_, ids_);
    }
    if (!rows_.multiplicity.empty()) MovePart(rows_.multiplicity, begin, target_, counts_);
    return true;
  }

  QueryContext& context_;
  Batch& rows_;
  const std::vector<uint64_t>& hashes_;
  const std::vector<size_t>& keys_;
  std::vector<uint32_t> heads_;    // By hash: a key's number + 1; 0: free.
  std::vector<uint32_t> firsts_;   // By number: the key's first row.
  std::vector<uint32_t> numbers_;  // By row.
  std::vector<uint32_t> starts_, target_;
  std::vector<TermId> ids_;
  std::vector<uint64_t> counts_;
};

bool JoinTable::Spread(Batch& rows, std::vector<uint64_t>& hashes) {
  const size_t count = size_t{1} << bits_;
  begins_.assign(count + 1, 0);
  for (const uint64_t hash : hashes) ++begins_[PartitionOf(hash) + 1];
  for (size_t p = 0; p < count; ++p) begins_[p + 1] += begins_[p];
  if (count == 1) return true;
  std::vector<uint32_t> next(begins_.begin(), begins_.end() - 1);
  std::vector<uint32_t> target(rows.size);
  for (size_t row = 0; row < rows.size; ++row) target[row] = next[PartitionOf(hashes[row])]++;
  for (auto& column : rows.columns) {
    if (context_.Interrupted()) return false;
    Move(column, target);
  }
  if (!rows.multiplicity.empty()) Move(rows.multiplicity, target);
  Move(hashes, target);
  return !context_.Interrupted();
}

bool JoinTable::Build(Batch& rows, std::vector<size_t> keys) {
  keys_ = std::move(keys);
  while (bits_ < kMostBits && (kPartitionRows << bits_) < rows.size) ++bits_;
  const size_t columns = rows.columns.size() + (rows.multiplicity.empty() ? 0 : 1);
  // Hashes and targets of the rows, and one column being moved.
  if (!memory_.Set(rows.size * (8 + 4 + (columns > 0 ? 8 : 0)))) return false;
  std::vector<const TermId*> key_columns;
  for (const size_t key : keys_) key_columns.push_back(rows.columns[key].data());
  std::vector<uint64_t> hashes(rows.size);
  for (size_t row = 0; row < rows.size; ++row) {
    if (row % kInterruptRows == 0 && context_.Interrupted()) return false;
    hashes[row] = HashRow(key_columns, row);
  }
  if (!Spread(rows, hashes)) return false;
  size_t largest = 0;
  for (size_t p = 0; p + 1 < begins_.size(); ++p) {
    largest = std::max<size_t>(largest, begins_[p + 1] - begins_[p]);
  }
  // All that grouping holds but for the slots: the hashes and one partition at work.
  const size_t temporary = rows.size * sizeof(uint64_t) + largest * Grouping::kBytesPerRow;
  if (!memory_.Set(temporary)) return false;
  size_t slots = 0;
  partitions_.resize(size_t{1} << bits_);
  Grouping grouping(context_, rows, hashes, keys_);
  for (size_t p = 0; p < partitions_.size(); ++p) {
    if (context_.Interrupted()) return false;
    if (!grouping.Run(begins_[p], begins_[p + 1], partitions_[p])) return false;
    slots += partitions_[p].slots.size();
    if (!memory_.Set(temporary + slots * sizeof(Slot))) return false;
  }
  return memory_.Set(slots * sizeof(Slot));
}

bool JoinTable::Matches(const Batch& rows, const Slot& slot,
                        const std::vector<const TermId*>& columns, size_t row) const {
  for (size_t c = 0; c < keys_.size(); ++c) {
    if (rows.columns[keys_[c]][slot.begin] != columns[c][row]) return false;
  }
  return true;
}

void JoinTable::Find(const Batch& rows, const std::vector<const TermId*>& columns, size_t count,
                     std::vector<RowRange>& ranges) {
  probes_.resize(kAhead);
  for (size_t begin = 0; begin < count; begin += kAhead) {
    const size_t end = std::min(count, begin + kAhead);
    for (size_t row = begin; row < end; ++row) {
      const uint64_t hash = HashRow(columns, row);
      probes_[row - begin] = hash;
      const Partition& partition = partitions_[PartitionOf(hash)];
      __builtin_prefetch(partition.slots.data() + partition.Place(hash));
    }
    for (size_t row = begin; row < end; ++row) {
      const uint64_t hash = probes_[row - begin];
      const std::vector<Slot>& slots = partitions_[PartitionOf(hash)].slots;
      const uint64_t tag = keys_.size() == 1 ? columns[0][row].bits() : hash;
      size_t place = partitions_[PartitionOf(hash)].Place(hash);
      while (slots[place].begin != slots[place].end) {
        const Slot& slot = slots[place];
        if (slot.tag == tag && (keys_.size() == 1 || Matches(rows, slot, columns, row))) {
          ranges[row] = {slot.begin, slot.end};
          break;
        }
        if (++place == slots.size()) place = 0;
      }
    }
  }
}

}  // namespace sanad
