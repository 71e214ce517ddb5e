// Reads rule files.

#ifndef SANAD_LOADER_DOCUMENT_RULE_PARSER_H_
#define SANAD_LOADER_DOCUMENT_RULE_PARSER_H_

#include <string_view>

#include <absl/status/statusor.h>
#include "loader/document/rule_ast.h"

namespace sanad {

// Parses the text of one rule file. Errors: InvalidArgument with file, line,
// column, what was expected and a caret line. Never throws.
absl::StatusOr<RuleFile> ParseRules(std::string_view text, std::string_view file_name);

// "file:line:column: what" and the line with a caret under the column.
std::string RuleErrorMessage(std::string_view text, std::string_view file_name,
                             RulePosition position, std::string_view what);

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_RULE_PARSER_H_
