// Opening and closing a store: directory, lock, engine, state, derived indexes.

#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "storage/encoding/varint.h"
#include "storage/families.h"
#include "storage/kv/memory_engine.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"
#include "storage/rocks/rocks_engine.h"
#include "storage/snapshot_impl.h"
#include "storage/store_impl.h"

namespace sanad::internal {
namespace {

constexpr uint64_t kLeastMemory = uint64_t{64} << 20;
constexpr uint64_t kMostMemory = uint64_t{4} << 30;

// A quarter of the machine's memory, within bounds.
uint64_t DefaultMemoryBudget() {
  std::ifstream file("/proc/meminfo");
  std::string name;
  uint64_t kibibytes = 0;
  if (!(file >> name >> kibibytes)) return kLeastMemory;
  return std::clamp(kibibytes * 1024 / 4, kLeastMemory, kMostMemory);
}

absl::Status Damaged(const std::string& path, std::string_view what) {
  return MakeStatus(absl::StatusCode::kDataLoss, "the store ", path, " is damaged: ", what,
                    "; restore it from a backup");
}

}  // namespace

StoreImpl::StoreImpl(std::string path, const StoreOptions& options)
    : path_(std::move(path)),
      shared_path_(std::make_shared<const std::string>(path_)),
      options_(options),
      indexes_(RegisteredDerivedIndexes()) {
  if (options_.memory_budget == 0) options_.memory_budget = DefaultMemoryBudget();
  // Half of what the engine's cache holds.
  block_cache_ = std::make_unique<BlockCache>(options_.memory_budget / 16 * 3);
}

StoreImpl::~StoreImpl() {
  StopBackground();
  {
    const MutexLock lock(&mutex_);
    state_.reset();
  }
  dictionary_.reset();
  engine_.reset();
  std::error_code ignored;
  if (!scratch_.empty()) std::filesystem::remove_all(scratch_, ignored);
}

absl::StatusOr<std::shared_ptr<StoreImpl>> StoreImpl::Open(const std::string& path,
                                                           const StoreOptions& options) {
  const bool writable = options.mode == OpenMode::kReadWrite;
  const bool create = writable && options.create_if_missing;
  SANAD_RETURN_IF_ERROR(PrepareStoreDirectory(path, create).status());
  if (options.mode == OpenMode::kFollower) return OpenFollower(path, options);
  auto store = std::shared_ptr<StoreImpl>(new StoreImpl(path, options));
  SANAD_ASSIGN_OR_RETURN(store->lock_, StoreLock::Acquire(path, writable));
  // Again under the lock: another process may have created the store meanwhile.
  SANAD_ASSIGN_OR_RETURN(const bool fresh, PrepareStoreDirectory(path, create));
  kv::OpenSpec spec = store->EngineSpec();
  spec.mode = writable ? kv::EngineMode::kReadWrite : kv::EngineMode::kReadOnly;
  spec.create = fresh;
  std::error_code ignored;
  if (fresh) std::filesystem::remove_all(spec.path, ignored);
  SANAD_ASSIGN_OR_RETURN(store->engine_, kv::OpenRocks(spec));
  if (fresh) SANAD_RETURN_IF_ERROR(store->Initialize());
  SANAD_RETURN_IF_ERROR(store->Load());
  if (fresh) SANAD_RETURN_IF_ERROR(FinishStoreDirectory(path));
  return store;
}

absl::StatusOr<std::shared_ptr<StoreImpl>> StoreImpl::OpenAgain(const StoreImpl& follower) {
  SANAD_ASSIGN_OR_RETURN(std::shared_ptr<StoreImpl> fresh,
                         OpenFollower(follower.path_, follower.options_));
  fresh->shared_path_ = follower.shared_path_;
  return fresh;
}

kv::OpenSpec StoreImpl::EngineSpec() const {
  kv::OpenSpec spec;
  spec.path = DatabasePath(path_);
  spec.families = StoreFamilies();
  spec.background_threads = options_.background_threads;
  spec.memory_bytes = options_.memory_budget / 16 * 6;
  spec.log = [log = options_.log](std::string_view line) {
    if (log) log(LogLevel::kDebug, line);
  };
  return spec;
}

// A view of a live writer's store is an engine instance of its own, caught up
// once and never moved, since such an instance knows no snapshots. The writer may
// delete files between the reading of its manifest and the opening of what it
// names, or be seen between an ingest and the write that belongs to it: then the
// view is dropped and taken again.
absl::StatusOr<std::shared_ptr<StoreImpl>> StoreImpl::OpenFollower(const std::string& path,
                                                                   const StoreOptions& options) {
  constexpr int kAttempts = 5;
  absl::Status status;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    if (attempt > 0) absl::SleepFor(absl::Milliseconds(20 << attempt));
    auto store = std::shared_ptr<StoreImpl>(new StoreImpl(path, options));
    std::error_code error;
    std::string scratch =
        (std::filesystem::temp_directory_path(error) / "sanad_follower_XXXXXX").string();
    if (error || mkdtemp(scratch.data()) == nullptr) {
      return absl::UnavailableError("no directory for temporary files can be made");
    }
    store->scratch_ = scratch;
    kv::OpenSpec spec = store->EngineSpec();
    spec.mode = kv::EngineMode::kFollower;
    spec.scratch = scratch;
    absl::StatusOr<std::unique_ptr<kv::Engine>> engine = kv::OpenRocks(spec);
    status = engine.status();
    if (!status.ok()) continue;
    store->engine_ = *std::move(engine);
    status = store->engine_->CatchUp();
    if (status.ok()) status = store->Load();
    if (status.ok()) status = store->CheckWhole();
    if (status.ok()) return store;
  }
  return MakeStatus(absl::StatusCode::kUnavailable, "no consistent view of the store ", path,
                    " could be taken beside its writer (", FromAbsl(status.message()),
                    "); try again");
}

