// sanad query: one SPARQL query on a store or on files.

#include <utility>

#include "shell/commands.h"
#include "shell/dataset.h"
#include "shell/exit_status.h"
#include "shell/interrupt.h"
#include "shell/query_output.h"

namespace sanad::shell {
namespace {

PlanFormat PlanFormatOf(const QueryArguments& arguments) {
  return arguments.format == "json" ? PlanFormat::kJson : PlanFormat::kText;
}

void PrintPlan(std::string plan, Console& console) {
  if (plan.empty() || plan.back() != '\n') plan += '\n';
  console.Out(plan);
}

absl::Status Profile(Cursor& cursor, const QueryArguments& arguments, Console& console) {
  while (cursor.Next()) {
  }
  if (!cursor.status().ok()) return cursor.status();
  PrintPlan(cursor.Profile(PlanFormatOf(arguments)), console);
  return absl::OkStatus();
}

absl::Status Answer(const Query& query, const Store& store, const QueryArguments& arguments,
                    const QueryOptions& options, Console& console) {
  const Snapshot snapshot = store.NewSnapshot();
  if (arguments.explain) {
    auto plan = query.Explain(snapshot, options, PlanFormatOf(arguments));
    if (plan.ok()) PrintPlan(*std::move(plan), console);
    return plan.status();
  }
  absl::StatusOr<std::unique_ptr<Cursor>> cursor = query.Execute(snapshot, options);
  if (!cursor.ok()) return cursor.status();
  if (arguments.profile) return Profile(**cursor, arguments, console);
  Prefixes prefixes = query.prefixes();
  AddPrefixes(prefixes, store.Prefixes());
  return WriteRows(**cursor, arguments.format, prefixes, console).status();
}

}  // namespace

int Run(const QueryArguments& arguments, Console& console) {
  absl::StatusOr<Query> query = ParseSparql<Query>(arguments);
  if (!query.ok()) {
    console.Error(query.status());
    return kRejected;
  }
  const bool shows_plan = arguments.explain || arguments.profile;
  if (absl::Status status = CheckFormat(query->form(), arguments.format);
      !status.ok() && !shows_plan) {
    console.Error(status);
    return kUsage;
  }
  QueryOptions options;
  options.profile = arguments.profile;
  if (absl::Status status = FillOptions(arguments, options); !status.ok()) {
    console.Error(status);
    return kUsage;
  }
  const Access access = arguments.read_only ? Access::kReadOnly : Access::kExisting;
  OpenedDataset dataset = OpenDataset(arguments.dataset, access, console);
  if (dataset.store == nullptr) return dataset.exit_status;

  const InterruptScope interrupt(options.cancel);
  const absl::Status status = Answer(*query, *dataset.store, arguments, options, console);
  if (!status.ok() && !console.closed()) console.Error(status);
  return ExitStatusOf(status);
}

}  // namespace sanad::shell
