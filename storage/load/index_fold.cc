// See index_fold.h.

#include "storage/load/index_fold.h"

#include <algorithm>
#include <array>
#include <deque>
#include <iterator>
#include <memory>
#include <utility>

#include "storage/families.h"
#include "storage/files/ingest_files.h"
#include "storage/index/fold.h"
#include "storage/model/text.h"
#include "storage/sync/tasks.h"

namespace sanad {
namespace {

Row Filled(TermId id) { return {id, id, id, id}; }

absl::StatusOr<FoldedOrder> FoldOne(const IndexFoldInput& input, Order order, IngestSink& blocks) {
  const DeltaVersion& delta = input.view.delta();
  DeltaStream changes(delta.Range(order, Filled(TermId::Min()), Filled(TermId::Max())));
  std::unique_ptr<ChangeStream> loaded;
  if (input.rows != nullptr) {
    SANAD_ASSIGN_OR_RETURN(loaded, input.rows->In(order));
  }
  MergedStream merged(changes, loaded == nullptr ? changes : *loaded);
  ChangeStream* stream = &merged;
  if (loaded == nullptr) stream = &changes;
  if (loaded != nullptr && delta.empty()) stream = loaded.get();
  const FoldContext context{input.engine, input.view.snapshot().get(), input.cancelled,
                            input.dropped_graph};
  const OrderWriter::Sink sink = [&](std::string_view key, std::string_view value) -> absl::Status {
    if (input.cancelled && input.cancelled()) {
      return absl::CancelledError("cancelled; the store is as it was");
    }
    return blocks.Put(key, value);
  };
  SANAD_ASSIGN_OR_RETURN(FoldedOrder folded,
                         FoldOrder(*input.view.directories()[static_cast<size_t>(order)], *stream,
                                   input.next_number, sink, context));
  for (const auto& [key, value] : folded.written.page_entries) {
    SANAD_RETURN_IF_ERROR(blocks.Put(key, value));
  }
  folded.written.page_entries.clear();
  SANAD_RETURN_IF_ERROR(blocks.Finish());
  return folded;
}

}  // namespace

absl::StatusOr<FoldedIndex> FoldIndex(const IndexFoldInput& input,
                                      std::vector<kv::IngestFiles>& files) {
  std::deque<IngestSink> blocks;
  for (size_t o = 0; o < kOrderCount; ++o) blocks.emplace_back(input.engine, kBlockFamily);
  std::array<FoldedOrder, kOrderCount> folded;
  const size_t beside = input.beside.size();
  SANAD_RETURN_IF_ERROR(
      RunTasks(beside + kOrderCount, std::max(0, input.threads), [&](size_t task) -> absl::Status {
        if (task < beside) return input.beside[task]();
        // Last the order that needs no sorting of a load's rows: threads end together.
        const size_t o = kOrderCount - 1 - (task - beside);
        SANAD_ASSIGN_OR_RETURN(folded[o], FoldOne(input, static_cast<Order>(o), blocks[o]));
        return absl::OkStatus();
      }));
  FoldedIndex result;
  result.next_number = input.next_number;
  for (size_t o = 0; o < kOrderCount; ++o) {
    result.next_number = std::max(result.next_number, folded[o].written.next_number);
    result.directories[o] =
        BlockDirectory::FromPages(static_cast<Order>(o), std::move(folded[o].written.pages),
                                  input.view.directories()[o].get());
    std::move(folded[o].replaced.begin(), folded[o].replaced.end(),
              std::back_inserter(result.replaced));
    blocks[o].MoveTo(files);
  }
  return result;
}

absl::StatusOr<std::vector<std::string>> BlockKeys(const IndexView& view, kv::Engine& engine) {
  std::vector<std::string> keys;
  for (size_t o = 0; o < kOrderCount; ++o) {
    const auto order = static_cast<Order>(o);
    const BlockDirectory& directory = *view.directories()[o];
    for (size_t p = 0; p < directory.top().nodes.size(); ++p) {
      keys.push_back(PageKey(order, directory.top().nodes[p].number));
      SANAD_ASSIGN_OR_RETURN(const NodeList* const page,
                             directory.Page(p, engine, view.snapshot().get()));
      for (const NodeInfo& block : page->nodes) keys.push_back(BlockKey(order, block.number));
    }
  }
  return keys;
}

}  // namespace sanad
