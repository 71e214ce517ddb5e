// sanad update: one SPARQL update request, on a store or on files; the dataset
// that results from files is printed.

#include "shell/commands.h"
#include "shell/dataset.h"
#include "shell/exit_status.h"
#include "shell/interrupt.h"
#include "shell/load_fetcher.h"
#include "shell/units.h"

#include <sanad/loader.h>

namespace sanad::shell {
namespace {

absl::Status PrintDataset(const Store& store, const std::string& format, Console& console) {
  const RdfSyntax syntax = format == "trig" ? RdfSyntax::kTriG : RdfSyntax::kNQuads;
  auto writer = RdfWriter::Create(syntax, console.sink(), store.Prefixes());
  if (!writer.ok()) return writer.status();
  if (absl::Status status = Dump(store.NewSnapshot(), **writer); !status.ok()) return status;
  return (*writer)->Finish();
}

}  // namespace

int Run(const UpdateArguments& arguments, Console& console) {
  absl::StatusOr<Update> update = ParseSparql<Update>(arguments);
  if (!update.ok()) {
    console.Error(update.status());
    return kRejected;
  }
  UpdateOptions options;
  if (absl::Status status = FillOptions(arguments, options); !status.ok()) {
    console.Error(status);
    return kUsage;
  }
  options.fetcher = FileFetcher(arguments.allow_load);
  OpenedDataset dataset = OpenDataset(arguments.dataset, Access::kExisting, console);
  if (dataset.store == nullptr) return dataset.exit_status;

  const bool on_files = arguments.dataset.store.empty();
  const InterruptScope interrupt(options.cancel);
  absl::StatusOr<UpdateResult> result = update->Execute(*dataset.store, options);
  absl::Status status = result.status();
  if (status.ok()) {
    const std::string counts = "added " + Counted(result->added, "statement", "statements") +
                               ", removed " + std::to_string(result->removed) + "\n";
    if (on_files) {
      status = PrintDataset(*dataset.store, arguments.format, console);
    } else {
      console.Out(counts);
    }
    if (!result->hint.empty()) console.Error(result->hint);
  }
  if (!status.ok() && !console.closed()) console.Error(status);
  if (!on_files && !CloseStore(std::move(dataset.store), console)) return kRejected;
  return ExitStatusOf(status);
}

}  // namespace sanad::shell
