// The only file that includes CLI11. A command is declared by one function,
// which binds its options to the command's struct; the struct of the command that
// was given is returned.
//
// CLI11 cannot know where `--data FILE…` ends and the query begins, so lists of
// files are taken apart first (SplitFileLists): after the first, an option takes
// what is named as its files are named.

#include "shell/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>
#include <memory>
#include <set>
#include <sstream>
#include <string_view>

#include <absl/time/civil_time.h>
#include <sanad/rdf.h>
#include <sanad/version.h>

#include "shell/exit_status.h"
#include "shell/units.h"

namespace sanad::shell {
namespace {

bool IsRdfFile(std::string_view value) { return RdfSyntaxOf(value).has_value(); }

bool IsRulesFile(std::string_view value) {
  return value.ends_with(".rules") || value.ends_with(".patterns");
}

bool IsGraphFile(std::string_view value) {
  const size_t equals = value.rfind('=');
  return equals != std::string_view::npos && IsRdfFile(value.substr(equals + 1));
}

using FileTest = bool (*)(std::string_view);

FileTest FileTestOf(std::string_view option) {
  if (option == "--data" || option == "--lexicon") return IsRdfFile;
  if (option == "--named-graph") return IsGraphFile;
  if (option == "--rules") return IsRulesFile;
  return nullptr;
}

// Repeats an option before each further file of its list.
std::vector<std::string> SplitFileLists(const std::vector<std::string>& arguments) {
  std::vector<std::string> split;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const FileTest is_file = FileTestOf(arguments[i]);
    split.push_back(arguments[i]);
    if (is_file == nullptr || i + 1 == arguments.size()) continue;
    const std::string option = arguments[i];
    split.push_back(arguments[++i]);
    while (i + 1 < arguments.size() && is_file(arguments[i + 1])) {
      split.push_back(option);
      split.push_back(arguments[++i]);
    }
  }
  return split;
}

void Refuse(const std::string& message) { throw CLI::ValidationError(message); }

// Splits "name=value" at `equals`; refuses a text without one.
std::pair<std::string, std::string> SplitPair(const std::string& option, const std::string& text,
                                              size_t equals) {
  if (equals == std::string::npos || equals == 0) {
    Refuse(option + " wants NAME=VALUE, not \"" + text + "\"");
  }
  return {text.substr(0, equals), text.substr(equals + 1)};
}

// An option that may be repeated and takes one value each time.
void AddRepeated(CLI::App& app, const std::string& name, std::vector<std::string>& values,
                 const std::string& description, const std::string& type) {
  app.add_option(name, values, description)->allow_extra_args(false)->take_all()->option_text(type);
}

void AddChoice(CLI::App& app, const std::string& name, std::string& value,
               const std::string& description, const std::vector<std::string>& choices) {
  std::string text;
  for (const std::string& choice : choices) text += (text.empty() ? "" : "|") + choice;
  app.add_option(name, value, description)->check(CLI::IsMember(choices))->option_text(text);
}

void AddStore(CLI::App& app, std::string& store) {
  app.add_option("STORE", store, "The store's directory")->required()->option_text(" ");
}

void AddLimits(CLI::App& app, LimitArguments& limits) {
  app.add_option_function<std::string>(
         "--timeout",
         [&limits](const std::string& text) {
           const std::optional<absl::Duration> timeout = ParseDuration(text);
           if (!timeout) Refuse("--timeout wants a duration such as 30s, not \"" + text + "\"");
           limits.timeout = *timeout;
         },
         "Stop after this time with status 4")
      ->option_text("30s");
  app.add_option_function<std::string>(
         "--memory",
         [&limits](const std::string& text) {
           limits.memory = ParseSize(text);
           if (!limits.memory) Refuse("--memory wants a size such as 1GiB, not \"" + text + "\"");
         },
         "Stop with status 4 when operators need more than this")
      ->option_text("1GiB");
}

void AddDocumentOptions(CLI::App& app, DocumentArguments& document) {
  AddRepeated(app, "--lexicon", document.lexicons, "Words besides the built-in ones", "FILE...");
  AddRepeated(app, "--rules", document.rules, "Rules besides the built-in ones", "FILE...");
  app.add_option("--document-iri", document.iri, "The document's IRI; default: the file's own")
      ->option_text("IRI");
  app.add_option("--document-date", document.date, "The day it was written")
      ->option_text("YYYY-MM-DD")
      ->check([](const std::string& date) {
        absl::CivilDay day;
        const bool good = date.size() == 10 && absl::ParseCivilTime(date, &day);
        return good ? std::string() : "wants YYYY-MM-DD, not \"" + date + "\"";
      });
}

// Several documents cannot share one IRI.
void CheckDocumentIri(const DocumentArguments& document, size_t files) {
  if (!document.iri.empty() && files > 1) Refuse("--document-iri is for one FILE");
}

const std::vector<std::string> kRdfNames = {"turtle", "ntriples", "nquads", "trig", "rdfxml"};
const std::vector<std::string> kWriterNames = {"turtle", "ntriples", "nquads", "trig"};

using Finish = std::function<void()>;

Finish Declare(CLI::App& app, LoadArguments& a) {
  AddStore(app, a.store);
  app.add_option("FILE", a.files, "RDF or documents; - reads standard input")
      ->required()
      ->option_text("...");
  AddChoice(app, "--format", a.format, "What the files are; default: by their ending",
            {"turtle", "ntriples", "nquads", "trig", "rdfxml", "text", "markdown", "html"});
  app.add_option("--base", a.base, "Base of relative IRIs; default: the file's own")
      ->option_text("IRI");
  app.add_option("--graph", a.graph, "The graph that triples without one go to")
      ->option_text("IRI");
  app.add_flag("--replace", a.replace, "With --graph: replace that graph in one transaction");
  AddDocumentOptions(app, a.document);
  return [&a] {
    if (a.replace && a.graph.empty()) Refuse("--replace wants --graph IRI");
    if (a.replace && a.files.size() > 1) Refuse("--replace is for one FILE");
    for (const std::string& file : a.files) {
      if (file == "-" && a.format.empty()) Refuse("standard input wants --format");
    }
    CheckDocumentIri(a.document, a.files.size());
  };
}

// With files there is no STORE: what stands in its place is the text.
void PlaceText(SparqlArguments& a, const std::string& text_name) {
  const bool on_files = !a.dataset.data.empty() || !a.dataset.named_graphs.empty();
  if (on_files) {
    if (!a.text.empty()) Refuse("takes either a STORE or files with --data, not both");
    a.text.swap(a.dataset.store);
  } else if (a.dataset.store.empty()) {
    Refuse("wants a STORE, or files with --data");
  }
  if (a.text.empty() == a.file.empty()) {
    Refuse("wants either " + text_name + " or --file FILE");
  }
}

// The parts that query and update share. `text_name` is QUERY or UPDATE.
Finish DeclareSparql(CLI::App& app, SparqlArguments& a, const std::string& text_name) {
  auto named = std::make_shared<std::vector<std::string>>();
  auto parameters = std::make_shared<std::vector<std::string>>();
  app.add_option("STORE", a.dataset.store, "The store's directory; left out with --data")
      ->option_text(" ");
  app.add_option(text_name, a.text, "The text, unless --file is given")->option_text(" ");
  app.add_option("--file", a.file, "Read it from a file, whose IRI is the base")
      ->option_text("FILE");
  AddRepeated(app, "--data", a.dataset.data, "Run on these files instead of a store", "FILE...");
  AddRepeated(app, "--named-graph", *named, "A file as a named graph", "IRI=FILE...");
  AddChoice(app, "--default-graph", a.default_graph,
            "What patterns without GRAPH see; default: union with a STORE, strict with --data",
            {"union", "strict"});
  AddRepeated(app, "--param", *parameters, "Bind a variable to a term in N-Triples syntax",
              "name=TERM");
  AddLimits(app, a.limits);
  return [&a, named, parameters, text_name] {
    for (const std::string& pair : *named) {
      a.dataset.named_graphs.push_back(SplitPair("--named-graph", pair, pair.rfind('=')));
    }
    for (const std::string& pair : *parameters) {
      a.parameters.push_back(SplitPair("--param", pair, pair.find('=')));
    }
    PlaceText(a, text_name);
  };
}

Finish Declare(CLI::App& app, QueryArguments& a) {
  Finish shared = DeclareSparql(app, a, "QUERY");
  AddChoice(
      app, "--format", a.format,
      "Default: table for SELECT and ASK, turtle for CONSTRUCT and DESCRIBE",
      {"table", "json", "xml", "csv", "tsv", "markdown", "turtle", "ntriples", "nquads", "trig"});
  app.add_flag("--explain", a.explain, "Show the plan with estimates, without running it");
  app.add_flag("--profile", a.profile, "Run it and show the plan with what was measured");
  app.add_flag("--read-only", a.read_only, "Open the store without locking it");
  return shared;
}

Finish Declare(CLI::App& app, UpdateArguments& a) {
  Finish shared = DeclareSparql(app, a, "UPDATE");
  AddChoice(app, "--format", a.format, "With --data: how the resulting dataset is printed",
            {"nquads", "trig"});
  AddRepeated(app, "--allow-load", a.allow_load, "Let LOAD read files of this folder", "DIR");
  return shared;
}

Finish Declare(CLI::App& app, AskArguments& a) {
  AddStore(app, a.store);
  app.add_option("QUESTION", a.question, "In English or Arabic")->option_text(" ");
  app.add_option("--file", a.file, "One question, or JSON object with one, a line")
      ->option_text("FILE");
  a.format = "table";
  AddChoice(app, "--format", a.format, "Default: table", {"table", "json"});
  app.add_flag("--why", a.why, "Show the sentences that each answer rests on");
  app.add_flag("--read-only", a.read_only, "Open the store without locking it");
  AddLimits(app, a.limits);
  return [&a] {
    if (a.question.empty() == a.file.empty()) Refuse("wants either QUESTION or --file FILE");
  };
}

Finish Declare(CLI::App& app, ExtractArguments& a) {
  app.add_option("FILE", a.files, "Documents")->required()->option_text("...");
  a.format = "jsonl";
  AddChoice(app, "--format", a.format, "Default: jsonl", {"jsonl", "trig"});
  app.add_flag("--trace", a.trace, "Show by sentence which rules fired and why others did not");
  AddDocumentOptions(app, a.document);
  return [&a] { CheckDocumentIri(a.document, a.files.size()); };
}

Finish Declare(CLI::App& app, ConvertArguments& a) {
  app.add_option("FILE", a.file, "RDF; - reads standard input")->required()->option_text(" ");
  AddChoice(app, "--from", a.from, "Default: by the file's ending", kRdfNames);
  AddChoice(app, "--to", a.to, "The syntax to write", kWriterNames);
  app.get_option("--to")->required();
  app.add_option("--base", a.base, "Base of relative IRIs; default: the file's own")
      ->option_text("IRI");
  return [&a] {
    if (a.file == "-" && a.from.empty()) Refuse("standard input wants --from");
  };
}

Finish Declare(CLI::App& app, CheckArguments& a) {
  app.add_option("KIND", a.kind, "query, update, rules or lexicon")
      ->required()
      ->check(CLI::IsMember({"query", "update", "rules", "lexicon"}))
      ->option_text(" ");
  app.add_option("FILE", a.file, "The file to check")->required()->option_text(" ");
  return [] {};
}

Finish Declare(CLI::App& app, ShellArguments& a) {
  AddStore(app, a.store);
  AddRepeated(app, "-c", a.commands, "Run this line and leave", "COMMAND");
  app.add_option("--script", a.script, "Run the lines of this file and leave")->option_text("FILE");
  app.add_flag("--read-only", a.read_only, "Open the store without locking it");
  return [] {};
}

Finish Declare(CLI::App& app, StatsArguments& a) {
  AddStore(app, a.store);
  a.format = "table";
  AddChoice(app, "--format", a.format, "Default: table", {"table", "json"});
  return [] {};
}

Finish Declare(CLI::App& app, ValidateArguments& a) {
  AddStore(app, a.store);
  return [] {};
}

Finish Declare(CLI::App& app, CompactArguments& a) {
  AddStore(app, a.store);
  app.add_flag("--rebuild", a.rebuild, "Also drop terms that no statement uses");
  return [] {};
}

Finish Declare(CLI::App& app, DumpArguments& a) {
  AddStore(app, a.store);
  a.format = "nquads";
  AddChoice(app, "--format", a.format, "Default: nquads", {"nquads", "trig"});
  return [] {};
}

Finish Declare(CLI::App& app, BackupArguments& a) {
  AddStore(app, a.store);
  app.add_option("DIRECTORY", a.directory, "Where to; must not exist")
      ->required()
      ->option_text(" ");
  return [] {};
}

Finish Declare(CLI::App& app, RestoreArguments& a) {
  app.add_option("STORE", a.store, "The store to make; must not exist")
      ->required()
      ->option_text(" ");
  app.add_option("DIRECTORY", a.directory, "A backup")->required()->option_text(" ");
  return [] {};
}

Finish Declare(CLI::App& app, DocumentsArguments& a) {
  AddStore(app, a.store);
  a.format = "table";
  AddChoice(app, "--format", a.format, "Default: table", {"table", "json"});
  return [] {};
}

Finish Declare(CLI::App& app, ForgetArguments& a) {
  AddStore(app, a.store);
  app.add_option("DOCUMENT", a.document, "Its IRI or file name, as `documents` lists it")
      ->required()
      ->option_text(" ");
  return [] {};
}

// The commands, and the one that was given.
class CommandLine {
 public:
  CommandLine() {
    app_.require_subcommand(1);
    app_.set_version_flag("--version", "sanad " + std::string(Version()));
    Add<LoadArguments>("load", "Load RDF and documents into a store");
    Add<QueryArguments>("query", "Run a SPARQL query");
    Add<UpdateArguments>("update", "Run a SPARQL update");
    Add<AskArguments>("ask", "Ask a question in English or Arabic");
    Add<ExtractArguments>("extract", "Show what documents say, without a store");
    Add<ConvertArguments>("convert", "Convert RDF to another syntax");
    Add<CheckArguments>("check", "Check a query, an update, rules or a lexicon");
    Add<ShellArguments>("shell", "Open the prompt on a store");
    Add<StatsArguments>("stats", "Count what a store holds");
    Add<ValidateArguments>("validate", "Check a store from end to end");
    Add<CompactArguments>("compact", "Fold what was written lately into blocks");
    Add<DumpArguments>("dump", "Write every statement of a store");
    Add<BackupArguments>("backup", "Copy a store while it is in use");
    Add<RestoreArguments>("restore", "Make a store from a backup");
    Add<DocumentsArguments>("documents", "List the documents of a store");
    Add<ForgetArguments>("forget", "Remove a document with every statement only it made");
  }

