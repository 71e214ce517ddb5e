// What stands around patterns: BIND, grouping, ORDER BY, projection, DISTINCT and
// slices.

#include "query/plan/planner_walk.h"

#include <algorithm>

#include "query/plan/join_builder.h"
#include "storage/model/text.h"

namespace sanad {

using algebra::Expression;
using algebra::ExpressionType;
using algebra::Operator;
using algebra::OperatorType;

namespace {

// The variable by which grouping would have its input sorted.
VariableId PreferredOrder(PlannerContext& context, const Operator& group) {
  const auto variable_of = [&](const Expression& expression) {
    return expression.type == ExpressionType::kVariable ? context.Variable(expression.variable.name)
                                                        : kNoVariable;
  };
  if (group.keys.size() == 1) return variable_of(*group.keys[0].expression);
  if (!group.keys.empty() || group.aggregates.size() != 1) return kNoVariable;
  const Expression& aggregate = *group.aggregates[0].expression;
  if (!aggregate.distinct || aggregate.arguments.empty()) return kNoVariable;
  return variable_of(*aggregate.arguments[0]);
}

}  // namespace

absl::StatusOr<PlanPtr> Planner::PlanExtend(const Operator& op, const ActiveGraph& graph,
                                            VariableId preferred) {
  // A chain of extensions is one node, so that BNODE(label) sees one solution.
  std::vector<const Operator*> chain;
  const Operator* input = &op;
  while (input->type == OperatorType::kExtend) {
    chain.push_back(input);
    input = input->left.get();
  }
  SANAD_ASSIGN_OR_RETURN(PlanPtr plan, Plan(*input, graph, preferred));
  Conditions expressions;
  for (const Operator* extension : chain) {
    NoteExistsOf(*extension, graph.scope);
    expressions.push_back(extension->expression.get());
  }
  plan = BindMentioned(std::move(plan), expressions);
  PlanPtr node = MakeUnary(PlanType::kExtend, std::move(plan));
  for (auto it = chain.rbegin(); it != chain.rend(); ++it) {
    const VariableId variable = context_.Variable((*it)->variable.name);
    node->bindings.emplace_back(variable, (*it)->expression.get());
    if (ColumnOf(*node, variable) < 0) {
      node->schema.push_back(variable);
      node->certain.push_back((*it)->expression->type == ExpressionType::kTerm);
    }
  }
  return node;
}

bool Planner::CountPattern(const Operator& op, const PlanNode& input, PlanNode& group) {
  const bool plain_scan =
      input.type == PlanType::kScan && input.scan.equal.empty() && input.scan.ranges.empty();
  if (!context_.options.rewrite || !plain_scan || !op.keys.empty() || op.aggregates.size() != 1) {
    return false;
  }
  const Expression& count = *op.aggregates[0].expression;
  const bool all = count.arguments.empty() ||
                   (count.arguments[0]->type == ExpressionType::kVariable &&
                    IsCertain(input, context_.Variable(count.arguments[0]->variable.name)));
  if (count.name != "COUNT" || count.distinct || !all) return false;
  group.type = PlanType::kCount;
  group.scan = input.scan;
  group.variable = group.schema[0];
  group.aggregates.clear();
  return true;
}

absl::StatusOr<PlanPtr> Planner::PlanGroup(const Operator& op, const ActiveGraph& graph) {
  SANAD_ASSIGN_OR_RETURN(PlanPtr input, Plan(*op.left, graph, PreferredOrder(context_, op)));
  Conditions expressions;
  for (const auto& key : op.keys) expressions.push_back(key.expression.get());
  for (const auto& aggregate : op.aggregates) expressions.push_back(aggregate.expression.get());
  input = BindMentioned(std::move(input), expressions);
  auto node = std::make_unique<PlanNode>();
  node->type = PlanType::kGroup;
  node->cost = input->cost + input->rows * 30;
  node->rows = op.keys.empty() ? 1 : std::max(1.0, input->rows / 4);
  for (const auto& key : op.keys) {
    const VariableId variable = context_.Variable(key.variable.name);
    node->bindings.emplace_back(variable, key.expression.get());
    node->schema.push_back(variable);
    node->certain.push_back(key.expression->type == ExpressionType::kVariable &&
                            IsCertain(*input, context_.Variable(key.expression->variable.name)));
  }
  for (const auto& aggregate : op.aggregates) {
    const VariableId variable = context_.Variable(aggregate.variable.name);
    node->aggregates.emplace_back(variable, aggregate.expression.get());
    node->schema.push_back(variable);
    node->certain.push_back(aggregate.expression->name == "COUNT");
  }
  if (CountPattern(op, *input, *node)) return node;
  node->children.push_back(std::move(input));
  return node;
}

absl::StatusOr<PlanPtr> Planner::PlanOrderBy(const Operator& op, const ActiveGraph& graph) {
  SANAD_ASSIGN_OR_RETURN(PlanPtr input, Plan(*op.left, graph));
  if (input->type == PlanType::kNothing) return input;
  Conditions expressions;
  for (const auto& condition : op.order) expressions.push_back(condition.expression.get());
  input = BindMentioned(std::move(input), expressions);
  PlanPtr node = MakeUnary(PlanType::kSort, std::move(input));
  node->order.clear();
  node->cost += node->rows * 200;
  for (const auto& condition : op.order) {
    node->sort.emplace_back(condition.expression.get(), condition.descending);
  }
  return node;
}

absl::StatusOr<PlanPtr> Planner::PlanProject(const Operator& op, const ActiveGraph& graph,
                                             VariableId preferred) {
  // Inside, only projected variables are the ones bound outside.
  Bindings outer = bindings_;
  std::erase_if(bindings_, [&](const auto& binding) {
    return std::none_of(op.variables.begin(), op.variables.end(),
                        [&](const auto& variable) { return variable.name == binding.first; });
  });
  auto planned = Plan(*op.left, graph, preferred);
  bindings_ = std::move(outer);
  SANAD_RETURN_IF_ERROR(planned.status());
  PlanPtr input = *std::move(planned);
  auto node = std::make_unique<PlanNode>();
  node->type = PlanType::kProject;
  node->rows = input->rows;
  node->cost = input->cost;
  for (const auto& variable : op.variables) {
    if (Bound(variable.name)) continue;
    const VariableId id = context_.Variable(variable.name);
    if (ColumnOf(*node, id) >= 0) continue;
    node->schema.push_back(id);
    node->certain.push_back(IsCertain(*input, id));
  }
  if (graph.variable != kNoVariable && ColumnOf(*node, graph.variable) < 0) {
    node->schema.push_back(graph.variable);
    node->certain.push_back(true);
  }
  for (VariableId variable : input->order) {
    if (ColumnOf(*node, variable) < 0) break;
    node->order.push_back(variable);
  }
  if (input->type == PlanType::kNothing) return MakeNothing(node->schema);
  node->children.push_back(std::move(input));
  return node;
}

absl::StatusOr<PlanPtr> Planner::PlanSlice(const Operator& op, const ActiveGraph& graph) {
  SANAD_ASSIGN_OR_RETURN(PlanPtr input, Plan(*op.left, graph));
  if (input->type == PlanType::kNothing) return input;
  if (op.limit == uint64_t{0}) return MakeNothing(input->schema);
  // A sort below needs no more rows than these.
  if (op.limit && context_.options.rewrite) {
    PlanNode* below = input.get();
    while (below->type == PlanType::kProject || below->type == PlanType::kExtend) {
      below = below->children[0].get();
    }
    if (below->type == PlanType::kSort && *op.limit <= ~uint64_t{0} - op.offset) {
      below->limit = *op.limit + op.offset;
    }
  }
  PlanPtr node = MakeUnary(PlanType::kSlice, std::move(input));
  node->offset = op.offset;
  if (op.limit) {
    node->limit = *op.limit;
    node->rows = std::min(node->rows, static_cast<double>(*op.limit));
  }
  return node;
}

absl::StatusOr<PlanPtr> Planner::PlanDistinct(const Operator& op, const ActiveGraph& graph) {
  const Operator& inner = *op.left;
  const VariableId only = inner.type == OperatorType::kProject && inner.variables.size() == 1
                              ? context_.Variable(inner.variables[0].name)
                              : kNoVariable;
  SANAD_ASSIGN_OR_RETURN(PlanPtr input, Plan(inner, graph, only));
  if (input->type == PlanType::kNothing) return input;
  PlanPtr node = MakeUnary(PlanType::kDistinct, std::move(input));
  node->cost += node->rows * 40;
  return node;
}

}  // namespace sanad
