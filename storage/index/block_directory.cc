// See block_directory.h.

#include "storage/index/block_directory.h"

#include <algorithm>
#include <bit>

#include "storage/encoding/varint.h"
#include "storage/families.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

std::string NodeKey(Order order, char level, uint64_t number) {
  std::string key;
  key.push_back(static_cast<char>(order));
  key.push_back(level);
  PutBigEndian(key, number);
  return key;
}

absl::Status Damaged() {
  return absl::DataLossError(
      "a block of the quad index is damaged or missing; run `sanad validate` to see which, and "
      "restore the store from a backup");
}

// Kinds lie in the top bits of ids; turned to the bottom, varints stay short.
void PutId(std::string& out, TermId id) { PutVarint(out, std::rotl(id.bits(), 4)); }
bool TakeId(std::string_view& in, TermId& id) {
  uint64_t value = 0;
  if (!TakeVarint(in, value)) return false;
  id = TermId(std::rotr(value, 4));
  return true;
}

}  // namespace

std::string BlockKey(Order order, uint64_t number) { return NodeKey(order, 0, number); }
std::string PageKey(Order order, uint64_t number) { return NodeKey(order, 1, number); }

bool NextRow(Row& row) {
  for (size_t c = 4; c-- > 0;) {
    if (row[c] != TermId::Max()) {
      row[c] = TermId(row[c].bits() + 1);
      return true;
    }
    row[c] = TermId::Min();
  }
  return false;
}

void NodeList::Sum() {
  before.assign(1, Sums());
  before.reserve(nodes.size() + 1);
  for (const NodeInfo& node : nodes) {
    const Sums& last = before.back();
    before.push_back({last.rows + node.rows, last.triples + node.triples, last.pairs + node.pairs});
  }
}

size_t NodeList::Find(const Row& row, size_t from) const {
  const auto it =
      std::lower_bound(nodes.begin() + static_cast<ptrdiff_t>(from), nodes.end(), row,
                       [](const NodeInfo& node, const Row& r) { return node.last < r; });
  return static_cast<size_t>(it - nodes.begin());
}

std::string EncodeNodes(const std::vector<NodeInfo>& nodes) {
  std::string out;
  PutVarint(out, nodes.size());
  for (const NodeInfo& node : nodes) {
    PutVarint(out, node.number);
    PutVarint(out, node.rows);
    PutVarint(out, node.rows - node.triples);
    PutVarint(out, node.rows - node.pairs);
    for (const TermId id : node.first) PutId(out, id);
    for (const TermId id : node.last) PutId(out, id);
    PutId(out, node.least_graph);
    PutId(out, node.most_graph);
  }
  return out;
}

bool DecodeNodes(std::string_view bytes, std::vector<NodeInfo>& nodes) {
  nodes.clear();
  uint64_t count = 0;
  if (!TakeVarint(bytes, count) || count > bytes.size()) return false;
  nodes.reserve(count);
  for (uint64_t i = 0; i < count; ++i) {
    NodeInfo node;
    uint64_t repeated_triples = 0, repeated_pairs = 0;
    bool good = TakeVarint(bytes, node.number) && TakeVarint(bytes, node.rows) &&
                TakeVarint(bytes, repeated_triples) && TakeVarint(bytes, repeated_pairs);
    for (TermId& id : node.first) good = good && TakeId(bytes, id);
    for (TermId& id : node.last) good = good && TakeId(bytes, id);
    good = good && TakeId(bytes, node.least_graph) && TakeId(bytes, node.most_graph);
    if (!good || repeated_triples > node.rows || repeated_pairs > node.rows ||
        node.last < node.first || (!nodes.empty() && !(nodes.back().last < node.first))) {
      return false;
    }
    node.triples = node.rows - repeated_triples;
    node.pairs = node.rows - repeated_pairs;
    nodes.push_back(node);
  }
  return bytes.empty();
}

