#include "shell/dataset.h"

#include <utility>

#include <sanad/loader.h>

#include "shell/exit_status.h"
#include "shell/files.h"

namespace sanad::shell {
namespace {

absl::Status ReadData(const DatasetArguments& arguments, Store& store) {
  Loader loader(store);
  for (const std::string& file : arguments.data) {
    if (auto report = loader.LoadFile(file); !report.ok()) return report.status();
  }
  for (const auto& [iri, file] : arguments.named_graphs) {
    LoadOptions options;
    options.graph = Term::Iri(iri);
    if (auto report = loader.LoadFile(file, options); !report.ok()) return report.status();
  }
  return absl::OkStatus();
}

}  // namespace

OpenedDataset OpenDataset(const DatasetArguments& arguments, Access access, Console& console) {
  OpenedDataset opened;
  if (!arguments.store.empty()) {
    opened.store = OpenStore(arguments.store, access, console);
    opened.exit_status = kStoreNotOpened;
    return opened;
  }
  opened.exit_status = kRejected;
  opened.store = OpenInMemory(console);
  if (opened.store == nullptr) return opened;
  if (absl::Status status = ReadData(arguments, *opened.store); !status.ok()) {
    console.Error(status);
    opened.store = nullptr;
    opened.exit_status = ExitStatusOf(status);
  }
  return opened;
}

absl::StatusOr<SparqlText> ReadSparqlText(const SparqlArguments& arguments) {
  if (arguments.file.empty()) return SparqlText{arguments.text, ""};
  absl::StatusOr<std::string> text = ReadFile(arguments.file);
  if (!text.ok()) return text.status();
  return SparqlText{*std::move(text), arguments.file == "-" ? "" : FileIri(arguments.file)};
}

absl::Status FillOptions(const SparqlArguments& arguments, QueryOptions& options) {
  const bool strict = arguments.default_graph.empty() ? arguments.dataset.store.empty()
                                                      : arguments.default_graph == "strict";
  options.default_graph = strict ? DefaultGraph::kStrict : DefaultGraph::kUnion;
  options.timeout = arguments.limits.timeout;
  if (arguments.limits.memory) options.memory_limit = *arguments.limits.memory;
  for (const auto& [name, text] : arguments.parameters) {
    absl::StatusOr<Term> term = Term::Parse(text);
    if (!term.ok()) {
      return absl::InvalidArgumentError("--param " + name + ": " +
                                        std::string(term.status().message()));
    }
    const bool marked = !name.empty() && (name.front() == '?' || name.front() == '$');
    options.parameters[marked ? name.substr(1) : name] = *std::move(term);
  }
  return absl::OkStatus();
}

}  // namespace sanad::shell
