// See tasks.h.

#include "storage/sync/tasks.h"

#include <atomic>
#include <thread>
#include <utility>
#include <vector>

#include "storage/model/text.h"

namespace sanad {

absl::Status RunTasks(size_t count, int helpers, const std::function<absl::Status(size_t)>& task) {
  std::atomic<size_t> next{0};
  std::atomic<bool> failed{false};
  std::vector<absl::Status> statuses(count);
  const auto work = [&] {
    for (size_t i = next++; i < count && !failed; i = next++) {
      statuses[i] = task(i);
      if (!statuses[i].ok()) failed = true;
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < helpers; ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  for (absl::Status& status : statuses) SANAD_RETURN_IF_ERROR(std::move(status));
  return absl::OkStatus();
}

}  // namespace sanad