absl::StatusOr<std::shared_ptr<const BlockDirectory>> BlockDirectory::Decode(
    Order order, std::string_view bytes) {
  std::vector<NodeInfo> pages;
  if (!DecodeNodes(bytes, pages)) return Damaged();
  return FromPages(order, std::move(pages), nullptr);
}

std::shared_ptr<const BlockDirectory> BlockDirectory::FromPages(Order order,
                                                                std::vector<NodeInfo> pages,
                                                                const BlockDirectory* old) {
  auto directory = std::make_shared<BlockDirectory>(order);
  directory->top_.nodes = std::move(pages);
  directory->top_.Sum();
  size_t o = 0;
  for (const NodeInfo& page : directory->top_.nodes) {
    // Pages in use keep their order, so one pass finds them.
    if (old != nullptr) {
      while (o < old->top_.nodes.size() && old->top_.nodes[o].last < page.last) ++o;
      if (o < old->top_.nodes.size() && old->top_.nodes[o].number == page.number) {
        directory->pages_.push_back(old->pages_[o]);
        continue;
      }
    }
    directory->pages_.push_back(std::make_shared<LazyPage>());
  }
  return directory;
}

absl::StatusOr<const NodeList*> BlockDirectory::Page(size_t page, kv::Engine& engine,
                                                     const kv::Snapshot* snapshot) const {
  LazyPage& lazy = *pages_[page];
  if (!lazy.read.load(std::memory_order_acquire)) {
    SANAD_RETURN_IF_ERROR(ReadPage(page, engine, snapshot));
  }
  return &lazy.blocks;
}

absl::Status BlockDirectory::ReadPage(size_t page, kv::Engine& engine,
                                      const kv::Snapshot* snapshot) const {
  LazyPage& lazy = *pages_[page];
  const MutexLock lock(&lazy.mutex);
  if (lazy.read.load(std::memory_order_relaxed)) return absl::OkStatus();
  SANAD_ASSIGN_OR_RETURN(
      const std::unique_ptr<kv::PinnedValue> value,
      engine.GetPinned(kBlockFamily, PageKey(order_, top_.nodes[page].number), snapshot));
  if (value == nullptr || !DecodeNodes(value->view(), lazy.blocks.nodes) ||
      lazy.blocks.nodes.empty()) {
    return Damaged();
  }
  lazy.blocks.Sum();
  lazy.read.store(true, std::memory_order_release);
  return absl::OkStatus();
}

