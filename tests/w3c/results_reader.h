// Readers of the SPARQL result formats, for comparing what the engine writes
// with what a test suite expects.

#ifndef SANAD_TESTS_W3C_RESULTS_READER_H_
#define SANAD_TESTS_W3C_RESULTS_READER_H_

#include <string>
#include <string_view>
#include <vector>

#include <absl/status/statusor.h>
#include <sanad/results.h>
#include "isomorphism.h"

namespace sanad::w3c {

struct ResultTable {
  bool is_boolean = false;
  bool boolean = false;
  bool ordered = false;  // The file numbers its solutions.
  std::vector<std::string> variables;
  TermRows rows;  // Parallel to `variables`.
};

// CSV has no types: every value but a blank node is a plain string.
absl::StatusOr<ResultTable> ReadResults(std::string_view text, ResultFormat format);
// The result set vocabulary of the SPARQL 1.0 suites, in Turtle or RDF/XML.
// NotFound when the file holds an ordinary graph.
absl::StatusOr<ResultTable> ReadRdfResults(const std::string& path);

// Equal columns and equal rows, as bags or, when `expected` numbers them, in
// order; blank nodes up to one bijection. Terms are compared exactly and, where
// that fails, numbers by value with equal datatype.
bool SameResults(const ResultTable& expected, const ResultTable& actual);
// The same for graphs and datasets.
bool SameQuads(const std::vector<Quad>& expected, const std::vector<Quad>& actual);

}  // namespace sanad::w3c

#endif  // SANAD_TESTS_W3C_RESULTS_READER_H_
