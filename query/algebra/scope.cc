// Variables in scope (SPARQL 1.1 Query, section 18.2.1) of an operator, and what
// a path expression can match.

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "query/algebra/algebra.h"

namespace sanad::algebra {
namespace {

void Add(const VarOrTerm& term, std::set<std::string>& names) {
  if (const auto* variable = std::get_if<Variable>(&term)) names.insert(variable->name);
}

void Collect(const Operator& op, std::set<std::string>& names) {
  switch (op.type) {
    case OperatorType::kBgp:
      for (const TriplePattern& triple : op.triples) {
        Add(triple.subject, names);
        Add(triple.predicate, names);
        Add(triple.object, names);
      }
      return;
    case OperatorType::kPath:
      Add(op.subject, names);
      Add(op.object, names);
      return;
    case OperatorType::kJoin:
    case OperatorType::kLeftJoin:
    case OperatorType::kUnion:
      Collect(*op.left, names);
      Collect(*op.right, names);
      return;
    case OperatorType::kGraph:
    case OperatorType::kService:
      Add(op.graph, names);
      Collect(*op.left, names);
      return;
    case OperatorType::kExtend:
      names.insert(op.variable.name);
      Collect(*op.left, names);
      return;
    case OperatorType::kTable:
    case OperatorType::kProject:
      for (const Variable& variable : op.variables) names.insert(variable.name);
      return;
    case OperatorType::kGroup:
      for (const Binding& key : op.keys) names.insert(key.variable.name);
      for (const Binding& aggregate : op.aggregates) names.insert(aggregate.variable.name);
      return;
    case OperatorType::kMinus:
    case OperatorType::kFilter:
    case OperatorType::kOrderBy:
    case OperatorType::kDistinct:
    case OperatorType::kReduced:
    case OperatorType::kSlice:
      Collect(*op.left, names);
      return;
  }
}

}  // namespace

bool MatchesNoStep(const Path& path) {
  const auto matches = [](const PathPtr& part) { return MatchesNoStep(*part); };
  switch (path.type) {
    case PathType::kZeroOrMore:
    case PathType::kZeroOrOne:
      return true;
    case PathType::kSequence:
      return std::all_of(path.parts.begin(), path.parts.end(), matches);
    case PathType::kAlternative:
    case PathType::kInverse:
    case PathType::kOneOrMore:
      return std::any_of(path.parts.begin(), path.parts.end(), matches);
    case PathType::kLink:
    case PathType::kNegatedSet:
      break;
  }
  return false;
}

std::vector<std::string> InScopeVariables(const Operator& op) {
  std::set<std::string> names;
  Collect(op, names);
  return {names.begin(), names.end()};
}

}  // namespace sanad::algebra
