// The writer's side of a store: the writer slot, commits and derived indexes.

#include <algorithm>
#include <set>

#include "storage/derived/derived_store.h"
#include "storage/encoding/varint.h"
#include "storage/families.h"
#include "storage/kv/memory_engine.h"
#include "storage/model/text.h"
#include "storage/snapshot_impl.h"
#include "storage/store_impl.h"
#include "storage/transaction_impl.h"

namespace sanad::internal {
namespace {

// Quads handed to an index at a time during a rebuild.
constexpr size_t kRebuildBatch = 10000;

}  // namespace

absl::Status StoreImpl::CheckWritable() const {
  const MutexLock lock(&mutex_);
  if (closed_) return absl::FailedPreconditionError("the store is closed");
  if (read_only()) {
    return MakeStatus(absl::StatusCode::kFailedPrecondition, "the store ", path_,
                      " is open read-only; open it for writing to change it");
  }
  return shut_;
}

absl::Status StoreImpl::AcquireWriter(absl::Time deadline) {
  SANAD_RETURN_IF_ERROR(AcquireSlot(deadline));
  absl::Status status = SyncWritten();
  if (!status.ok()) ReleaseWriter();
  return status;
}

absl::Status StoreImpl::AcquireSlot(absl::Time deadline) {
  SANAD_RETURN_IF_ERROR(CheckWritable());
  const MutexLock lock(&mutex_);
  while (writer_busy_) {
    if (writer_free_.WaitWithDeadline(&mutex_, deadline) && writer_busy_) {
      return absl::UnavailableError(
          "another transaction is open; wait for it to end, or allow a longer deadline");
    }
  }
  writer_busy_ = true;
  return absl::OkStatus();
}

void StoreImpl::ReleaseWriter() {
  const MutexLock lock(&mutex_);
  writer_busy_ = false;
  writer_free_.Signal();
}

absl::StatusOr<std::unique_ptr<TransactionImpl>> StoreImpl::Begin(absl::Time deadline) {
  SANAD_RETURN_IF_ERROR(AcquireSlot(deadline));
  return std::make_unique<TransactionImpl>(shared_from_this(), newest());
}

absl::StatusOr<uint64_t> StoreImpl::WriteCommit(const CommitRequest& request) {
  if (request.entries.empty()) {
    // Nothing to change in what is written, which may not be durable yet.
    const MutexLock lock(&mutex_);
    return installed_;
  }
  const std::unique_ptr<kv::Batch> batch = engine_->NewBatch();
  // Only the writer changes the record, and this is the writer.
  StateRecord record = newest()->record;
  record.commit_number += 1;
  record.next_position = request.first_position + request.new_texts.size();
  batch->Put(kDeltaFamily, BigEndianKey(record.commit_number), EncodeDeltaRecord(request.entries));
  SANAD_RETURN_IF_ERROR(
      dictionary_->Append(request.first_position, request.new_texts, request.new_ids, *batch));
  SANAD_RETURN_IF_ERROR(AppendDerived(request, *batch));
  batch->Put(kMetaFamily, kStateKey, record.Encode());
  const auto run = std::make_shared<DeltaRun>(request.entries);
  const bool exclusions_changed =
      std::any_of(request.entries.begin(), request.entries.end(),
                  [](const DeltaEntry& entry) { return IsExclusion(entry.quad); });

  const MutexLock lock(&install_mutex_);
  AppendStamps(record.commit_number, newest()->next_number, *batch);
  SANAD_RETURN_IF_ERROR(WriteToLog(*batch));
  dictionary_->CodesStored();
  auto after = std::make_shared<StoreState>(*newest());
  after->record = record;
  after->snapshot = engine_->NewSnapshot();
  after->index = after->index.With(after->index.delta().With(run), after->snapshot);
  if (exclusions_changed) {
    SANAD_ASSIGN_OR_RETURN(std::vector<TermId> graphs, after->index.ExcludedGraphs());
    after->excluded = std::make_shared<const std::vector<TermId>>(std::move(graphs));
  }
  return Install(std::move(after));
}

absl::Status StoreImpl::DescribeChanges(const DerivedIndex& index,
                                        std::span<const DeltaEntry> entries,
                                        const CommitRequest* request,
                                        std::vector<QuadChange>& changes) {
  changes.clear();
  std::set<TermId> predicates;
  for (const Term& predicate : index.predicates()) {
    SANAD_ASSIGN_OR_RETURN(TermId id, dictionary_->Find(predicate, nullptr));
    if (id.is_undefined() && request != nullptr) {
      const std::string text = TermText(predicate);
      for (size_t i = 0; i < request->new_texts.size(); ++i) {
        if (request->new_texts[i] == text) id = request->new_ids[i];
      }
    }
    if (!id.is_undefined()) predicates.insert(id);
  }
  if (predicates.empty()) return absl::OkStatus();
  std::vector<TermId> ids;
  for (const DeltaEntry& entry : entries) {
    if (!predicates.contains(entry.quad.predicate)) continue;
    changes.push_back({entry.quad, {}, entry.quad_sign > 0});
    ids.insert(ids.end(),
               {entry.quad.subject, entry.quad.predicate, entry.quad.object, entry.quad.graph});
  }
  // Terms of this commit are not in the dictionary yet.
  std::vector<TermId> stored = ids;
  const auto new_text = [&](TermId id) -> const std::string* {
    if (request == nullptr || !id.in_dictionary()) return nullptr;
    const uint64_t position = PositionOf(id);
    return position < request->first_position
               ? nullptr
               : &request->new_texts[position - request->first_position];
  };
  for (TermId& id : stored) {
    if (new_text(id) != nullptr) id = TermId::Undefined();
  }
  std::vector<Term> terms;
  SANAD_RETURN_IF_ERROR(dictionary_->Materialize(stored, nullptr, terms));
  for (size_t i = 0; i < ids.size(); ++i) {
    if (const std::string* text = new_text(ids[i])) terms[i] = *TermOfText(*text);
  }
  for (size_t i = 0; i < changes.size(); ++i) {
    changes[i].terms = {std::move(terms[4 * i]), std::move(terms[4 * i + 1]),
                        std::move(terms[4 * i + 2]), std::move(terms[4 * i + 3])};
  }
  return absl::OkStatus();
}

absl::Status StoreImpl::AppendDerived(const CommitRequest& request, kv::Batch& batch) {
  std::vector<QuadChange> changes;
  for (const DerivedIndex* index : indexes_) {
    SANAD_RETURN_IF_ERROR(DescribeChanges(*index, request.entries, &request, changes));
    if (changes.empty()) continue;
    StoredDerivedWriter writer(*engine_, index->name());
    SANAD_RETURN_IF_ERROR(index->Update(changes, writer));
    writer.Flush(batch);
  }
  return absl::OkStatus();
}

absl::Status StoreImpl::PrepareDerivedIndexes() {
  for (const DerivedIndex* index : indexes_) {
    SANAD_ASSIGN_OR_RETURN(const std::optional<std::string> stored,
                           engine_->Get(kMetaFamily, DerivedVersionKey(index->name()), nullptr));
    if (stored && *stored == std::to_string(index->version())) {
      ready_indexes_.emplace_back(index->name());
      continue;
    }
    const std::string was = stored ? Concat("of version ", *stored) : std::string("missing");
    if (read_only()) {
      Log(LogLevel::kWarning, Concat("the index ", index->name(), " is ", was,
                                     "; open the store for writing once to rebuild it"));
      continue;
    }
    const std::shared_ptr<const StoreState> state = this->state();
    if (state->record.commit_number > 0) {
      Log(LogLevel::kInfo, Concat("rebuilding the index ", index->name(), ", which is ", was));
    }
    SANAD_RETURN_IF_ERROR(RebuildDerivedIndex(*index, *state));
    ready_indexes_.emplace_back(index->name());
  }
  if (!ready_indexes_.empty() && !read_only()) {
    // Snapshots must see what was rebuilt.
    auto fresh = std::make_shared<StoreState>(*state());
    fresh->snapshot = engine_->NewSnapshot();
    fresh->index = fresh->index.With(fresh->index.delta(), fresh->snapshot);
    Publish(std::move(fresh));
  }
  return absl::OkStatus();
}

absl::Status StoreImpl::FillDerivedIndex(const DerivedIndex& index, const StoreState& state,
                                         DerivedWriter& writer,
                                         const std::function<absl::Status()>& flush) {
  const kv::Snapshot* const snapshot = state.snapshot.get();
  std::vector<QuadChange> changes;
  std::vector<TermId> ids;
  std::vector<Term> terms;
  const auto hand_over = [&]() -> absl::Status {
    SANAD_RETURN_IF_ERROR(state.dictionary->Materialize(ids, snapshot, terms));
    for (size_t i = 0; i < changes.size(); ++i) {
      changes[i].terms = {std::move(terms[4 * i]), std::move(terms[4 * i + 1]),
                          std::move(terms[4 * i + 2]), std::move(terms[4 * i + 3])};
    }
    SANAD_RETURN_IF_ERROR(index.Update(changes, writer));
    changes.clear();
    ids.clear();
    return flush();
  };
  for (const Term& predicate : index.predicates()) {
    SANAD_ASSIGN_OR_RETURN(const TermId id, state.dictionary->Find(predicate, snapshot));
    if (id.is_undefined()) continue;
    for (const GraphScope& scope : {GraphScope::Default(), GraphScope::Each()}) {
      const ScanRequest request{.pattern = {.subject = {}, .predicate = id, .object = {}},
                                .order = Order::kPso,
                                .scope = scope,
                                .ranges = {},
                                .columns = 3};
      SANAD_ASSIGN_OR_RETURN(const std::unique_ptr<QuadScan> scan,
                             state.index.Scan(request, {}, nullptr));
      QuadBatch rows;
      while (scan->Next(rows)) {
        for (size_t i = 0; i < rows.size; ++i) {
          const TermId graph = scope.kind == GraphScope::Kind::kDefault ? TermId::DefaultGraph()
                                                                        : rows.columns[3][i];
          changes.push_back({{rows.columns[1][i], id, rows.columns[2][i], graph}, {}, true});
          ids.insert(ids.end(), {rows.columns[1][i], id, rows.columns[2][i], graph});
        }
        if (changes.size() >= kRebuildBatch) SANAD_RETURN_IF_ERROR(hand_over());
      }
      SANAD_RETURN_IF_ERROR(scan->status());
    }
  }
  return hand_over();
}

absl::Status StoreImpl::RebuildDerivedIndex(const DerivedIndex& index, const StoreState& state) {
  const auto [begin, end] = DerivedKeyRange(index.name());
  std::unique_ptr<kv::Batch> batch = engine_->NewBatch();
  batch->DeleteRange(kDerivedFamily, begin, end);
  batch->Delete(kMetaFamily, DerivedVersionKey(index.name()));
  SANAD_RETURN_IF_ERROR(engine_->Write(*batch, false));
  StoredDerivedWriter writer(*engine_, index.name());
  SANAD_RETURN_IF_ERROR(FillDerivedIndex(index, state, writer, [&] {
    batch = engine_->NewBatch();
    writer.Flush(*batch);
    return engine_->Write(*batch, false);
  }));
  batch = engine_->NewBatch();
  batch->Put(kMetaFamily, DerivedVersionKey(index.name()), std::to_string(index.version()));
  return engine_->Write(*batch, true);
}

absl::Status StoreImpl::ValidateDerivedIndex(const DerivedIndex& index, const StoreState& state,
                                             std::vector<std::string>& problems) {
  const std::unique_ptr<kv::Engine> fresh = kv::NewMemoryEngine(StoreFamilies().size());
  StoredDerivedWriter writer(*fresh, index.name());
  SANAD_RETURN_IF_ERROR(FillDerivedIndex(index, state, writer, [&] {
    const std::unique_ptr<kv::Batch> batch = fresh->NewBatch();
    writer.Flush(*batch);
    return fresh->Write(*batch, false);
  }));
  const auto [begin, end] = DerivedKeyRange(index.name());
  const auto stored = engine_->NewIterator(kDerivedFamily, begin, end, state.snapshot.get());
  const auto expected = fresh->NewIterator(kDerivedFamily, begin, end, nullptr);
  uint64_t missing = 0, extra = 0, other = 0;
  stored->SeekToFirst();
  expected->SeekToFirst();
  while (stored->Valid() || expected->Valid()) {
    const bool only_stored =
        !expected->Valid() || (stored->Valid() && stored->key() < expected->key());
    const bool only_expected =
        !stored->Valid() || (expected->Valid() && expected->key() < stored->key());
    extra += only_stored;
    missing += only_expected;
    other += !only_stored && !only_expected && stored->value() != expected->value();
    if (!only_expected) stored->Next();
    if (!only_stored) expected->Next();
  }
  SANAD_RETURN_IF_ERROR(stored->status());
  if (missing + extra + other > 0) {
    problems.push_back(Concat("the index ", index.name(), " does not fit its quads: ", missing,
                              " entries are missing, ", extra, " are too many and ", other,
                              " say something else"));
  }
  return absl::OkStatus();
}

}  // namespace sanad::internal
