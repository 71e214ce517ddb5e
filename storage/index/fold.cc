// See fold.h.

#include "storage/index/fold.h"

#include <utility>

#include "storage/model/text.h"

namespace sanad {
namespace {

class OrderFold {
 public:
  OrderFold(const BlockDirectory& directory, ChangeStream& changes, uint64_t next_number,
            const OrderWriter::Sink& sink, const FoldContext& context)
      : directory_(directory),
        changes_(changes),
        context_(context),
        writer_(directory.order(), next_number, sink) {}

  absl::StatusOr<FoldedOrder> Run() {
    const std::vector<NodeInfo>& pages = directory_.top().nodes;
    for (size_t p = 0; p < pages.size(); ++p) {
      const Row* const next = p + 1 < pages.size() ? &pages[p + 1].first : nullptr;
      bool kept = false;
      if (!Touched(next) && !MayDrop(pages[p])) {
        SANAD_ASSIGN_OR_RETURN(kept, writer_.KeepPage(pages[p], before()));
      }
      if (!kept) SANAD_RETURN_IF_ERROR(FoldPage(p, next));
      before_ = pages[p].last;
      has_before_ = true;
    }
    SANAD_RETURN_IF_ERROR(AppendChanges(nullptr));
    FoldedOrder folded;
    SANAD_ASSIGN_OR_RETURN(folded.written, writer_.Finish());
    folded.replaced = std::move(replaced_);
    folded.replaced_bytes = replaced_bytes_;
    return folded;
  }

 private:
  const Row* before() const { return has_before_ ? &before_ : nullptr; }
  // True when a change comes before `next`.
  bool Touched(const Row* next) const {
    return changes_.head() != nullptr && (next == nullptr || *changes_.head() < *next);
  }
  bool MayDrop(const NodeInfo& node) const {
    return !context_.dropped_graph.is_undefined() && node.least_graph <= context_.dropped_graph &&
           context_.dropped_graph <= node.most_graph;
  }
  bool DropsAll(const NodeInfo& node) const {
    return MayDrop(node) && node.least_graph == node.most_graph;
  }

  absl::Status FoldPage(size_t page, const Row* next_page) {
    SANAD_ASSIGN_OR_RETURN(const NodeList* const list,
                           directory_.Page(page, context_.engine, context_.snapshot));
    replaced_.push_back(PageKey(directory_.order(), directory_.top().nodes[page].number));
    const std::vector<NodeInfo>& blocks = list->nodes;
    for (size_t b = 0; b < blocks.size(); ++b) {
      if (context_.cancelled && context_.cancelled()) {
        return absl::CancelledError("cancelled; the store is as it was");
      }
      const Row* const next = b + 1 < blocks.size() ? &blocks[b + 1].first : next_page;
      bool kept = false;
      if (!Touched(next) && !MayDrop(blocks[b])) {
        SANAD_ASSIGN_OR_RETURN(kept, writer_.KeepBlock(blocks[b], before()));
      }
      if (!kept) {
        if (!DropsAll(blocks[b])) SANAD_RETURN_IF_ERROR(MergeBlock(blocks[b], next));
        replaced_.push_back(BlockKey(directory_.order(), blocks[b].number));
      }
      before_ = blocks[b].last;
      has_before_ = true;
    }
    return absl::OkStatus();
  }

  absl::Status MergeBlock(const NodeInfo& block, const Row* next) {
    LoadedBlock loaded;
    SANAD_RETURN_IF_ERROR(
        directory_.Load(block.number, context_.engine, context_.snapshot, loaded));
    replaced_bytes_ += loaded.value->view().size();
    const size_t rows = loaded.reader.rows();
    for (size_t c = 0; c < 4; ++c) {
      columns_[c].resize(rows);
      loaded.reader.Decode(c, 0, rows, columns_[c].data());
    }
    const bool drops = !context_.dropped_graph.is_undefined();
    const size_t graph = GraphColumn(directory_.order());
    for (size_t i = 0; i < rows; ++i) {
      const Row row = {TermId(columns_[0][i]), TermId(columns_[1][i]), TermId(columns_[2][i]),
                       TermId(columns_[3][i])};
      SANAD_RETURN_IF_ERROR(AppendChanges(&row));
      if (changes_.head() != nullptr && *changes_.head() == row) {
        const bool stays = changes_.sign() > 0;
        SANAD_RETURN_IF_ERROR(changes_.Advance());
        if (!stays) continue;
      }
      if (drops && row[graph] == context_.dropped_graph) continue;
      SANAD_RETURN_IF_ERROR(writer_.Append(row));
    }
    return next == nullptr ? absl::OkStatus() : AppendChanges(next);
  }

  // Appends the rows that come before `limit` (null: all).
  absl::Status AppendChanges(const Row* limit) {
    while (changes_.head() != nullptr && (limit == nullptr || *changes_.head() < *limit)) {
      if (changes_.sign() > 0) SANAD_RETURN_IF_ERROR(writer_.Append(*changes_.head()));
      SANAD_RETURN_IF_ERROR(changes_.Advance());
    }
    return absl::OkStatus();
  }

  const BlockDirectory& directory_;
  ChangeStream& changes_;
  const FoldContext& context_;
  OrderWriter writer_;
  std::vector<std::string> replaced_;
  uint64_t replaced_bytes_ = 0;
  bool has_before_ = false;
  Row before_{};  // The last row before the block at hand, in the old blocks.
  std::array<std::vector<uint64_t>, 4> columns_;
};

}  // namespace

absl::StatusOr<FoldedOrder> FoldOrder(const BlockDirectory& directory, ChangeStream& changes,
                                      uint64_t next_number, const OrderWriter::Sink& sink,
                                      const FoldContext& context) {
  return OrderFold(directory, changes, next_number, sink, context).Run();
}

}  // namespace sanad
