// A parsed update request and the parts of its execution.

#ifndef SANAD_QUERY_UPDATE_INTERNAL_H_
#define SANAD_QUERY_UPDATE_INTERNAL_H_

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include <absl/status/status.h>
#include <sanad/query.h>
#include <sanad/store.h>
#include "query/algebra/algebra.h"
#include "query/algebra/translate.h"
#include "query/sparql/ast.h"

namespace sanad::internal {

// INSERT, DELETE and their combinations, data forms included: for every
// solution of `where`, `remove` and then `insert` are instantiated.
struct PatternOperation {
  algebra::QueryAlgebra where;  // SELECT of the variables that the templates name.
  std::vector<algebra::QuadTemplate> remove;
  std::vector<algebra::QuadTemplate> insert;
  std::optional<Term> with;  // Graph of templates that name none.
  bool counts_rows = true;   // False for data: there is no WHERE to match.
};

using UpdateOperation =
    std::variant<PatternOperation, ast::Load, ast::GraphManagement, ast::GraphTransfer>;

struct ParsedUpdate {
  std::vector<UpdateOperation> operations;
};

// What the operations of one request share.
struct UpdateRun {
  Transaction& transaction;
  const UpdateOptions& options;
  UpdateResult result;
  std::set<std::string> used_parameters;
  // An operation changed nothing although its templates write the unnamed graph.
  bool idle_default_graph = false;
  // Some template made a quad.
  bool made_quads = false;
};

absl::Status Run(const PatternOperation& operation, UpdateRun& run);
// query/update_graphs.cc
absl::Status Run(const ast::Load& operation, UpdateRun& run);
absl::Status Run(const ast::GraphManagement& operation, UpdateRun& run);
absl::Status Run(const ast::GraphTransfer& operation, UpdateRun& run);

}  // namespace sanad::internal

#endif  // SANAD_QUERY_UPDATE_INTERNAL_H_
