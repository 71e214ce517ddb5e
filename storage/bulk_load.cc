// See bulk_load.h. The calling thread copies quads into flat batches; another
// numbers their terms and keeps the rows, so that reading and this overlap. A
// small load goes through a transaction instead.

#include "storage/bulk_load.h"

#include <deque>
#include <thread>
#include <utility>

#include "storage/load/load_buffer.h"
#include "storage/model/text.h"
#include "storage/quad_check.h"
#include "storage/store_impl.h"
#include "storage/sync/mutex.h"
#include "storage/transaction_impl.h"

namespace sanad {
namespace {

constexpr size_t kBatchQuads = 4096;
constexpr size_t kBatchesAhead = 8;

absl::Status Cancelled() {
  return absl::CancelledError("the load was cancelled; the store is as it was");
}

// Takes batches on a thread of its own.
class RowCollector {
 public:
  explicit RowCollector(LoadLimits limits)
      : buffer_(std::move(limits)), thread_([this] { Run(); }) {}
  ~RowCollector() { Stop(); }

  // Leaves an empty batch, with memory to use again where there is some.
  absl::Status Add(FlatQuads& batch) {
    const MutexLock lock(&mutex_);
    while (queue_.size() >= kBatchesAhead && status_.ok()) changed_.Wait(&mutex_);
    if (!status_.ok()) return status_;
    queue_.push_back(std::exchange(batch, FlatQuads()));
    if (!spare_.empty()) {
      batch = std::move(spare_.back());
      spare_.pop_back();
    }
    changed_.SignalAll();
    return absl::OkStatus();
  }

  absl::Status Finish() {
    Stop();
    {
      const MutexLock lock(&mutex_);
      if (!status_.ok()) return status_;
    }
    return buffer_.Finish();
  }

  // REQUIRES: Finish() was called.
  LoadBuffer& buffer() { return buffer_; }

 private:
  void Stop() {
    {
      const MutexLock lock(&mutex_);
      done_ = true;
      changed_.SignalAll();
    }
    if (thread_.joinable()) thread_.join();
  }

  void Run() {
    while (true) {
      FlatQuads batch;
      {
        const MutexLock lock(&mutex_);
        while (queue_.empty() && !done_) changed_.Wait(&mutex_);
        if (queue_.empty()) return;
        batch = std::move(queue_.front());
        queue_.pop_front();
        changed_.SignalAll();
      }
      absl::Status status = buffer_.Add(batch);
      batch.Clear();
      const MutexLock lock(&mutex_);
      if (!status.ok()) {
        status_ = std::move(status);
        changed_.SignalAll();
        return;
      }
      if (spare_.size() < kBatchesAhead) spare_.push_back(std::move(batch));
    }
  }

  LoadBuffer buffer_;

  Mutex mutex_;
  CondVar changed_;
  std::deque<FlatQuads> queue_ ABSL_GUARDED_BY(mutex_);
  std::vector<FlatQuads> spare_ ABSL_GUARDED_BY(mutex_);
  bool done_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
  std::thread thread_;  // Last: it uses all the others.
};

class StoreBulkLoader : public BulkLoader {
 public:
  // Takes over the writer slot.
  StoreBulkLoader(internal::StoreImpl& store, const BulkLoadOptions& options)
      : store_(store), options_(options) {
    if (options_.spill_directory.empty()) options_.spill_directory = store.path();
    if (options_.memory == 0) options_.memory = store.WriteMemory();
  }
  ~StoreBulkLoader() override {
    if (!slot_handed_on_) store_.ReleaseWriter();
  }

  absl::Status Add(const QuadView& quad) override {
    SANAD_RETURN_IF_ERROR(CheckStorable(quad));
    batch_.Add(quad);
    ++read_;
    return batch_.size() < kBatchQuads ? absl::OkStatus() : TakeBatch();
  }

