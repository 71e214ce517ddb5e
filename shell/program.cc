#include <variant>

#include "shell/commands.h"
#include "shell/exit_status.h"

namespace sanad::shell {

int RunProgram(const std::vector<std::string>& arguments, Console& console) {
  const ParsedArguments parsed = ParseArguments(arguments);
  if (!parsed.command) {
    console.Out(parsed.out);
    console.Err(parsed.err);
    return parsed.exit_status;
  }
  const int status =
      std::visit([&](const auto& command) { return Run(command, console); }, *parsed.command);
  console.Flush();
  // A reader that left early (`| head`) has what it wanted.
  return console.closed() ? kDone : status;
}

}  // namespace sanad::shell
