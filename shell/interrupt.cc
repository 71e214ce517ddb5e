#include "shell/interrupt.h"

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <utility>

#include "shell/exit_status.h"

namespace sanad::shell {
namespace {

enum class OnInterrupt { kExit, kCancel, kFlag };

std::atomic<OnInterrupt> on_interrupt{OnInterrupt::kExit};
std::atomic<const CancelToken*> running{nullptr};
std::atomic<bool> flagged{false};

void HandleInterrupt(int) {
  switch (on_interrupt.load()) {
    case OnInterrupt::kFlag:
      flagged.store(true);
      return;
    case OnInterrupt::kCancel:
      if (const CancelToken* token = running.load(); token != nullptr && !token->cancelled()) {
        token->Cancel();
        return;
      }
      break;
    case OnInterrupt::kExit:
      break;
  }
  ::_exit(kInterrupted);
}

}  // namespace

void InstallSignalHandlers() {
  std::signal(SIGPIPE, SIG_IGN);
  struct sigaction action = {};
  action.sa_handler = HandleInterrupt;
  sigemptyset(&action.sa_mask);
  // No SA_RESTART: a prompt that waits for a key must wake up.
  ::sigaction(SIGINT, &action, nullptr);
}

InterruptScope::InterruptScope(CancelToken token) : token_(std::move(token)) {
  running.store(&token_);
  on_interrupt.store(OnInterrupt::kCancel);
}

InterruptScope::~InterruptScope() {
  on_interrupt.store(OnInterrupt::kExit);
  running.store(nullptr);
}

InterruptibleInput::InterruptibleInput() {
  flagged.store(false);
  on_interrupt.store(OnInterrupt::kFlag);
}

InterruptibleInput::~InterruptibleInput() { on_interrupt.store(OnInterrupt::kExit); }

bool InterruptibleInput::interrupted() { return flagged.load(); }

}  // namespace sanad::shell
