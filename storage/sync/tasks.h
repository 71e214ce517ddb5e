// A few tasks on a few threads.

#ifndef SANAD_STORAGE_SYNC_TASKS_H_
#define SANAD_STORAGE_SYNC_TASKS_H_

#include <cstddef>
#include <functional>

#include <absl/status/status.h>

namespace sanad {

// Runs tasks 0 .. count - 1 on this thread and `helpers` others, begun in that
// order; the first error stops tasks that have not begun.
absl::Status RunTasks(size_t count, int helpers, const std::function<absl::Status(size_t)>& task);

}  // namespace sanad

#endif  // SANAD_STORAGE_SYNC_TASKS_H_
