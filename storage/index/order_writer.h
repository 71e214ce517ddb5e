// Writes the blocks and pages of one order from rows that rise, and takes over
// blocks and pages that stay as they are.

#ifndef SANAD_STORAGE_INDEX_ORDER_WRITER_H_
#define SANAD_STORAGE_INDEX_ORDER_WRITER_H_

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/status/status.h>
#include "storage/encoding/block_codec.h"
#include "storage/index/block_directory.h"
#include "storage/index/row.h"

namespace sanad {

// Single-threaded.
class OrderWriter {
 public:
  // Takes blocks as they are encoded, in rising order of key.
  using Sink = std::function<absl::Status(std::string_view key, std::string_view value)>;

  // Numbers from `next_number` on are free for new blocks and pages.
  OrderWriter(Order order, uint64_t next_number, Sink sink);

  absl::Status Append(const Row& row);
  // Takes over a block whose rows follow all rows so far. `before`: the row that
  // stood before it until now, null when it was the first. False: too few rows
  // are pending to make a block of their own, so append this block's rows
  // instead.
  absl::StatusOr<bool> KeepBlock(const NodeInfo& block, const Row* before);
  // The same for a page; false also when its first block must be counted anew.
  absl::StatusOr<bool> KeepPage(const NodeInfo& page, const Row* before);

  // Makes blocks and pages of all writers this small, so that little data has
  // many of them. Not thread-safe; 0 for the usual sizes.
  static void SetSizesForTesting(size_t block_rows, size_t page_blocks);

  struct Result {
    std::vector<NodeInfo> pages;
    std::vector<std::pair<std::string, std::string>> page_entries;  // To be put behind the blocks.
    uint64_t next_number = 0;
  };
  absl::StatusOr<Result> Finish();

 private:
  absl::Status FlushRows();
  absl::Status WriteBlock(size_t begin, size_t end);
  void FlushBlocks();
  void AddPage(size_t begin, size_t end);

  Order order_;
  uint64_t next_number_;
  Sink sink_;
  std::array<std::vector<uint64_t>, 4> rows_;  // Not yet in a block.
  std::optional<Row> last_;                    // Before rows_.
  bool kept_refused_ = false;                  // Rows of a block that was refused are pending.
  std::vector<NodeInfo> blocks_;               // Not yet in a page.
  Result result_;
};

}  // namespace sanad

#endif  // SANAD_STORAGE_INDEX_ORDER_WRITER_H_
