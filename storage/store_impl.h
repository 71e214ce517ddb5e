// The store behind the public handle: the engine, the newest state, the writer
// slot, and everything that opens, commits and cares for it.

#ifndef SANAD_STORAGE_STORE_IMPL_H_
#define SANAD_STORAGE_STORE_IMPL_H_

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <absl/base/thread_annotations.h>
#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <absl/time/time.h>
#include <sanad/store.h>
#include "storage/bulk_load.h"
#include "storage/derived/derived_updater.h"
#include "storage/derived_index.h"
#include "storage/dictionary/dictionary.h"
#include "storage/kv/kv.h"
#include "storage/load/index_fold.h"
#include "storage/load/load_buffer.h"
#include "storage/store_directory.h"
#include "storage/store_state.h"
#include "storage/sync/mutex.h"

namespace sanad::internal {

class SnapshotImpl;
class TransactionImpl;

// What a transaction asks to be made durable.
struct CommitRequest {
  std::vector<DeltaEntry> entries;     // Net and effective, in SPO order.
  uint64_t first_position = 0;         // Of the new terms.
  std::vector<std::string> new_texts;  // In order of position.
  std::vector<TermId> new_ids;
};

// What a bulk load or large transaction makes of the store.
struct IndexInstall {
  std::shared_ptr<const StoreState> before;
  StateRecord record;
  std::vector<kv::IngestFiles> files;  // Of all families but meta.
  // Either the whole index anew, delta included, or more changes behind it.
  std::optional<FoldedIndex> folded;
  std::shared_ptr<const DeltaRun> changes;
  bool scratch = false;  // Some term keys are scratch keys.
  // Set once it is durable, whatever comes after.
  bool ingested = false;
};

// Thread-safe, but for Open and Close.
class StoreImpl : public std::enable_shared_from_this<StoreImpl> {
 public:
  static absl::StatusOr<std::shared_ptr<StoreImpl>> Open(const std::string& path,
                                                         const StoreOptions& options);
  // A newer view of a follower's store; path() stays the same string.
  static absl::StatusOr<std::shared_ptr<StoreImpl>> OpenAgain(const StoreImpl& follower);
  static absl::StatusOr<std::shared_ptr<StoreImpl>> OpenInMemory(const StoreOptions& options);
  ~StoreImpl();

  // The newest state that is durable: what snapshots see. In relaxed mode, as
  // newest().
  std::shared_ptr<const StoreState> state() const;
  // The newest state that is written, its commits perhaps not yet synced: what
  // the writer and folds go on from.
  std::shared_ptr<const StoreState> newest() const;
  std::shared_ptr<SnapshotImpl> NewSnapshot();
  absl::StatusOr<std::unique_ptr<TransactionImpl>> Begin(absl::Time deadline);

  // The writer slot: at most one holder. Begin takes it; so does a bulk load.
  // Returns with everything written durable, so that state() is the newest.
  absl::Status AcquireWriter(absl::Time deadline);
  void ReleaseWriter();
  // Writes a commit, unsynced, and returns its ticket for AwaitDurable; the next
  // writer may go on from it at once. REQUIRES: the caller holds the writer slot.
  absl::StatusOr<uint64_t> WriteCommit(const CommitRequest& request);
  // Returns when the change with this ticket is durable. One of the threads that
  // wait syncs for all (group commit). To be called without the writer slot.
  absl::Status AwaitDurable(uint64_t ticket);
  // Makes everything written durable; for changes that reach the disk past the
  // log. REQUIRES: the caller holds the writer slot.
  absl::Status SyncWritten();

  // Adds the rows of a bulk load and its new terms in one ingest. With an empty
  // `spill_directory` all stays in memory. REQUIRES: the caller holds the writer
  // slot; the buffer is finished.
  absl::StatusOr<BulkLoadReport> InstallLoad(LoadBuffer& buffer, const std::string& spill_directory,
                                             const BulkLoadOptions& options);
  // Bytes that a load or a transaction may take, of the one budget.
  uint64_t WriteMemory() const { return options_.memory_budget / 16 * 5; }

