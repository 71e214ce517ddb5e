// One method for each kind of operator; join groups are collected here and
// ordered in join_order.cc.

#include "query/plan/planner.h"

#include <algorithm>
#include <optional>

#include "query/plan/cardinality.h"
#include "query/plan/exists_join.h"
#include "query/plan/join_builder.h"
#include "query/plan/join_order.h"
#include "query/plan/prune_columns.h"
#include "query/plan/simplify_path.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

using algebra::Expression;
using algebra::ExpressionType;
using algebra::Operator;
using algebra::OperatorType;
using algebra::VarOrTerm;
using Conditions = std::vector<const Expression*>;

// The graphs that patterns are matched in, and the column of their graph.
struct ActiveGraph {
  GraphScope scope;
  VariableId variable = kNoVariable;
};

class Planner {
 public:
  Planner(PlannerContext& context, const Dataset& dataset, const Bindings& bindings)
      : context_(context), dataset_(dataset), bindings_(bindings) {}

  absl::StatusOr<PlanPtr> Plan(const Operator& op, const ActiveGraph& graph,
                               VariableId preferred = kNoVariable);

 private:
  // The members of one join group under way.
  struct Group {
    std::vector<JoinMember> members;
    Conditions filters;
    std::vector<const Operator*> paths;
    std::vector<const Operator*> services;  // With a variable endpoint.
    bool empty = false;                     // Some member has no solutions.
  };

  absl::Status Collect(const Operator& op, const ActiveGraph& graph, Group& group);
  absl::Status CollectFilter(const Operator& op, const ActiveGraph& graph, Group& group);
  absl::Status AddTriple(const algebra::TriplePattern& triple, const ActiveGraph& graph,
                         Group& group);
  absl::StatusOr<PlanPtr> PlanGroupOf(Group group, const ActiveGraph& graph, VariableId preferred);
  PlanPtr JoinInTextOrder(std::vector<JoinMember> members);
  absl::StatusOr<PlanPtr> ApplyExists(PlanPtr plan, const Expression& exists,
                                      const ActiveGraph& graph);
  absl::StatusOr<PlanPtr> PlanJoin(const Operator& op, const ActiveGraph& graph,
                                   VariableId preferred);
  absl::StatusOr<PlanPtr> PlanLeftJoin(const Operator& op, const ActiveGraph& graph);
  absl::StatusOr<PlanPtr> PlanUnion(const Operator& op, const ActiveGraph& graph);
  absl::StatusOr<PlanPtr> PlanGraph(const Operator& op, const ActiveGraph& graph);
  absl::StatusOr<PlanPtr> PlanExtend(const Operator& op, const ActiveGraph& graph);
  absl::StatusOr<PlanPtr> PlanMinus(const Operator& op, const ActiveGraph& graph);
  absl::StatusOr<PlanPtr> PlanTable(const Operator& op);
  absl::StatusOr<PlanPtr> PlanGroup(const Operator& op, const ActiveGraph& graph);
  absl::StatusOr<PlanPtr> PlanOrderBy(const Operator& op, const ActiveGraph& graph);
  absl::StatusOr<PlanPtr> PlanProject(const Operator& op, const ActiveGraph& graph,
                                      VariableId preferred);
  absl::StatusOr<PlanPtr> PlanSlice(const Operator& op, const ActiveGraph& graph);
  absl::StatusOr<PlanPtr> PlanService(const Operator& op);
  absl::StatusOr<PlanPtr> PlanServiceLoop(const Operator& op, PlanPtr input);
  PlanPtr PlanPath(const Operator& op, const ActiveGraph& graph, PlanPtr input);

  // The id of a constant or bound variable, or nullopt for a free variable.
  std::optional<TermId> Constant(const VarOrTerm& term) const;
  std::optional<TermId> Bound(const std::string& name) const;
  VariableId Variable(const VarOrTerm& term) {
    return context_.Variable(std::get<algebra::Variable>(term).name);
  }
  // Notes the graphs that the EXISTS patterns of an expression are matched in.
  void NoteExists(const Expression& expression, const GraphScope& scope);
  void NoteExistsOf(const Operator& op, const GraphScope& scope);
  // Makes bound variables that expressions mention columns of `plan`.
  PlanPtr BindMentioned(PlanPtr plan, const Conditions& expressions);

