// See bulk_load.h. The calling thread pulls quads; another numbers their terms
// and keeps the rows, so that reading and this overlap. A small load goes
// through a transaction instead.

#include "storage/bulk_load.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "storage/load_rows.h"
#include "storage/load_terms.h"
#include "storage/model/text.h"
#include "storage/quad_check.h"
#include "storage/store_impl.h"
#include "storage/transaction_impl.h"

namespace sanad {
namespace {

constexpr size_t kBatchesAhead = 4;

absl::Status Cancelled() {
  return absl::CancelledError("the load was cancelled; the store is as it was");
}

// Takes batches on a thread of its own.
class RowCollector {
 public:
  RowCollector() : thread_([this] { Run(); }) {}
  ~RowCollector() { Stop(); }

  absl::Status Add(std::vector<Quad>& batch) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return queue_.size() < kBatchesAhead || !status_.ok(); });
    if (!status_.ok()) return status_;
    queue_.push_back(std::move(batch));
    batch.clear();
    if (!spare_.empty()) {
      batch = std::move(spare_.back());
      spare_.pop_back();
    }
    changed_.notify_all();
    return absl::OkStatus();
  }

  absl::Status Finish() {
    Stop();
    return status_;
  }

  const LoadTerms& terms() const { return terms_; }
  LoadRowBuffer& rows() { return rows_; }

 private:
  void Stop() {
    {
      const std::lock_guard lock(mutex_);
      done_ = true;
      changed_.notify_all();
    }
    if (thread_.joinable()) thread_.join();
  }

  void Run() {
    while (true) {
      std::vector<Quad> batch;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return !queue_.empty() || done_; });
        if (queue_.empty()) return;
        batch = std::move(queue_.front());
        queue_.pop_front();
        changed_.notify_all();
      }
      absl::Status status = Take(batch);
      const std::lock_guard lock(mutex_);
      if (!status.ok()) {
        status_ = std::move(status);
        changed_.notify_all();
        return;
      }
      // Given back, so that the reader can use the strings' memory again.
      if (spare_.size() < kBatchesAhead) spare_.push_back(std::move(batch));
    }
  }

  absl::Status Take(const std::vector<Quad>& batch) {
    for (const Quad& quad : batch) {
      SANAD_RETURN_IF_ERROR(CheckStorable(quad));
      LoadRow row;
      row[0] = quad.subject == last_subject_ ? last_row_[0] : terms_.Intern(quad.subject);
      row[1] = quad.predicate == last_predicate_ ? last_row_[1] : terms_.Intern(quad.predicate);
      row[2] = terms_.Intern(quad.object);
      row[3] = terms_.Intern(quad.graph);
      if (row[0] != last_row_[0]) last_subject_ = quad.subject;
      if (row[1] != last_row_[1]) last_predicate_ = quad.predicate;
      rows_.Add(row);
      last_row_ = row;
    }
    if (terms_.size() > (uint64_t{1} << 32) - 2 * (1 << 20)) {
      return absl::ResourceExhaustedError("a load holds more than 4 billion distinct terms");
    }
    return absl::OkStatus();
  }

  LoadTerms terms_;
  LoadRowBuffer rows_;
  Term last_subject_, last_predicate_;
  LoadRow last_row_{};

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::vector<Quad>> queue_;
  std::vector<std::vector<Quad>> spare_;
  bool done_ = false;
  absl::Status status_;
  std::thread thread_;  // Last: it uses all the others.
};

// Holds the writer slot unless it was handed on.
class WriterSlot {
 public:
  explicit WriterSlot(internal::StoreImpl& store) : store_(&store) {}
  ~WriterSlot() {
    if (store_ != nullptr) store_->ReleaseWriter();
  }
  void HandOn() { store_ = nullptr; }

 private:
  internal::StoreImpl* store_;
};

absl::StatusOr<BulkLoadReport> LoadSmall(internal::StoreImpl& store, const std::vector<Quad>& quads,
                                         const BulkLoadOptions& options, WriterSlot& slot) {
  internal::TransactionImpl transaction(store.shared_from_this(), store.state());
  slot.HandOn();
  for (const Quad& quad : quads) SANAD_RETURN_IF_ERROR(transaction.Insert(quad));
  BulkLoadReport report;
  report.read = quads.size();
  report.added = transaction.added_count();
  if (options.progress) options.progress("commit", report.added);
  SANAD_RETURN_IF_ERROR(transaction.Commit());
  report.commit_number = store.state()->record.commit_number;
  return report;
}

}  // namespace

absl::StatusOr<BulkLoadReport> BulkLoad(Store& store, const QuadPull& pull,
                                        const BulkLoadOptions& options) {
  internal::StoreImpl& impl = store.impl();
  SANAD_RETURN_IF_ERROR(impl.AcquireWriter(options.deadline));
  WriterSlot slot(impl);
  uint64_t read = 0;
  std::vector<Quad> batch;
  const auto next = [&]() -> absl::Status {
    SANAD_RETURN_IF_ERROR(pull(batch));
    if (options.cancelled && options.cancelled()) return Cancelled();
    read += batch.size();
    if (options.progress && !batch.empty()) options.progress("read", read);
    return absl::OkStatus();
  };
  std::vector<Quad> first;
  SANAD_RETURN_IF_ERROR(next());
  while (!batch.empty() && first.size() <= options.small) {
    first.insert(first.end(), std::make_move_iterator(batch.begin()),
                 std::make_move_iterator(batch.end()));
    SANAD_RETURN_IF_ERROR(next());
  }
  if (batch.empty() && first.size() <= options.small) return LoadSmall(impl, first, options, slot);
  RowCollector collector;
  SANAD_RETURN_IF_ERROR(collector.Add(first));
  while (!batch.empty()) {
    SANAD_RETURN_IF_ERROR(collector.Add(batch));
    SANAD_RETURN_IF_ERROR(next());
  }
  SANAD_RETURN_IF_ERROR(collector.Finish());
  return impl.InstallLoad(collector.terms(), collector.rows(), options);
}

}  // namespace sanad
