// See rocks_engine.h. A thin translation: every call maps to one of RocksDB's.
// Snapshots and iterators hold the database through a shared handle, since
// RocksDB must outlive both.

#include "storage/rocks/rocks_engine.h"

#include <atomic>
#include <filesystem>
#include <mutex>
#include <utility>

#include <absl/base/thread_annotations.h>
#include <rocksdb/convenience.h>
#include <rocksdb/db.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/utilities/checkpoint.h>
#include <rocksdb/write_batch.h>
#include "storage/model/text.h"
#include "storage/rocks/file_check.h"
#include "storage/rocks/keeping_file_system.h"
#include "storage/rocks/rocks_options.h"
#include "storage/rocks/rocks_status.h"
#include "storage/rocks/transient_env.h"
#include "storage/sync/mutex.h"

namespace sanad::kv {
namespace {

rocksdb::Slice ToSlice(std::string_view s) { return {s.data(), s.size()}; }
std::string_view FromSlice(const rocksdb::Slice& s) { return {s.data(), s.size()}; }

rocksdb::Env* env_for_testing = nullptr;

// The open database; closed when the last user is gone.
struct Handle {
  std::string path;
  std::shared_ptr<KeepingFileSystem> file_system;  // Read-write only.
  std::unique_ptr<rocksdb::Env> env;
  std::unique_ptr<TransientEnv> transient_env;  // Without background threads.
  std::string ingest_directory;
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> families;
  std::vector<rocksdb::ColumnFamilyOptions> family_options;
  rocksdb::Options sorted_file_options;
  std::atomic<uint64_t> next_file{1};

  ~Handle() {
    if (db == nullptr) return;
    for (rocksdb::ColumnFamilyHandle* family : families) {
      db->DestroyColumnFamilyHandle(family).PermitUncheckedError();
    }
    db->Close().PermitUncheckedError();
  }
};

// Waits at its end for the work that a call gave to a transient thread.
class Quiet {
 public:
  explicit Quiet(Handle& handle) : env_(handle.transient_env.get()) {}
  ~Quiet() {
    if (env_ != nullptr) env_->Quiesce();
  }

 private:
  TransientEnv* env_;
};

class RocksSnapshot : public Snapshot {
 public:
  explicit RocksSnapshot(std::shared_ptr<Handle> handle)
      : handle_(std::move(handle)), snapshot_(handle_->db->GetSnapshot()) {}
  ~RocksSnapshot() override {
    if (snapshot_ != nullptr) handle_->db->ReleaseSnapshot(snapshot_);
  }
  const rocksdb::Snapshot* get() const { return snapshot_; }

 private:
  std::shared_ptr<Handle> handle_;
  const rocksdb::Snapshot* snapshot_;  // Null on a follower, which has none.
};

class RocksBatch : public Batch {
 public:
  explicit RocksBatch(std::shared_ptr<Handle> handle) : handle_(std::move(handle)) {}
  void Put(Family family, std::string_view key, std::string_view value) override {
    Note(batch_.Put(handle_->families[family], ToSlice(key), ToSlice(value)));
  }
  void Delete(Family family, std::string_view key) override {
    Note(batch_.Delete(handle_->families[family], ToSlice(key)));
  }
  void DeleteRange(Family family, std::string_view begin, std::string_view end) override {
    Note(batch_.DeleteRange(handle_->families[family], ToSlice(begin), ToSlice(end)));
  }
  size_t byte_size() const override { return batch_.GetDataSize(); }
  rocksdb::WriteBatch& batch() const { return batch_; }
  const rocksdb::Status& status() const { return status_; }

 private:
  void Note(const rocksdb::Status& status) {
    if (status_.ok()) status_ = status;
  }
  std::shared_ptr<Handle> handle_;
  mutable rocksdb::WriteBatch batch_;  // RocksDB's Write takes it non-const and leaves it be.
  rocksdb::Status status_;
};

class RocksFile : public SortedFileWriter {
 public:
  RocksFile(std::shared_ptr<Handle> handle, Family family)
      : handle_(std::move(handle)),
        options_(handle_->sorted_file_options, handle_->family_options[family]),
        writer_(rocksdb::EnvOptions(), options_, handle_->families[family]) {}
  ~RocksFile() override {
    if (!path_.empty()) {
      std::error_code ignored;
      std::filesystem::remove(path_, ignored);
    }
  }
  absl::Status Open() {
    std::error_code error;
    std::filesystem::create_directories(handle_->ingest_directory, error);
    path_ = Concat(handle_->ingest_directory, "/", handle_->next_file.fetch_add(1), ".sst");
    return FromRocks(writer_.Open(path_), handle_->path);
  }
  absl::Status Put(std::string_view key, std::string_view value) override {
    return FromRocks(writer_.Put(ToSlice(key), ToSlice(value)), handle_->path);
  }
  absl::Status Delete(std::string_view key) override {
    return FromRocks(writer_.Delete(ToSlice(key)), handle_->path);
  }
  absl::Status Finish() override { return FromRocks(writer_.Finish(), handle_->path); }
  uint64_t byte_size() const override {
    return const_cast<rocksdb::SstFileWriter&>(writer_).FileSize();
  }
  const std::string& path() const { return path_; }

