// Syntax tree to algebra (SPARQL 1.1 Query, section 18.2), with the scoping
// rules that the grammar alone cannot state: variables assigned twice,
// aggregates and projection.

#ifndef SANAD_QUERY_ALGEBRA_TRANSLATE_H_
#define SANAD_QUERY_ALGEBRA_TRANSLATE_H_

#include <optional>
#include <string_view>
#include <vector>

#include <absl/status/statusor.h>
#include "query/algebra/algebra.h"
#include "query/sparql/ast.h"

namespace sanad::algebra {

// `text` is what the tree was parsed from, for messages. Errors:
// InvalidArgument with line, column and a caret.
absl::StatusOr<QueryAlgebra> Translate(const ast::Query& query, std::string_view text);

// A quad of an update template; blank nodes are terms. No graph: the default
// graph of the operation.
struct QuadTemplate {
  std::optional<VarOrTerm> graph;
  TriplePattern triple;
};

// The WHERE clause of an update operation as solutions of all its variables.
absl::StatusOr<OperatorPtr> TranslateWhere(const ast::GroupGraphPattern& where,
                                           std::string_view text);
// DELETE WHERE { quads }: the pattern that the quads make.
OperatorPtr TranslateQuadPattern(const std::vector<ast::QuadPattern>& quads);
std::vector<QuadTemplate> TranslateTemplate(const std::vector<ast::QuadPattern>& quads);

}  // namespace sanad::algebra

#endif  // SANAD_QUERY_ALGEBRA_TRANSLATE_H_
