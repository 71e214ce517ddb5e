// sanad backup and sanad restore: a copy of a store, and a store of a copy.

#include "shell/commands.h"
#include "shell/exit_status.h"
#include "shell/open_store.h"

namespace sanad::shell {

int Run(const BackupArguments& arguments, Console& console) {
  const std::unique_ptr<Store> store = OpenStore(arguments.store, Access::kExisting, console);
  if (store == nullptr) return kStoreNotOpened;
  const absl::Status status = store->Backup(arguments.directory);
  if (status.ok()) {
    console.Out("backed up to " + arguments.directory + "\n");
  } else {
    console.Error(status);
  }
  return ExitStatusOf(status);
}

int Run(const RestoreArguments& arguments, Console& console) {
  const absl::Status status = Restore(arguments.directory, arguments.store);
  if (!status.ok()) {
    console.Error(status);
    return ExitStatusOf(status);
  }
  // What was restored must open.
  if (OpenStore(arguments.store, Access::kExisting, console) == nullptr) return kStoreNotOpened;
  console.Out("restored " + arguments.store + "\n");
  return kDone;
}

}  // namespace sanad::shell
