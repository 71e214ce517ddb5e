// The directory of one order's blocks: what stands in each, without reading it.
//
// Two levels: the top lists pages, a page lists up to 256 blocks, both with the
// same facts (NodeInfo) and running sums of them. So the rows before any row are
// counted from the top's sums, one page's and part of one block; whole ranges
// are counted without their payload. Blocks and pages are never changed: a fold
// writes new ones under new numbers, a new top, and deletes those it replaced,
// so a directory and the kv snapshot it was read with stay right as long as they
// are held.

#ifndef SANAD_STORAGE_INDEX_BLOCK_DIRECTORY_H_
#define SANAD_STORAGE_INDEX_BLOCK_DIRECTORY_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include "storage/encoding/block_codec.h"
#include "storage/index/block_cache.h"
#include "storage/index/row.h"
#include "storage/kv/kv.h"
#include "storage/sync/mutex.h"

namespace sanad {

// What stands in a block, or in all blocks of a page.
struct NodeInfo {
  Row first{}, last{};
  TermId least_graph, most_graph;
  uint64_t number = 0;  // Of the block or page.
  uint64_t rows = 0;
  uint64_t triples = 0;  // Rows that are their triple's first (in kGspo: all rows).
  uint64_t pairs = 0;    // Rows that are the first with their two leading columns.
};

struct Sums {
  uint64_t rows = 0;
  uint64_t triples = 0;
  uint64_t pairs = 0;

  Sums& operator+=(const Sums& other) {
    rows += other.rows;
    triples += other.triples;
    pairs += other.pairs;
    return *this;
  }
  Sums& operator-=(const Sums& other) {
    rows -= other.rows;
    triples -= other.triples;
    pairs -= other.pairs;
    return *this;
  }
};

// The least row above `row`; false when there is none.
bool NextRow(Row& row);

// Nodes with running sums.
struct NodeList {
  std::vector<NodeInfo> nodes;
  std::vector<Sums> before;  // before[i]: of all nodes in front of node i; one more at the end.

  void Sum();
  // The first node whose last row is not below `row`; nodes.size() when none.
  size_t Find(const Row& row, size_t from = 0) const;
};

std::string EncodeNodes(const std::vector<NodeInfo>& nodes);
// False for damaged bytes.
bool DecodeNodes(std::string_view bytes, std::vector<NodeInfo>& nodes);

inline constexpr size_t kBlocksPerPage = 256;

std::string BlockKey(Order order, uint64_t number);
std::string PageKey(Order order, uint64_t number);

// Where blocks and pages are read from.
struct BlockSource {
  kv::Engine& engine;
  const kv::Snapshot* snapshot = nullptr;
  BlockCache* cache = nullptr;  // Null: nothing is kept open.
};

// Thread-safe: immutable to its users.
class BlockDirectory {
 public:
  explicit BlockDirectory(Order order) : order_(order) { top_.Sum(); }
  // From a top's record. DataLoss when it is damaged.
  static absl::StatusOr<std::shared_ptr<const BlockDirectory>> Decode(Order order,
                                                                      std::string_view bytes);
  // From fresh pages; those of `old` that are still in use keep what they loaded.
  static std::shared_ptr<const BlockDirectory> FromPages(Order order, std::vector<NodeInfo> pages,
                                                         const BlockDirectory* old);

  Order order() const { return order_; }
  const NodeList& top() const { return top_; }
  bool empty() const { return top_.nodes.empty(); }
  Sums total() const { return top_.before.back(); }

  // The blocks of a page, kept once they were read.
  absl::StatusOr<const NodeList*> Page(size_t page, kv::Engine& engine,
                                       const kv::Snapshot* snapshot) const;
  // Reads a block by its number, past the cache.
  absl::Status Load(uint64_t block, kv::Engine& engine, const kv::Snapshot* snapshot,
                    LoadedBlock& loaded) const;
  // A block by its place, kept open for the next who asks.
  // REQUIRES: Page(page) was read.
  absl::StatusOr<std::shared_ptr<const LoadedBlock>> Open(size_t page, size_t block,
                                                          const BlockSource& source) const;
  // Sums over all rows in [low, high].
  absl::StatusOr<Sums> Between(const Row& low, const Row& high, const BlockSource& source) const;

 private:
  struct LazyPage {
    Mutex mutex;  // Held while the page is read.
    std::atomic<bool> read{false};
    NodeList blocks;  // Immutable once `read` is set; a reading that failed is tried again.
    std::shared_ptr<OpenBlocks> open = std::make_shared<OpenBlocks>();
  };
  // A row's block, and the sums in front of that block.
  struct Place {
    size_t page = 0;
    const NodeList* blocks = nullptr;  // Null: the row lies in no block.
    size_t block = 0;
    Sums before;
  };
  absl::Status ReadPage(size_t page, kv::Engine& engine, const kv::Snapshot* snapshot) const;
  absl::StatusOr<Place> PlaceOf(const Row& row, const BlockSource& source) const;
  // Sums over rows [begin, end) of a block.
  Sums CountRows(const Place& place, const BlockReader& reader, size_t begin, size_t end) const;

  Order order_;
  NodeList top_;
  std::vector<std::shared_ptr<LazyPage>> pages_;
};

// Counts rows that open a new triple or a new pair, given the row before.
class RowCounter {
 public:
  explicit RowCounter(Order order) : order_(order) {}
  // Starts behind `row`, or at the very front.
  void Reset(const Row* row);
  void Add(const Row& row);
  const Sums& sums() const { return sums_; }

 private:
  Order order_;
  bool has_last_ = false;
  Row last_{};
  Sums sums_;
};

// True when two neighbouring rows count as one triple, or one pair, in an order.
inline bool CountsAsSameTriple(const Row& a, const Row& b, Order order) {
  return order != Order::kGspo && SameTriple(a, b, order);
}
inline bool SamePair(const Row& a, const Row& b) { return a[0] == b[0] && a[1] == b[1]; }

}  // namespace sanad

#endif  // SANAD_STORAGE_INDEX_BLOCK_DIRECTORY_H_
