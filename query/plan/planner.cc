// The walk over the algebra and what all of it shares.

#include "query/plan/planner_walk.h"

#include <algorithm>
#include <optional>

#include "query/plan/join_builder.h"
#include "query/plan/prune_columns.h"
#include "query/plan/simplify_path.h"
#include "storage/model/text.h"

namespace sanad {

using algebra::Expression;
using algebra::Operator;
using algebra::OperatorType;
using algebra::VarOrTerm;

std::optional<TermId> Planner::Bound(const std::string& name) const {
  for (const auto& [bound, id] : bindings_) {
    if (bound == name) return id;
  }
  return std::nullopt;
}

std::optional<TermId> Planner::Constant(const VarOrTerm& term) const {
  if (const auto* variable = std::get_if<algebra::Variable>(&term)) return Bound(variable->name);
  return context_.query.terms().Intern(std::get<Term>(term));
}

PlanPtr Planner::BindMentioned(PlanPtr plan, const Conditions& expressions) {
  if (bindings_.empty()) return plan;
  std::vector<std::string> names;
  for (const Expression* expression : expressions) MentionedVariables(*expression, names);
  PlanPtr extend;
  for (const std::string& name : names) {
    const auto bound = Bound(name);
    if (!bound || ColumnOf(extend ? *extend : *plan, context_.Variable(name)) >= 0) continue;
    if (extend == nullptr) extend = MakeUnary(PlanType::kExtend, std::move(plan));
    extend->schema.push_back(context_.Variable(name));
    extend->certain.push_back(true);
    extend->bindings.emplace_back(
        extend->schema.back(), context_.Own(algebra::MakeTerm(context_.query.terms().Get(*bound))));
  }
  return extend != nullptr ? std::move(extend) : std::move(plan);
}

void Planner::NoteExists(const Expression& expression, const GraphScope& scope) {
  if (expression.pattern != nullptr) context_.exists_scopes[expression.pattern.get()] = scope;
  for (const auto& argument : expression.arguments) NoteExists(*argument, scope);
}

void Planner::NoteExistsOf(const Operator& op, const GraphScope& scope) {
  if (op.expression != nullptr) NoteExists(*op.expression, scope);
  for (const auto& key : op.keys) NoteExists(*key.expression, scope);
  for (const auto& aggregate : op.aggregates) NoteExists(*aggregate.expression, scope);
  for (const auto& condition : op.order) NoteExists(*condition.expression, scope);
}

PlanPtr Planner::WithoutBound(PlanPtr plan) {
  const auto bound = [&](VariableId variable) {
    return Bound(context_.names[variable]).has_value();
  };
  if (bindings_.empty() || std::none_of(plan->schema.begin(), plan->schema.end(), bound)) {
    return plan;
  }
  if (plan->type != PlanType::kNothing) plan = MakeUnary(PlanType::kProject, std::move(plan));
  std::vector<bool> certain;
  for (size_t c = 0; c < plan->schema.size(); ++c) {
    if (!bound(plan->schema[c])) certain.push_back(plan->certain[c]);
  }
  plan->certain = std::move(certain);
  std::erase_if(plan->schema, bound);
  std::erase_if(plan->order, bound);
  return plan;
}

absl::StatusOr<PlanPtr> Planner::Plan(const Operator& op, const ActiveGraph& graph,
                                      VariableId preferred) {
  SANAD_ASSIGN_OR_RETURN(PlanPtr plan, PlanOperator(op, graph, preferred));
  return WithoutBound(std::move(plan));
}

absl::StatusOr<PlanPtr> Planner::PlanOperator(const Operator& op, const ActiveGraph& graph,
                                              VariableId preferred) {
  NoteExistsOf(op, graph.scope);
  switch (op.type) {
    case OperatorType::kBgp:
    case OperatorType::kJoin:
    case OperatorType::kFilter:
      return PlanJoin(op, graph, preferred);
    case OperatorType::kPath: {
      if (const Operator* simple = SimplifyPath(context_, op))
        return Plan(*simple, graph, preferred);
      return PlanPathAlone(op, graph);
    }
    case OperatorType::kLeftJoin:
      return PlanLeftJoin(op, graph, preferred);
    case OperatorType::kUnion:
      return PlanUnion(op, graph);
    case OperatorType::kGraph:
      return PlanGraph(op, graph);
    case OperatorType::kExtend:
      return PlanExtend(op, graph, preferred);
    case OperatorType::kMinus:
      return PlanMinus(op, graph, preferred);
    case OperatorType::kTable:
      return PlanTable(op);
    case OperatorType::kService:
      return Constant(op.graph) ? PlanService(op) : PlanServiceLoop(op, MakeUnit());
    case OperatorType::kGroup:
      return PlanGroup(op, graph);
    case OperatorType::kOrderBy:
      return PlanOrderBy(op, graph);
    case OperatorType::kProject:
      return PlanProject(op, graph, preferred);
    case OperatorType::kDistinct:
      return PlanDistinct(op, graph);
    case OperatorType::kReduced:
      return Plan(*op.left, graph, preferred);
    case OperatorType::kSlice:
      return PlanSlice(op, graph);
  }
  return absl::InternalError("an operator without a plan");
}

namespace {

void Number(PlanNode& node, int& next) {
  node.number = next++;
  for (auto& child : node.children) Number(*child, next);
}

}  // namespace

Dataset DatasetOf(const algebra::DatasetClause& clause, QueryContext& context) {
  Dataset dataset;
  dataset.named = GraphScope::Each();
  if (clause.empty()) {
    dataset.default_scope = context.options().default_graph == DefaultGraph::kUnion
                                ? GraphScope::Union()
                                : GraphScope::Default();
    return dataset;
  }
  auto ids_of = [&](const std::vector<Term>& graphs) {
    std::vector<TermId> ids;
    for (const Term& graph : graphs) {
      const TermId id = context.terms().Intern(graph);
      if (id.kind() != TermKind::kQueryLocal) ids.push_back(id);
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
  };
  dataset.default_scope = GraphScope::Set(ids_of(clause.default_graphs));
  if (!clause.keep_named) dataset.named = GraphScope::EachOf(ids_of(clause.named_graphs));
  return dataset;
}

absl::StatusOr<Plan> MakePlan(const algebra::Operator& op, const Dataset& dataset,
                              const GraphScope& active, const Bindings& bindings,
                              QueryContext& context, const PlannerOptions& options) {
  PlannerContext planner_context(context, options);
  Planner planner(planner_context, dataset, bindings);
  Plan plan;
  SANAD_ASSIGN_OR_RETURN(plan.root, planner.Plan(op, {active, kNoVariable}));
  SANAD_RETURN_IF_ERROR(context.status());
  PruneColumns(planner_context, *plan.root, std::vector<VariableId>(plan.root->schema));
  Number(*plan.root, plan.node_count);
  plan.names = std::move(planner_context.names);
  plan.exists_scopes = std::move(planner_context.exists_scopes);
  plan.owner = std::make_shared<decltype(planner_context.owned)>(std::move(planner_context.owned));
  return plan;
}

}  // namespace sanad
