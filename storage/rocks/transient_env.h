// An environment without threads of its own: what RocksDB would do in the
// background is done by a thread that lives only while there is such work, and
// every call that can cause some waits for it. A job cannot be done by the
// calling thread itself, since the call may hold locks that the job needs or
// wait for it.

#ifndef SANAD_STORAGE_ROCKS_TRANSIENT_ENV_H_
#define SANAD_STORAGE_ROCKS_TRANSIENT_ENV_H_

#include <deque>
#include <thread>

#include <absl/base/thread_annotations.h>
#include <rocksdb/env.h>

#include "storage/sync/mutex.h"

namespace sanad::kv {

// Thread-safe.
class TransientEnv : public rocksdb::EnvWrapper {
 public:
  explicit TransientEnv(rocksdb::Env* base) : rocksdb::EnvWrapper(base) {}
  ~TransientEnv() override { Quiesce(); }

  // Returns when no work is left and its thread has ended.
  void Quiesce();

  void Schedule(void (*function)(void*), void* argument, Priority priority, void* tag,
                void (*unscheduled)(void*)) override;
  int UnSchedule(void* tag, Priority priority) override;
  unsigned int GetThreadPoolQueueLen(Priority priority) const override;
  void SetBackgroundThreads(int, Priority) override {}
  void IncBackgroundThreadsIfNeeded(int, Priority) override {}
  int GetBackgroundThreads(Priority priority) override { return priority == LOW ? 1 : 0; }

 private:
  struct Job {
    void (*function)(void*);
    void* argument;
    Priority priority;
    void* tag;
    void (*unscheduled)(void*);
  };
  void Work();

  mutable Mutex mutex_;
  std::deque<Job> jobs_ ABSL_GUARDED_BY(mutex_);
  CondVar idle_;  // Signalled when working_ ends.
  bool working_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread worker_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace sanad::kv

#endif  // SANAD_STORAGE_ROCKS_TRANSIENT_ENV_H_
