// Join groups: triple patterns, joins and filters that lie together, collected here
// and ordered by join_order.h; paths, services and EXISTS follow.

#include "query/plan/planner_walk.h"

#include <algorithm>
#include <iterator>

#include "query/plan/cardinality.h"
#include "query/plan/exists_join.h"
#include "query/plan/join_builder.h"
#include "query/plan/simplify_path.h"
#include "storage/model/text.h"

namespace sanad {

using algebra::Expression;
using algebra::ExpressionType;
using algebra::Operator;
using algebra::OperatorType;
using algebra::VarOrTerm;

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
    JoinMember nothing;
    nothing.distinct.assign(node->schema.size(), 1);
    nothing.plan = MakeNothing(node->schema);
    group.members.push_back(std::move(nothing));
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

PlanPtr Planner::NothingOf(const Group& group) {
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

std::vector<JoinFilter> Planner::JoinFiltersOf(const Group& group, const Conditions& plain,
                                               Conditions& late) {
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
      const bool held = std::any_of(
          group.members.begin(), group.members.end(),
          [&](const JoinMember& member) { return ColumnOf(*member.plan, variable) >= 0; });
      if (held) filter.variables.push_back(variable);
    }
    filters.push_back(std::move(filter));
  }
  return filters;
}

// A path with an end that is bound already goes first.
PlanPtr Planner::AddPaths(PlanPtr plan, std::vector<const Operator*> paths,
                          const ActiveGraph& graph) {
  while (!paths.empty()) {
    auto next = std::find_if(paths.begin(), paths.end(), [&](const Operator* path) {
      return IsCertain(*plan, Variable(path->subject)) || IsCertain(*plan, Variable(path->object));
    });
    if (next == paths.end()) next = paths.begin();
    plan = PlanPath(**next, graph, std::move(plan));
    paths.erase(next);
  }
  return plan;
}

absl::StatusOr<PlanPtr> Planner::AddServices(PlanPtr plan,
                                             const std::vector<const Operator*>& services,
                                             Conditions& late) {
  if (services.empty()) return plan;
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
  for (const Operator* service : services) {
    SANAD_ASSIGN_OR_RETURN(plan, PlanServiceLoop(*service, std::move(plan)));
  }
  return plan;
}

// The variable by which a group had better be sorted for a filter with EXISTS.
VariableId Planner::ExistsOrder(const std::vector<JoinMember>& members, const Operator& pattern) {
  for (const std::string& name : InScopeVariables(pattern)) {
    if (Bound(name)) continue;
    const VariableId variable = context_.Variable(name);
    if (std::any_of(members.begin(), members.end(),
                    [&](const JoinMember& m) { return IsCertain(*m.plan, variable); })) {
      return variable;
    }
  }
  return kNoVariable;
}

absl::StatusOr<PlanPtr> Planner::PlanGroupOf(Group group, const ActiveGraph& graph,
                                             VariableId preferred) {
  if (group.empty && context_.options.rewrite) return NothingOf(group);
  Conditions exists, plain, late;
  for (const Expression* filter : group.filters) {
    const bool is_exists =
        filter->type == ExpressionType::kExists || filter->type == ExpressionType::kNotExists;
    (is_exists ? exists : plain).push_back(filter);
  }
  PlanPtr plan;
  if (group.members.empty()) {
    plan = MakeUnit();
    late = plain;
  } else if (!context_.options.rewrite) {
    plan = JoinInTextOrder(std::move(group.members));
    late = plain;
  } else {
    auto filters = JoinFiltersOf(group, plain, late);
    if (preferred == kNoVariable && !exists.empty()) {
      preferred = ExistsOrder(group.members, *exists[0]->pattern);
    }
    plan = OrderJoins(context_, std::move(group.members), std::move(filters), preferred);
  }
  plan = AddPaths(std::move(plan), std::move(group.paths), graph);
  SANAD_ASSIGN_OR_RETURN(plan, AddServices(std::move(plan), group.services, late));
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

}  // namespace sanad
