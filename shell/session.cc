#include "shell/session.h"

#include <utility>

#include <absl/time/clock.h>
#include <sanad/query.h>

#include "shell/answer_output.h"
#include "shell/dot_commands.h"
#include "shell/exit_status.h"
#include "shell/interrupt.h"
#include "shell/query_output.h"
#include "shell/units.h"

namespace sanad::shell {
namespace {

// Prints the time its scope took, where the session wants it.
class Timed {
 public:
  explicit Timed(Session& session) : session_(session), begin_(absl::Now()) {}
  ~Timed() {
    if (session_.timer) session_.console.Err(DurationText(absl::Now() - begin_) + "\n");
  }
  Timed(const Timed&) = delete;
  Timed& operator=(const Timed&) = delete;

 private:
  Session& session_;
  absl::Time begin_;
};

int Fail(Session& session, const absl::Status& status) {
  if (!session.console.closed()) session.console.Error(status);
  return ExitStatusOf(status);
}

int RunUpdate(Session& session, std::string_view text, const ParseOptions& parse_options) {
  absl::StatusOr<Update> update = Update::Parse(text, parse_options);
  if (!update.ok()) return Fail(session, update.status());
  UpdateOptions options;
  const InterruptScope interrupt(options.cancel);
  const absl::StatusOr<UpdateResult> result = update->Execute(session.store, options);
  if (!result.ok()) return Fail(session, result.status());
  session.console.Out("added " + Counted(result->added, "statement", "statements") + ", removed " +
                      std::to_string(result->removed) + "\n");
  if (!result->hint.empty()) session.console.Error(result->hint);
  return kDone;
}

int RunQuery(Session& session, std::string_view text, const ParseOptions& parse_options) {
  absl::StatusOr<Query> query = Query::Parse(text, parse_options);
  if (!query.ok()) return Fail(session, query.status());
  QueryOptions options;
  const InterruptScope interrupt(options.cancel);
  absl::StatusOr<std::unique_ptr<Cursor>> cursor =
      query->Execute(session.store.NewSnapshot(), options);
  if (!cursor.ok()) return Fail(session, cursor.status());
  // A mode that cannot show this form gives way to the form's own.
  const bool fits = CheckFormat(query->form(), session.mode).ok() && session.mode != "table";
  Prefixes prefixes = query->prefixes();
  AddPrefixes(prefixes, session.prefixes);
  const absl::StatusOr<uint64_t> rows =
      WriteRows(**cursor, fits ? session.mode : std::string(), prefixes, session.console);
  if (!rows.ok()) return Fail(session, rows.status());
  if (session.interactive && session.mode == "table" && query->form() == QueryForm::kSelect) {
    session.console.Err(Counted(*rows, "row", "rows") + "\n");
  }
  return kDone;
}

}  // namespace

Session::Session(Store& opened_store, Console& opened_console)
    : store(opened_store), console(opened_console), prefixes(opened_store.Prefixes()) {
  AddPrefixes(prefixes, WellKnownPrefixes());
}

int RunSparql(Session& session, std::string_view text) {
  const Timed timed(session);
  ParseOptions options;
  options.prefixes = session.prefixes;
  session.sparql = std::string(text);
  return IsUpdate(text) ? RunUpdate(session, text, options) : RunQuery(session, text, options);
}

int RunQuestion(Session& session, std::string_view question) {
  const Timed timed(session);
  AskOptions options;
  if (session.answer) options.previous = &*session.answer;
  const InterruptScope interrupt(options.query.cancel);
  absl::StatusOr<Answer> answer = Ask(session.store, question, options);
  if (!answer.ok()) return Fail(session, answer.status());
  absl::Status status;
  if (session.mode == "json") {
    session.console.Out("{" + AnswerMembers(*answer, question, true) + "}\n");
  } else {
    AnswerStyle style;
    style.prompt = session.interactive;
    status = PrintAnswer(*answer, question, style, session.console);
  }
  const bool understood =
      answer->status == AnswerStatus::kOk || answer->status == AnswerStatus::kNothingFound;
  // A question that was not understood is nothing to follow up on.
  if (understood) {
    session.question = std::string(question);
    session.sparql = answer->sparql;
    session.answer = *std::move(answer);
  }
  if (!status.ok()) return Fail(session, status);
  return understood ? kDone : kRejected;
}

int RunInput(Session& session, std::string_view input) {
  const size_t begin = input.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return kDone;
  const std::string_view text = input.substr(begin);
  if (text.front() == '.') return RunDotCommand(session, text);
  if (ClassifyInput(text, session.prefixes) != InputState::kNotSparql) {
    return RunSparql(session, text);
  }
  return RunQuestion(session, text);
}

}  // namespace sanad::shell
