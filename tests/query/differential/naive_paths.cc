// Property paths (SPARQL 1.1 Query, section 18.4): all pairs of ends that a path
// connects, by its structure; repetition by breadth-first search.

#include <algorithm>

#include "tests/query/differential/naive_evaluator.h"

namespace sanad::query_test {

using algebra::Operator;
using algebra::Path;
using algebra::PathType;
using algebra::VarOrTerm;

std::set<Term> NaiveEvaluator::Nodes() const {
  std::set<Term> nodes = path_constants_;
  for (const Triple& triple : Active()) {
    nodes.insert(triple.subject);
    nodes.insert(triple.object);
  }
  return nodes;
}

NaiveEvaluator::Pairs NaiveEvaluator::PathPairs(const Path& path) {
  Pairs pairs;
  switch (path.type) {
    case PathType::kLink:
      for (const Triple& triple : Active()) {
        if (triple.predicate == path.iri) pairs.emplace_back(triple.subject, triple.object);
      }
      return pairs;
    case PathType::kInverse:
      for (const auto& [from, to] : PathPairs(*path.parts[0])) pairs.emplace_back(to, from);
      return pairs;
    case PathType::kSequence:
      pairs = PathPairs(*path.parts[0]);
      for (size_t i = 1; i < path.parts.size(); ++i) {
        const Pairs next = PathPairs(*path.parts[i]);
        Pairs joined;
        for (const auto& [from, middle] : pairs) {
          for (const auto& [start, to] : next) {
            if (start == middle) joined.emplace_back(from, to);
          }
        }
        pairs = std::move(joined);
      }
      return pairs;
    case PathType::kAlternative:
      for (const algebra::PathPtr& part : path.parts) {
        for (const auto& pair : PathPairs(*part)) pairs.push_back(pair);
      }
      return pairs;
    case PathType::kNegatedSet:
      for (const Triple& triple : Active()) {
        const auto in = [&](const std::vector<Term>& set) {
          return std::find(set.begin(), set.end(), triple.predicate) != set.end();
        };
        const bool forward = !path.excluded.empty() || path.excluded_inverse.empty();
        if (forward && !in(path.excluded)) pairs.emplace_back(triple.subject, triple.object);
        if (!path.excluded_inverse.empty() && !in(path.excluded_inverse)) {
          pairs.emplace_back(triple.object, triple.subject);
        }
      }
      return pairs;
    default:
      break;
  }
  // Repetition: from every node of the graph, each end once.
  for (const Term& start : Nodes()) {
    for (const Term& end : Reachable(path, start, path.type != PathType::kOneOrMore)) {
      pairs.emplace_back(start, end);
    }
  }
  return pairs;
}

std::set<Term> NaiveEvaluator::Reachable(const Path& path, const Term& start, bool include_start) {
  const Pairs steps = PathPairs(*path.parts[0]);
  std::set<Term> reached;
  std::vector<Term> frontier = {start};
  if (include_start) reached.insert(start);
  bool once = path.type == PathType::kZeroOrOne;
  while (!frontier.empty()) {
    std::vector<Term> next;
    for (const Term& node : frontier) {
      for (const auto& [from, to] : steps) {
        if (from == node && reached.insert(to).second) next.push_back(to);
      }
    }
    frontier = once ? std::vector<Term>() : std::move(next);
  }
  return reached;
}

Multiset NaiveEvaluator::EvalPath(const Operator& op) {
  // A constant end is reached by a path of length zero even if the graph does
  // not hold it.
  path_constants_.clear();
  for (const VarOrTerm* end : {&op.subject, &op.object}) {
    if (const auto* term = std::get_if<Term>(end)) path_constants_.insert(*term);
  }
  const Pairs pairs = PathPairs(*op.path);
  Multiset result;
  for (const auto& [from, to] : pairs) {
    Solution solution;
    if (Bind(op.subject, from, solution) && Bind(op.object, to, solution)) {
      result.push_back(std::move(solution));
    }
  }
  return result;
}

}  // namespace sanad::query_test
