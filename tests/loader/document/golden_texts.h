// Golden files of texts and what is found in them, one block a case:
//
//   # case NAME [date YYYY-MM-DD]
//   the text …
//   ---
//   what is found, a line each

#ifndef SANAD_TESTS_LOADER_DOCUMENT_GOLDEN_TEXTS_H_
#define SANAD_TESTS_LOADER_DOCUMENT_GOLDEN_TEXTS_H_

#include <filesystem>
#include <functional>
#include <string>

namespace sanad {

struct GoldenText {
  std::string header;
  std::string date;  // Of the document, or empty.
  std::string text, expected;
};

// Compares what `found` gives for each case of a file with what the file says, or
// with `--update` on the command line (GoldenMain) rewrites it. Returns the number
// of cases.
size_t CheckGoldenFile(const std::filesystem::path& path,
                       const std::function<std::string(const GoldenText&)>& found);

// main() of a test with golden files.
int GoldenMain(int argc, char** argv);

}  // namespace sanad

#endif  // SANAD_TESTS_LOADER_DOCUMENT_GOLDEN_TEXTS_H_
