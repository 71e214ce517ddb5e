// Folds: the delta's changes go into the blocks of all seven orders.
//
// A fold freezes the delta, so that later commits stack apart from it, and
// rewrites the touched blocks of each order from the frozen state, while readers
// and the writer go on. New blocks get new numbers, so nothing that a snapshot
// reads changes. One batch then makes the new directories the current ones and
// deletes what they replace, commit records included. Blocks of a large fold are
// ingested as files before that batch: until it, no directory names them, and a
// fold after a crash gives their numbers out again.

#include <algorithm>
#include <thread>

#include "storage/encoding/varint.h"
#include "storage/families.h"
#include "storage/index/fold.h"
#include "storage/model/text.h"
#include "storage/store_impl.h"

namespace sanad::internal {
namespace {

// Changes that start a fold, at least; a larger index waits for more, so that
// each fold rewrites its blocks for many changes.
constexpr uint64_t kLeastChanges = uint64_t{1} << 17;
constexpr uint64_t kRowsPerChange = 16;
// What a change takes in memory, sorted into all orders.
constexpr uint64_t kBytesPerChange = 7 * 40;
// Blocks of this many bytes go into files rather than the batch.
constexpr size_t kBatchBytes = size_t{8} << 20;

// Collects blocks in the batch, or past a size in sorted files.
class BlockSink {
 public:
  BlockSink(kv::Engine& engine, kv::Batch& batch, bool files)
      : engine_(engine), batch_(batch), files_(files) {}

  absl::Status Put(std::string_view key, std::string_view value) {
    if (!files_) {
      batch_.Put(kBlockFamily, key, value);
      return absl::OkStatus();
    }
    if (file_ == nullptr) {
      SANAD_ASSIGN_OR_RETURN(file_, engine_.NewSortedFile(kBlockFamily));
    }
    return file_->Put(key, value);
  }

  absl::Status Finish() {
    if (file_ == nullptr) return absl::OkStatus();
    SANAD_RETURN_IF_ERROR(file_->Finish());
    kv::IngestFiles ingest;
    ingest.family = kBlockFamily;
    ingest.files.push_back(std::move(file_));
    std::vector<kv::IngestFiles> all;
    all.push_back(std::move(ingest));
    return engine_.Ingest(std::move(all));
  }