  PlannerContext& context_;
  const Dataset& dataset_;
  Bindings bindings_;
};

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

absl::Status Planner::AddTriple(const algebra::TriplePattern& triple, const ActiveGraph& graph,
                                Group& group) {
  auto node = std::make_unique<PlanNode>();
  node->type = PlanType::kScan;
  ScanPlan& scan = node->scan;
  scan.scope = graph.scope;
  const VarOrTerm* positions[] = {&triple.subject, &triple.predicate, &triple.object};
  TermId* ids[] = {&scan.pattern.subject, &scan.pattern.predicate, &scan.pattern.object};
  auto add_column = [&](int position, VariableId variable) {
    for (int before = 0; before < position; ++before) {
      if (scan.variables[static_cast<size_t>(before)] == variable) {
        scan.equal.emplace_back(before, position);
        return;
      }
    }
    scan.variables[static_cast<size_t>(position)] = variable;
    node->schema.push_back(variable);
    node->certain.push_back(true);
  };
  bool unsatisfiable = false;
  for (int position = 0; position < 3; ++position) {
    if (auto constant = Constant(*positions[position])) {
      *ids[position] = *constant;
      unsatisfiable = unsatisfiable || constant->kind() == TermKind::kQueryLocal;
    } else {
      add_column(position, Variable(*positions[position]));
    }
  }
  if (graph.variable != kNoVariable) add_column(3, graph.variable);
  if (unsatisfiable) {
    scan.pattern = IdPattern();
  } else {
    SANAD_ASSIGN_OR_RETURN(const uint64_t rows,
                           context_.query.source().Count(scan.pattern, scan.scope));
    node->rows = static_cast<double>(rows);
  }
  if (unsatisfiable || node->rows == 0) {
    group.members.push_back(
        {MakeNothing(node->schema), false, std::vector<double>(node->schema.size(), 1)});
    group.empty = true;
    return absl::OkStatus();
  }
  node->cost = node->rows;
  SortScanBy(*node, kNoVariable);
  JoinMember member;
  member.is_scan = true;
  member.distinct = DistinctCounts(*node, context_.query.source());
  member.plan = std::move(node);
  group.members.push_back(std::move(member));
  return absl::OkStatus();
}

absl::Status Planner::Collect(const Operator& op, const ActiveGraph& graph, Group& group) {
  switch (op.type) {
    case OperatorType::kBgp:
      for (const auto& triple : op.triples) {
        SANAD_RETURN_IF_ERROR(AddTriple(triple, graph, group));
      }
      return absl::OkStatus();
    case OperatorType::kJoin:
      SANAD_RETURN_IF_ERROR(Collect(*op.left, graph, group));
      return Collect(*op.right, graph, group);
    case OperatorType::kFilter:
      return CollectFilter(op, graph, group);
    case OperatorType::kPath: {
      if (const Operator* simple = SimplifyPath(context_, op))
        return Collect(*simple, graph, group);
      const bool constant_end = Constant(op.subject).has_value() || Constant(op.object).has_value();
      if (!constant_end) {
        group.paths.push_back(&op);
        return absl::OkStatus();
      }
      break;
    }
    case OperatorType::kService:
      if (!Constant(op.graph)) {
        group.services.push_back(&op);
        return absl::OkStatus();
      }
      break;
    default:
      break;
  }
  SANAD_ASSIGN_OR_RETURN(PlanPtr plan, Plan(op, graph));
  group.empty = group.empty || plan->type == PlanType::kNothing;
  if (plan->type == PlanType::kUnit) return absl::OkStatus();
  JoinMember member;
  member.distinct.assign(plan->schema.size(), std::max(1.0, plan->rows));
  member.plan = std::move(plan);
  group.members.push_back(std::move(member));
  return absl::OkStatus();
}

