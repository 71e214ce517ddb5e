// Runs query text over a few quads, for tests of plans and operators.

#ifndef SANAD_TESTS_QUERY_EXECUTION_QUERY_RUNNER_H_
#define SANAD_TESTS_QUERY_EXECUTION_QUERY_RUNNER_H_

#include <memory>
#include <string>
#include <vector>

#include <absl/status/statusor.h>
#include "query/algebra/translate.h"
#include "query/execution/execute.h"
#include "query/sparql/parser.h"
#include "storage/memory_quad_source.h"
#include "storage/model/text.h"

namespace sanad::query_test {

inline absl::StatusOr<std::shared_ptr<const algebra::QueryAlgebra>> AlgebraOf(
    const std::string& text) {
  SANAD_ASSIGN_OR_RETURN(ast::Query tree, sparql::ParseQuery(text, {}));
  SANAD_ASSIGN_OR_RETURN(algebra::QueryAlgebra query, algebra::Translate(tree, text));
  return std::make_shared<const algebra::QueryAlgebra>(std::move(query));
}

inline absl::StatusOr<std::unique_ptr<Cursor>> Start(const std::string& text,
                                                     const QuadSource& source,
                                                     const QueryOptions& options = {},
                                                     const PlannerOptions& planner = {}) {
  SANAD_ASSIGN_OR_RETURN(auto query, AlgebraOf(text));
  return ExecuteAlgebra(std::move(query), source, nullptr, options, planner);
}

// Rows as "a=1 b=<x>", unbound columns left out; in order of the result.
inline absl::StatusOr<std::vector<std::string>> Rows(const std::string& text,
                                                     const QuadSource& source,
                                                     const QueryOptions& options = {},
                                                     const PlannerOptions& planner = {}) {
  SANAD_ASSIGN_OR_RETURN(auto cursor, Start(text, source, options, planner));
  std::vector<std::string> rows;
  while (cursor->Next()) {
    std::string row;
    for (size_t c = 0; c < cursor->variables().size(); ++c) {
      if (cursor->value(c).is_undefined()) continue;
      if (!row.empty()) row += ' ';
      row += cursor->variables()[c] + "=" + cursor->value(c).ToString();
    }
    if (cursor->form() == QueryForm::kAsk) row = cursor->ask_result() ? "true" : "false";
    rows.push_back(row);
  }
  SANAD_RETURN_IF_ERROR(cursor->status());
  return rows;
}

inline Term Local(const std::string& name) { return Term::Iri("http://example.org/" + name); }

}  // namespace sanad::query_test

#endif  // SANAD_TESTS_QUERY_EXECUTION_QUERY_RUNNER_H_
