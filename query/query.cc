// Query: text → syntax tree → algebra once, then executed any number of times.

#include <memory>
#include <utility>

#include <sanad/query.h>
#include "query/algebra/algebra.h"
#include "query/algebra/parameters.h"
#include "query/algebra/translate.h"
#include "query/execution/execute.h"
#include "query/parsed_queries.h"
#include "query/sparql/parser.h"
#include "storage/model/text.h"

namespace sanad {
namespace internal {

struct ParsedQuery {
  std::shared_ptr<const algebra::QueryAlgebra> algebra;
  std::vector<std::pair<std::string, std::string>> prefixes;
  mutable PlanCache plans;
};

}  // namespace internal

namespace {

// The algebra with the options' parameters bound; shared where there are none.
absl::StatusOr<std::shared_ptr<const algebra::QueryAlgebra>> Bind(
    const std::shared_ptr<const algebra::QueryAlgebra>& query, const QueryOptions& options) {
  if (options.parameters.empty()) return query;
  auto bound = std::make_shared<algebra::QueryAlgebra>(algebra::Clone(*query));
  SANAD_RETURN_IF_ERROR(algebra::BindParameters(options.parameters, *bound));
  return std::shared_ptr<const algebra::QueryAlgebra>(std::move(bound));
}

}  // namespace

Query::Query(std::shared_ptr<const internal::ParsedQuery> parsed) : parsed_(std::move(parsed)) {}

absl::StatusOr<Query> Query::Parse(std::string_view text, const ParseOptions& options) {
  std::string key;
  if (options.reuse) {
    key = ParsedQueries::KeyOf(text, options);
    if (auto kept = ParsedQueries::Instance().Find(key)) return Query(std::move(kept));
  }
  SANAD_ASSIGN_OR_RETURN(ast::Query tree, sparql::ParseQuery(text, options));
  SANAD_ASSIGN_OR_RETURN(algebra::QueryAlgebra translated, algebra::Translate(tree, text));
  auto parsed = std::make_shared<internal::ParsedQuery>();
  parsed->algebra = std::make_shared<algebra::QueryAlgebra>(std::move(translated));
  parsed->prefixes = std::move(tree.prefixes);
  if (options.reuse) ParsedQueries::Instance().Keep(std::move(key), parsed);
  return Query(std::move(parsed));
}

QueryForm Query::form() const { return parsed_->algebra->form; }

absl::StatusOr<std::unique_ptr<Cursor>> Query::Execute(const Snapshot& snapshot,
                                                       const QueryOptions& options) const {
  auto owner = std::make_shared<const Snapshot>(snapshot);
  const QuadSource& source = owner->source();
  return ExecutePrepared([&] { return Bind(parsed_->algebra, options); }, parsed_->plans, source,
                         std::move(owner), options);
}

absl::StatusOr<std::string> Query::Explain(const Snapshot& snapshot, const QueryOptions& options,
                                           PlanFormat format) const {
  SANAD_ASSIGN_OR_RETURN(auto query, Bind(parsed_->algebra, options));
  return ExplainAlgebra(*query, snapshot.source(), options, format);
}

std::string Query::AlgebraText(bool rewritten) const {
  if (!rewritten) return algebra::ToString(*parsed_->algebra);
  return algebra::ToString(*RewriteAlgebra(*parsed_->algebra));
}

const std::vector<std::pair<std::string, std::string>>& Query::prefixes() const {
  return parsed_->prefixes;
}

}  // namespace sanad