// A filter inside a join joins the group when the variables it reads are bound
// by its own operand, so that it may be applied later as well.
absl::Status Planner::CollectFilter(const Operator& op, const ActiveGraph& graph, Group& group) {
  Group inner;
  NoteExistsOf(op, graph.scope);
  SANAD_RETURN_IF_ERROR(Collect(*op.left, graph, inner));
  Conditions conjuncts;
  SplitConjuncts(*op.expression, conjuncts);
  bool liftable = true;
  for (const Expression* conjunct : conjuncts) {
    std::vector<std::string> names;
    MentionedVariables(*conjunct, names);
    if (HasExists(*conjunct) || IsVolatile(*conjunct)) liftable = false;
    for (const std::string& name : names) {
      const VariableId variable = context_.Variable(name);
      liftable =
          liftable && std::any_of(inner.members.begin(), inner.members.end(),
                                  [&](const auto& m) { return IsCertain(*m.plan, variable); });
    }
  }
  if (liftable) {
    group.empty = group.empty || inner.empty;
    std::move(inner.members.begin(), inner.members.end(), std::back_inserter(group.members));
    group.paths.insert(group.paths.end(), inner.paths.begin(), inner.paths.end());
    group.services.insert(group.services.end(), inner.services.begin(), inner.services.end());
    group.filters.insert(group.filters.end(), inner.filters.begin(), inner.filters.end());
    group.filters.insert(group.filters.end(), conjuncts.begin(), conjuncts.end());
    return absl::OkStatus();
  }
  inner.filters.insert(inner.filters.end(), conjuncts.begin(), conjuncts.end());
  SANAD_ASSIGN_OR_RETURN(PlanPtr plan, PlanGroupOf(std::move(inner), graph, kNoVariable));
  JoinMember member;
  member.distinct.assign(plan->schema.size(), std::max(1.0, plan->rows));
  member.plan = std::move(plan);
  group.members.push_back(std::move(member));
  return absl::OkStatus();
}

PlanPtr Planner::JoinInTextOrder(std::vector<JoinMember> members) {
  PlanPtr plan = std::move(members[0].plan);
  for (size_t i = 1; i < members.size(); ++i) {
    plan = MakeHashJoin(std::move(plan), std::move(members[i].plan), JoinMode::kInner);
  }
  return plan;
}

