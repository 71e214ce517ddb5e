#include <cstdlib>
#include <filesystem>

#include "shell/line_editor.h"

namespace sanad::shell {
namespace {

class StreamEditor : public LineEditor {
 public:
  explicit StreamEditor(std::istream& input) : input_(input) {}

  LineResult ReadLine(const std::string&, std::string& line) override {
    if (!std::getline(input_, line)) return LineResult::kEnd;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return LineResult::kLine;
  }

  void AddToHistory(const std::string&) override {}

 private:
  std::istream& input_;
};

}  // namespace

std::unique_ptr<LineEditor> MakeStreamEditor(std::istream& input) {
  return std::make_unique<StreamEditor>(input);
}

std::string HistoryFile() {
  if (const char* named = std::getenv("SANAD_HISTORY")) return named;
  std::filesystem::path folder;
  const char* state = std::getenv("XDG_STATE_HOME");
  const char* home = std::getenv("HOME");
  if (state != nullptr && *state != '\0') {
    folder = std::filesystem::path(state) / "sanad";
  } else if (home != nullptr && *home != '\0') {
    folder = std::filesystem::path(home) / ".local" / "state" / "sanad";
  } else {
    return "";
  }
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  return error ? "" : (folder / "history").string();
}

}  // namespace sanad::shell
