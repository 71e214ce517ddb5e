// See delta.h.

#include "storage/index/delta.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "storage/encoding/varint.h"

namespace sanad {
namespace {

bool SameTripleOf(const IdQuad& a, const IdQuad& b) {
  return a.subject == b.subject && a.predicate == b.predicate && a.object == b.object;
}

std::pair<size_t, size_t> Bounds(const std::vector<Row>& rows, const Row& low, const Row& high) {
  auto first = std::lower_bound(rows.begin(), rows.end(), low);
  auto last = std::upper_bound(first, rows.end(), high);
  return {static_cast<size_t>(first - rows.begin()), static_cast<size_t>(last - rows.begin())};
}

// Ids keep their kind in the top bits; turned to the bottom, small positions
// make short varints.
uint64_t Rotated(TermId id) { return std::rotl(id.bits(), 4); }
TermId Unrotated(uint64_t value) { return TermId(std::rotr(value, 4)); }

}  // namespace

const SortedDelta& DeltaRun::In(Order order) const {
  const auto index = static_cast<size_t>(order);
  std::call_once(once_[index], [&] {
    struct Keyed {
      Row row;
      int8_t quad_sign, triple_sign;
    };
    std::vector<Keyed> keyed;
    keyed.reserve(entries_.size());
    for (const DeltaEntry& entry : entries_) {
      keyed.push_back({RowOf(entry.quad, order), entry.quad_sign, entry.triple_sign});
    }
    if (order != Order::kSpo) {
      std::sort(keyed.begin(), keyed.end(),
                [](const Keyed& a, const Keyed& b) { return a.row < b.row; });
    }
    SortedDelta& sorted = sorted_[index];
    sorted.rows.reserve(keyed.size());
    sorted.quad_sums.reserve(keyed.size() + 1);
    sorted.triple_sums.reserve(keyed.size() + 1);
    int32_t quads = 0, triples = 0;
    sorted.quad_sums.push_back(0);
    sorted.triple_sums.push_back(0);
    for (const Keyed& entry : keyed) {
      sorted.rows.push_back(entry.row);
      sorted.quad_sums.push_back(quads += entry.quad_sign);
      sorted.triple_sums.push_back(triples += entry.triple_sign);
    }
  });
  return sorted_[index];
}

std::vector<DeltaEntry> MergeDelta(std::span<const DeltaEntry> older,
                                   std::span<const DeltaEntry> newer) {
  std::vector<DeltaEntry> merged;
  merged.reserve(older.size() + newer.size());
  size_t a = 0, b = 0;
  const auto next_quad = [&]() -> const IdQuad* {
    if (a == older.size() && b == newer.size()) return nullptr;
    if (a == older.size()) return &newer[b].quad;
    if (b == newer.size()) return &older[a].quad;
    return std::min(&older[a].quad, &newer[b].quad,
                    [](const IdQuad* x, const IdQuad* y) { return *x < *y; });
  };
  while (const IdQuad* head = next_quad()) {
    // One triple at a time: its triple signs are summed on its first survivor.
    const IdQuad triple = *head;
    const size_t first = merged.size();
    int triple_sign = 0;
    for (const IdQuad* quad = head; quad != nullptr && SameTripleOf(*quad, triple);
         quad = next_quad()) {
      DeltaEntry entry{*quad, 0, 0};
      int sign = 0;
      if (a < older.size() && older[a].quad == entry.quad) {
        sign += older[a].quad_sign;
        triple_sign += older[a++].triple_sign;
      }
      if (b < newer.size() && newer[b].quad == entry.quad) {
        sign += newer[b].quad_sign;
        triple_sign += newer[b++].triple_sign;
      }
      entry.quad_sign = static_cast<int8_t>(sign);
      if (sign != 0) merged.push_back(entry);
    }
    if (first < merged.size()) merged[first].triple_sign = static_cast<int8_t>(triple_sign);
  }
  return merged;
}

size_t DeltaVersion::size() const {
  size_t size = 0;
  EachRun([&](const auto& run) { size += run->entries().size(); });
  return size;
}

DeltaVersion DeltaVersion::With(std::shared_ptr<const DeltaRun> run) const {
  DeltaVersion next = *this;
  if (run->entries().empty()) return next;
  next.young_.push_back(std::move(run));
  while (next.young_.size() > 1) {
    const DeltaRun& older = *next.young_[next.young_.size() - 2];
    const DeltaRun& newer = *next.young_.back();
    if (older.entries().size() > 2 * newer.entries().size()) break;
    auto merged = std::make_shared<DeltaRun>(MergeDelta(older.entries(), newer.entries()));
    next.young_.pop_back();
    next.young_.back() = std::move(merged);
    if (next.young_.back()->entries().empty()) next.young_.pop_back();
  }
  return next;
}

DeltaVersion DeltaVersion::Frozen() const {
  DeltaVersion next = *this;
  next.frozen_.insert(next.frozen_.end(), young_.begin(), young_.end());
  next.young_.clear();
  return next;
}

DeltaVersion DeltaVersion::WithoutFrozen() const {
  DeltaVersion next = *this;
  next.frozen_.clear();
  return next;
}

DeltaVersion DeltaVersion::FrozenOnly() const {
  DeltaVersion next = *this;
  next.young_.clear();
  return next;
}

DeltaVersion DeltaVersion::Thawed() const {
  DeltaVersion next;
  EachRun([&](const auto& run) { next.young_.push_back(run); });
  return next;
}

DeltaRange DeltaVersion::Range(Order order, const Row& low, const Row& high) const {
  DeltaRange range;
  EachRun([&](const std::shared_ptr<const DeltaRun>& run) {
    const SortedDelta& sorted = run->In(order);
    const auto [first, last] = Bounds(sorted.rows, low, high);
    if (first == last) return;
    if (range.rows.empty()) {
      range.rows = std::span(sorted.rows).subspan(first, last - first);
      range.signs.reserve(last - first);
      for (size_t i = first; i < last; ++i) {
        range.signs.push_back(static_cast<int8_t>(sorted.sign(i)));
      }
      range.run = run;
      return;
    }
    std::vector<Row> rows;
    std::vector<int8_t> signs;
    rows.reserve(range.rows.size() + last - first);
    signs.reserve(range.rows.size() + last - first);
    size_t a = 0, b = first;
    while (a < range.rows.size() || b < last) {
      if (b == last || (a < range.rows.size() && range.rows[a] < sorted.rows[b])) {
        rows.push_back(range.rows[a]);
        signs.push_back(range.signs[a++]);
      } else if (a == range.rows.size() || sorted.rows[b] < range.rows[a]) {
        rows.push_back(sorted.rows[b]);
        signs.push_back(static_cast<int8_t>(sorted.sign(b++)));
      } else {
        const int sign = range.signs[a++] + sorted.sign(b);
        if (sign != 0) {
          rows.push_back(sorted.rows[b]);
          signs.push_back(static_cast<int8_t>(sign));
        }
        ++b;
      }
    }
    range.own = std::move(rows);
    range.signs = std::move(signs);
    range.rows = range.own;
  });
  return range;
}

DeltaSums DeltaVersion::Sums(Order order, const Row& low, const Row& high) const {
  DeltaSums sums;
  EachRun([&](const auto& run) {
    const SortedDelta& sorted = run->In(order);
    const auto [first, last] = Bounds(sorted.rows, low, high);
    sums.rows += sorted.quad_sums[last] - sorted.quad_sums[first];
    sums.triples += sorted.triple_sums[last] - sorted.triple_sums[first];
  });
  return sums;
}

bool DeltaVersion::Touches(Order order, const Row& low, const Row& high) const {
  bool touches = false;
  EachRun([&](const auto& run) {
    const auto [first, last] = Bounds(run->In(order).rows, low, high);
    touches = touches || first < last;
  });
  return touches;
}

uint64_t DeltaVersion::Added() const {
  const std::vector<DeltaEntry> entries = Entries();
  return static_cast<uint64_t>(std::count_if(entries.begin(), entries.end(),
                                             [](const DeltaEntry& e) { return e.quad_sign > 0; }));
}

uint64_t DeltaVersion::Removed() const {
  const std::vector<DeltaEntry> entries = Entries();
  return static_cast<uint64_t>(std::count_if(entries.begin(), entries.end(),
                                             [](const DeltaEntry& e) { return e.quad_sign < 0; }));
}

std::vector<DeltaEntry> DeltaVersion::Entries() const {
  std::vector<DeltaEntry> entries;
  EachRun([&](const auto& run) { entries = MergeDelta(entries, run->entries()); });
  return entries;
}

std::string EncodeDeltaRecord(std::span<const DeltaEntry> entries) {
  std::string bytes;
  PutVarint(bytes, entries.size());
  IdQuad before;
  for (const DeltaEntry& entry : entries) {
    const bool same_subject = entry.quad.subject == before.subject;
    const bool same_predicate = entry.quad.predicate == before.predicate;
    const bool same_graph = entry.quad.graph == before.graph;
    bytes.push_back(static_cast<char>((entry.quad_sign > 0 ? 1 : 0) |
                                      (entry.triple_sign != 0 ? 2 : 0) | (same_subject ? 4 : 0) |
                                      (same_predicate ? 8 : 0) | (same_graph ? 16 : 0)));
    if (!same_subject) PutVarint(bytes, Rotated(entry.quad.subject));
    if (!same_predicate) PutVarint(bytes, Rotated(entry.quad.predicate));
    PutVarint(bytes, Rotated(entry.quad.object));
    if (!same_graph) PutVarint(bytes, Rotated(entry.quad.graph));
    before = entry.quad;
  }
  return bytes;
}

bool DecodeDeltaRecord(std::string_view bytes, std::vector<DeltaEntry>& entries) {
  entries.clear();
  uint64_t count = 0;
  if (!TakeVarint(bytes, count) || count > bytes.size()) return false;
  entries.reserve(count);
  DeltaEntry entry;
  const auto take = [&](TermId& id) {
    uint64_t value = 0;
    if (!TakeVarint(bytes, value)) return false;
    id = Unrotated(value);
    return true;
  };
  for (uint64_t i = 0; i < count; ++i) {
    if (bytes.empty()) return false;
    const auto flags = static_cast<uint8_t>(bytes.front());
    bytes.remove_prefix(1);
    const IdQuad before = entry.quad;
    if ((flags & 4) == 0 && !take(entry.quad.subject)) return false;
    if ((flags & 8) == 0 && !take(entry.quad.predicate)) return false;
    if (!take(entry.quad.object)) return false;
    if ((flags & 16) == 0 && !take(entry.quad.graph)) return false;
    entry.quad_sign = (flags & 1) != 0 ? 1 : -1;
    entry.triple_sign = (flags & 2) != 0 ? entry.quad_sign : int8_t{0};
    if (i > 0 && !(before < entry.quad)) return false;
    entries.push_back(entry);
  }
  return bytes.empty();
}

}  // namespace sanad
