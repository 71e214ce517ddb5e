// See order_writer.h. Rows pend until two blocks are full, so that what is left
// at the end of a stretch is split evenly and no block gets small.

#include "storage/index/order_writer.h"

#include <algorithm>

namespace sanad {
namespace {

size_t block_rows = kBlockRows;
size_t page_blocks = kBlocksPerPage;

// Fewer pending rows or blocks than these join what follows.
size_t FewRows() { return block_rows / 4; }
size_t FewBlocks() { return page_blocks / 4; }

// The facts of a block or page that is kept, with another row before it.
NodeInfo Recounted(NodeInfo node, const Row* before_old, const Row* before_new, Order order) {
  const auto opens_triple = [&](const Row* before) {
    return before == nullptr || !CountsAsSameTriple(*before, node.first, order);
  };
  const auto opens_pair = [&](const Row* before) {
    return before == nullptr || !SamePair(*before, node.first);
  };
  node.triples = node.triples + opens_triple(before_new) - opens_triple(before_old);
  node.pairs = node.pairs + opens_pair(before_new) - opens_pair(before_old);
  return node;
}

}  // namespace

void OrderWriter::SetSizesForTesting(size_t rows, size_t blocks) {
  block_rows = rows == 0 ? kBlockRows : rows;
  page_blocks = blocks == 0 ? kBlocksPerPage : blocks;
}

OrderWriter::OrderWriter(Order order, uint64_t next_number, Sink sink)
    : order_(order), next_number_(next_number), sink_(std::move(sink)) {
  for (auto& column : rows_) column.reserve(2 * block_rows);
}

absl::Status OrderWriter::Append(const Row& row) {
  for (size_t c = 0; c < 4; ++c) rows_[c].push_back(row[c].bits());
  if (rows_[0].size() < 2 * block_rows) return absl::OkStatus();
  if (absl::Status status = WriteBlock(0, block_rows); !status.ok()) return status;
  for (auto& column : rows_)
    column.erase(column.begin(), column.begin() + static_cast<ptrdiff_t>(block_rows));
  return absl::OkStatus();
}

absl::Status OrderWriter::WriteBlock(size_t begin, size_t end) {
  std::array<std::span<const uint64_t>, 4> columns;
  for (size_t c = 0; c < 4; ++c) columns[c] = std::span(rows_[c]).subspan(begin, end - begin);
  NodeInfo block;
  for (size_t c = 0; c < 4; ++c) {
    block.first[c] = TermId(columns[c].front());
    block.last[c] = TermId(columns[c].back());
  }
  const auto [least, most] =
      std::minmax_element(columns[GraphColumn(order_)].begin(), columns[GraphColumn(order_)].end());
  block.least_graph = TermId(*least);
  block.most_graph = TermId(*most);
  block.number = next_number_++;
  block.rows = block.triples = block.pairs = end - begin;
  for (size_t i = 1; i < end - begin; ++i) {
    if (columns[1][i] != columns[1][i - 1] || columns[0][i] != columns[0][i - 1]) continue;
    --block.pairs;
    block.triples -= order_ != Order::kGspo && columns[2][i] == columns[2][i - 1];
  }
  if (last_) {
    block.pairs -= SamePair(*last_, block.first);
    block.triples -= CountsAsSameTriple(*last_, block.first, order_);
  }
  last_ = block.last;
  blocks_.push_back(block);
  if (blocks_.size() >= 2 * page_blocks) {
    AddPage(0, page_blocks);
    blocks_.erase(blocks_.begin(), blocks_.begin() + static_cast<ptrdiff_t>(page_blocks));
  }
  return sink_(BlockKey(order_, block.number), EncodeBlock(columns));
}

absl::Status OrderWriter::FlushRows() {
  const size_t size = rows_[0].size();
  if (size == 0) return absl::OkStatus();
  const size_t parts = (size + block_rows - 1) / block_rows;
  for (size_t i = 0; i < parts; ++i) {
    absl::Status status = WriteBlock(size * i / parts, size * (i + 1) / parts);
    if (!status.ok()) return status;
  }
  for (auto& column : rows_) column.clear();
  return absl::OkStatus();
}

absl::StatusOr<bool> OrderWriter::KeepBlock(const NodeInfo& block, const Row* before) {
  if (!rows_[0].empty() && rows_[0].size() < FewRows() && !kept_refused_) {
    kept_refused_ = true;
    return false;
  }
  if (absl::Status status = FlushRows(); !status.ok()) return status;
  kept_refused_ = false;
  blocks_.push_back(Recounted(block, before, last_ ? &*last_ : nullptr, order_));
  last_ = block.last;
  if (blocks_.size() >= 2 * page_blocks) {
    AddPage(0, page_blocks);
    blocks_.erase(blocks_.begin(), blocks_.begin() + static_cast<ptrdiff_t>(page_blocks));
  }
  return true;
}

absl::StatusOr<bool> OrderWriter::KeepPage(const NodeInfo& page, const Row* before) {
  if (!rows_[0].empty() && rows_[0].size() < FewRows()) return false;
  if (absl::Status status = FlushRows(); !status.ok()) return status;
  kept_refused_ = false;
  if (!blocks_.empty() && blocks_.size() < FewBlocks()) return false;
  const NodeInfo recounted = Recounted(page, before, last_ ? &*last_ : nullptr, order_);
  if (recounted.triples != page.triples || recounted.pairs != page.pairs) return false;
  FlushBlocks();
  result_.pages.push_back(page);
  last_ = page.last;
  return true;
}

void OrderWriter::AddPage(size_t begin, size_t end) {
  const std::vector<NodeInfo> blocks(blocks_.begin() + static_cast<ptrdiff_t>(begin),
                                     blocks_.begin() + static_cast<ptrdiff_t>(end));
  NodeInfo page = blocks.front();
  page.number = next_number_++;
  page.last = blocks.back().last;
  page.rows = page.triples = page.pairs = 0;
  for (const NodeInfo& block : blocks) {
    page.rows += block.rows;
    page.triples += block.triples;
    page.pairs += block.pairs;
    page.least_graph = std::min(page.least_graph, block.least_graph);
    page.most_graph = std::max(page.most_graph, block.most_graph);
  }
  result_.page_entries.emplace_back(PageKey(order_, page.number), EncodeNodes(blocks));
  result_.pages.push_back(page);
}

void OrderWriter::FlushBlocks() {
  const size_t size = blocks_.size();
  const size_t parts = (size + page_blocks - 1) / page_blocks;
  for (size_t i = 0; i < parts; ++i) AddPage(size * i / parts, size * (i + 1) / parts);
  blocks_.clear();
}

absl::StatusOr<OrderWriter::Result> OrderWriter::Finish() {
  if (absl::Status status = FlushRows(); !status.ok()) return status;
  FlushBlocks();
  result_.next_number = next_number_;
  return std::move(result_);
}

}  // namespace sanad
