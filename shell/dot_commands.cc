// A command is one function and one line of kCommands.

#include "shell/dot_commands.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <sanad/loader.h>
#include <sanad/query.h>

#include "shell/answer_output.h"
#include "shell/display.h"
#include "shell/exit_status.h"
#include "shell/interrupt.h"
#include "shell/load_report.h"
#include "shell/progress.h"
#include "shell/schema.h"
#include "shell/table.h"

namespace sanad::shell {
namespace {

int Refuse(Session& session, std::string_view message) {
  session.console.Error(message);
  return kRejected;
}

int Fail(Session& session, const absl::Status& status) {
  session.console.Error(status);
  return ExitStatusOf(status);
}

// Words split at blanks; "double quotes" keep blanks together.
std::vector<std::string> Words(std::string_view text) {
  std::vector<std::string> words;
  bool in_word = false;
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') {
      quoted = !quoted;
      if (!in_word) words.emplace_back();
      in_word = true;
    } else if (!quoted && (c == ' ' || c == '\t' || c == '\n')) {
      in_word = false;
    } else {
      if (!in_word) words.emplace_back();
      in_word = true;
      words.back() += c;
    }
  }
  return words;
}

std::string LanguageOf(const Session& session, std::string_view text) {
  if (HasRightToLeft(text)) return "ar";
  const bool spoken = text.empty() && session.answer && !session.answer->language.empty();
  return spoken ? session.answer->language : "en";
}

int Help(Session& session, std::string_view);

int Mode(Session& session, std::string_view arguments) {
  constexpr std::string_view kModes[] = {"table", "markdown", "json", "xml", "csv", "tsv"};
  if (arguments.empty()) {
    session.console.Out(session.mode + "\n");
    return kDone;
  }
  if (std::find(std::begin(kModes), std::end(kModes), arguments) == std::end(kModes)) {
    return Refuse(session, ".mode takes table, markdown, json, xml, csv or tsv");
  }
  session.mode = std::string(arguments);
  return kDone;
}

int Why(Session& session, std::string_view arguments) {
  if (!session.answer || session.answer->rows.empty()) {
    return Refuse(session, ".why shows the sentences behind an answer: ask a question first");
  }
  size_t row = 1;
  const char* end = arguments.data() + arguments.size();
  const bool good = arguments.empty() || std::from_chars(arguments.data(), end, row).ptr == end;
  if (!good || row < 1 || row > session.answer->rows.size()) {
    return Refuse(session, ".why takes the number of an answer, 1 to " +
                               std::to_string(session.answer->rows.size()));
  }
  if (session.answer->rows[row - 1].evidence.empty()) {
    session.console.Out("  no sentence says this: it was loaded as RDF, or counted\n");
    return kDone;
  }
  PrintEvidence(*session.answer, row - 1, session.console);
  return kDone;
}

int ShowSparql(Session& session, std::string_view) {
  if (session.sparql.empty()) return Refuse(session, ".sparql shows the newest query: ask first");
  session.console.Out(EscapeForTerminal(session.sparql, NewLines::kKeep) + "\n");
  return kDone;
}

int ShowFacts(Session& session, std::string_view arguments) {
  const auto facts = Facts(session.store, arguments, LanguageOf(session, arguments));
  if (!facts.ok()) return Fail(session, facts.status());
  const Evidence* shown = nullptr;
  const bool isolate = session.console.out_is_terminal();
  const auto line = [&](const std::string& text) {
    const std::string escaped = EscapeForTerminal(text);
    return isolate && HasRightToLeft(escaped) ? Isolated(escaped) : escaped;
  };
  for (const StatementInWords& fact : *facts) {
    const bool same_document = shown != nullptr && shown->document == fact.evidence.document;
    if (!same_document) {
      session.console.Out("  " + EscapeForTerminal(fact.evidence.document.value()) + "\n");
    }
    if (!same_document || shown->begin != fact.evidence.begin) {
      session.console.Out("  [" + std::to_string(fact.evidence.sentence) + "] " +
                          line(fact.evidence.text) + "\n");
    }
    shown = &fact.evidence;
    const std::string marking = fact.marking.empty() ? "" : "   (" + line(fact.marking) + ")";
    session.console.Out("      " + line(fact.text) + marking + "\n");
  }
  if (facts->empty()) session.console.Out("  no statements\n");
  return kDone;
}

int Load(Session& session, std::string_view arguments) {
  const std::vector<std::string> files = Words(arguments);
  if (files.empty()) return Refuse(session, ".load takes files");
  LoadOptions options;
  const InterruptScope interrupt(options.cancel);
  absl::StatusOr<LoadReport> report = [&] {
    ProgressLine progress(session.console);
    options.progress = progress.callback();
    Loader loader(session.store);
    return files.size() == 1 ? loader.LoadFile(files.front(), options)
                             : loader.LoadFiles(files, options);
  }();
  if (!report.ok()) return Fail(session, report.status());
  PrintWarnings(*report, session.console);
  PrintReport(*report, session.console);
  AddPrefixes(session.prefixes, session.store.Prefixes());
  return kDone;
}

