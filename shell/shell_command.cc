// sanad shell: the prompt on a terminal; the lines of -c, --script or a pipe
// otherwise.

#include <unistd.h>

#include <fstream>
#include <iostream>
#include <sstream>

#include <sanad/version.h>

#include "shell/commands.h"
#include "shell/dot_commands.h"
#include "shell/exit_status.h"
#include "shell/files.h"
#include "shell/line_editor.h"
#include "shell/open_store.h"
#include "shell/prompt.h"
#include "shell/session.h"

namespace sanad::shell {
namespace {

int RunLines(Session& session, const std::string& text) {
  std::istringstream lines(text);
  const std::unique_ptr<LineEditor> editor = MakeStreamEditor(lines);
  return RunPrompt(session, *editor, OnError::kStop);
}

int RunCommands(Session& session, const ShellArguments& arguments, Console& console) {
  for (const std::string& command : arguments.commands) {
    const int status = RunLines(session, command);
    if (status != kDone || session.quit) return status;
  }
  if (arguments.script.empty()) return kDone;
  const absl::StatusOr<std::string> text = ReadFile(arguments.script);
  if (!text.ok()) {
    console.Error(text.status());
    return kRejected;
  }
  return RunLines(session, *text);
}

std::vector<std::string> Complete(const Session& session, std::string_view text) {
  if (text.starts_with('.') && text.find(' ') == std::string_view::npos) {
    return DotCommandNames(text);
  }
  constexpr std::string_view kAsk = ".ask ";
  if (text.starts_with(kAsk)) text.remove_prefix(kAsk.size());
  if (text.starts_with('.')) return {};
  auto words = CompleteQuestion(session.store, text);
  return words.ok() ? *std::move(words) : std::vector<std::string>();
}

int RunInteractive(Session& session, const ShellArguments& arguments, Console& console) {
  const std::unique_ptr<LineEditor> editor = MakeTerminalEditor(
      HistoryFile(), [&session](std::string_view text) { return Complete(session, text); });
  if (editor == nullptr) {
    const std::unique_ptr<LineEditor> plain = MakeStreamEditor(std::cin);
    return RunPrompt(session, *plain, OnError::kGoOn);
  }
  session.interactive = true;
  console.Out("Sanad " + std::string(Version()) + " on " + arguments.store +
              ". Ask, or type SPARQL; .help lists commands, Ctrl-D leaves.\n");
  const int status = RunPrompt(session, *editor, OnError::kGoOn);
  console.Out("\n");
  return status;
}

}  // namespace

int Run(const ShellArguments& arguments, Console& console) {
  const Access access = arguments.read_only ? Access::kReadOnly : Access::kCreate;
  const std::unique_ptr<Store> store = OpenStore(arguments.store, access, console);
  if (store == nullptr) return kStoreNotOpened;
  Session session(*store, console);
  if (!arguments.commands.empty() || !arguments.script.empty()) {
    return RunCommands(session, arguments, console);
  }
  if (::isatty(STDIN_FILENO) == 1 && console.out_is_terminal()) {
    return RunInteractive(session, arguments, console);
  }
  const std::unique_ptr<LineEditor> editor = MakeStreamEditor(std::cin);
  return RunPrompt(session, *editor, OnError::kGoOn);
}

}  // namespace sanad::shell
