// Texts and everything they say: tests/golden/extraction/*.txt.
// extraction_golden_test --update rewrites the files for review.

#include <filesystem>
#include <string>

#include <gtest/gtest.h>
#include <sanad/extract.h>
#include "tests/loader/document/golden_texts.h"
#include "tests/loader/document/statement_lines.h"

namespace sanad {
namespace {

std::string Statements(const GoldenText& c) {
  ExtractOptions options;
  options.document_iri = "http://example.org/document";
  options.document_date = c.date;
  const auto extraction = Extract(c.text, DocumentFormat::kPlainText, options);
  if (!extraction.ok()) return std::string(extraction.status().message()) + "\n";
  std::string out;
  for (const std::string& line : StatementLines(*extraction)) out += line + "\n";
  return out;
}

TEST(ExtractionGolden, EveryCaseSaysExactlyThis) {
  size_t count = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(SANAD_SOURCE_DIR "/tests/golden/extraction")) {
    if (entry.path().extension() == ".txt") count += CheckGoldenFile(entry.path(), Statements);
  }
  EXPECT_GE(count, 8U);
}

}  // namespace
}  // namespace sanad

int main(int argc, char** argv) { return sanad::GoldenMain(argc, argv); }
