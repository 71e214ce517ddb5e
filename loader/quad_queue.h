// A bounded queue of quad batches between a thread that reads and one that
// stores.

#ifndef SANAD_LOADER_QUAD_QUEUE_H_
#define SANAD_LOADER_QUAD_QUEUE_H_

#include <deque>
#include <utility>
#include <vector>

#include <absl/base/thread_annotations.h>
#include <absl/status/status.h>
#include <absl/synchronization/mutex.h>
#include <sanad/term.h>

namespace sanad {

// Thread-safe; one producer and one consumer.
class QuadQueue {
 public:
  // Waits for room. False when the consumer has stopped: stop producing.
  bool Push(std::vector<Quad> batch) {
    const absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(this, &QuadQueue::HasRoom));
    if (stopped_) return false;
    batches_.push_back(std::move(batch));
    return true;
  }
  // The producer's last call: the end, or an error.
  void Finish(absl::Status status) {
    const absl::MutexLock lock(&mutex_);
    status_ = std::move(status);
    finished_ = true;
  }
  // Waits for a batch; empty at the end. An error comes after the batches
  // before it.
  absl::Status Pop(std::vector<Quad>& batch) {
    batch.clear();
    const absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(this, &QuadQueue::HasNews));
    if (batches_.empty()) return status_;
    batch = std::move(batches_.front());
    batches_.pop_front();
    return absl::OkStatus();
  }
  // The consumer wants no more.
  void Stop() {
    const absl::MutexLock lock(&mutex_);
    stopped_ = true;
  }

 private:
  static constexpr size_t kCapacity = 8;

  bool HasRoom() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return stopped_ || batches_.size() < kCapacity;
  }
  bool HasNews() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return finished_ || !batches_.empty();
  }

  absl::Mutex mutex_;
  std::deque<std::vector<Quad>> batches_ ABSL_GUARDED_BY(mutex_);
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace sanad

#endif  // SANAD_LOADER_QUAD_QUEUE_H_
