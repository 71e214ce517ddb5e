// The loop of the prompt: lines are gathered until an input is complete, and
// each input is run.

#ifndef SANAD_SHELL_PROMPT_H_
#define SANAD_SHELL_PROMPT_H_

#include "shell/line_editor.h"
#include "shell/session.h"

namespace sanad::shell {

enum class OnError { kStop, kGoOn };

// Until .quit or the end. The status of the first input that failed, else 0;
// in an interactive session always 0.
int RunPrompt(Session& session, LineEditor& editor, OnError on_error);

}  // namespace sanad::shell

#endif  // SANAD_SHELL_PROMPT_H_
