// See transient_env.h.

#include "storage/rocks/transient_env.h"

#include <algorithm>
#include <vector>

namespace sanad::kv {

void TransientEnv::Schedule(void (*function)(void*), void* argument, Priority priority, void* tag,
                            void (*unscheduled)(void*)) {
  const MutexLock lock(&mutex_);
  jobs_.push_back({function, argument, priority, tag, unscheduled});
  if (working_) return;
  // The thread before has left its loop and needs no lock to end.
  if (worker_.joinable()) worker_.join();
  working_ = true;
  worker_ = std::thread([this] { Work(); });
}

void TransientEnv::Work() {
  while (true) {
    Job job;
    {
      const MutexLock lock(&mutex_);
      if (jobs_.empty()) {
        working_ = false;
        idle_.SignalAll();
        return;
      }
      job = jobs_.front();
      jobs_.pop_front();
    }
    job.function(job.argument);
  }
}

void TransientEnv::Quiesce() {
  const MutexLock lock(&mutex_);
  while (working_) idle_.Wait(&mutex_);
  if (worker_.joinable()) worker_.join();
}

int TransientEnv::UnSchedule(void* tag, Priority priority) {
  std::vector<Job> taken;
  {
    const MutexLock lock(&mutex_);
    const auto kept = std::stable_partition(jobs_.begin(), jobs_.end(), [&](const Job& job) {
      return job.tag != tag || job.priority != priority;
    });
    taken.assign(kept, jobs_.end());
    jobs_.erase(kept, jobs_.end());
  }
  for (const Job& job : taken) {
    if (job.unscheduled != nullptr) job.unscheduled(job.argument);
  }
  return static_cast<int>(taken.size());
}

unsigned int TransientEnv::GetThreadPoolQueueLen(Priority priority) const {
  const MutexLock lock(&mutex_);
  return static_cast<unsigned int>(std::count_if(
      jobs_.begin(), jobs_.end(), [&](const Job& job) { return job.priority == priority; }));
}

}  // namespace sanad::kv