 private:
  kv::Engine& engine_;
  kv::Batch& batch_;
  bool files_;
  std::unique_ptr<kv::SortedFileWriter> file_;
};

Row LeastRow() { return {TermId::Min(), TermId::Min(), TermId::Min(), TermId::Min()}; }
Row GreatestRow() { return {TermId::Max(), TermId::Max(), TermId::Max(), TermId::Max()}; }

}  // namespace

absl::Status StoreImpl::FoldOrders(const StoreState& state, kv::Batch& batch, FoldRecord& record,
                                   uint64_t& replaced_bytes) {
  const DeltaVersion changes = state.index.delta().FrozenOnly();
  const FoldContext context{*engine_, state.index.snapshot().get(), {}};
  const bool files = changes.size() * 64 > kBatchBytes;
  for (size_t o = 0; o < kOrderCount; ++o) {
    const auto order = static_cast<Order>(o);
    const BlockDirectory& directory = *state.index.directories()[o];
    DeltaStream stream(changes.Range(order, LeastRow(), GreatestRow()));
    BlockSink sink(*engine_, batch, files);
    const OrderWriter::Sink put = [&](std::string_view key, std::string_view value) {
      return sink.Put(key, value);
    };
    SANAD_ASSIGN_OR_RETURN(FoldedOrder folded,
                           FoldOrder(directory, stream, record.next_number, put, context));
    for (const auto& [key, value] : folded.written.page_entries) {
      SANAD_RETURN_IF_ERROR(sink.Put(key, value));
    }
    SANAD_RETURN_IF_ERROR(sink.Finish());
    for (const std::string& key : folded.replaced) batch.Delete(kBlockFamily, key);
    replaced_bytes += folded.replaced_bytes;
    record.next_number = folded.written.next_number;
    record.directories[o] =
        BlockDirectory::FromPages(order, std::move(folded.written.pages), &directory);
    if (fold_step_) SANAD_RETURN_IF_ERROR(fold_step_());
  }
  return absl::OkStatus();
}

absl::Status StoreImpl::Fold() {
  const MutexLock fold_lock(&fold_mutex_);
  if (SpillOpen()) {
    return absl::UnavailableError(
        "a large transaction is open; fold once it has been committed or rolled back");
  }
  std::shared_ptr<StoreState> frozen;
  {
    const MutexLock lock(&install_mutex_);
    frozen = std::make_shared<StoreState>(*newest());
    if (frozen->index.delta().empty()) return absl::OkStatus();
    frozen->index = frozen->index.With(frozen->index.delta().Frozen(), frozen->snapshot);
    Install(frozen);
  }
  FoldRecord record;
  record.folded_commit = frozen->record.commit_number;
  record.next_number = frozen->next_number;
  const std::unique_ptr<kv::Batch> batch = engine_->NewBatch();
  uint64_t replaced_bytes = 0;
  absl::Status status = FoldOrders(*frozen, *batch, record, replaced_bytes);
  if (status.ok()) {
    batch->Put(kMetaFamily, kFoldKey, record.Encode());
    for (uint64_t commit = frozen->folded_commit + 1; commit <= record.folded_commit; ++commit) {
      batch->Delete(kDeltaFamily, BigEndianKey(commit));
    }
  }
  const absl::StatusOr<uint64_t> ticket =
      InstallFold(record, *batch, replaced_bytes, std::move(status));
  return ticket.ok() ? AwaitDurable(*ticket) : ticket.status();
}

absl::StatusOr<uint64_t> StoreImpl::InstallFold(const FoldRecord& record, kv::Batch& batch,
                                                uint64_t replaced_bytes, absl::Status status) {
  const MutexLock lock(&install_mutex_);
  if (status.ok()) {
    AppendStamps(newest()->record.commit_number, record.next_number, batch);
    status = WriteToLog(batch);
  }
  auto after = std::make_shared<StoreState>(*newest());
  if (!status.ok()) {
    after->index = after->index.With(after->index.delta().Thawed(), after->snapshot);
    Install(std::move(after));
    return status;
  }
  after->folded_commit = record.folded_commit;
  after->next_number = record.next_number;
  after->replaced_bytes += replaced_bytes;
  after->snapshot = engine_->NewSnapshot();
  after->index = IndexView(*engine_, block_cache_.get(), after->snapshot, record.directories,
                           after->index.delta().WithoutFrozen());
  return Install(std::move(after));
}

uint64_t StoreImpl::DeltaCapacity(const StoreState& state) const {
  const uint64_t rows = state.index.directories()[0]->total().rows;
  const uint64_t budget = std::max(kLeastChanges, options_.memory_budget / 8 / kBytesPerChange);
  return std::clamp(rows / kRowsPerChange, kLeastChanges, budget);
}

bool StoreImpl::SpillOpen() const {
  const MutexLock lock(&mutex_);
  return spill_open_;
}

std::shared_ptr<const StoreState> StoreImpl::BeginSpill() {
  const MutexLock fold_lock(&fold_mutex_);
  const MutexLock lock(&mutex_);
  spill_open_ = true;
  return newest_;
}

void StoreImpl::EndSpill() {
  const MutexLock lock(&mutex_);
  spill_open_ = false;
}

bool StoreImpl::FoldDue() const {
  if (SpillOpen()) return false;
  const std::shared_ptr<const StoreState> state = newest();
  return state->index.delta().size() >= DeltaCapacity(*state);
}

void StoreImpl::FoldIfDue() {
  if (!FoldDue()) return;
  if (options_.background_threads <= 0) {
    if (absl::Status status = Fold(); !status.ok() && !SpillOpen()) {
      Log(LogLevel::kError, Concat("folding failed: ", FromAbsl(status.message())));
    }
    return;
  }
  const MutexLock lock(&mutex_);
  if (stopping_) return;
  fold_wanted_ = true;
  background_wanted_.SignalAll();
  if (!background_.joinable()) background_ = std::thread([this] { RunBackground(); });
}

void StoreImpl::RunBackground() {
  while (true) {
    {
      const MutexLock lock(&mutex_);
      while (!fold_wanted_ && !stopping_) background_wanted_.Wait(&mutex_);
      if (stopping_) return;
      fold_wanted_ = false;
    }
    if (absl::Status status = Fold(); !status.ok() && !SpillOpen()) {
      Log(LogLevel::kError, Concat("folding failed: ", FromAbsl(status.message())));
    }
  }
}

void StoreImpl::StopBackground() {
  {
    const MutexLock lock(&mutex_);
    stopping_ = true;
    background_wanted_.SignalAll();
  }
  if (background_.joinable()) background_.join();
}

}  // namespace sanad::internal
