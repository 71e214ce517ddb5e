// Folding changes into the blocks of one order.
//
// The order's blocks are walked in step with the changes. A block with no
// change in its stretch (from its first row up to the next block's) is taken
// over as it is, and so is a page of such blocks; the others are decoded, merged
// and written anew. What was replaced is listed for deletion, never touched.
//
// Dropping a graph is a fold without changes: blocks that hold nothing else go
// unread, those that may hold it are written anew without it.

#ifndef SANAD_STORAGE_INDEX_FOLD_H_
#define SANAD_STORAGE_INDEX_FOLD_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <absl/status/statusor.h>
#include "storage/index/block_directory.h"
#include "storage/index/delta.h"
#include "storage/index/order_writer.h"
#include "storage/index/row.h"
#include "storage/kv/kv.h"

namespace sanad {

// Rows to come (+1) or to go (-1), each once, rising.
class ChangeStream {
 public:
  virtual ~ChangeStream() = default;
  // Null at the end.
  virtual const Row* head() const = 0;
  virtual int sign() const = 0;
  virtual absl::Status Advance() = 0;
};

class DeltaStream : public ChangeStream {
 public:
  explicit DeltaStream(DeltaRange range) : range_(std::move(range)) {}
  const Row* head() const override {
    return next_ < range_.rows.size() ? &range_.rows[next_] : nullptr;
  }
  int sign() const override { return range_.signs[next_]; }
  absl::Status Advance() override {
    ++next_;
    return absl::OkStatus();
  }

 private:
  DeltaRange range_;
  size_t next_ = 0;
};

struct FoldedOrder {
  OrderWriter::Result written;
  uint64_t replaced_bytes = 0;        // Of the blocks among them that were read.
  std::vector<std::string> replaced;  // Keys of blocks and pages no longer in use.
};

struct FoldContext {
  kv::Engine& engine;
  const kv::Snapshot* snapshot;     // The state the directory belongs to.
  std::function<bool()> cancelled;  // May be empty.
  // A graph whose quads go; undefined for none. Then there must be no changes.
  TermId dropped_graph{};
};

// A change to add a row that is there is none, so is one to remove a row that
// is not.
absl::StatusOr<FoldedOrder> FoldOrder(const BlockDirectory& directory, ChangeStream& changes,
                                      uint64_t next_number, const OrderWriter::Sink& sink,
                                      const FoldContext& context);

}  // namespace sanad

#endif  // SANAD_STORAGE_INDEX_FOLD_H_
