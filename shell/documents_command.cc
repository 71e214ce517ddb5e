// sanad documents and sanad forget: what was loaded, and taking it out again.

#include <algorithm>

#include <sanad/loader.h>

#include "shell/commands.h"
#include "shell/exit_status.h"
#include "shell/files.h"
#include "shell/json_text.h"
#include "shell/open_store.h"
#include "shell/table.h"

namespace sanad::shell {
namespace {

absl::Status PrintTable(const std::vector<DocumentInfo>& documents, Console& console) {
  const TableOptions options{TableStyle::kPlain, console.colour(), console.out_is_terminal(), ""};
  TableWriter table({"document", "date", "language", "sentences", "statements"}, options,
                    console.sink());
  for (const DocumentInfo& document : documents) {
    absl::Status status =
        table.AddRow({document.iri.value(), document.date, document.language,
                      std::to_string(document.sentences), std::to_string(document.statements)});
    if (!status.ok()) return status;
  }
  return table.Finish();
}

std::string Json(const std::vector<DocumentInfo>& documents) {
  JsonText json;
  json.BeginArray();
  for (const DocumentInfo& document : documents) {
    json.BeginObject().Key("document").Value(document.iri.value());
    json.Key("date").ValueOrNull(document.date).Key("language").ValueOrNull(document.language);
    json.Key("sentences").Value(document.sentences);
    json.Key("statements").Value(document.statements).EndObject();
  }
  return json.EndArray().text() + "\n";
}

}  // namespace

int Run(const DocumentsArguments& arguments, Console& console) {
  const std::unique_ptr<Store> store = OpenStore(arguments.store, Access::kExisting, console);
  if (store == nullptr) return kStoreNotOpened;
  const absl::StatusOr<std::vector<DocumentInfo>> documents = Loader(*store).Documents();
  absl::Status status = documents.status();
  if (status.ok() && arguments.format == "json") {
    console.Out(Json(*documents));
  } else if (status.ok()) {
    status = PrintTable(*documents, console);
  }
  if (!status.ok() && !console.closed()) console.Error(status);
  return ExitStatusOf(status);
}

int Run(const ForgetArguments& arguments, Console& console) {
  std::unique_ptr<Store> store = OpenStore(arguments.store, Access::kExisting, console);
  if (store == nullptr) return kStoreNotOpened;
  const std::string& name = arguments.document;
  const std::string iri = HasScheme(name) ? name : FileIri(name);
  const uint64_t before = store->NewSnapshot().quad_count();
  const absl::Status status = Loader(*store).Forget(Term::Iri(iri));
  if (status.ok()) {
    const uint64_t after = store->NewSnapshot().quad_count();
    console.Out("statements: " + std::to_string(before - std::min(before, after)) + " removed\n");
  } else {
    console.Error(status);
  }
  if (!CloseStore(std::move(store), console)) return kRejected;
  return ExitStatusOf(status);
}

}  // namespace sanad::shell
