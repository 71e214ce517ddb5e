// See golden.h. Holds the main() of the tests that use it.

#include "tests/query/golden.h"

#include <fstream>
#include <set>
#include <sstream>
#include <string_view>

#include <gtest/gtest.h>

namespace sanad::query_test {
namespace {

bool update_files = false;

std::string Trimmed(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

struct GoldenFile {
  std::string comment;
  std::vector<GoldenCase> cases;
};

GoldenFile Read(const std::string& path) {
  GoldenFile file;
  std::ifstream in(path);
  EXPECT_TRUE(in.good()) << path;
  std::string line;
  std::string* text = &file.comment;
  while (std::getline(in, line)) {
    if (line.rfind("=== ", 0) == 0) {
      file.cases.push_back({line.substr(4), {}});
      text = nullptr;
    } else if (line.rfind("--- ", 0) == 0 && !file.cases.empty()) {
      file.cases.back().sections.emplace_back(line.substr(4), "");
      text = &file.cases.back().sections.back().second;
    } else if (text != nullptr) {
      *text += line + "\n";
    }
  }
  return file;
}

std::string Format(const GoldenFile& file) {
  std::string out = Trimmed(file.comment) + "\n";
  for (const GoldenCase& golden : file.cases) {
    out += "\n=== " + golden.title + "\n";
    for (const auto& [name, text] : golden.sections) {
      out += "--- " + name + "\n" + Trimmed(text) + "\n";
    }
  }
  return out;
}

}  // namespace

std::string GoldenCase::Section(const std::string& name) const {
  for (const auto& [key, text] : sections) {
    if (key == name) return Trimmed(text);
  }
  return "";
}

bool GoldenCase::Has(const std::string& name) const {
  for (const auto& [key, text] : sections) {
    if (key == name) return true;
  }
  return false;
}

void RunGolden(const std::string& name, const std::function<Sections(const GoldenCase&)>& run) {
  const std::string path = std::string(SANAD_SOURCE_DIR) + "/tests/golden/query/" + name;
  GoldenFile file = Read(path);
  ASSERT_FALSE(file.cases.empty()) << path;
  std::set<std::string> titles;
  for (GoldenCase& golden : file.cases) {
    SCOPED_TRACE(name + ": " + golden.title);
    EXPECT_TRUE(titles.insert(golden.title).second) << "the title stands twice";
    for (auto& [section, text] : run(golden)) {
      if (!update_files) {
        EXPECT_EQ(golden.Section(section), Trimmed(text)) << section;
        continue;
      }
      bool found = false;
      for (auto& [key, old] : golden.sections) {
        if (key != section) continue;
        old = text;
        found = true;
      }
      if (!found) golden.sections.emplace_back(section, text);
    }
  }
  if (update_files) std::ofstream(path) << Format(file);
}

}  // namespace sanad::query_test

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--update") sanad::query_test::update_files = true;
  }
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
