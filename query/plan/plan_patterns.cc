// Graph patterns other than join groups: OPTIONAL, UNION, MINUS, GRAPH, VALUES and
// paths.

#include "query/plan/planner_walk.h"

#include <algorithm>

#include "query/plan/join_builder.h"
#include "storage/model/text.h"

namespace sanad {

using algebra::Expression;
using algebra::Operator;
using algebra::OperatorType;
using algebra::VarOrTerm;

namespace {

// True when a pattern binds the graph column in each of its leaves and nothing
// in it looks at whole results, so that all graphs can be read at once.
bool CanScanEachGraph(const Operator& op) {
  if (op.expression != nullptr && HasExists(*op.expression)) return false;
  switch (op.type) {
    case OperatorType::kBgp:
      return !op.triples.empty();
    case OperatorType::kJoin:
    case OperatorType::kUnion:
    case OperatorType::kLeftJoin:
      return CanScanEachGraph(*op.left) && CanScanEachGraph(*op.right);
    case OperatorType::kFilter:
    case OperatorType::kExtend:
      return CanScanEachGraph(*op.left);
    default:
      return false;
  }
}

}  // namespace

VariableId Planner::SharedOrder(const Operator& left, const Operator& right, VariableId preferred) {
  const std::vector<std::string> others = InScopeVariables(right);
  VariableId first = kNoVariable;
  for (const std::string& name : InScopeVariables(left)) {
    if (Bound(name) || !std::binary_search(others.begin(), others.end(), name)) continue;
    const VariableId variable = context_.Variable(name);
    if (variable == preferred) return preferred;
    if (first == kNoVariable) first = variable;
  }
  return first;
}

absl::StatusOr<PlanPtr> Planner::PlanLeftJoin(const Operator& op, const ActiveGraph& graph,
                                              VariableId preferred) {
  const VariableId order = SharedOrder(*op.left, *op.right, preferred);
  SANAD_ASSIGN_OR_RETURN(PlanPtr left,
                         Plan(*op.left, graph, order == kNoVariable ? preferred : order));
  Conditions conditions;
  if (op.expression != nullptr) SplitConjuncts(*op.expression, conditions);
  if (left->type == PlanType::kNothing) return left;
  SANAD_ASSIGN_OR_RETURN(PlanPtr right, Plan(*op.right, graph, order));
  if (right->type == PlanType::kNothing) {
    PlanPtr project = MakeUnary(PlanType::kProject, std::move(left));
    for (VariableId variable : right->schema) {
      if (ColumnOf(*project, variable) >= 0) continue;
      project->schema.push_back(variable);
      project->certain.push_back(false);
    }
    return project;
  }
  left = BindMentioned(std::move(left), conditions);
  // Conditions on the optional side alone filter it before the join.
  Conditions rest;
  Conditions pushed;
  for (const Expression* condition : conditions) {
    std::vector<std::string> names;
    MentionedVariables(*condition, names);
    const bool own = context_.options.rewrite && !HasExists(*condition) &&
                     !IsVolatile(*condition) &&
                     std::all_of(names.begin(), names.end(), [&](const std::string& name) {
                       return IsCertain(*right, context_.Variable(name));
                     });
    (own ? pushed : rest).push_back(condition);
  }
  const bool scan = right->type == PlanType::kScan && pushed.empty();
  right = AddFilter(std::move(right), std::move(pushed));
  return JoinPlans(context_, std::move(left), std::move(right), JoinMode::kLeft, scan,
                   std::move(rest));
}

absl::StatusOr<PlanPtr> Planner::PlanUnion(const Operator& op, const ActiveGraph& graph) {
  SANAD_ASSIGN_OR_RETURN(PlanPtr left, Plan(*op.left, graph));
  SANAD_ASSIGN_OR_RETURN(PlanPtr right, Plan(*op.right, graph));
  auto node = std::make_unique<PlanNode>();
  node->type = PlanType::kUnion;
  node->rows = left->rows + right->rows;
  node->cost = left->cost + right->cost;
  node->schema = left->schema;
  for (VariableId variable : right->schema) {
    if (ColumnOf(*left, variable) < 0) node->schema.push_back(variable);
  }
  for (VariableId variable : node->schema) {
    node->certain.push_back((left->type == PlanType::kNothing || IsCertain(*left, variable)) &&
                            (right->type == PlanType::kNothing || IsCertain(*right, variable)));
  }
  for (PlanPtr* child : {&left, &right}) {
    if ((*child)->type == PlanType::kUnion) {  // Flat, so that depth stays small.
      for (auto& inner : (*child)->children) node->children.push_back(std::move(inner));
    } else {
      node->children.push_back(std::move(*child));
    }
  }
  return node;
}

absl::StatusOr<PlanPtr> Planner::PlanGraph(const Operator& op, const ActiveGraph&) {
  if (auto constant = Constant(op.graph)) {
    const auto& named = dataset_.named;
    bool exists = constant->kind() != TermKind::kQueryLocal &&
                  (!named.restricted || std::find(named.graphs.begin(), named.graphs.end(),
                                                  *constant) != named.graphs.end());
    if (exists) {
      SANAD_ASSIGN_OR_RETURN(const uint64_t quads,
                             context_.query.source().Count({}, GraphScope::One(*constant)));
      exists = quads > 0;
    }
    if (!exists) {
      std::vector<VariableId> schema;
      for (const std::string& name : InScopeVariables(*op.left)) {
        if (!Bound(name)) schema.push_back(context_.Variable(name));
      }
      // No solution at all, whatever the pattern (section 18.6).
      return MakeNothing(std::move(schema));
    }
    return Plan(*op.left, {GraphScope::One(*constant), kNoVariable});
  }
  const VariableId variable = Variable(op.graph);
  std::vector<std::string> names;
  MentionedVariables(*op.left, names);
  const bool mentioned =
      std::find(names.begin(), names.end(), context_.names[variable]) != names.end();
  if (CanScanEachGraph(*op.left) && !mentioned) {
    return Plan(*op.left, {dataset_.named, variable});
  }
  return PlanGraphLoop(op, variable);
}

absl::StatusOr<PlanPtr> Planner::PlanGraphLoop(const Operator& op, VariableId variable) {
  auto node = std::make_unique<PlanNode>();
  node->type = PlanType::kGraphLoop;
  node->algebra = op.left.get();
  node->scope = dataset_.named;
  node->variable = variable;
  node->rows = 1000;
  node->cost = 1e6;
  for (const std::string& name : InScopeVariables(*op.left)) {
    if (Bound(name)) continue;
    node->schema.push_back(context_.Variable(name));
    node->certain.push_back(false);
  }
  if (const int column = ColumnOf(*node, variable); column >= 0) {
    node->certain[static_cast<size_t>(column)] = true;
  } else {
    node->schema.push_back(variable);
    node->certain.push_back(true);
  }
  // Bound variables travel to the inner plans as constant rows.
  for (const auto& [name, id] : bindings_) {
    node->bindings.emplace_back(context_.Variable(name),
                                context_.Own(algebra::MakeTerm(context_.query.terms().Get(id))));
  }
  return node;
}

absl::StatusOr<PlanPtr> Planner::PlanMinus(const Operator& op, const ActiveGraph& graph,
                                           VariableId preferred) {
  const VariableId order = SharedOrder(*op.left, *op.right, preferred);
  SANAD_ASSIGN_OR_RETURN(PlanPtr left,
                         Plan(*op.left, graph, order == kNoVariable ? preferred : order));
  if (left->type == PlanType::kNothing) return left;
  SANAD_ASSIGN_OR_RETURN(PlanPtr right, Plan(*op.right, graph, order));
  if (right->type == PlanType::kNothing || SharedVariables(*left, *right).empty()) return left;
  const bool scan = right->type == PlanType::kScan;
  return JoinPlans(context_, std::move(left), std::move(right), JoinMode::kMinus, scan, {});
}

absl::StatusOr<PlanPtr> Planner::PlanTable(const Operator& op) {
  auto node = std::make_unique<PlanNode>();
  node->type = PlanType::kValues;
  std::vector<std::optional<TermId>> bound;
  for (const auto& variable : op.variables) {
    bound.push_back(Bound(variable.name));
    if (bound.back()) continue;
    node->schema.push_back(context_.Variable(variable.name));
    node->certain.push_back(true);
  }
  for (const auto& row : op.rows) {
    std::vector<TermId> ids;
    bool compatible = true;
    for (size_t c = 0; c < row.size() && c < bound.size(); ++c) {
      const TermId id = context_.query.terms().Intern(row[c]);
      if (bound[c]) {
        compatible = compatible && (id.is_undefined() || id == *bound[c]);
      } else {
        if (id.is_undefined()) node->certain[ids.size()] = false;
        ids.push_back(id);
      }
    }
    if (compatible) node->values.push_back(std::move(ids));
  }
  node->rows = static_cast<double>(node->values.size());
  node->cost = node->rows * 10;
  if (node->values.empty()) return MakeNothing(node->schema);
  if (node->schema.empty() && node->values.size() == 1) return MakeUnit();
  return node;
}

PlanPtr Planner::PlanPath(const Operator& op, const ActiveGraph& graph, PlanPtr input) {
  PlanPtr node = MakeUnary(PlanType::kPath, std::move(input));
  node->algebra = &op;
  node->scope = graph.scope;
  node->rows = node->rows * 20;
  node->cost += node->rows * 1000;
  for (const VarOrTerm* end : {&op.subject, &op.object}) {
    const auto* name = std::get_if<algebra::Variable>(end);
    if (name == nullptr) continue;
    const VariableId variable = context_.Variable(name->name);
    if (Bound(name->name)) node->substituted.push_back(variable);
    const int column = ColumnOf(*node, variable);
    if (column >= 0) {
      if (!node->certain[static_cast<size_t>(column)]) node->order.clear();
      node->certain[static_cast<size_t>(column)] = true;
      continue;
    }
    node->schema.push_back(variable);
    node->certain.push_back(true);
  }
  return node;
}

PlanPtr Planner::PlanPathAlone(const Operator& op, const ActiveGraph& graph) {
  std::vector<algebra::ExpressionPtr> ends;
  Conditions mentioned;
  for (const VarOrTerm* end : {&op.subject, &op.object}) {
    if (const auto* variable = std::get_if<algebra::Variable>(end)) {
      ends.push_back(algebra::MakeVariable(variable->name));
      mentioned.push_back(ends.back().get());
    }
  }
  return PlanPath(op, graph, BindMentioned(MakeUnit(), mentioned));
}

}  // namespace sanad
