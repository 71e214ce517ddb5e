// Text to syntax tree.

#ifndef SANAD_QUERY_SPARQL_PARSER_H_
#define SANAD_QUERY_SPARQL_PARSER_H_

#include <string_view>

#include <absl/status/statusor.h>
#include <sanad/query.h>
#include "query/sparql/ast.h"

namespace sanad::sparql {

// Parses a query (production 1) or an update request (production 3). Errors:
// InvalidArgument with line, column and a caret; also for text that is not
// UTF-8 or nests too deep. `incomplete`, where given, is set when the error
// lies at the end of the text, so that more text might mend it.
absl::StatusOr<ast::Query> ParseQuery(std::string_view text, const ParseOptions& options,
                                      bool* incomplete = nullptr);
absl::StatusOr<ast::Update> ParseUpdate(std::string_view text, const ParseOptions& options,
                                        bool* incomplete = nullptr);

}  // namespace sanad::sparql

#endif  // SANAD_QUERY_SPARQL_PARSER_H_