int Schema(Session& session, std::string_view) {
  const absl::Status status = PrintSchema(session.store, session.prefixes, session.console);
  return status.ok() ? kDone : Fail(session, status);
}

int Timer(Session& session, std::string_view arguments) {
  if (arguments != "on" && arguments != "off") return Refuse(session, ".timer takes on or off");
  session.timer = arguments == "on";
  return kDone;
}

int Find(Session& session, std::string_view arguments) {
  if (arguments.empty()) return Refuse(session, ".find takes words");
  const auto sentences = FindSentences(session.store, arguments);
  if (!sentences.ok()) return Fail(session, sentences.status());
  PrintSentences(*sentences, "  ", session.console);
  if (sentences->empty()) session.console.Out("  no sentence holds these words\n");
  return kDone;
}

int AskQuestion(Session& session, std::string_view arguments) {
  if (arguments.empty()) return Refuse(session, ".ask takes a question");
  return RunQuestion(session, arguments);
}

int RunQueryText(Session& session, std::string_view arguments) {
  if (arguments.empty()) return Refuse(session, ".query takes a SPARQL query");
  return RunSparql(session, arguments);
}

int Prefix(Session& session, std::string_view arguments) {
  std::vector<std::string> words = Words(arguments);
  if (words.empty()) {
    TableWriter table({}, TableOptions(), session.console.sink());
    for (const auto& [prefix, iri] : session.prefixes) {
      if (absl::Status status = table.AddRow({prefix + ":", iri}); !status.ok()) return kDone;
    }
    return ExitStatusOf(table.Finish());
  }
  if (words.size() != 2) return Refuse(session, ".prefix takes a name and an IRI");
  if (words[0].ends_with(':')) words[0].pop_back();
  if (words[1].starts_with('<') && words[1].ends_with('>')) {
    words[1] = words[1].substr(1, words[1].size() - 2);
  }
  std::erase_if(session.prefixes, [&](const auto& entry) { return entry.first == words[0]; });
  session.prefixes.emplace_back(words[0], words[1]);
  if (session.store.read_only()) return kDone;
  const absl::Status status = session.store.SetPrefix(words[0], words[1]);
  return status.ok() ? kDone : Fail(session, status);
}

int Quit(Session& session, std::string_view) {
  session.quit = true;
  return kDone;
}

struct DotCommand {
  std::string_view name;
  std::string_view arguments;
  std::string_view help;
  int (*run)(Session&, std::string_view);
};

constexpr DotCommand kCommands[] = {
    {".ask", "QUESTION", "ask, also where the line looks like SPARQL", AskQuestion},
    {".facts", "[NAME]", "statements about NAME, or all, by sentence", ShowFacts},
    {".find", "WORDS", "sentences that hold most of these words", Find},
    {".help", "", "this list", Help},
    {".load", "FILE...", "load RDF or documents", Load},
    {".mode", "[FORMAT]", "how results are shown: table markdown json xml csv tsv", Mode},
    {".prefix", "[NAME IRI]", "list the prefixes, or remember one", Prefix},
    {".query", "SPARQL", "run as SPARQL, also where it looks like a question", RunQueryText},
    {".quit", "", "leave; Ctrl-D too", Quit},
    {".schema", "", "classes and relations with their words and counts", Schema},
    {".sparql", "", "the query behind the newest answer", ShowSparql},
    {".timer", "on|off", "show how long each input takes", Timer},
    {".why", "[N]", "the sentences behind answer N", Why},
};

int Help(Session& session, std::string_view) {
  TableOptions options;
  options.indent = "  ";
  TableWriter table({}, options, session.console.sink());
  for (const DotCommand& command : kCommands) {
    const absl::Status status =
        table.AddRow({std::string(command.name) + " " + std::string(command.arguments),
                      std::string(command.help)});
    if (!status.ok()) return kDone;
  }
  if (!table.Finish().ok()) return kDone;
  session.console.Out(
      "  Anything else is SPARQL when it begins like it, and a question when not.\n"
      "  A query ends when it is complete, or at an empty line.\n");
  return kDone;
}

}  // namespace

int RunDotCommand(Session& session, std::string_view text) {
  const size_t end = std::min(text.find_first_of(" \t\n"), text.size());
  const std::string_view name = text.substr(0, end);
  const size_t begin = text.find_first_not_of(" \t\n", end);
  std::string_view arguments =
      begin == std::string_view::npos ? std::string_view() : text.substr(begin);
  while (!arguments.empty() && (arguments.back() == ' ' || arguments.back() == '\n')) {
    arguments.remove_suffix(1);
  }
  for (const DotCommand& command : kCommands) {
    if (command.name == name) return command.run(session, arguments);
  }
  return Refuse(session, "no command " + std::string(name) + "; .help lists them");
}

std::vector<std::string> DotCommandNames(std::string_view prefix) {
  std::vector<std::string> names;
  for (const DotCommand& command : kCommands) {
    if (command.name.starts_with(prefix)) names.emplace_back(command.name);
  }
  return names;
}

}  // namespace sanad::shell