absl::Status StoreImpl::CheckWhole() {
  const std::shared_ptr<const StoreState> state = this->state();
  // Every page and the newest block are there; the stamps speak for the rest.
  for (const auto& directory : state->index.directories()) {
    uint64_t newest = 0;
    for (size_t p = 0; p < directory->top().nodes.size(); ++p) {
      SANAD_ASSIGN_OR_RETURN(const NodeList* const page,
                             directory->Page(p, *engine_, state->snapshot.get()));
      for (const NodeInfo& block : page->nodes) newest = std::max(newest, block.number);
    }
    LoadedBlock loaded;
    if (newest > 0) {
      SANAD_RETURN_IF_ERROR(directory->Load(newest, *engine_, state->snapshot.get(), loaded));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<StoreImpl>> StoreImpl::OpenInMemory(const StoreOptions& options) {
  auto store = std::shared_ptr<StoreImpl>(new StoreImpl("", options));
  store->options_.mode = OpenMode::kReadWrite;
  store->engine_ = kv::NewMemoryEngine(StoreFamilies().size());
  SANAD_RETURN_IF_ERROR(store->Initialize());
  SANAD_RETURN_IF_ERROR(store->Load());
  return store;
}

absl::Status StoreImpl::Load() {
  dictionary_ = std::make_shared<Dictionary>(*engine_, options_.memory_budget / 16);
  SANAD_ASSIGN_OR_RETURN(std::optional<std::string> bytes,
                         engine_->Get(kMetaFamily, kStateKey, nullptr));
  auto state = std::make_shared<StoreState>();
  if (!bytes || !state->record.Decode(*bytes)) return Damaged(path_, "its state is unreadable");
  SANAD_RETURN_IF_ERROR(dictionary_->Load());
  FoldRecord fold;
  SANAD_ASSIGN_OR_RETURN(bytes, engine_->Get(kMetaFamily, kFoldKey, nullptr));
  if (bytes && !fold.Decode(*bytes)) return Damaged(path_, "its index directory is unreadable");
  state->folded_commit = fold.folded_commit;
  state->next_number = fold.next_number;
  SANAD_RETURN_IF_ERROR(CheckStamps(state->record.commit_number, fold));
  if (!read_only()) SANAD_RETURN_IF_ERROR(RemoveLeftovers(state->record, fold.next_number));
  SANAD_ASSIGN_OR_RETURN(DeltaVersion delta, LoadDelta(state->record, fold.folded_commit));
  state->snapshot = engine_->NewSnapshot();
  state->dictionary = dictionary_;
  state->index =
      IndexView(*engine_, block_cache_.get(), state->snapshot, fold.directories, std::move(delta));
  SANAD_ASSIGN_OR_RETURN(std::vector<TermId> excluded, state->index.ExcludedGraphs());
  state->excluded = std::make_shared<const std::vector<TermId>>(std::move(excluded));
  Publish(std::move(state));
  return PrepareDerivedIndexes();
}

// A commit, a fold and the write behind an ingest put the same stamp into every
// family, so families of different times tell. Where that write was lost the
// stamps are older than the state, and the ingest, which is whole, says so.
absl::Status StoreImpl::CheckStamps(uint64_t commit_number, const FoldRecord& fold) {
  std::optional<std::string> first;
  for (kv::Family family = 0; family < StoreFamilies().size(); ++family) {
    SANAD_ASSIGN_OR_RETURN(const std::optional<std::string> stamp,
                           engine_->Get(family, kStampKey, nullptr));
    if (family == 0) first = stamp;
    if (!stamp || stamp != first) {
      return Damaged(path_, "its parts are of different commits");
    }
  }
  if (*first == StampOf(commit_number, fold.next_number)) return absl::OkStatus();
  SANAD_ASSIGN_OR_RETURN(const std::optional<std::string> ingested,
                         engine_->Get(kMetaFamily, kIngestedKey, nullptr));
  if (ingested == BigEndianKey(commit_number)) return absl::OkStatus();
  return Damaged(path_, "its parts are of an older commit than its state");
}

absl::Status StoreImpl::Initialize() {
  dictionary_ = std::make_shared<Dictionary>(*engine_, options_.memory_budget / 16);
  const std::vector<std::string> texts = {
      TermText(Term::Iri(iri::kRdfType)), TermText(Term::Iri(iri::kDocumentGraph)),
      TermText(Term::Iri(iri::kProvenanceGraph)), TermText(Term::Iri(iri::kLexiconGraph))};
  const std::vector<TermId> ids = {kRdfTypeId, kDocumentGraphId, kProvenanceGraphId,
                                   kLexiconGraphId};
  const std::unique_ptr<kv::Batch> batch = engine_->NewBatch();
  SANAD_RETURN_IF_ERROR(dictionary_->Append(0, texts, ids, *batch));
  batch->Put(kMetaFamily, kStateKey, StateRecord().Encode());
  AppendStamps(0, FoldRecord().next_number, *batch);
  return engine_->Write(*batch, true);
}

absl::StatusOr<DeltaVersion> StoreImpl::LoadDelta(const StateRecord& record,
                                                  uint64_t folded_commit) {
  DeltaVersion delta;
  std::vector<DeltaEntry> entries;
  auto it = engine_->NewIterator(kDeltaFamily, BigEndianKey(folded_commit + 1), kStampKey, nullptr);
  uint64_t expected = folded_commit;
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    std::string_view key = it->key();
    uint64_t commit = 0;
    if (!TakeBigEndian(key, commit) || commit != ++expected ||
        !DecodeDeltaRecord(it->value(), entries)) {
      return Damaged(path_, "a commit's record is missing or unreadable");
    }
    delta = delta.With(std::make_shared<DeltaRun>(std::move(entries)));
  }
  SANAD_RETURN_IF_ERROR(it->status());
  if (expected != record.commit_number) return Damaged(path_, "its newest commits are missing");
  return delta;
}

absl::Status StoreImpl::Close() {
  {
    const MutexLock lock(&mutex_);
    if (closed_) return absl::OkStatus();
    if (!snapshots_.empty()) {
      return MakeStatus(absl::StatusCode::kFailedPrecondition, "the store cannot be closed while ",
                        snapshots_.size(), " snapshots or cursors are in use; release them first");
    }
    if (writer_busy_) {
      return absl::FailedPreconditionError(
          "the store cannot be closed while a transaction is open; commit it or roll it back");
    }
    closed_ = true;
  }
  StopBackground();
  absl::Status status = engine_->Close();
  // What is asked of a closed store is answered as by an empty one.
  auto empty = std::make_shared<StoreState>();
  auto engine = kv::NewMemoryEngine(StoreFamilies().size());
  empty->excluded = std::make_shared<const std::vector<TermId>>();
  empty->snapshot = engine->NewSnapshot();
  dictionary_ = empty->dictionary = std::make_shared<Dictionary>(*engine, 0);
  Publish(std::move(empty));
  engine_ = std::move(engine);
  lock_.reset();
  return status;
}

}  // namespace sanad::internal
