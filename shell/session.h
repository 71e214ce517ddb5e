// What a prompt knows between inputs, and running one input: a SPARQL query or
// update, a question, or a dot command.

#ifndef SANAD_SHELL_SESSION_H_
#define SANAD_SHELL_SESSION_H_

#include <optional>
#include <string>
#include <string_view>

#include <sanad/question.h>
#include <sanad/store.h>

#include "shell/console.h"
#include "shell/term_text.h"

namespace sanad::shell {

// Single-threaded. Store and console must outlive it.
struct Session {
  Session(Store& opened_store, Console& opened_console);

  Store& store;
  Console& console;
  Prefixes prefixes;           // The store's, then the well-known ones.
  std::string mode = "table";  // As --format.
  bool timer = false;
  bool interactive = false;  // Hints and row counts are shown.
  bool quit = false;
  std::optional<Answer> answer;  // The newest, for .why and follow-ups.
  std::string question;
  std::string sparql;  // The newest query, typed or made from a question.
};

// Each runs its input to the end and returns the exit status it stands for.
int RunInput(Session& session, std::string_view input);
int RunSparql(Session& session, std::string_view text);
int RunQuestion(Session& session, std::string_view question);

}  // namespace sanad::shell

#endif  // SANAD_SHELL_SESSION_H_
