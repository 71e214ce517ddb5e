// Runs the cases of tests/golden/shell/*.txt. With --update the files are
// rewritten with what was observed, for review.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/shell/golden_cases.h"

namespace sanad::shell_test {
namespace {

namespace fs = std::filesystem;

bool update = false;

std::vector<std::string> GoldenFiles() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(SANAD_SOURCE_DIR "/tests/golden/shell")) {
    if (entry.path().extension() == ".txt") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class ShellGolden : public ::testing::TestWithParam<std::string> {};

TEST_P(ShellGolden, Behaves) {
  const std::string path = SANAD_SOURCE_DIR "/tests/golden/shell/" + GetParam() + ".txt";
  CaseFile file = ParseCases(ReadText(path));
  ASSERT_FALSE(file.cases.empty());
  const std::string program_folder = fs::path(SANAD_PROGRAM).parent_path().string();
  for (Case& c : file.cases) {
    const TemporaryFolder folder;
    ASSERT_FALSE(folder.path().empty());
    for (Step& step : c.steps) {
      if (step.kind == Step::Kind::kFile) {
        WriteText(folder.path() + "/" + step.name, step.text);
        continue;
      }
      const Observed observed = RunCommand(step.name, folder.path(), program_folder);
      if (update) {
        step.expected = observed;
        continue;
      }
      const std::string where = c.title + ": " + step.name;
      EXPECT_EQ(observed.out, step.expected.out) << where;
      EXPECT_EQ(observed.err, step.expected.err) << where;
      EXPECT_EQ(observed.status, step.expected.status) << where;
    }
  }
  if (update) WriteText(path, FormatCases(file));
}

INSTANTIATE_TEST_SUITE_P(Files, ShellGolden, ::testing::ValuesIn(GoldenFiles()),
                         [](const auto& param_info) { return param_info.param; });

}  // namespace
}  // namespace sanad::shell_test

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    if (std::string(argv[i]) == "--update") sanad::shell_test::update = true;
  }
  return RUN_ALL_TESTS();
}
