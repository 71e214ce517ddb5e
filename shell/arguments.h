// The command line: what each command was given. The forms are a contract that
// people script against; see `sanad --help`.

#ifndef SANAD_SHELL_ARGUMENTS_H_
#define SANAD_SHELL_ARGUMENTS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <absl/time/time.h>

namespace sanad::shell {

// How documents are read; load and extract share it.
struct DocumentArguments {
  std::vector<std::string> lexicons;
  std::vector<std::string> rules;
  std::string iri;   // Empty: the file's IRI.
  std::string date;  // Empty: from the text.
};

struct LoadArguments {
  std::string store;
  std::vector<std::string> files;  // "-": standard input.
  std::string format;              // Empty: by the file's ending.
  std::string base;
  std::string graph;
  bool replace = false;
  DocumentArguments document;
};

// What a query or update runs on: a store, or files read into memory.
struct DatasetArguments {
  std::string store;                                              // Empty: the files below.
  std::vector<std::string> data;                                  // Files of the default graph.
  std::vector<std::pair<std::string, std::string>> named_graphs;  // IRI, file.
};

struct LimitArguments {
  absl::Duration timeout = absl::InfiniteDuration();
  std::optional<uint64_t> memory;
};

// query, update
struct SparqlArguments {
  DatasetArguments dataset;
  LimitArguments limits;
  std::string text;  // Or:
  std::string file;
  std::string format;         // Empty: by the form.
  std::string default_graph;  // "union", "strict"; empty: by the dataset.
  std::vector<std::pair<std::string, std::string>> parameters;  // Name, term.
};

struct QueryArguments : SparqlArguments {
  bool explain = false;
  bool profile = false;
  bool read_only = false;
};

struct UpdateArguments : SparqlArguments {
  std::vector<std::string> allow_load;  // Folders that LOAD may read.
};

struct AskArguments {
  std::string store;
  std::string question;  // Or:
  std::string file;
  std::string format;  // "table", "json"
  bool why = false;
  bool read_only = false;
  LimitArguments limits;
};

struct ExtractArguments {
  std::vector<std::string> files;
  std::string format;  // "jsonl", "trig"
  bool trace = false;
  DocumentArguments document;
};

struct ConvertArguments {
  std::string file;
  std::string from;  // Empty: by the file's ending.
  std::string to;
  std::string base;
};

struct CheckArguments {
  std::string kind;  // "query", "update", "rules", "lexicon"
  std::string file;
};

struct ShellArguments {
  std::string store;
  std::vector<std::string> commands;
  std::string script;
  bool read_only = false;
};

struct StatsArguments {
  std::string store;
  std::string format;  // "table", "json"
};
struct ValidateArguments {
  std::string store;
};
struct CompactArguments {
  std::string store;
  bool rebuild = false;
};
struct DumpArguments {
  std::string store;
  std::string format;  // "nquads", "trig"
};
struct BackupArguments {
  std::string store;
  std::string directory;
};
struct RestoreArguments {
  std::string store;
  std::string directory;
};
struct DocumentsArguments {
  std::string store;
  std::string format;  // "table", "json"
};
struct ForgetArguments {
  std::string store;
  std::string document;
};

using Command =
    std::variant<LoadArguments, QueryArguments, UpdateArguments, AskArguments, ExtractArguments,
                 ConvertArguments, CheckArguments, ShellArguments, StatsArguments,
                 ValidateArguments, CompactArguments, DumpArguments, BackupArguments,
                 RestoreArguments, DocumentsArguments, ForgetArguments>;

struct ParsedArguments {
  std::optional<Command> command;  // Absent: print the texts and exit.
  int exit_status = 0;
  std::string out;  // --help, --version.
  std::string err;  // A usage error.
};

// `arguments` without the program's name.
ParsedArguments ParseArguments(const std::vector<std::string>& arguments);

}  // namespace sanad::shell

#endif  // SANAD_SHELL_ARGUMENTS_H_