absl::StatusOr<PlanPtr> Planner::PlanGroupOf(Group group, const ActiveGraph& graph,
                                             VariableId preferred) {
  if (group.empty && context_.options.rewrite) {
    std::vector<VariableId> schema;
    auto add = [&](VariableId variable) {
      if (std::find(schema.begin(), schema.end(), variable) == schema.end())
        schema.push_back(variable);
    };
    for (const auto& member : group.members) {
      for (VariableId variable : member.plan->schema) add(variable);
    }
    for (const Operator* path : group.paths) {
      if (!Constant(path->subject)) add(Variable(path->subject));
      if (!Constant(path->object)) add(Variable(path->object));
    }
    for (const Operator* service : group.services) {
      for (const std::string& name : InScopeVariables(*service)) add(context_.Variable(name));
    }
    return MakeNothing(std::move(schema));
  }
  Conditions exists;
  Conditions plain;
  for (const Expression* filter : group.filters) {
    const bool is_exists =
        filter->type == ExpressionType::kExists || filter->type == ExpressionType::kNotExists;
    (is_exists ? exists : plain).push_back(filter);
  }
  PlanPtr plan;
  Conditions late;
  if (group.members.empty()) {
    plan = MakeUnit();
    late = plain;
  } else if (!context_.options.rewrite) {
    plan = JoinInTextOrder(std::move(group.members));
    late = plain;
  } else {
    std::vector<JoinFilter> filters;
    for (const Expression* expression : plain) {
      std::vector<std::string> names;
      MentionedVariables(*expression, names);
      const bool bound = std::any_of(names.begin(), names.end(),
                                     [&](const auto& name) { return Bound(name).has_value(); });
      if (bound || !group.paths.empty() || !group.services.empty() || HasExists(*expression)) {
        late.push_back(expression);
        continue;
      }
      JoinFilter filter{expression, {}, false};
      for (const std::string& name : names) {
        const VariableId variable = context_.Variable(name);
        for (const auto& member : group.members) {
          if (ColumnOf(*member.plan, variable) >= 0) {
            filter.variables.push_back(variable);
            break;
          }
        }
      }
      filters.push_back(std::move(filter));
    }
    plan = OrderJoins(context_, std::move(group.members), std::move(filters), preferred);
  }
  while (!group.paths.empty()) {
    // A path with an end that is bound already goes first.
    auto next = std::find_if(group.paths.begin(), group.paths.end(), [&](const Operator* path) {
      return IsCertain(*plan, Variable(path->subject)) || IsCertain(*plan, Variable(path->object));
    });
    if (next == group.paths.end()) next = group.paths.begin();
    plan = PlanPath(**next, graph, std::move(plan));
    group.paths.erase(next);
  }
  if (!group.services.empty()) {
    // What can be filtered before is not asked for.
    const auto ready =
        std::stable_partition(late.begin(), late.end(), [&](const Expression* expression) {
          std::vector<std::string> names;
          MentionedVariables(*expression, names);
          return HasExists(*expression) ||
                 !std::all_of(names.begin(), names.end(), [&](const std::string& name) {
                   return IsCertain(*plan, context_.Variable(name));
                 });
        });
    plan = AddFilter(std::move(plan), Conditions(ready, late.end()));
    late.erase(ready, late.end());
  }
  for (const Operator* service : group.services) {
    SANAD_ASSIGN_OR_RETURN(plan, PlanServiceLoop(*service, std::move(plan)));
  }
  if (!late.empty()) {
    plan = BindMentioned(std::move(plan), late);
    plan = AddFilter(std::move(plan), std::move(late));
  }
  for (const Expression* expression : exists) {
    SANAD_ASSIGN_OR_RETURN(plan, ApplyExists(std::move(plan), *expression, graph));
  }
  return plan;
}

// EXISTS as a semi-join where the substitution of section 18.6 comes to the same
// as a join, else evaluated for each distinct solution.
absl::StatusOr<PlanPtr> Planner::ApplyExists(PlanPtr plan, const Expression& exists,
                                             const ActiveGraph& graph) {
  ExistsShape shape;
  if (context_.options.rewrite && bindings_.empty() && graph.variable == kNoVariable &&
      DecorrelateExists(context_, *plan, *exists.pattern, shape)) {
    SANAD_ASSIGN_OR_RETURN(PlanPtr right, Plan(*shape.pattern, graph));
    const bool joinable =
        std::all_of(shape.shared.begin(), shape.shared.end(), [&](VariableId variable) {
          return ColumnOf(*right, variable) < 0 || IsCertain(*right, variable);
        });
    if (joinable) {
      const bool scan = right->type == PlanType::kScan;
      return JoinPlans(context_, std::move(plan), std::move(right),
                       exists.type == ExpressionType::kExists ? JoinMode::kSemi : JoinMode::kAnti,
                       scan, std::move(shape.conditions));
    }
  }
  plan = BindMentioned(std::move(plan), {&exists});
  return AddFilter(std::move(plan), {&exists});
}

absl::StatusOr<PlanPtr> Planner::PlanJoin(const Operator& op, const ActiveGraph& graph,
                                          VariableId preferred) {
  Group group;
  if (op.type == OperatorType::kFilter) {
    // The outermost filter applies to the whole group, whatever it reads.
    SANAD_RETURN_IF_ERROR(Collect(*op.left, graph, group));
    SplitConjuncts(*op.expression, group.filters);
  } else {
    SANAD_RETURN_IF_ERROR(Collect(op, graph, group));
  }
  return PlanGroupOf(std::move(group), graph, preferred);
}