 private:
  std::shared_ptr<Handle> handle_;
  rocksdb::Options options_;
  rocksdb::SstFileWriter writer_;
  std::string path_;
};

class RocksIterator : public Iterator {
 public:
  RocksIterator(std::shared_ptr<Handle> handle, Family family, std::string_view lower,
                std::string_view upper, const rocksdb::Snapshot* snapshot)
      : handle_(std::move(handle)), lower_(lower), upper_(upper) {
    lower_slice_ = lower_;
    upper_slice_ = upper_;
    rocksdb::ReadOptions options;
    options.snapshot = snapshot;
    if (!lower_.empty()) options.iterate_lower_bound = &lower_slice_;
    if (!upper_.empty()) options.iterate_upper_bound = &upper_slice_;
    iterator_.reset(handle_->db->NewIterator(options, handle_->families[family]));
  }
  void Seek(std::string_view key) override { iterator_->Seek(ToSlice(key)); }
  void SeekForPrev(std::string_view key) override { iterator_->SeekForPrev(ToSlice(key)); }
  void SeekToFirst() override { iterator_->SeekToFirst(); }
  void Next() override { iterator_->Next(); }
  void Prev() override { iterator_->Prev(); }
  bool Valid() const override { return iterator_->Valid(); }
  std::string_view key() const override { return FromSlice(iterator_->key()); }
  std::string_view value() const override { return FromSlice(iterator_->value()); }
  absl::Status status() const override { return FromRocks(iterator_->status(), handle_->path); }

 private:
  std::shared_ptr<Handle> handle_;
  std::string lower_, upper_;
  rocksdb::Slice lower_slice_, upper_slice_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
};

class RocksValue : public PinnedValue {
 public:
  explicit RocksValue(std::shared_ptr<Handle> handle) : handle_(std::move(handle)) {}
  std::string_view view() const override { return FromSlice(slice_); }
  rocksdb::PinnableSlice& slice() { return slice_; }

 private:
  std::shared_ptr<Handle> handle_;  // Its cache owns what the slice points into.
  rocksdb::PinnableSlice slice_;
};

class RocksEngine : public Engine {
 public:
  RocksEngine(std::shared_ptr<Handle> handle, EngineMode mode)
      : handle_(std::move(handle)), mode_(mode) {}

