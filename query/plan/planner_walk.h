// The planner's methods, one for each kind of operator, in files by family:
//
//   planner.cc          the walk over the algebra, bound variables
//   plan_groups.cc      join groups: patterns, joins, filters, EXISTS
//   plan_patterns.cc    OPTIONAL, UNION, MINUS, GRAPH, VALUES, paths
//   plan_services.cc    SERVICE
//   plan_modifiers.cc   BIND, grouping, ORDER BY, projection, DISTINCT, slices

#ifndef SANAD_QUERY_PLAN_PLANNER_WALK_H_
#define SANAD_QUERY_PLAN_PLANNER_WALK_H_

#include <optional>
#include <string>
#include <vector>

#include "query/plan/join_order.h"
#include "query/plan/planner.h"

namespace sanad {

using Conditions = std::vector<const algebra::Expression*>;

// The graphs that patterns are matched in, and the column of their graph.
struct ActiveGraph {
  GraphScope scope;
  VariableId variable = kNoVariable;
};

// Single-threaded.
class Planner {
 public:
  Planner(PlannerContext& context, const Dataset& dataset, const Bindings& bindings)
      : context_(context), dataset_(dataset), bindings_(bindings) {}

  absl::StatusOr<PlanPtr> Plan(const algebra::Operator& op, const ActiveGraph& graph,
                               VariableId preferred = kNoVariable);

 private:
  // The members of one join group under way.
  struct Group {
    std::vector<JoinMember> members;
    Conditions filters;
    std::vector<const algebra::Operator*> paths;
    std::vector<const algebra::Operator*> services;  // With a variable endpoint.
    bool empty = false;                              // Some member has no solutions.
  };

  absl::Status Collect(const algebra::Operator& op, const ActiveGraph& graph, Group& group);
  absl::Status CollectFilter(const algebra::Operator& op, const ActiveGraph& graph, Group& group);
  absl::Status AddTriple(const algebra::TriplePattern& triple, const ActiveGraph& graph,
                         Group& group);
  PlanPtr NothingOf(const Group& group);
  // The filters of a group as join ordering takes them; those that must wait for
  // what is joined afterwards go to `late`.
  std::vector<JoinFilter> JoinFiltersOf(const Group& group, const Conditions& plain,
                                        Conditions& late);
  PlanPtr AddPaths(PlanPtr plan, std::vector<const algebra::Operator*> paths,
                   const ActiveGraph& graph);
  absl::StatusOr<PlanPtr> AddServices(PlanPtr plan,
                                      const std::vector<const algebra::Operator*>& services,
                                      Conditions& late);
  absl::StatusOr<PlanPtr> PlanGroupOf(Group group, const ActiveGraph& graph, VariableId preferred);
  VariableId ExistsOrder(const std::vector<JoinMember>& members, const algebra::Operator& pattern);
  PlanPtr JoinInTextOrder(std::vector<JoinMember> members);
  absl::StatusOr<PlanPtr> ApplyExists(PlanPtr plan, const algebra::Expression& exists,
                                      const ActiveGraph& graph);
  absl::StatusOr<PlanPtr> PlanJoin(const algebra::Operator& op, const ActiveGraph& graph,
                                   VariableId preferred);
  absl::StatusOr<PlanPtr> PlanLeftJoin(const algebra::Operator& op, const ActiveGraph& graph,
                                       VariableId preferred);
  absl::StatusOr<PlanPtr> PlanUnion(const algebra::Operator& op, const ActiveGraph& graph);
  absl::StatusOr<PlanPtr> PlanGraph(const algebra::Operator& op, const ActiveGraph& graph);
  absl::StatusOr<PlanPtr> PlanExtend(const algebra::Operator& op, const ActiveGraph& graph,
                                     VariableId preferred);
  absl::StatusOr<PlanPtr> PlanMinus(const algebra::Operator& op, const ActiveGraph& graph,
                                    VariableId preferred);
  absl::StatusOr<PlanPtr> PlanTable(const algebra::Operator& op);
  absl::StatusOr<PlanPtr> PlanGroup(const algebra::Operator& op, const ActiveGraph& graph);
  absl::StatusOr<PlanPtr> PlanOrderBy(const algebra::Operator& op, const ActiveGraph& graph);
  absl::StatusOr<PlanPtr> PlanProject(const algebra::Operator& op, const ActiveGraph& graph,
                                      VariableId preferred);
  absl::StatusOr<PlanPtr> PlanSlice(const algebra::Operator& op, const ActiveGraph& graph);
  absl::StatusOr<PlanPtr> PlanService(const algebra::Operator& op);
  absl::StatusOr<PlanPtr> PlanServiceLoop(const algebra::Operator& op, PlanPtr input);
  PlanPtr PlanPath(const algebra::Operator& op, const ActiveGraph& graph, PlanPtr input);
  // A path that stands alone: ends bound from outside become columns of its input.
  PlanPtr PlanPathAlone(const algebra::Operator& op, const ActiveGraph& graph);
  absl::StatusOr<PlanPtr> PlanDistinct(const algebra::Operator& op, const ActiveGraph& graph);
  absl::StatusOr<PlanPtr> PlanGraphLoop(const algebra::Operator& op, VariableId variable);
  // COUNT over one plain pattern is read from the index's own counts: turns the
  // group into that. False where it cannot be.
  bool CountPattern(const algebra::Operator& op, const PlanNode& input, PlanNode& group);

  // The variable by which both operands of a join as it is written (OPTIONAL, MINUS)
  // had better be sorted: `preferred` if they share it, else the first they share.
  VariableId SharedOrder(const algebra::Operator& left, const algebra::Operator& right,
                         VariableId preferred);

  // The id of a constant or bound variable, or nullopt for a free variable.
  std::optional<TermId> Constant(const algebra::VarOrTerm& term) const;
  std::optional<TermId> Bound(const std::string& name) const;
  VariableId Variable(const algebra::VarOrTerm& term) {
    return context_.Variable(std::get<algebra::Variable>(term).name);
  }
  // Notes the graphs that the EXISTS patterns of an expression are matched in.
  void NoteExists(const algebra::Expression& expression, const GraphScope& scope);
  void NoteExistsOf(const algebra::Operator& op, const GraphScope& scope);
  absl::StatusOr<PlanPtr> PlanOperator(const algebra::Operator& op, const ActiveGraph& graph,
                                       VariableId preferred);
  // Bound variables are constants, not columns: an operator that made columns of
  // them for its own expressions takes them out, so that above a union, an optional
  // part or a difference none is there for some solutions only.
  PlanPtr WithoutBound(PlanPtr plan);
  // Makes bound variables that expressions mention columns of `plan`.
  PlanPtr BindMentioned(PlanPtr plan, const Conditions& expressions);

  PlannerContext& context_;
  const Dataset& dataset_;
  Bindings bindings_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_PLAN_PLANNER_WALK_H_
