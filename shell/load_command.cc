// sanad load: files into a store. Inputs are looked at before the store is
// opened, so that a wrong name leaves no new store behind.

#include <filesystem>

#include "shell/commands.h"
#include "shell/exit_status.h"
#include "shell/files.h"
#include "shell/interrupt.h"
#include "shell/load_report.h"
#include "shell/open_store.h"
#include "shell/progress.h"

namespace sanad::shell {
namespace {

LoadOptions OptionsOf(const LoadArguments& arguments) {
  LoadOptions options;
  options.base_iri = arguments.base;
  if (!arguments.graph.empty()) options.graph = Term::Iri(arguments.graph);
  options.replace_graph = arguments.replace;
  options.document_iri = arguments.document.iri;
  options.document_date = arguments.document.date;
  options.lexicon_files = arguments.document.lexicons;
  options.rule_files = arguments.document.rules;
  return options;
}

// One file whose kind --format names.
absl::StatusOr<LoadReport> LoadAs(Loader& loader, const std::string& file,
                                  const std::string& format, LoadOptions options) {
  absl::StatusOr<std::string> text = ReadFile(file);
  if (!text.ok()) return text.status();
  const std::string iri = file == "-" ? "urn:sanad:stdin" : FileIri(file);
  if (const auto syntax = RdfSyntaxByName(format)) {
    if (options.base_iri.empty()) options.base_iri = iri;
    return loader.LoadRdf(*text, *syntax, options);
  }
  if (options.document_iri.empty()) options.document_iri = iri;
  return loader.LoadDocument(*text, *DocumentFormatByName(format), options);
}

absl::StatusOr<LoadReport> LoadAll(Loader& loader, const LoadArguments& arguments,
                                   const LoadOptions& options) {
  if (arguments.format.empty()) {
    return arguments.files.size() == 1 ? loader.LoadFile(arguments.files.front(), options)
                                       : loader.LoadFiles(arguments.files, options);
  }
  LoadReport total;
  for (const std::string& file : arguments.files) {
    absl::StatusOr<LoadReport> report = LoadAs(loader, file, arguments.format, options);
    if (!report.ok()) return report.status();
    AddReport(total, *report);
  }
  return total;
}

}  // namespace

int Run(const LoadArguments& arguments, Console& console) {
  for (const std::string& file : arguments.files) {
    if (file == "-") continue;
    if (absl::Status status = CheckReadable(file); !status.ok()) {
      console.Error(status);
      return kRejected;
    }
  }
  std::error_code ignored;
  const bool existed = std::filesystem::exists(arguments.store, ignored);
  std::unique_ptr<Store> store = OpenStore(arguments.store, Access::kCreate, console);
  if (store == nullptr) return kStoreNotOpened;

  LoadOptions options = OptionsOf(arguments);
  const InterruptScope interrupt(options.cancel);
  absl::StatusOr<LoadReport> report = [&] {
    ProgressLine progress(console);
    options.progress = progress.callback();
    Loader loader(*store);
    return LoadAll(loader, arguments, options);
  }();
  if (!report.ok()) {
    console.Error(report.status());
    const bool empty = store->NewSnapshot().quad_count() == 0;
    store.reset();
    // A store that this command made and that holds nothing is taken away again.
    if (!existed && empty) std::filesystem::remove_all(arguments.store, ignored);
    return ExitStatusOf(report.status());
  }
  PrintWarnings(*report, console);
  PrintReport(*report, console);
  if (!CloseStore(std::move(store), console)) return kRejected;
  return report->documents_failed > 0 ? kRejected : kDone;
}

}  // namespace sanad::shell