absl::Status BlockDirectory::Load(uint64_t block, kv::Engine& engine, const kv::Snapshot* snapshot,
                                  LoadedBlock& loaded) const {
  std::string key;
  key.reserve(10);
  key.push_back(static_cast<char>(order_));
  key.push_back(0);
  PutBigEndian(key, block);
  absl::StatusOr<std::unique_ptr<kv::PinnedValue>> value =
      engine.GetPinned(kBlockFamily, key, snapshot);
  if (!value.ok()) return value.status();
  if (*value == nullptr || !loaded.reader.Open((*value)->view())) return Damaged();
  loaded.value = *std::move(value);
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const LoadedBlock>> BlockDirectory::Open(
    size_t page, size_t block, const BlockSource& source) const {
  const LazyPage& lazy = *pages_[page];
  if (std::shared_ptr<const LoadedBlock> held = lazy.open->Find(block)) return held;
  const NodeInfo& node = lazy.blocks.nodes[block];
  auto loaded = std::make_shared<LoadedBlock>();
  SANAD_RETURN_IF_ERROR(Load(node.number, source.engine, source.snapshot, *loaded));
  if (loaded->reader.rows() != node.rows) return Damaged();
  if (source.cache != nullptr) {
    source.cache->Keep(lazy.open, block, loaded, loaded->value->view().size() + sizeof *loaded);
  }
  return loaded;
}

absl::StatusOr<BlockDirectory::Place> BlockDirectory::PlaceOf(const Row& row,
                                                              const BlockSource& source) const {
  Place place;
  place.page = top_.Find(row);
  place.before = top_.before[place.page];
  if (place.page == top_.nodes.size() || row <= top_.nodes[place.page].first) return place;
  SANAD_ASSIGN_OR_RETURN(place.blocks, Page(place.page, source.engine, source.snapshot));
  place.block = place.blocks->Find(row);
  if (place.block == place.blocks->nodes.size()) return Damaged();
  place.before += place.blocks->before[place.block];
  if (row <= place.blocks->nodes[place.block].first) place.blocks = nullptr;
  return place;
}

Sums BlockDirectory::CountRows(const Place& place, const BlockReader& reader, size_t begin,
                               size_t end) const {
  const NodeInfo& node = place.blocks->nodes[place.block];
  if (begin >= end) return Sums();
  Sums sums{end - begin, end - begin, end - begin};
  // Where every row opens a triple and a pair, so do these.
  if (node.triples == node.rows && node.pairs == node.rows) return sums;
  std::array<std::array<uint64_t, kBlockRows>, 3> columns;
  const size_t from = begin > 0 ? begin - 1 : 0;
  for (size_t c = 0; c < 3; ++c) reader.Decode(c, from, end, columns[c].data());
  for (size_t i = 1; i < end - from; ++i) {
    const bool same_pair = columns[0][i] == columns[0][i - 1] && columns[1][i] == columns[1][i - 1];
    sums.pairs -= same_pair;
    sums.triples -= same_pair && order_ != Order::kGspo && columns[2][i] == columns[2][i - 1];
  }
  if (begin > 0) return sums;
  // The block's first row counts unless the row before it is of the same triple.
  const NodeInfo* previous = nullptr;
  if (place.block > 0) {
    previous = &place.blocks->nodes[place.block - 1];
  } else if (place.page > 0) {
    previous = &top_.nodes[place.page - 1];
  }
  if (previous != nullptr) {
    sums.pairs -= SamePair(previous->last, node.first);
    sums.triples -= CountsAsSameTriple(previous->last, node.first, order_);
  }
  return sums;
}

absl::StatusOr<Sums> BlockDirectory::Between(const Row& low, const Row& high,
                                             const BlockSource& source) const {
  if (empty() || high < low) return Sums();
  SANAD_ASSIGN_OR_RETURN(const Place from, PlaceOf(low, source));
  Place to;
  to.before = total();
  Row behind = high;
  if (NextRow(behind)) {
    SANAD_ASSIGN_OR_RETURN(to, PlaceOf(behind, source));
  }
  Sums sums = to.before;
  sums -= from.before;
  std::shared_ptr<const LoadedBlock> loaded;
  if (from.blocks != nullptr) {
    SANAD_ASSIGN_OR_RETURN(loaded, Open(from.page, from.block, source));
    if (to.blocks == from.blocks && to.block == from.block) {
      const auto [begin, end] = loaded->reader.Range(BitsOf(low), BitsOf(high));
      return CountRows(from, loaded->reader, begin, end);
    }
    sums -= CountRows(from, loaded->reader, 0, loaded->reader.LowerBound(BitsOf(low)));
  }
  if (to.blocks != nullptr) {
    SANAD_ASSIGN_OR_RETURN(loaded, Open(to.page, to.block, source));
    sums += CountRows(to, loaded->reader, 0, loaded->reader.LowerBound(BitsOf(behind)));
  }
  return sums;
}

void RowCounter::Reset(const Row* row) {
  sums_ = Sums();
  has_last_ = row != nullptr;
  if (has_last_) last_ = *row;
}

void RowCounter::Add(const Row& row) {
  ++sums_.rows;
  sums_.triples += !has_last_ || !CountsAsSameTriple(last_, row, order_);
  sums_.pairs += !has_last_ || !SamePair(last_, row);
  last_ = row;
  has_last_ = true;
}

}  // namespace sanad
