// Line editing with libedit. Keys are read by a function of ours, so that Ctrl-C
// ends the line and not the program. Tab offers the completer's words: one is
// put in place, several are listed with their common beginning put in.

#include <histedit.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <cwchar>
#include <utility>

#include "shell/display.h"
#include "shell/interrupt.h"
#include "shell/line_editor.h"

namespace sanad::shell {
namespace {

constexpr int kHistorySize = 2000;
constexpr int kPollMilliseconds = 100;

class TerminalEditor : public LineEditor {
 public:
  TerminalEditor(std::string history_file, Completer completer)
      : history_file_(std::move(history_file)), completer_(std::move(completer)) {
    editor_ = el_init("sanad", stdin, stdout, stderr);
    if (editor_ == nullptr) return;
    el_set(editor_, EL_CLIENTDATA, this);
    el_set(editor_, EL_PROMPT, &ShowPrompt);
    el_set(editor_, EL_EDITOR, "emacs");
    el_set(editor_, EL_GETCFN, &ReadKey);
    el_set(editor_, EL_ADDFN, "sanad-complete", "complete a word", &Complete);
    el_set(editor_, EL_BIND, "^I", "sanad-complete", nullptr);
    el_set(editor_, EL_BIND, "^R", "em-inc-search-prev", nullptr);
    history_ = history_init();
    HistEvent event;
    history(history_, &event, H_SETSIZE, kHistorySize);
    history(history_, &event, H_SETUNIQUE, 1);
    el_set(editor_, EL_HIST, history, history_);
    if (!history_file_.empty()) history(history_, &event, H_LOAD, history_file_.c_str());
  }

  ~TerminalEditor() override {
    if (editor_ == nullptr) return;
    history_end(history_);
    el_end(editor_);
  }

  bool usable() const { return editor_ != nullptr; }

  LineResult ReadLine(const std::string& prompt, std::string& line) override {
    prompt_ = prompt;
    interrupted_ = false;
    const InterruptibleInput input;
    int count = 0;
    // Before the prompt shows: a key pressed at once would meet a terminal that still
    // reads by lines, which drops a Ctrl-D.
    el_set(editor_, EL_PREP_TERM, 1);
    const char* text = el_gets(editor_, &count);
    if (interrupted_) {
      el_reset(editor_);
      std::fputs("^C\n", stdout);
      std::fflush(stdout);
      return LineResult::kInterrupted;
    }
    if (text == nullptr || count <= 0) return LineResult::kEnd;
    line.assign(text, static_cast<size_t>(count));
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
    return LineResult::kLine;
  }

  void AddToHistory(const std::string& line) override {
    HistEvent event;
    history(history_, &event, H_ENTER, line.c_str());
    // Saved at once: a prompt may end by a signal.
    if (!history_file_.empty()) history(history_, &event, H_SAVE, history_file_.c_str());
  }

 private:
  static TerminalEditor& Of(EditLine* editor) {
    void* self = nullptr;
    el_get(editor, EL_CLIENTDATA, &self);
    return *static_cast<TerminalEditor*>(self);
  }

  static char* ShowPrompt(EditLine* editor) { return Of(editor).prompt_.data(); }

  // One character from the terminal; -1 ends the line.
  static int ReadKey(EditLine* editor, wchar_t* key) {
    std::mbstate_t state = {};
    while (true) {
      // A signal may come before the read begins, or to another thread: it interrupts
      // no read, so the wait is never long.
      pollfd waiting = {STDIN_FILENO, POLLIN, 0};
      if (!InterruptibleInput::interrupted() && ::poll(&waiting, 1, kPollMilliseconds) == 0) {
        continue;
      }
      if (InterruptibleInput::interrupted()) {
        Of(editor).interrupted_ = true;
        return -1;
      }
      char byte = 0;
      const ssize_t got = ::read(STDIN_FILENO, &byte, 1);
      if (InterruptibleInput::interrupted()) {
        Of(editor).interrupted_ = true;
        return -1;
      }
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return got == 0 ? 0 : -1;
      const size_t used = std::mbrtowc(key, &byte, 1, &state);
      if (used == static_cast<size_t>(-2)) continue;
      if (used == static_cast<size_t>(-1)) {
        *key = L'\uFFFD';
      } else if (used == 0) {
        *key = L'\0';
      }
      return 1;
    }
  }

  static unsigned char Complete(EditLine* editor, int) {
    const LineInfo* info = el_line(editor);
    const std::string_view text(info->buffer, static_cast<size_t>(info->cursor - info->buffer));
    const size_t blank = text.find_last_of(" \t");
    const std::string word(blank == std::string_view::npos ? text : text.substr(blank + 1));
    std::vector<std::string> words = Of(editor).completer_(text);
    if (words.empty()) return CC_REFRESH_BEEP;
    std::string replacement = words.front();
    for (const std::string& other : words) {
      const auto ends =
          std::mismatch(replacement.begin(), replacement.end(), other.begin(), other.end());
      replacement.erase(ends.first, replacement.end());
    }
    // Not inside a UTF-8 character.
    while (!replacement.empty() && replacement.size() < words.front().size() &&
           (words.front()[replacement.size()] & 0xC0) == 0x80) {
      replacement.pop_back();
    }
    if (words.size() == 1) replacement += ' ';
    if (words.size() > 1) ListWords(words);
    if (replacement.size() > word.size() || words.size() == 1) {
      // el_deletestr counts characters, not bytes.
      const auto characters =
          std::count_if(word.begin(), word.end(), [](char c) { return (c & 0xC0) != 0x80; });
      if (characters > 0) el_deletestr(editor, static_cast<int>(characters));
      el_insertstr(editor, replacement.c_str());
    }
    return words.size() > 1 ? CC_REDISPLAY : CC_REFRESH;
  }

  static void ListWords(const std::vector<std::string>& words) {
    struct winsize size = {};
    const size_t columns = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0
                               ? size.ws_col
                               : size_t{80};
    std::string out = "\n";
    size_t used = 0;
    for (const std::string& word : words) {
      const size_t width = DisplayWidth(word) + 3;
      if (used > 0 && used + width > columns) {
        out += "\n";
        used = 0;
      }
      const std::string shown = EscapeForTerminal(word);
      out += (HasRightToLeft(shown) ? Isolated(shown) : shown) + "   ";
      used += width;
    }
    std::fputs((out + "\n").c_str(), stdout);
    std::fflush(stdout);
  }

  std::string history_file_;
  Completer completer_;
  std::string prompt_;
  EditLine* editor_ = nullptr;
  History* history_ = nullptr;
  bool interrupted_ = false;
};

}  // namespace

std::unique_ptr<LineEditor> MakeTerminalEditor(const std::string& history_file,
                                               Completer completer) {
  auto editor = std::make_unique<TerminalEditor>(history_file, std::move(completer));
  if (!editor->usable()) return nullptr;
  return editor;
}

}  // namespace sanad::shell