  // The newest state, once no fold runs; from then on none does until EndSpill().
  // REQUIRES: the caller holds the writer slot.
  std::shared_ptr<const StoreState> BeginSpill();
  void EndSpill();
  // REQUIRES: the caller holds the writer slot and no fold runs.
  absl::Status InstallIndex(IndexInstall& install);
  // Deletes what a writer that did not end well left: scratch keys, and terms,
  // blocks and pages behind those in use.
  absl::Status RemoveLeftovers(const StateRecord& record, uint64_t next_number);

  // Moves the delta into the blocks. One fold runs at a time; commits go on
  // beside it. Does nothing on a clean index. Unavailable while a transaction
  // is open that has spilled.
  absl::Status Fold();
  // `step` is called after each order of a fold and may fail it; null for none.
  void SetFoldStepForTesting(std::function<absl::Status()> step) { fold_step_ = std::move(step); }
  // Folds when the delta has grown past its threshold, on the background thread
  // when there is one.
  void FoldIfDue();

  absl::Status Close();
  absl::StatusOr<StoreStatistics> Statistics();
  absl::StatusOr<ValidationReport> Validate();
  absl::Status Compact(bool rebuild);
  absl::Status Backup(const std::string& directory);
  std::vector<std::pair<std::string, std::string>> Prefixes();
  absl::Status SetPrefix(std::string_view prefix, std::string_view iri);

  const std::string& path() const { return *shared_path_; }
  const StoreOptions& options() const { return options_; }
  bool read_only() const { return options_.mode != OpenMode::kReadWrite; }
  absl::Status CheckWritable() const;
  void Log(LogLevel level, std::string_view message) const;

  kv::Engine& engine() { return *engine_; }
  const std::vector<const DerivedIndex*>& indexes() const { return indexes_; }
  BlockCache* block_cache() { return block_cache_.get(); }
  Dictionary& dictionary() { return *dictionary_; }
  const std::vector<std::string>& ready_indexes() const { return ready_indexes_; }

  void SnapshotOpened(const SnapshotImpl* snapshot);
  void SnapshotClosed(const SnapshotImpl* snapshot);

 private:
  StoreImpl(std::string path, const StoreOptions& options);

