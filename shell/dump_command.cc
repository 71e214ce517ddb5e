// sanad dump: every statement of a store, graphs in order.

#include <sanad/loader.h>

#include "shell/commands.h"
#include "shell/exit_status.h"
#include "shell/open_store.h"

namespace sanad::shell {
namespace {

absl::Status WriteDump(const Store& store, const std::string& format, Console& console) {
  const RdfSyntax syntax = format == "trig" ? RdfSyntax::kTriG : RdfSyntax::kNQuads;
  auto writer = RdfWriter::Create(syntax, console.sink(), store.Prefixes());
  if (!writer.ok()) return writer.status();
  if (absl::Status status = Dump(store.NewSnapshot(), **writer); !status.ok()) return status;
  return (*writer)->Finish();
}

}  // namespace

int Run(const DumpArguments& arguments, Console& console) {
  const std::unique_ptr<Store> store = OpenStore(arguments.store, Access::kExisting, console);
  if (store == nullptr) return kStoreNotOpened;
  const absl::Status status = WriteDump(*store, arguments.format, console);
  if (!status.ok() && !console.closed()) console.Error(status);
  return ExitStatusOf(status);
}

}  // namespace sanad::shell
