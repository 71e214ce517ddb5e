// sanad validate: reads the whole store and names what does not fit.

#include "shell/commands.h"
#include "shell/display.h"
#include "shell/exit_status.h"
#include "shell/open_store.h"
#include "shell/units.h"

namespace sanad::shell {

int Run(const ValidateArguments& arguments, Console& console) {
  const std::unique_ptr<Store> store = OpenStore(arguments.store, Access::kExisting, console);
  if (store == nullptr) return kStoreNotOpened;
  const absl::StatusOr<ValidationReport> report = store->Validate();
  if (!report.ok()) {
    console.Error(report.status());
    return ExitStatusOf(report.status());
  }
  console.Out("commit " + std::to_string(report->commit_number) + ": " +
              Counted(report->quads_checked, "statement", "statements") + " and " +
              Counted(report->terms_checked, "term", "terms") + " checked\n");
  for (const std::string& problem : report->problems) {
    console.Out("problem: " + EscapeForTerminal(problem) + "\n");
  }
  console.Out(report->problems.empty()
                  ? "the store is sound\n"
                  : Counted(report->problems.size(), "problem", "problems") + "\n");
  return report->problems.empty() ? kDone : kRejected;
}

}  // namespace sanad::shell
