// SERVICE: asked once, or for each solution where the endpoint is a variable.

#include "query/plan/planner_walk.h"

#include "query/plan/join_builder.h"
#include "storage/model/text.h"

namespace sanad {

using algebra::Operator;

absl::StatusOr<PlanPtr> Planner::PlanService(const Operator& op) {
  auto node = std::make_unique<PlanNode>();
  node->type = PlanType::kService;
  node->algebra = &op;
  node->rows = 100;
  node->cost = 1e8;
  for (const std::string& name : InScopeVariables(*op.left)) {
    node->schema.push_back(context_.Variable(name));
    node->certain.push_back(false);
  }
  if (!context_.query.options().service && !op.silent) {
    return absl::UnimplementedError("SERVICE: no client was given in the query's options");
  }
  return node;
}

absl::StatusOr<PlanPtr> Planner::PlanServiceLoop(const Operator& op, PlanPtr input) {
  if (!context_.query.options().service && !op.silent) {
    return absl::UnimplementedError("SERVICE: no client was given in the query's options");
  }
  auto endpoint = algebra::MakeVariable(std::get<algebra::Variable>(op.graph).name);
  input = BindMentioned(std::move(input), {endpoint.get()});
  PlanPtr node = MakeUnary(PlanType::kService, std::move(input));
  node->algebra = &op;
  node->rows *= 100;
  node->cost += 1e8;
  for (const std::string& name : InScopeVariables(*op.left)) {
    const VariableId variable = context_.Variable(name);
    const int column = ColumnOf(*node, variable);
    if (column < 0) {
      node->schema.push_back(variable);
      node->certain.push_back(false);
    } else if (!node->certain[static_cast<size_t>(column)]) {
      node->order.clear();  // A column that is filled in is not sorted any more.
    }
  }
  return node;
}

}  // namespace sanad
