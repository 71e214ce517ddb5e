// sanad ask: one question, or a file with one a line and one JSON object a line
// out, in order.

#include <sstream>

#include <sanad/question.h>

#include "shell/answer_output.h"
#include "shell/commands.h"
#include "shell/exit_status.h"
#include "shell/files.h"
#include "shell/interrupt.h"
#include "shell/json_object.h"
#include "shell/open_store.h"

namespace sanad::shell {
namespace {

AskOptions OptionsOf(const AskArguments& arguments) {
  AskOptions options;
  options.query.timeout = arguments.limits.timeout;
  if (arguments.limits.memory) options.query.memory_limit = *arguments.limits.memory;
  options.evidence = arguments.why || !arguments.file.empty() || arguments.format == "json";
  return options;
}

ExitStatus ExitStatusOfAnswer(AnswerStatus status) {
  return status == AnswerStatus::kOk || status == AnswerStatus::kNothingFound ? kDone : kRejected;
}

int AskOne(const Store& store, const AskArguments& arguments, Console& console) {
  const AskOptions options = OptionsOf(arguments);
  const InterruptScope interrupt(options.query.cancel);
  const absl::StatusOr<Answer> answer = Ask(store, arguments.question, options);
  if (!answer.ok()) {
    console.Error(answer.status());
    return ExitStatusOf(answer.status());
  }
  absl::Status status;
  if (arguments.format == "json") {
    console.Out("{" + AnswerMembers(*answer, arguments.question, arguments.why) + "}\n");
  } else {
    AnswerStyle style;
    style.why = arguments.why;
    status = PrintAnswer(*answer, arguments.question, style, console);
  }
  return status.ok() ? ExitStatusOfAnswer(answer->status) : ExitStatusOf(status);
}

// The JSON object that answers one line. A line that is no question gets its
// object too, so that lines in and out run parallel.
std::string AnswerLine(const Store& store, const std::string& line, const AskArguments& arguments,
                       const CancelToken& cancel) {
  QuestionObject object{line, ""};
  if (line.find_first_not_of(" \t") != std::string::npos &&
      line[line.find_first_not_of(" \t")] == '{') {
    absl::StatusOr<QuestionObject> parsed = ParseQuestionObject(line);
    if (!parsed.ok()) return "{" + ErrorMembers(parsed.status(), line) + "}\n";
    object = *std::move(parsed);
  }
  AskOptions options = OptionsOf(arguments);
  options.query.cancel = cancel;
  const absl::StatusOr<Answer> answer = Ask(store, object.question, options);
  std::string text = "{";
  if (!object.other_members.empty()) text += object.other_members + ",";
  text += answer.ok() ? AnswerMembers(*answer, object.question, arguments.why)
                      : ErrorMembers(answer.status(), object.question);
  return text + "}\n";
}

int AskFile(const Store& store, const AskArguments& arguments, Console& console) {
  absl::StatusOr<std::string> text = ReadFile(arguments.file);
  if (!text.ok()) {
    console.Error(text.status());
    return kRejected;
  }
  const CancelToken cancel;
  const InterruptScope interrupt(cancel);
  std::istringstream lines(*std::move(text));
  std::string line;
  while (!cancel.cancelled() && !console.closed() && std::getline(lines, line)) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    console.Out(AnswerLine(store, line, arguments, cancel));
  }
  return cancel.cancelled() ? kInterrupted : kDone;
}

}  // namespace

int Run(const AskArguments& arguments, Console& console) {
  const Access access = arguments.read_only ? Access::kReadOnly : Access::kExisting;
  const std::unique_ptr<Store> store = OpenStore(arguments.store, access, console);
  if (store == nullptr) return kStoreNotOpened;
  return arguments.file.empty() ? AskOne(*store, arguments, console)
                                : AskFile(*store, arguments, console);
}

}  // namespace sanad::shell
