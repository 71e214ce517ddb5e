// The exit statuses of the program; scripts rely on them.

#ifndef SANAD_SHELL_EXIT_STATUS_H_
#define SANAD_SHELL_EXIT_STATUS_H_

#include <absl/status/status.h>

namespace sanad::shell {

enum ExitStatus : int {
  kDone = 0,            // Also with an empty answer.
  kRejected = 1,        // The input was rejected: syntax, load, evaluation.
  kUsage = 2,           // The command line is wrong.
  kStoreNotOpened = 3,  // Lock, format, missing.
  kLimit = 4,           // Deadline or memory limit.
  kInterrupted = 130,
};

// For an error of running a command; opening a store has a status of its own.
inline ExitStatus ExitStatusOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return kDone;
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:
      return kLimit;
    case absl::StatusCode::kCancelled:
      return kInterrupted;
    default:
      return kRejected;
  }
}

}  // namespace sanad::shell

#endif  // SANAD_SHELL_EXIT_STATUS_H_
