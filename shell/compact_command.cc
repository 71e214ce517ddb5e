// sanad compact: folds younger rows into blocks, by hand.

#include "shell/commands.h"
#include "shell/exit_status.h"
#include "shell/open_store.h"
#include "shell/units.h"

namespace sanad::shell {

int Run(const CompactArguments& arguments, Console& console) {
  std::unique_ptr<Store> store = OpenStore(arguments.store, Access::kExisting, console);
  if (store == nullptr) return kStoreNotOpened;
  absl::Status status = store->Compact(arguments.rebuild);
  if (status.ok()) {
    const auto statistics = store->Statistics();
    status = statistics.status();
    if (status.ok()) console.Out("on disk: " + SizeText(statistics->bytes_on_disk) + "\n");
  }
  if (!status.ok()) console.Error(status);
  if (!CloseStore(std::move(store), console)) return kRejected;
  return ExitStatusOf(status);
}

}  // namespace sanad::shell
