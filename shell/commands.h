// One function a command, each in a file of its own; the result is the exit
// status. Errors are printed where they happen.

#ifndef SANAD_SHELL_COMMANDS_H_
#define SANAD_SHELL_COMMANDS_H_

#include "shell/arguments.h"
#include "shell/console.h"

namespace sanad::shell {

int Run(const LoadArguments& arguments, Console& console);
int Run(const QueryArguments& arguments, Console& console);
int Run(const UpdateArguments& arguments, Console& console);
int Run(const AskArguments& arguments, Console& console);
int Run(const ExtractArguments& arguments, Console& console);
int Run(const ConvertArguments& arguments, Console& console);
int Run(const CheckArguments& arguments, Console& console);
int Run(const ShellArguments& arguments, Console& console);
int Run(const StatsArguments& arguments, Console& console);
int Run(const ValidateArguments& arguments, Console& console);
int Run(const CompactArguments& arguments, Console& console);
int Run(const DumpArguments& arguments, Console& console);
int Run(const BackupArguments& arguments, Console& console);
int Run(const RestoreArguments& arguments, Console& console);
int Run(const DocumentsArguments& arguments, Console& console);
int Run(const ForgetArguments& arguments, Console& console);

// The whole program: parses, runs the command, maps a closed pipe to success.
int RunProgram(const std::vector<std::string>& arguments, Console& console);

}  // namespace sanad::shell

#endif  // SANAD_SHELL_COMMANDS_H_
