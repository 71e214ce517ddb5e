#include "shell/console.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "shell/display.h"

namespace sanad::shell {
namespace {

constexpr size_t kBufferSize = 1 << 16;
constexpr size_t kFirstPiece = 256;

// Writes all of `text`; false when nobody reads any more.
bool WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0) {
      if (errno == EINTR || errno == EAGAIN) continue;
      return false;
    }
    text.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

bool IsSet(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0';
}

}  // namespace

Console::Console()
    : out_is_terminal_(::isatty(STDOUT_FILENO) == 1),
      err_is_terminal_(::isatty(STDERR_FILENO) == 1) {
  const char* terminal = std::getenv("TERM");
  colour_ = out_is_terminal_ && !IsSet("NO_COLOR") && terminal != nullptr &&
            std::string_view(terminal) != "dumb";
}

Console::~Console() { Flush(); }

void Console::Out(std::string_view text) {
  if (closed_) return;
  buffer_.append(text);
  if (buffer_.size() >= kBufferSize) Flush();
}

void Console::Err(std::string_view text) {
  Flush();
  WriteAll(STDERR_FILENO, text);
}

void Console::Error(std::string_view message) {
  Err("sanad: " + EscapeForTerminal(message, NewLines::kKeep) + "\n");
}

void Console::Error(const absl::Status& status) {
  Error(std::string_view(status.message().data(), status.message().size()));
}

void Console::Flush() {
  if (!closed_ && !WriteAll(STDOUT_FILENO, buffer_)) closed_ = true;
  buffer_.clear();
}

ByteSink Console::sink() {
  return [this](std::string_view text) {
    Out(text);
    return closed_ ? absl::CancelledError("standard output was closed") : absl::OkStatus();
  };
}

ByteSink Console::streaming_sink() {
  return [this, gather = sink(), enough = size_t{1}](std::string_view text) mutable {
    absl::Status status = gather(text);
    if (buffer_.size() < enough) return status;
    Flush();
    enough = std::clamp(enough * 2, kFirstPiece, kBufferSize);
    return status;
  };
}

}  // namespace sanad::shell
