// See load_rows.h.

#include "storage/load/load_rows.h"

#include <algorithm>
#include <utility>

#include "storage/encoding/bit_packing.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr int kDigitBits = 11;
constexpr size_t kDigits = size_t{1} << kDigitBits;

// Sorts `keys` of `bits` bits, least digit first. Digits that are alike in all
// keys cost one pass of counting.
template <typename Key>
void RadixSort(std::vector<Key>& keys, int bits) {
  std::vector<Key> other(keys.size());
  std::vector<size_t> starts(kDigits);
  for (int shift = 0; shift < bits; shift += kDigitBits) {
    std::fill(starts.begin(), starts.end(), 0);
    for (const Key& key : keys) ++starts[static_cast<size_t>(key >> shift) & (kDigits - 1)];
    size_t sum = 0;
    bool alike = false;
    for (size_t& start : starts) {
      alike = alike || start == keys.size();
      sum += std::exchange(start, sum);
    }
    if (alike) continue;
    for (const Key& key : keys) {
      other[starts[static_cast<size_t>(key >> shift) & (kDigits - 1)]++] = key;
    }
    keys.swap(other);
  }
}

// The ids of one column by rank, and the rank by term number.
struct ColumnRanks {
  std::vector<TermId> ids;
  int bits = 0;
};

struct Ranks {
  std::array<ColumnRanks, 4> columns;
  std::array<std::vector<uint32_t>, 4> rank_of;  // By term number.
};

Ranks MakeRanks(const LoadRowBuffer& buffer, const std::vector<TermId>& ids) {
  std::array<std::vector<bool>, 4> used;
  for (auto& column : used) column.resize(ids.size());
  for (const auto& chunk : buffer.chunks()) {
    for (const LoadRow& row : chunk) {
      for (size_t c = 0; c < 4; ++c) used[c][row[c]] = true;
    }
  }
  Ranks ranks;
  std::vector<std::pair<TermId, uint32_t>> sorted;
  for (size_t c = 0; c < 4; ++c) {
    sorted.clear();
    for (uint32_t n = 0; n < ids.size(); ++n) {
      if (used[c][n]) sorted.emplace_back(ids[n], n);
    }
    std::sort(sorted.begin(), sorted.end());
    ranks.rank_of[c].resize(ids.size());
    for (const auto& [id, number] : sorted) {
      ranks.rank_of[c][number] = static_cast<uint32_t>(ranks.columns[c].ids.size());
      ranks.columns[c].ids.push_back(id);
    }
    ranks.columns[c].bits = BitWidth(sorted.empty() ? 0 : sorted.size() - 1);
  }
  return ranks;
}

// Where the columns of an order lie in a key: the last one lowest.
struct KeyLayout {
  std::array<int, 4> shifts;  // By position: subject, predicate, object, graph.
  int bits = 0;
};

KeyLayout LayoutOf(Order order, const std::array<ColumnRanks, 4>& columns) {
  KeyLayout layout;
  const std::array<int, 4> positions = ColumnsOf(order);
  for (size_t c = 4; c-- > 0;) {
    const auto position = static_cast<size_t>(positions[c]);
    layout.shifts[position] = layout.bits;
    layout.bits += columns[position].bits;
  }
  return layout;
}

template <typename Key>
class KeyStream : public ChangeStream {
 public:
  KeyStream(std::vector<Key> own, const std::vector<Key>* keys, Order order,
            const std::array<ColumnRanks, 4>& columns)
      : own_(std::move(own)), keys_(keys == nullptr ? own_ : *keys) {
    const KeyLayout layout = LayoutOf(order, columns);
    const std::array<int, 4> positions = ColumnsOf(order);
    for (size_t c = 0; c < 4; ++c) {
      const auto position = static_cast<size_t>(positions[c]);
      ids_[c] = columns[position].ids.data();
      shifts_[c] = layout.shifts[position];
      masks_[c] = (uint64_t{1} << columns[position].bits) - 1;
    }
    if (!keys_.empty()) Unpack();
  }
  const Row* head() const override { return next_ < keys_.size() ? &row_ : nullptr; }
  int sign() const override { return 1; }
  absl::Status Advance() override {
    if (++next_ < keys_.size()) Unpack();
    return absl::OkStatus();
  }

