#include "shell/prompt.h"

#include <string>

#include <sanad/query.h>

#include "shell/exit_status.h"

namespace sanad::shell {
namespace {

constexpr char kPrompt[] = "sanad> ";
constexpr char kContinuation[] = "   ...> ";

bool IsBlank(const std::string& line) { return line.find_first_not_of(" \t") == std::string::npos; }

// Where an input stands after the lines gathered so far.
bool WantsMore(const Session& session, const std::string& input) {
  constexpr std::string_view kForced = ".query";
  std::string_view text = input;
  text.remove_prefix(text.find_first_not_of(" \t"));
  if (text.starts_with(kForced)) {
    text.remove_prefix(kForced.size());
  } else if (text.starts_with('.')) {
    return false;
  }
  return ClassifyInput(text, session.prefixes) == InputState::kIncomplete;
}

// One input: a line, or a query over several. kEnd when there is none left.
LineResult ReadInput(const Session& session, LineEditor& editor, std::string& input) {
  input.clear();
  std::string line;
  while (true) {
    const LineResult result = editor.ReadLine(input.empty() ? kPrompt : kContinuation, line);
    if (result == LineResult::kInterrupted) return result;
    if (result == LineResult::kEnd) return input.empty() ? result : LineResult::kLine;
    if (IsBlank(line)) {
      if (input.empty()) continue;
      return LineResult::kLine;
    }
    editor.AddToHistory(line);
    if (input.empty() && line[line.find_first_not_of(" \t")] == '#') continue;
    input += input.empty() ? line : "\n" + line;
    if (!WantsMore(session, input)) return LineResult::kLine;
  }
}

}  // namespace

int RunPrompt(Session& session, LineEditor& editor, OnError on_error) {
  int first_failure = kDone;
  std::string input;
  while (!session.quit && !session.console.closed()) {
    session.console.Flush();
    const LineResult result = ReadInput(session, editor, input);
    if (result == LineResult::kEnd) break;
    if (result == LineResult::kInterrupted) continue;
    const int status = RunInput(session, input);
    if (status != kDone && first_failure == kDone) first_failure = status;
    if (status != kDone && on_error == OnError::kStop) break;
  }
  return session.interactive ? static_cast<int>(kDone) : first_failure;
}

}  // namespace sanad::shell