  std::shared_ptr<const Snapshot> NewSnapshot() override {
    return std::make_shared<RocksSnapshot>(handle_);
  }
  absl::StatusOr<std::optional<std::string>> Get(Family family, std::string_view key,
                                                 const Snapshot* snapshot) override {
    rocksdb::PinnableSlice value;
    const rocksdb::Status status =
        handle_->db->Get(Options(snapshot), handle_->families[family], ToSlice(key), &value);
    if (status.IsNotFound()) return std::nullopt;
    if (!status.ok()) return FromRocks(status, handle_->path);
    return std::string(value.data(), value.size());
  }
  absl::StatusOr<std::unique_ptr<PinnedValue>> GetPinned(Family family, std::string_view key,
                                                         const Snapshot* snapshot) override {
    auto value = std::make_unique<RocksValue>(handle_);
    const rocksdb::Status status = handle_->db->Get(Options(snapshot), handle_->families[family],
                                                    ToSlice(key), &value->slice());
    if (status.IsNotFound()) return nullptr;
    if (!status.ok()) return FromRocks(status, handle_->path);
    return value;
  }
  absl::Status MultiGet(Family family, std::span<const std::string_view> keys,
                        const Snapshot* snapshot,
                        std::vector<std::optional<std::string>>& values) override {
    std::vector<rocksdb::Slice> slices;
    slices.reserve(keys.size());
    for (std::string_view key : keys) slices.push_back(ToSlice(key));
    std::vector<rocksdb::PinnableSlice> found(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    handle_->db->MultiGet(Options(snapshot), handle_->families[family], keys.size(), slices.data(),
                          found.data(), statuses.data());
    values.assign(keys.size(), std::nullopt);
    for (size_t i = 0; i < keys.size(); ++i) {
      if (statuses[i].IsNotFound()) continue;
      if (!statuses[i].ok()) return FromRocks(statuses[i], handle_->path);
      values[i].emplace(found[i].data(), found[i].size());
    }
    return absl::OkStatus();
  }
  std::unique_ptr<Iterator> NewIterator(Family family, std::string_view lower,
                                        std::string_view upper, const Snapshot* snapshot) override {
    return std::make_unique<RocksIterator>(handle_, family, lower, upper,
                                           Options(snapshot).snapshot);
  }
  std::unique_ptr<Batch> NewBatch() override { return std::make_unique<RocksBatch>(handle_); }
  absl::Status Write(const Batch& batch, bool sync) override {
    const Quiet quiet(*handle_);
    const auto& rocks = static_cast<const RocksBatch&>(batch);
    if (!rocks.status().ok()) return FromRocks(rocks.status(), handle_->path);
    SANAD_RETURN_IF_ERROR(CheckLog());
    rocksdb::WriteOptions options;
    options.sync = sync;
    return NoteLog(FromRocks(handle_->db->Write(options, &rocks.batch()), handle_->path));
  }
  absl::Status SyncLog() override {
    SANAD_RETURN_IF_ERROR(CheckLog());
    return NoteLog(FromRocks(handle_->db->SyncWAL(), handle_->path));
  }
  absl::StatusOr<std::unique_ptr<SortedFileWriter>> NewSortedFile(Family family) override {
    auto file = std::make_unique<RocksFile>(handle_, family);
    SANAD_RETURN_IF_ERROR(file->Open());
    return file;
  }
  absl::Status Ingest(std::vector<IngestFiles> files) override {
    const Quiet quiet(*handle_);
    SANAD_RETURN_IF_ERROR(CheckLog());
    std::vector<rocksdb::IngestExternalFileArg> arguments;
    for (const IngestFiles& family : files) {
      if (family.files.empty()) continue;
      rocksdb::IngestExternalFileArg argument;
      argument.column_family = handle_->families[family.family];
      for (const auto& file : family.files) {
        argument.external_files.push_back(static_cast<const RocksFile&>(*file).path());
      }
      argument.options.move_files = true;
      arguments.push_back(std::move(argument));
    }
    handle_->file_system->BeginIngest();
    const rocksdb::Status status = handle_->db->IngestExternalFiles(arguments);
    handle_->file_system->EndIngest(status.ok());
    // Whether the manifest names the files is known at the next open only.
    return status.IsIOError() ? NoteLog(FromRocks(status, handle_->path))
                              : FromRocks(status, handle_->path);
  }
  absl::Status CompactRange(Family family, std::string_view begin, std::string_view end) override {
    const Quiet quiet(*handle_);
    SANAD_RETURN_IF_ERROR(CheckLog());
    const rocksdb::Slice first = ToSlice(begin), last = ToSlice(end);
    rocksdb::CompactRangeOptions options;
    return FromRocks(
        handle_->db->CompactRange(options, handle_->families[family],
                                  begin.empty() ? nullptr : &first, end.empty() ? nullptr : &last),
        handle_->path);
  }
  absl::Status Flush() override {
    const Quiet quiet(*handle_);
    SANAD_RETURN_IF_ERROR(CheckLog());
    return FromRocks(handle_->db->Flush(rocksdb::FlushOptions(), handle_->families), handle_->path);
  }
  absl::Status Checkpoint(const std::string& directory) override {
    const Quiet quiet(*handle_);
    SANAD_RETURN_IF_ERROR(CheckLog());
    rocksdb::Checkpoint* checkpoint = nullptr;
    SANAD_RETURN_IF_ERROR(
        FromRocks(rocksdb::Checkpoint::Create(handle_->db.get(), &checkpoint), handle_->path));
    const std::unique_ptr<rocksdb::Checkpoint> owner(checkpoint);
    return FromRocks(checkpoint->CreateCheckpoint(directory), directory);
  }
  absl::Status VerifyChecksums() override {
    return FromRocks(handle_->db->VerifyChecksum(), handle_->path);
  }
  EngineStatistics statistics() const override {
    EngineStatistics statistics;
    for (rocksdb::ColumnFamilyHandle* family : handle_->families) {
      uint64_t value = 0;
      if (handle_->db->GetIntProperty(family, rocksdb::DB::Properties::kTotalSstFilesSize,
                                      &value)) {
        statistics.bytes_on_disk += value;
      }
      if (handle_->db->GetIntProperty(family, rocksdb::DB::Properties::kCurSizeAllMemTables,
                                      &value)) {
        statistics.memory_bytes += value;
      }
    }
    return statistics;
  }
  absl::Status CatchUp() override {
    return FromRocks(handle_->db->TryCatchUpWithPrimary(), handle_->path);
  }
  absl::Status Close() override {
    if (mode_ != EngineMode::kReadWrite) return absl::OkStatus();
    return SyncLog();
  }

 private:
  // RocksDB must not be asked to go on with a log that it could not write; an
  // assertion ends the process otherwise.
  absl::Status CheckLog() {
    const MutexLock lock(&mutex_);
    return log_status_;
  }
  absl::Status NoteLog(absl::Status status) {
    const MutexLock lock(&mutex_);
    log_status_.Update(status);
    return status;
  }
  rocksdb::ReadOptions Options(const Snapshot* snapshot) const {
    rocksdb::ReadOptions options;
    if (snapshot != nullptr && mode_ == EngineMode::kReadWrite) {
      options.snapshot = static_cast<const RocksSnapshot*>(snapshot)->get();
    }
    return options;
  }

  std::shared_ptr<Handle> handle_;
  EngineMode mode_;
  Mutex mutex_;
  absl::Status log_status_ ABSL_GUARDED_BY(mutex_);
};

absl::Status OpenDatabase(const OpenSpec& spec, const rocksdb::DBOptions& options,
                          const std::vector<rocksdb::ColumnFamilyDescriptor>& families,
                          Handle& handle) {
  rocksdb::DB* db = nullptr;
  rocksdb::Status status;
  switch (spec.mode) {
    case EngineMode::kReadWrite:
      status = rocksdb::DB::Open(options, spec.path, families, &handle.families, &db);
      break;
    case EngineMode::kReadOnly:
      status = rocksdb::DB::OpenForReadOnly(options, spec.path, families, &handle.families, &db);
      break;
    case EngineMode::kFollower:
      status = rocksdb::DB::OpenAsSecondary(options, spec.path, spec.scratch, families,
                                            &handle.families, &db);
      break;
  }
  handle.db.reset(db);
  if (status.IsNotFound() || status.IsPathNotFound()) {
    return MakeStatus(absl::StatusCode::kDataLoss, "a file of the store ", spec.path,
                      " is missing: ", status.ToString(), "; restore it from a backup");
  }
  return FromRocks(status, spec.path);
}

}  // namespace

void SetEnvForTesting(rocksdb::Env* env) { env_for_testing = env; }

absl::StatusOr<std::unique_ptr<Engine>> OpenRocks(const OpenSpec& spec) {
  // A follower's files change while they are looked at.
  if (spec.mode != EngineMode::kFollower) SANAD_RETURN_IF_ERROR(CheckLogs(spec.path));
  SANAD_RETURN_IF_ERROR(CheckTables(spec.path));
  const auto cache = NewCache(spec.memory_bytes);
  rocksdb::DBOptions options = DatabaseOptions(spec, cache);
  auto handle = std::make_shared<Handle>();
  handle->path = spec.path;
  if (env_for_testing != nullptr) options.env = env_for_testing;
  if (spec.mode == EngineMode::kReadWrite) {
    handle->file_system = std::make_shared<KeepingFileSystem>(options.env->GetFileSystem());
    handle->env = rocksdb::NewCompositeEnv(handle->file_system);
    options.env = handle->env.get();
  }
  if (spec.background_threads <= 0) {
    handle->transient_env = std::make_unique<TransientEnv>(options.env);
    options.env = handle->transient_env.get();
  }
  handle->ingest_directory = spec.path + "/ingest";
  handle->sorted_file_options = rocksdb::Options(options, rocksdb::ColumnFamilyOptions());
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  families.emplace_back(rocksdb::kDefaultColumnFamilyName,
                        FamilyOptions(spec, FamilySpec(), cache));
  for (const FamilySpec& family : spec.families) {
    handle->family_options.push_back(FamilyOptions(spec, family, cache));
    families.emplace_back(family.name, handle->family_options.back());
  }
  SANAD_RETURN_IF_ERROR(OpenDatabase(spec, options, families, *handle));
  const Quiet quiet(*handle);
  // RocksDB insists on a default family; ours start behind it.
  handle->db->DestroyColumnFamilyHandle(handle->families.front()).PermitUncheckedError();
  handle->families.erase(handle->families.begin());
  if (spec.mode == EngineMode::kReadWrite) {
    // Files a killed load left behind.
    std::error_code ignored;
    std::filesystem::remove_all(handle->ingest_directory, ignored);
  }
  return std::make_unique<RocksEngine>(std::move(handle), spec.mode);
}

}  // namespace sanad::kv
