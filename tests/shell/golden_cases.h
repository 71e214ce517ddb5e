// Golden cases of the command line, as text:
//
//   === a title
//   --- file people.ttl
//   …its text…
//   --- run sanad query --data people.ttl 'ASK {}'
//   --- stdout
//   true
//   --- status 0
//
// A case has any number of files and runs, in order, in a folder of its own. A
// run's "stdout", "stderr" and "status" follow it; an absent one is empty, or 0.
// Text before the first "===" is a comment. {dir} stands for the case's folder,
// {pid} for a process id, {time} for a duration.

#ifndef SANAD_TESTS_SHELL_GOLDEN_CASES_H_
#define SANAD_TESTS_SHELL_GOLDEN_CASES_H_

#include <string>
#include <utility>
#include <vector>

namespace sanad::shell_test {

struct Observed {
  std::string out;
  std::string err;
  int status = 0;
};

struct Step {
  enum class Kind { kFile, kRun } kind;
  std::string name;  // The file's name, or the command.
  std::string text;  // The file's text.
  Observed expected;
};

struct Case {
  std::string title;
  std::vector<Step> steps;
};

struct CaseFile {
  std::string comment;
  std::vector<Case> cases;
};

CaseFile ParseCases(const std::string& text);
std::string FormatCases(const CaseFile& file);

// Runs `command` by bash in `folder`, with `program_folder` first on the PATH.
// Output is normalised as above.
Observed RunCommand(const std::string& command, const std::string& folder,
                    const std::string& program_folder);

// A new folder, removed with all in it at the end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string ReadText(const std::string& path);
void WriteText(const std::string& path, const std::string& text);

}  // namespace sanad::shell_test

#endif  // SANAD_TESTS_SHELL_GOLDEN_CASES_H_