  static absl::StatusOr<std::shared_ptr<StoreImpl>> OpenFollower(const std::string& path,
                                                                 const StoreOptions& options);
  kv::OpenSpec EngineSpec() const;
  // Unavailable or DataLoss when the state names what is not there.
  absl::Status CheckWhole();
  absl::Status CheckStamps(uint64_t commit_number, const FoldRecord& fold);
  absl::Status Load();
  absl::Status Initialize();
  absl::StatusOr<DeltaVersion> LoadDelta(const StateRecord& record, uint64_t folded_commit);
  absl::Status PrepareDerivedIndexes();
  // Hands every quad that an index wants to it, as additions; `flush` is called
  // after each batch of them.
  absl::Status FillDerivedIndex(const DerivedIndex& index, const StoreState& state,
                                DerivedWriter& writer, const std::function<absl::Status()>& flush);
  absl::Status RebuildDerivedIndex(const DerivedIndex& index, const StoreState& state);
  // True when a load of so many rows is committed as a record of the delta.
  bool GoesToDelta(const StoreState& before, uint64_t rows) const;
  absl::Status MakeDeltaRecord(const StoreState& before, const LoadedRows& rows,
                               IndexInstall& install, BulkLoadReport& report);
  absl::Status DeriveLoad(const StoreState& before, const NewTermSpool& spool,
                          const LoadedRows& rows, const std::string& spill_directory,
                          const BulkLoadOptions& options, IngestSink& derived);
  // Says in `problems` where an index is not what its quads make of it.
  absl::Status ValidateDerivedIndex(const DerivedIndex& index, const StoreState& state,
                                    std::vector<std::string>& problems);
  absl::Status AppendDerived(const CommitRequest& request, kv::Batch& batch);
  absl::Status DescribeChanges(const DerivedIndex& index, std::span<const DeltaEntry> entries,
                               const CommitRequest* request, std::vector<QuadChange>& changes);
  // Makes a written state the newest; returns its ticket.
  uint64_t Install(std::shared_ptr<const StoreState> state);
  // The same for a state that is durable already.
  void Publish(std::shared_ptr<const StoreState> state);
  absl::Status AcquireSlot(absl::Time deadline);
  // Writes to the log, unsynced. An error shuts the store for writing: whether the
  // log holds the change is not known until the store is opened anew.
  absl::Status WriteToLog(const kv::Batch& batch);
  absl::Status SyncLog();
  absl::Status ShutForWriting(const absl::Status& status) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status FoldOrders(const StoreState& state, kv::Batch& batch, FoldRecord& record,
                          uint64_t& replaced_bytes);
  // Writes the batch of a fold and makes its blocks the current ones; with an
  // error in `status`, joins the delta again instead. Returns the ticket.
  absl::StatusOr<uint64_t> InstallFold(const FoldRecord& record, kv::Batch& batch,
                                       uint64_t replaced_bytes, absl::Status status);
  // Writes the store anew without the terms that no quad uses.
  absl::Status DropUnusedTerms();
  // REQUIRES: the writer slot and fold_mutex_ are held, the delta is empty.
  absl::Status RebuildFolded();
  absl::Status PublishRebuilt(const StoreState& before, const StateRecord& record,
                              const FoldRecord& fold);
  void StopBackground();
  void RunBackground();
  bool FoldDue() const;
  bool SpillOpen() const;
  // Changes that the delta holds before a fold is due.
  uint64_t DeltaCapacity(const StoreState& state) const;

  std::string path_;
  // Shared by the views of one follower, since users hold references to it.
  std::shared_ptr<const std::string> shared_path_;
  StoreOptions options_;
  std::string scratch_;  // A follower's own files.
  std::unique_ptr<StoreLock> lock_;
  std::unique_ptr<kv::Engine> engine_;
  std::unique_ptr<BlockCache> block_cache_;
  std::shared_ptr<Dictionary> dictionary_;  // The newest state's. Changed under the writer slot.
  std::vector<const DerivedIndex*> indexes_;
  std::vector<std::string> ready_indexes_;

  // Held while a change is written, its engine state pinned and published, so
  // that commits and folds never publish a directory with another's snapshot.
  Mutex install_mutex_ ABSL_ACQUIRED_BEFORE(mutex_);
  Mutex fold_mutex_ ABSL_ACQUIRED_BEFORE(install_mutex_);  // Held by the running fold.
  std::function<absl::Status()> fold_step_;
  std::thread background_;
  CondVar background_wanted_;  // A fold, or its thread's end.
  bool fold_wanted_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  bool spill_open_ ABSL_GUARDED_BY(mutex_) = false;

  mutable Mutex mutex_;
  CondVar writer_free_;
  bool writer_busy_ ABSL_GUARDED_BY(mutex_) = false;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  std::shared_ptr<const StoreState> state_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<const StoreState> newest_ ABSL_GUARDED_BY(mutex_);
  // States are counted as they are installed; those up to durable_ are synced.
  uint64_t installed_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t durable_ ABSL_GUARDED_BY(mutex_) = 0;
  bool syncing_ ABSL_GUARDED_BY(mutex_) = false;
  CondVar synced_;
  absl::Status shut_ ABSL_GUARDED_BY(mutex_);  // Why the store takes no more writes.
  std::map<const SnapshotImpl*, absl::Time> snapshots_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace sanad::internal

#endif  // SANAD_STORAGE_STORE_IMPL_H_