  absl::Status AddAll(FlatQuads& quads) override {
    for (size_t i = 0; i < quads.size(); ++i) SANAD_RETURN_IF_ERROR(CheckStorable(quads.at(i)));
    if (batch_.empty()) {
      read_ += quads.size();
      std::swap(batch_, quads);
      return TakeBatch();
    }
    for (size_t i = 0; i < quads.size(); ++i) batch_.Add(quads.at(i));
    read_ += quads.size();
    quads.Clear();
    return batch_.size() < kBatchQuads ? absl::OkStatus() : TakeBatch();
  }

  absl::StatusOr<BulkLoadReport> Finish() override {
    if (options_.cancelled && options_.cancelled()) return Cancelled();
    if (read_ <= options_.small) {
      first_.push_back(std::move(batch_));
      return InsertFirst();
    }
    SANAD_RETURN_IF_ERROR(Collect());
    SANAD_RETURN_IF_ERROR(collector_->Finish());
    return store_.InstallLoad(collector_->buffer(), options_.spill_directory, options_);
  }

 private:
  absl::Status TakeBatch() {
    if (options_.cancelled && options_.cancelled()) return Cancelled();
    if (options_.progress) options_.progress("read", read_);
    if (collector_ == nullptr && read_ <= options_.small) {
      first_.push_back(std::exchange(batch_, FlatQuads()));
      return absl::OkStatus();
    }
    return Collect();
  }

  absl::Status Collect() {
    if (collector_ == nullptr) {
      collector_ = std::make_unique<RowCollector>(LoadLimits{
          options_.spill_directory, options_.memory, options_.threads, options_.cancelled});
    }
    for (FlatQuads& batch : first_) SANAD_RETURN_IF_ERROR(collector_->Add(batch));
    first_.clear();
    return collector_->Add(batch_);
  }

  absl::StatusOr<BulkLoadReport> InsertFirst() {
    internal::TransactionImpl transaction(store_.shared_from_this(), store_.newest());
    slot_handed_on_ = true;
    for (const FlatQuads& batch : first_) {
      for (size_t i = 0; i < batch.size(); ++i) {
        SANAD_RETURN_IF_ERROR(transaction.Insert(batch.at(i).ToQuad()));
      }
    }
    BulkLoadReport report;
    report.read = read_;
    report.added = transaction.added_count();
    if (options_.progress) options_.progress("commit", report.added);
    SANAD_RETURN_IF_ERROR(transaction.Commit());
    report.commit_number = store_.state()->record.commit_number;
    return report;
  }

  internal::StoreImpl& store_;
  BulkLoadOptions options_;
  bool slot_handed_on_ = false;
  uint64_t read_ = 0;
  FlatQuads batch_;
  std::vector<FlatQuads> first_;  // Until it is known that the load is not small.
  std::unique_ptr<RowCollector> collector_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<BulkLoader>> BulkLoader::Begin(Store& store,
                                                              const BulkLoadOptions& options) {
  internal::StoreImpl& impl = store.impl();
  SANAD_RETURN_IF_ERROR(impl.AcquireWriter(options.deadline));
  return std::make_unique<StoreBulkLoader>(impl, options);
}

absl::StatusOr<BulkLoadReport> BulkLoad(Store& store, const QuadPull& pull,
                                        const BulkLoadOptions& options) {
  SANAD_ASSIGN_OR_RETURN(const std::unique_ptr<BulkLoader> loader,
                         BulkLoader::Begin(store, options));
  std::vector<Quad> batch;
  while (true) {
    SANAD_RETURN_IF_ERROR(pull(batch));
    if (batch.empty()) return loader->Finish();
    for (const Quad& quad : batch) {
      SANAD_RETURN_IF_ERROR(loader->Add(
          {ViewOf(quad.subject), ViewOf(quad.predicate), ViewOf(quad.object), ViewOf(quad.graph)}));
    }
  }
}

}  // namespace sanad