  ParsedArguments Parse(std::vector<std::string> arguments) {
    ParsedArguments parsed;
    if (arguments.empty()) {
      parsed.exit_status = kUsage;
      parsed.err = app_.help();
      return parsed;
    }
    if (!arguments.front().starts_with('-') && !names_.contains(arguments.front())) {
      parsed.exit_status = kUsage;
      parsed.err = "sanad: no command " + arguments.front() + "\nTry `sanad --help`.\n";
      return parsed;
    }
    std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back.
    try {
      app_.parse(std::move(arguments));
      parsed.command = take_();
    } catch (const CLI::Error& error) {
      std::ostringstream out;
      std::ostringstream err;
      parsed.exit_status = app_.exit(error, out, err) == 0 ? kDone : kUsage;
      parsed.out = out.str();
      if (parsed.exit_status != kDone) parsed.err = Usage(error);
    }
    return parsed;
  }

 private:
  template <typename Arguments>
  void Add(const std::string& name, const std::string& description) {
    CLI::App* command = app_.add_subcommand(name, description);
    names_.insert(name);
    auto arguments = std::make_shared<Arguments>();
    Finish finish = Declare(*command, *arguments);
    command->callback([this, arguments, finish] {
      finish();
      take_ = [arguments] { return Command(std::move(*arguments)); };
    });
  }

  std::string Usage(const CLI::Error& error) {
    const auto chosen = app_.get_subcommands();
    const std::string name = chosen.empty() ? "sanad" : "sanad " + chosen.front()->get_name();
    return name + ": " + error.what() + "\nTry `" + name + " --help`.\n";
  }

  CLI::App app_{"Sanad: a knowledge-graph store that shows the sentence behind every answer",
                "sanad"};
  std::set<std::string> names_;
  std::function<Command()> take_;
};

}  // namespace

ParsedArguments ParseArguments(const std::vector<std::string>& arguments) {
  return CommandLine().Parse(SplitFileLists(arguments));
}

}  // namespace sanad::shell