 private:
  void Unpack() {
    const Key key = keys_[next_];
    for (size_t c = 0; c < 4; ++c) {
      row_[c] = ids_[c][static_cast<uint64_t>(key >> shifts_[c]) & masks_[c]];
    }
  }

  std::vector<Key> own_;
  const std::vector<Key>& keys_;
  std::array<const TermId*, 4> ids_;
  std::array<int, 4> shifts_;
  std::array<uint64_t, 4> masks_;
  Row row_{};
  size_t next_ = 0;
};

template <typename Key>
class KeyedLoad : public LoadedRows {
 public:
  KeyedLoad(LoadRowBuffer& buffer, Ranks ranks) : columns_(std::move(ranks.columns)) {
    const KeyLayout layout = LayoutOf(Order::kSpo, columns_);
    keys_.reserve(buffer.size());
    for (size_t i = 0; i < buffer.chunks().size(); ++i) {
      for (const LoadRow& row : buffer.chunks()[i]) {
        Key key = 0;
        for (size_t c = 0; c < 4; ++c) {
          key |= static_cast<Key>(ranks.rank_of[c][row[c]]) << layout.shifts[c];
        }
        keys_.push_back(key);
      }
      buffer.Release(i);
    }
    RadixSort(keys_, layout.bits);
    keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
  }

  absl::StatusOr<std::unique_ptr<ChangeStream>> In(Order order) const override {
    if (order == Order::kSpo) {
      return std::make_unique<KeyStream<Key>>(std::vector<Key>(), &keys_, order, columns_);
    }
    const KeyLayout from = LayoutOf(Order::kSpo, columns_), to = LayoutOf(order, columns_);
    std::array<Key, 4> masks;
    for (size_t c = 0; c < 4; ++c) masks[c] = (Key{1} << columns_[c].bits) - 1;
    std::vector<Key> keys;
    keys.reserve(keys_.size());
    for (const Key& key : keys_) {
      Key moved = 0;
      for (size_t c = 0; c < 4; ++c) {
        moved |= (key >> from.shifts[c] & masks[c]) << to.shifts[c];
      }
      keys.push_back(moved);
    }
    RadixSort(keys, to.bits);
    return std::make_unique<KeyStream<Key>>(std::move(keys), nullptr, order, columns_);
  }

 private:
  std::array<ColumnRanks, 4> columns_;
  std::vector<Key> keys_;  // In SPO order.
};

}  // namespace

std::unique_ptr<LoadedRows> SortRows(LoadRowBuffer& buffer, const std::vector<TermId>& ids) {
  Ranks ranks = MakeRanks(buffer, ids);
  int bits = 0;
  for (const ColumnRanks& column : ranks.columns) bits += column.bits;
  if (bits <= 63) return std::make_unique<KeyedLoad<uint64_t>>(buffer, std::move(ranks));
  return std::make_unique<KeyedLoad<Wide>>(buffer, std::move(ranks));
}

const Row* MergedStream::head() const {
  const Row *const a = a_.head(), *const b = b_.head();
  if (a == nullptr || b == nullptr) return a == nullptr ? b : a;
  return *b < *a ? b : a;
}

int MergedStream::sign() const {
  const Row *const a = a_.head(), *const b = b_.head();
  if (a == nullptr || b == nullptr) return a == nullptr ? b_.sign() : a_.sign();
  if (*a == *b) return std::max(a_.sign(), b_.sign());
  return *b < *a ? b_.sign() : a_.sign();
}

absl::Status MergedStream::Advance() {
  const Row *const a = a_.head(), *const b = b_.head();
  if (a == nullptr) return b_.Advance();
  if (b == nullptr) return a_.Advance();
  const bool from_a = !(*b < *a), from_b = !(*a < *b);
  if (from_a) SANAD_RETURN_IF_ERROR(a_.Advance());
  if (from_b) SANAD_RETURN_IF_ERROR(b_.Advance());
  return absl::OkStatus();
}

}  // namespace sanad
