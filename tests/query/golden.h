// Golden cases of the query layer, as text:
//
//   === a title
//   --- query
//   SELECT …
//   --- algebra
//   (project …
//
// Text before the first "===" is a comment. A test gives the sections that it
// computes; with --update they are written to the file for review instead of
// being compared.

#ifndef SANAD_TESTS_QUERY_GOLDEN_H_
#define SANAD_TESTS_QUERY_GOLDEN_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace sanad::query_test {

struct GoldenCase {
  std::string title;
  std::vector<std::pair<std::string, std::string>> sections;
  // The text of a section without its last line feed; empty when absent.
  std::string Section(const std::string& name) const;
  bool Has(const std::string& name) const;
};

using Sections = std::vector<std::pair<std::string, std::string>>;

// Runs every case of tests/golden/query/FILE. `run` returns the computed
// sections; the others are the case's input.
void RunGolden(const std::string& file, const std::function<Sections(const GoldenCase&)>& run);

}  // namespace sanad::query_test

#endif  // SANAD_TESTS_QUERY_GOLDEN_H_