absl::StatusOr<PlanPtr> Planner::PlanLeftJoin(const Operator& op, const ActiveGraph& graph) {
  SANAD_ASSIGN_OR_RETURN(PlanPtr left, Plan(*op.left, graph));
  Conditions conditions;
  if (op.expression != nullptr) SplitConjuncts(*op.expression, conditions);
  if (left->type == PlanType::kNothing) return left;
  SANAD_ASSIGN_OR_RETURN(PlanPtr right, Plan(*op.right, graph));
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

absl::StatusOr<PlanPtr> Planner::PlanExtend(const Operator& op, const ActiveGraph& graph) {
  // A chain of extensions is one node, so that BNODE(label) sees one solution.
  std::vector<const Operator*> chain;
  const Operator* input = &op;
  while (input->type == OperatorType::kExtend) {
    chain.push_back(input);
    input = input->left.get();
  }
  SANAD_ASSIGN_OR_RETURN(PlanPtr plan, Plan(*input, graph));
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

absl::StatusOr<PlanPtr> Planner::PlanMinus(const Operator& op, const ActiveGraph& graph) {
  SANAD_ASSIGN_OR_RETURN(PlanPtr left, Plan(*op.left, graph));
  if (left->type == PlanType::kNothing) return left;
  SANAD_ASSIGN_OR_RETURN(PlanPtr right, Plan(*op.right, graph));
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

absl::StatusOr<PlanPtr> Planner::PlanGroup(const Operator& op, const ActiveGraph& graph) {
  VariableId preferred = kNoVariable;
  if (op.keys.size() == 1 && op.keys[0].expression->type == ExpressionType::kVariable) {
    preferred = context_.Variable(op.keys[0].expression->variable.name);
  } else if (op.keys.empty() && op.aggregates.size() == 1 &&
             op.aggregates[0].expression->distinct &&
             !op.aggregates[0].expression->arguments.empty() &&
             op.aggregates[0].expression->arguments[0]->type == ExpressionType::kVariable) {
    preferred = context_.Variable(op.aggregates[0].expression->arguments[0]->variable.name);
  }
  SANAD_ASSIGN_OR_RETURN(PlanPtr input, Plan(*op.left, graph, preferred));
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
  // COUNT over one plain pattern is read from the index's own counts.
  const bool plain_scan =
      input->type == PlanType::kScan && input->scan.equal.empty() && input->scan.ranges.empty();
  if (context_.options.rewrite && plain_scan && op.keys.empty() && op.aggregates.size() == 1) {
    const Expression& count = *op.aggregates[0].expression;
    const bool all = count.arguments.empty() ||
                     (count.arguments[0]->type == ExpressionType::kVariable &&
                      IsCertain(*input, context_.Variable(count.arguments[0]->variable.name)));
    if (count.name == "COUNT" && !count.distinct && all) {
      node->type = PlanType::kCount;
      node->scan = input->scan;
      node->variable = node->schema[0];
      node->aggregates.clear();
      return node;
    }
  }
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

absl::StatusOr<PlanPtr> Planner::Plan(const Operator& op, const ActiveGraph& graph,
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
      // Ends bound from outside become columns of the input.
      PlanPtr input = MakeUnit();
      std::vector<algebra::ExpressionPtr> ends;
      Conditions mentioned;
      for (const VarOrTerm* end : {&op.subject, &op.object}) {
        if (const auto* variable = std::get_if<algebra::Variable>(end)) {
          ends.push_back(algebra::MakeVariable(variable->name));
          mentioned.push_back(ends.back().get());
        }
      }
      input = BindMentioned(std::move(input), mentioned);
      return PlanPath(op, graph, std::move(input));
    }
    case OperatorType::kLeftJoin:
      return PlanLeftJoin(op, graph);
    case OperatorType::kUnion:
      return PlanUnion(op, graph);
    case OperatorType::kGraph:
      return PlanGraph(op, graph);
    case OperatorType::kExtend:
      return PlanExtend(op, graph);
    case OperatorType::kMinus:
      return PlanMinus(op, graph);
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
    case OperatorType::kDistinct: {
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
    case OperatorType::kReduced:
      return Plan(*op.left, graph, preferred);
    case OperatorType::kSlice:
      return PlanSlice(op, graph);
  }
  return absl::InternalError("an operator without a plan");
}

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
