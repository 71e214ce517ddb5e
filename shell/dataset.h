// What a query or an update runs on: the store that was named, or a store in
// memory with the files that were.

#ifndef SANAD_SHELL_DATASET_H_
#define SANAD_SHELL_DATASET_H_

#include <memory>
#include <string>

#include <absl/status/statusor.h>
#include <sanad/query.h>
#include <sanad/store.h>

#include "shell/arguments.h"
#include "shell/console.h"
#include "shell/open_store.h"

namespace sanad::shell {

struct OpenedDataset {
  std::unique_ptr<Store> store;  // Null: `exit_status` says how to end.
  int exit_status = 0;
};

// Opens or reads; prints what goes wrong.
OpenedDataset OpenDataset(const DatasetArguments& arguments, Access access, Console& console);

// The text of a query or update and the base it is read with.
struct SparqlText {
  std::string text;
  std::string base_iri;
};
absl::StatusOr<SparqlText> ReadSparqlText(const SparqlArguments& arguments);

// The Query or Update that was given, read and parsed.
template <typename Parsed>
absl::StatusOr<Parsed> ParseSparql(const SparqlArguments& arguments) {
  absl::StatusOr<SparqlText> text = ReadSparqlText(arguments);
  if (!text.ok()) return text.status();
  ParseOptions options;
  options.base_iri = text->base_iri;
  return Parsed::Parse(text->text, options);
}

// Graph scope, limits and parameters. InvalidArgument names a wrong parameter.
absl::Status FillOptions(const SparqlArguments& arguments, QueryOptions& options);

}  // namespace sanad::shell

#endif  // SANAD_SHELL_DATASET_H_
