#include "tests/loader/document/golden_texts.h"

#include <fstream>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace sanad {
namespace {

bool update_golden = false;

std::string Trimmed(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

std::vector<GoldenText> ReadCases(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::vector<GoldenText> cases;
  std::string line;
  bool expecting = false;
  while (std::getline(in, line)) {
    if (line.rfind("# case ", 0) == 0) {
      cases.emplace_back();
      cases.back().header = line;
      const size_t date = line.find(" date ");
      if (date != std::string::npos) cases.back().date = line.substr(date + 6);
      expecting = false;
    } else if (line == "---") {
      expecting = true;
    } else if (!cases.empty()) {
      (expecting ? cases.back().expected : cases.back().text) += line + "\n";
    }
  }
  for (GoldenText& c : cases) c.text = Trimmed(c.text);
  return cases;
}

}  // namespace

size_t CheckGoldenFile(const std::filesystem::path& path,
                       const std::function<std::string(const GoldenText&)>& found) {
  const std::vector<GoldenText> cases = ReadCases(path);
  std::string updated;
  for (const GoldenText& c : cases) {
    SCOPED_TRACE(path.filename().string() + ": " + c.header);
    const std::string actual = found(c);
    if (!update_golden) {
      EXPECT_EQ(Trimmed(actual), Trimmed(c.expected));
    }
    updated += c.header + "\n" + c.text + "\n---\n" + actual + "\n";
  }
  if (update_golden) std::ofstream(path) << updated;
  return cases.size();
}

int GoldenMain(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i)
    update_golden = update_golden || std::string_view(argv[i]) == "--update";
  return RUN_ALL_TESTS();
}

}  // namespace sanad
