// Ctrl-C. The signal handler cancels the query that runs; it never touches
// anything but atomic flags.

#ifndef SANAD_SHELL_INTERRUPT_H_
#define SANAD_SHELL_INTERRUPT_H_

#include <sanad/query.h>

namespace sanad::shell {

// Takes over SIGINT and ignores SIGPIPE (a closed pipe is seen as a write
// error). Call once, at the start of the program.
void InstallSignalHandlers();

// While it lives, Ctrl-C cancels `token`; a second Ctrl-C, for work that does
// not look at its token, ends the program with status 130. Without any, Ctrl-C
// ends the program at once: the store survives that by design.
// One at a time, on the main thread.
class InterruptScope {
 public:
  explicit InterruptScope(CancelToken token);
  ~InterruptScope();
  InterruptScope(const InterruptScope&) = delete;
  InterruptScope& operator=(const InterruptScope&) = delete;

 private:
  CancelToken token_;
};

// While it lives, Ctrl-C only sets a flag: for a prompt that reads a line.
class InterruptibleInput {
 public:
  InterruptibleInput();
  ~InterruptibleInput();
  InterruptibleInput(const InterruptibleInput&) = delete;
  InterruptibleInput& operator=(const InterruptibleInput&) = delete;
  // True when Ctrl-C was pressed since construction.
  static bool interrupted();
};

}  // namespace sanad::shell

#endif  // SANAD_SHELL_INTERRUPT_H_
