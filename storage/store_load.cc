// Installing a bulk load: new terms, every order, statistics and derived indexes
// in one ingest.
//
// Terms are given ids in string order, rows are sorted by each order, and each
// order is folded once from the old blocks, the delta and the new rows into
// files; orders and dictionary are done on several threads. A load that is small
// beside what the store holds is committed as one record of the delta instead,
// since rewriting every block for a row in a hundred costs more than all else.

#include <algorithm>
#include <set>

#include "storage/encoding/varint.h"
#include "storage/families.h"
#include "storage/index/rising_lookup.h"
#include "storage/load/index_fold.h"
#include "storage/model/text.h"
#include "storage/store_impl.h"
#include "storage/sync/tasks.h"

namespace sanad::internal {
namespace {

// A load goes into the delta when the store holds this many times its rows.
constexpr uint64_t kRowsPerChange = 16;

// Quads handed to derived indexes between two looks at the cancel token.
constexpr uint64_t kQuadsBetweenLooks = 1024;

Row Filled(TermId id) { return {id, id, id, id}; }

// The terms of ids, those of the spool and those of the dictionary.
absl::Status MaterializeLoaded(const Dictionary& dictionary, const NewTermSpool& spool,
                               std::span<const TermId> ids, std::vector<Term>& terms) {
  std::vector<TermId> stored(ids.begin(), ids.end());
  std::vector<std::pair<uint64_t, size_t>> fresh;  // Position, index.
  for (size_t i = 0; i < stored.size(); ++i) {
    if (!stored[i].in_dictionary() || PositionOf(stored[i]) < spool.first_position()) continue;
    fresh.emplace_back(PositionOf(stored[i]), i);
    stored[i] = TermId::Undefined();
  }
  SANAD_RETURN_IF_ERROR(dictionary.Materialize(stored, nullptr, terms));
  std::sort(fresh.begin(), fresh.end());
  std::vector<uint64_t> positions;
  for (const auto& [position, index] : fresh) {
    if (positions.empty() || positions.back() != position) positions.push_back(position);
  }
  std::vector<std::string> texts;
  SANAD_RETURN_IF_ERROR(spool.Texts(positions, texts));
  size_t at = 0;
  for (const auto& [position, index] : fresh) {
    while (positions[at] != position) ++at;
    std::optional<Term> term = TermOfText(texts[at]);
    if (!term) return absl::InternalError("a spilled term is damaged");
    terms[index] = *std::move(term);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<BulkLoadReport> StoreImpl::InstallLoad(LoadBuffer& buffer,
                                                      const std::string& spill_directory,
                                                      const BulkLoadOptions& options) {
  const auto progress = [&](std::string_view stage, uint64_t quads) {
    if (options.progress) options.progress(stage, quads);
  };
  const MutexLock fold_lock(&fold_mutex_);
  const std::shared_ptr<const StoreState> before = newest();
  BulkLoadReport report;
  report.read = buffer.size();
  progress("sort", 0);
  NewTermSpool spool(before->record.next_position, spill_directory);
  for (const DerivedIndex* index : indexes_) {
    for (const Term& predicate : index->predicates()) spool.Watch(TermText(predicate));
  }
  SANAD_RETURN_IF_ERROR(buffer.AssignIds(*dictionary_, *engine_, spool));
  SANAD_ASSIGN_OR_RETURN(const std::unique_ptr<LoadedRows> rows, buffer.Sort());
  progress("index", 0);

  IndexInstall install;
  install.before = before;
  install.record = before->record;
  install.record.commit_number += 1;
  install.record.next_position += spool.size();
  IngestSink term_blocks(*engine_, kTermFamily), term_keys(*engine_, kTermKeyFamily);
  IngestSink derived(*engine_, kDerivedFamily);
  const auto write_dictionary = [&] { return spool.Write(*dictionary_, term_blocks, term_keys); };
  const auto derive = [&] {
    return DeriveLoad(*before, spool, *rows, spill_directory, options, derived);
  };
  if (GoesToDelta(*before, buffer.size())) {
    SANAD_RETURN_IF_ERROR(RunTasks(2, std::max(0, options.threads), [&](size_t task) {
      return task == 0 ? derive() : write_dictionary();
    }));
    SANAD_RETURN_IF_ERROR(MakeDeltaRecord(*before, *rows, install, report));
  } else {
    const IndexFoldInput input{.engine = *engine_,
                               .view = before->index,
                               .rows = rows.get(),
                               .dropped_graph = {},
                               .next_number = before->next_number,
                               .threads = options.threads,
                               .cancelled = options.cancelled,
                               .beside = {derive, write_dictionary}};
    SANAD_ASSIGN_OR_RETURN(install.folded.emplace(), FoldIndex(input, install.files));
    const DeltaSums delta =
        before->index.delta().Sums(Order::kSpo, Filled(TermId::Min()), Filled(TermId::Max()));
    report.added = install.folded->directories[0]->total().rows -
                   before->index.directories()[0]->total().rows - static_cast<uint64_t>(delta.rows);
  }
  term_blocks.MoveTo(install.files);
  term_keys.MoveTo(install.files);
  derived.MoveTo(install.files);
  report.commit_number = install.record.commit_number;
  if (options.cancelled && options.cancelled()) {
    return absl::CancelledError("the load was cancelled; the store is as it was");
  }
  progress("commit", report.added);
  SANAD_RETURN_IF_ERROR(InstallIndex(install));
  return report;
}

bool StoreImpl::GoesToDelta(const StoreState& before, uint64_t rows) const {
  return before.index.directories()[0]->total().rows / kRowsPerChange >= rows &&
         before.index.delta().size() + rows <= DeltaCapacity(before);
}

absl::Status StoreImpl::MakeDeltaRecord(const StoreState& before, const LoadedRows& rows,
                                        IndexInstall& install, BulkLoadReport& report) {
  SANAD_ASSIGN_OR_RETURN(const std::unique_ptr<ChangeStream> stream, rows.In(Order::kSpo));
  RisingLookup lookup(before.index);
  std::vector<DeltaEntry> entries;
  std::vector<TermId> graphs;
  while (stream->head() != nullptr) {
    const Row triple = *stream->head();
    SANAD_RETURN_IF_ERROR(lookup.GraphsOf(triple[0], triple[1], triple[2], graphs));
    bool opens = graphs.empty();
    for (; stream->head() != nullptr && SameTriple(*stream->head(), triple, Order::kSpo);) {
      const IdQuad quad = sanad::QuadOf(*stream->head(), Order::kSpo);
      SANAD_RETURN_IF_ERROR(stream->Advance());
      if (std::binary_search(graphs.begin(), graphs.end(), quad.graph)) continue;
      entries.push_back({quad, 1, static_cast<int8_t>(opens ? 1 : 0)});
      opens = false;
    }
  }
  report.added = entries.size();
  IngestSink delta(*engine_, kDeltaFamily);
  SANAD_RETURN_IF_ERROR(
      delta.Put(BigEndianKey(install.record.commit_number), EncodeDeltaRecord(entries)));
  SANAD_RETURN_IF_ERROR(delta.Finish());
  delta.MoveTo(install.files);
  install.changes = std::make_shared<DeltaRun>(std::move(entries));
  return absl::OkStatus();
}

absl::Status StoreImpl::DeriveLoad(const StoreState& before, const NewTermSpool& spool,
                                   const LoadedRows& rows, const std::string& spill_directory,
                                   const BulkLoadOptions& options, IngestSink& derived) {
  const auto find = [&](const Term& term) -> absl::StatusOr<TermId> {
    if (const TermId id = spool.Watched(TermText(term)); !id.is_undefined()) return id;
    return dictionary_->Find(term, nullptr);
  };
  const auto materialize = [&](std::span<const TermId> ids, std::vector<Term>& terms) {
    return MaterializeLoaded(*dictionary_, spool, ids, terms);
  };
  SANAD_ASSIGN_OR_RETURN(
      const std::unique_ptr<DerivedUpdater> updater,
      DerivedUpdater::Make(*engine_, indexes_, {spill_directory, options.memory / 8}, find,
                           materialize));
  if (updater->predicates().empty()) return absl::OkStatus();
  SANAD_ASSIGN_OR_RETURN(const std::unique_ptr<ChangeStream> stream, rows.In(Order::kSpo));
  RisingLookup lookup(before.index);
  std::vector<TermId> graphs;
  uint64_t derived_quads = 0;
  while (stream->head() != nullptr) {
    const IdQuad quad = sanad::QuadOf(*stream->head(), Order::kSpo);
    SANAD_RETURN_IF_ERROR(stream->Advance());
    if (!updater->predicates().contains(quad.predicate)) continue;
    SANAD_RETURN_IF_ERROR(lookup.GraphsOf(quad.subject, quad.predicate, quad.object, graphs));
    if (std::binary_search(graphs.begin(), graphs.end(), quad.graph)) continue;
    SANAD_RETURN_IF_ERROR(updater->Add(quad, true));
    if (++derived_quads % kQuadsBetweenLooks == 0 && options.cancelled && options.cancelled()) {
      return absl::CancelledError("the load was cancelled; the store is as it was");
    }
  }
  return updater->WriteTo(derived);
}

}  // namespace sanad::internal
