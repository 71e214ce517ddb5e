// Errors of the SPARQL parser: a place in the text and what is wrong there,
// turned into a Status with line, column, the line itself and a caret.

#ifndef SANAD_QUERY_SPARQL_SYNTAX_ERROR_H_
#define SANAD_QUERY_SPARQL_SYNTAX_ERROR_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>

namespace sanad::sparql {

// Thrown inside the parser and caught in its entry functions.
struct SyntaxError {
  size_t offset = 0;  // Byte in the text.
  std::string message;
};

// InvalidArgument: "line 2, column 7: MESSAGE", the line and a caret below the
// column. Lines and columns count from 1, columns in characters.
absl::Status ToStatus(const SyntaxError& error, std::string_view text);

// The token at an offset as messages quote it: `"FOO"`, `end of text`.
std::string DescribeFound(std::string_view text, size_t offset);

// The candidate that differs least from `word` in spelling, or empty when none
// is near.
std::string Nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace sanad::sparql

#endif  // SANAD_QUERY_SPARQL_SYNTAX_ERROR_H_
