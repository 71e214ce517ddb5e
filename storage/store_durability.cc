// States of a store from written to durable: group commit.
//
// A commit writes to the log without syncing, makes its state the newest one and
// frees the writer slot; the next transaction goes on from there. Then it waits
// for its ticket. The first to wait syncs the log for all that is written by
// then, while others write behind it and wait for the next sync. Readers see a
// state only when it is durable. The log is one sequence, so a crash leaves a
// prefix of the commits. When a write or sync fails, nobody knows what the disk
// holds: every waiting commit gets the error, the store goes back to the last
// durable state, stays readable, and takes no more writes until it is reopened.

#include <utility>

#include "storage/model/text.h"
#include "storage/store_impl.h"

namespace sanad::internal {

std::shared_ptr<const StoreState> StoreImpl::state() const {
  const MutexLock lock(&mutex_);
  return state_;
}

std::shared_ptr<const StoreState> StoreImpl::newest() const {
  const MutexLock lock(&mutex_);
  return newest_;
}

uint64_t StoreImpl::Install(std::shared_ptr<const StoreState> state) {
  const MutexLock lock(&mutex_);
  newest_ = std::move(state);
  ++installed_;
  if (!options_.sync) {
    state_ = newest_;
    durable_ = installed_;
  }
  return installed_;
}

void StoreImpl::Publish(std::shared_ptr<const StoreState> state) {
  const MutexLock lock(&mutex_);
  state_ = newest_ = std::move(state);
  durable_ = ++installed_;
}

absl::Status StoreImpl::ShutForWriting(const absl::Status& status) {
  if (shut_.ok()) {
    shut_ = absl::Status(status.code(),
                         Concat(FromAbsl(status.message()),
                                "; the store takes no more changes until it is closed and opened "
                                "again, and what was committed before is safe"));
  }
  return shut_;
}

absl::Status StoreImpl::WriteToLog(const kv::Batch& batch) {
  {
    const MutexLock lock(&mutex_);
    if (!shut_.ok()) return shut_;
  }
  const absl::Status status = engine_->Write(batch, false);
  if (status.ok()) return status;
  const MutexLock lock(&mutex_);
  return ShutForWriting(status);
}

absl::Status StoreImpl::SyncLog() {
  const absl::Status status = engine_->SyncLog();
  if (status.ok()) return status;
  const MutexLock lock(&mutex_);
  return ShutForWriting(status);
}

absl::Status StoreImpl::AwaitDurable(uint64_t ticket) {
  const MutexLock lock(&mutex_);
  while (durable_ < ticket) {
    if (!shut_.ok()) return shut_;
    if (syncing_) {
      synced_.Wait(&mutex_);
      continue;
    }
    syncing_ = true;
    const uint64_t installed = installed_;
    std::shared_ptr<const StoreState> state = newest_;
    mutex_.Unlock();
    const absl::Status status = engine_->SyncLog();
    mutex_.Lock();
    syncing_ = false;
    if (!status.ok()) {
      newest_ = state_;
      ShutForWriting(status).IgnoreError();
    } else if (installed > durable_) {
      durable_ = installed;
      state_ = std::move(state);
    }
    synced_.SignalAll();
  }
  return absl::OkStatus();
}

absl::Status StoreImpl::SyncWritten() {
  if (options_.sync) {
    mutex_.Lock();
    const uint64_t installed = installed_;
    mutex_.Unlock();
    return AwaitDurable(installed);
  }
  return SyncLog();
}

}  // namespace sanad::internal
