#include "shell/progress.h"

#include <string>

#include "shell/units.h"

namespace sanad::shell {

ProgressLine::~ProgressLine() {
  if (shown_) console_.Err("\r\033[K");
}

std::function<void(const LoadProgress&)> ProgressLine::callback() {
  if (!console_.err_is_terminal()) return nullptr;
  return [this](const LoadProgress& progress) { Show(progress); };
}

void ProgressLine::Show(const LoadProgress& progress) {
  const absl::Time now = absl::Now();
  if (now - shown_at_ < absl::Milliseconds(100)) return;
  shown_at_ = now;
  shown_ = true;
  std::string line = "\r\033[K" + std::string(progress.stage) + " ";
  if (progress.bytes_total > 0) {
    line += std::to_string(progress.bytes_done * 100 / progress.bytes_total) + " % of " +
            SizeText(progress.bytes_total);
  } else {
    line += SizeText(progress.bytes_done);
  }
  if (progress.items_done > 0) line += ", " + std::to_string(progress.items_done);
  console_.Err(line);
}

}  // namespace sanad::shell
