// Texts and everything they say: tests/golden/extraction/*.txt, one block a case:
//
//   # case NAME [date YYYY-MM-DD]
//   the text …
//   ---
//   0 subject | property | object
//
// extraction_golden_test --update rewrites the files for review.

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sanad/extract.h>
#include "tests/loader/document/statement_lines.h"

namespace sanad {

bool update_golden = false;

namespace {

struct Case {
  std::string header, date, text, expected;
};

std::vector<Case> ReadCases(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::vector<Case> cases;
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
  return cases;
}

std::string Actual(const Case& c) {
  ExtractOptions options;
  options.document_iri = "http://example.org/document";
  options.document_date = c.date;
  std::string text = c.text;
  while (!text.empty() && text.back() == '\n') text.pop_back();
  const auto extraction = Extract(text, DocumentFormat::kPlainText, options);
  if (!extraction.ok()) return std::string(extraction.status().message()) + "\n";
  std::string out;
  for (const std::string& line : StatementLines(*extraction)) out += line + "\n";
  return out;
}

std::string Trimmed(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

TEST(ExtractionGolden, EveryCaseSaysExactlyThis) {
  size_t count = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(SANAD_SOURCE_DIR "/tests/golden/extraction")) {
    if (entry.path().extension() != ".txt") continue;
    std::vector<Case> cases = ReadCases(entry.path());
    std::string updated;
    for (const Case& c : cases) {
      SCOPED_TRACE(entry.path().filename().string() + ": " + c.header);
      ++count;
      const std::string actual = Actual(c);
      if (!update_golden) {
        EXPECT_EQ(Trimmed(actual), Trimmed(c.expected));
      }
      updated += c.header + "\n" + c.text + "---\n" + actual + "\n";
    }
    if (update_golden) std::ofstream(entry.path()) << updated;
  }
  EXPECT_GE(count, 8U);
}

}  // namespace
}  // namespace sanad

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i)
    sanad::update_golden = sanad::update_golden || std::string(argv[i]) == "--update";
  return RUN_ALL_TESTS();
}
