// A line of progress on standard error, on a terminal only; rewritten in place
// and wiped at the end.

#ifndef SANAD_SHELL_PROGRESS_H_
#define SANAD_SHELL_PROGRESS_H_

#include <functional>

#include <absl/time/clock.h>
#include <absl/time/time.h>
#include <sanad/loader.h>

#include "shell/console.h"

namespace sanad::shell {

// Single-threaded. The console must outlive it.
class ProgressLine {
 public:
  explicit ProgressLine(Console& console) : console_(console) {}
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // For LoadOptions::progress; empty when standard error is no terminal.
  std::function<void(const LoadProgress&)> callback();

 private:
  void Show(const LoadProgress& progress);

  Console& console_;
  absl::Time shown_at_ = absl::InfinitePast();
  bool shown_ = false;
};

}  // namespace sanad::shell

#endif  // SANAD_SHELL_PROGRESS_H_
