// The commands of the prompt that begin with a dot.

#ifndef SANAD_SHELL_DOT_COMMANDS_H_
#define SANAD_SHELL_DOT_COMMANDS_H_

#include <string>
#include <string_view>
#include <vector>

#include "shell/session.h"

namespace sanad::shell {

// `text` begins with ".". Returns the exit status it stands for.
int RunDotCommand(Session& session, std::string_view text);

// The names that begin with `prefix` (".w"), for completion.
std::vector<std::string> DotCommandNames(std::string_view prefix);

}  // namespace sanad::shell

#endif  // SANAD_SHELL_DOT_COMMANDS_H_
