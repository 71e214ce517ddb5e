// OPTIONAL, MINUS, subqueries and BIND inside see substituted variables where a
// join would not, and nested EXISTS sees the outer solution: those patterns are
// left to evaluation solution by solution.

#include "query/plan/exists_join.h"

#include <algorithm>

namespace sanad {
namespace {

using algebra::Operator;
using algebra::OperatorType;

bool ReadsOwnVariablesOnly(const Operator& filter) {
  if (HasExists(*filter.expression)) return false;
  std::vector<std::string> names;
  MentionedVariables(*filter.expression, names);
  const auto in_scope = InScopeVariables(*filter.left);
  return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    return std::binary_search(in_scope.begin(), in_scope.end(), name);
  });
}

bool IsJoinLike(const Operator& op) {
  switch (op.type) {
    case OperatorType::kBgp:
      return true;
    case OperatorType::kPath:
      // With a term put in place of its end, a path of no step matches outside
      // the graph too.
      return !algebra::MatchesNoStep(*op.path);
    case OperatorType::kJoin:
    case OperatorType::kUnion:
      return IsJoinLike(*op.left) && IsJoinLike(*op.right);
    case OperatorType::kFilter:
      return ReadsOwnVariablesOnly(op) && IsJoinLike(*op.left);
    case OperatorType::kGraph:
      return std::holds_alternative<Term>(op.graph) && IsJoinLike(*op.left);
    default:
      return false;
  }
}

}  // namespace

bool DecorrelateExists(PlannerContext& context, const PlanNode& left, const Operator& pattern,
                       ExistsShape& shape) {
  shape.pattern = &pattern;
  if (pattern.type == OperatorType::kFilter && !HasExists(*pattern.expression) &&
      !ReadsOwnVariablesOnly(pattern)) {
    SplitConjuncts(*pattern.expression, shape.conditions);
    shape.pattern = pattern.left.get();
  }
  if (!IsJoinLike(*shape.pattern)) return false;
  for (const std::string& name : InScopeVariables(*shape.pattern)) {
    const VariableId variable = context.Variable(name);
    if (ColumnOf(left, variable) < 0) continue;
    if (!IsCertain(left, variable)) return false;
    shape.shared.push_back(variable);
  }
  return true;
}

}  // namespace sanad
