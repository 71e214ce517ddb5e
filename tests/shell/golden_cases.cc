#include "tests/shell/golden_cases.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace sanad::shell_test {
namespace {

// Shell quoting of a path.
std::string Quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

void ReplaceAll(std::string& text, const std::string& from, const std::string& to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

std::string Normalised(std::string text, const std::string& folder) {
  ReplaceAll(text, folder, "{dir}");
  static const std::regex kPid("(pid|process) [0-9]+");
  text = std::regex_replace(text, kPid, "$1 {pid}");
  static const std::regex kTime("[0-9]+(\\.[0-9]+)? (µs|us|ms|s)\\b");
  return std::regex_replace(text, kTime, "{time}");
}

// Text that does not end its last line is shown with a mark.
std::string Block(const std::string& name, const std::string& text) {
  if (text.empty()) return "";
  return "--- " + name + "\n" + text + (text.back() == '\n' ? "" : "\n--- no newline\n");
}

}  // namespace

CaseFile ParseCases(const std::string& text) {
  CaseFile file;
  std::istringstream lines(text);
  std::string line;
  std::string* target = &file.comment;
  while (std::getline(lines, line)) {
    const auto rest = [&](size_t size) { return line.substr(size); };
    if (line.starts_with("=== ")) {
      file.cases.push_back({rest(4), {}});
      target = nullptr;
    } else if (line.starts_with("--- file ")) {
      file.cases.back().steps.push_back({Step::Kind::kFile, rest(9), "", {}});
      target = &file.cases.back().steps.back().text;
    } else if (line.starts_with("--- run ")) {
      file.cases.back().steps.push_back({Step::Kind::kRun, rest(8), "", {}});
      target = nullptr;
    } else if (line == "--- stdout") {
      target = &file.cases.back().steps.back().expected.out;
    } else if (line == "--- stderr") {
      target = &file.cases.back().steps.back().expected.err;
    } else if (line.starts_with("--- status ")) {
      file.cases.back().steps.back().expected.status = std::stoi(rest(11));
      target = nullptr;
    } else if (line == "--- no newline") {
      if (target != nullptr && !target->empty()) target->pop_back();
    } else if (target != nullptr) {
      *target += line + "\n";
    }
  }
  return file;
}

std::string FormatCases(const CaseFile& file) {
  std::string out = file.comment;
  for (const Case& c : file.cases) {
    out += "=== " + c.title + "\n";
    for (const Step& step : c.steps) {
      if (step.kind == Step::Kind::kFile) {
        const std::string block = Block("file " + step.name, step.text);
        out += block.empty() ? "--- file " + step.name + "\n" : block;
        continue;
      }
      out += "--- run " + step.name + "\n";
      out += Block("stdout", step.expected.out) + Block("stderr", step.expected.err);
      out += "--- status " + std::to_string(step.expected.status) + "\n";
    }
    out += "\n";
  }
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

Observed RunCommand(const std::string& command, const std::string& folder,
                    const std::string& program_folder) {
  const std::string out_file = folder + "/.stdout";
  const std::string err_file = folder + "/.stderr";
  const std::string script = folder + "/.command";
  WriteText(script, "export PATH=" + Quoted(program_folder) +
                        ":$PATH NO_COLOR=1 LC_ALL=C.UTF-8 HOME=" + Quoted(folder) + "\ncd " +
                        Quoted(folder) + "\n" + command + "\n");
  const int raw = std::system(
      ("bash " + Quoted(script) + " </dev/null >" + Quoted(out_file) + " 2>" + Quoted(err_file))
          .c_str());
  Observed observed;
  observed.out = Normalised(ReadText(out_file), folder);
  observed.err = Normalised(ReadText(err_file), folder);
  observed.status = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
  return observed;
}

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "sanad-test-XXXXXX").string();
  if (::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

std::string ReadText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

void WriteText(const std::string& path, const std::string& text) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

}  // namespace sanad::shell_test
