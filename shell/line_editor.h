// Where the prompt's lines come from: a terminal with editing and history, or a
// plain stream.

#ifndef SANAD_SHELL_LINE_EDITOR_H_
#define SANAD_SHELL_LINE_EDITOR_H_

#include <functional>
#include <istream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sanad::shell {

enum class LineResult {
  kLine,
  kInterrupted,  // Ctrl-C: drop what was typed.
  kEnd,          // Ctrl-D, or the end of the stream.
};

// The words that may stand in place of the last word of `text`.
using Completer = std::function<std::vector<std::string>(std::string_view text)>;

// Single-threaded.
class LineEditor {
 public:
  virtual ~LineEditor() = default;
  // Reads one line, without its newline.
  virtual LineResult ReadLine(const std::string& prompt, std::string& line) = 0;
  // Remembers a line, between runs where the editor has a history file.
  virtual void AddToHistory(const std::string& line) = 0;
};

// Editing with libedit on the terminal of standard input. `history_file` may be
// empty. Null when the terminal cannot be edited on.
std::unique_ptr<LineEditor> MakeTerminalEditor(const std::string& history_file,
                                               Completer completer);

// Lines of a stream, which must outlive the editor; prompts are not shown.
std::unique_ptr<LineEditor> MakeStreamEditor(std::istream& input);

// $SANAD_HISTORY, else sanad/history below $XDG_STATE_HOME or ~/.local/state,
// its folder made; empty when there is no such place.
std::string HistoryFile();

}  // namespace sanad::shell

#endif  // SANAD_SHELL_LINE_EDITOR_H_
