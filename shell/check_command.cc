// sanad check: syntax, and for rules and lexicons meaning.

#include <sanad/extract.h>
#include <sanad/query.h>

#include "shell/commands.h"
#include "shell/exit_status.h"
#include "shell/files.h"

namespace sanad::shell {
namespace {

absl::Status Check(const std::string& kind, const std::string& text, const std::string& file) {
  if (kind == "rules") return CheckRules(text, file);
  if (kind == "lexicon") return CheckLexicon(text, file);
  ParseOptions options;
  options.base_iri = FileIri(file);
  if (kind == "update") return Update::Parse(text, options).status();
  return Query::Parse(text, options).status();
}

}  // namespace

int Run(const CheckArguments& arguments, Console& console) {
  absl::StatusOr<std::string> text = ReadFile(arguments.file);
  absl::Status status = text.status();
  if (status.ok()) status = Check(arguments.kind, *text, arguments.file);
  if (status.ok()) {
    console.Out(arguments.file + ": ok\n");
  } else {
    console.Error(status);
  }
  return ExitStatusOf(status);
}

}  // namespace sanad::shell
