// Datasets and operators (SPARQL 1.1 Query, sections 13 and 18.5).

#include "tests/query/differential/naive_evaluator.h"

#include <algorithm>
#include <tuple>

namespace sanad::query_test {

using algebra::Expression;
using algebra::Operator;
using algebra::OperatorType;
using algebra::Variable;
using algebra::VarOrTerm;

namespace {

bool TripleLess(const Triple& a, const Triple& b) {
  return std::tie(a.subject, a.predicate, a.object) < std::tie(b.subject, b.predicate, b.object);
}

Solution Merge(const Solution& a, const Solution& b) {
  Solution merged = a;
  merged.insert(b.begin(), b.end());
  return merged;
}

bool DisjointDomains(const Solution& a, const Solution& b) {
  return std::none_of(a.begin(), a.end(), [&](const auto& entry) { return b.count(entry.first); });
}

}  // namespace

bool Compatible(const Solution& a, const Solution& b) {
  return std::all_of(a.begin(), a.end(), [&](const auto& entry) {
    const auto found = b.find(entry.first);
    return found == b.end() || found->second == entry.second;
  });
}

// Binds `node` to `term`; false when it is another term already.
bool Bind(const VarOrTerm& node, const Term& term, Solution& solution) {
  if (const auto* constant = std::get_if<Term>(&node)) return *constant == term;
  const auto [entry, is_new] = solution.emplace(std::get<Variable>(node).name, term);
  return is_new || entry->second == term;
}

NaiveEvaluator::Triples NaiveEvaluator::GraphTriples(const Term& graph) const {
  Triples triples(&TripleLess);
  for (const Quad& quad : quads_) {
    if (quad.graph == graph) triples.insert({quad.subject, quad.predicate, quad.object});
  }
  return triples;
}

NaiveEvaluator::Triples NaiveEvaluator::DefaultTriples(
    const algebra::DatasetClause& dataset) const {
  if (dataset.empty() && default_graph_ == DefaultGraph::kStrict) return GraphTriples(Term());
  Triples triples(&TripleLess);
  for (const Quad& quad : quads_) {
    const bool wanted =
        dataset.empty() || std::find(dataset.default_graphs.begin(), dataset.default_graphs.end(),
                                     quad.graph) != dataset.default_graphs.end();
    if (wanted) triples.insert({quad.subject, quad.predicate, quad.object});
  }
  return triples;
}

Multiset NaiveEvaluator::Evaluate(const algebra::QueryAlgebra& query) {
  return Evaluate(query, *query.root);
}

Multiset NaiveEvaluator::Evaluate(const algebra::QueryAlgebra& query, const Operator& root) {
  const Triples triples = DefaultTriples(query.dataset);
  active_ = &triples;
  std::set<Term> named;
  for (const Quad& quad : quads_) {
    if (!quad.graph.is_undefined()) named.insert(quad.graph);
  }
  if (!query.dataset.empty()) {
    std::set<Term> kept;
    for (const Term& graph : query.dataset.named_graphs) {
      if (named.count(graph) > 0) kept.insert(graph);
    }
    named = kept;
  }
  named_graphs_.assign(named.begin(), named.end());
  return Eval(root);
}

Multiset NaiveEvaluator::EvalBgp(const Operator& op) {
  Multiset solutions = {{}};
  for (const algebra::TriplePattern& pattern : op.triples) {
    Multiset extended;
    for (const Solution& solution : solutions) {
      for (const Triple& triple : Active()) {
        Solution candidate = solution;
        if (Bind(pattern.subject, triple.subject, candidate) &&
            Bind(pattern.predicate, triple.predicate, candidate) &&
            Bind(pattern.object, triple.object, candidate)) {
          extended.push_back(std::move(candidate));
        }
      }
    }
    solutions = std::move(extended);
  }
  return solutions;
}

Multiset NaiveEvaluator::EvalGraph(const Operator& op) {
  const Triples* outer = active_;
  Multiset result;
  for (const Term& graph : named_graphs_) {
    Solution binding;
    if (!Bind(op.graph, graph, binding)) continue;
    const Triples triples = GraphTriples(graph);
    active_ = &triples;
    for (const Solution& solution : Eval(*op.left)) {
      if (Compatible(solution, binding)) result.push_back(Merge(solution, binding));
    }
  }
  active_ = outer;
  return result;
}

Multiset NaiveEvaluator::EvalGroup(const Operator& op) {
  std::map<std::vector<std::optional<Term>>, Multiset> groups;
  for (const Solution& solution : Eval(*op.left)) {
    std::vector<std::optional<Term>> key;
    for (const algebra::Binding& binding : op.keys) {
      key.push_back(EvalExpression(*binding.expression, solution));
    }
    groups[key].push_back(solution);
  }
  if (op.keys.empty() && groups.empty()) groups[{}] = {};
  Multiset result;
  for (const auto& [key, members] : groups) {
    Solution solution;
    for (size_t i = 0; i < key.size(); ++i) {
      if (key[i]) solution[op.keys[i].variable.name] = *key[i];
    }
    for (const algebra::Binding& aggregate : op.aggregates) {
      const std::optional<Term> value = EvalAggregate(*aggregate.expression, members);
      if (value) solution[aggregate.variable.name] = *value;
    }
    result.push_back(std::move(solution));
  }
  return result;
}

// By the conditions, the last one first; equal solutions keep their order.
Multiset NaiveEvaluator::EvalOrderBy(const Operator& op) {
  Multiset result = Eval(*op.left);
  for (size_t i = op.order.size(); i-- > 0;) {
    const algebra::OrderCondition& condition = op.order[i];
    std::stable_sort(result.begin(), result.end(), [&](const Solution& a, const Solution& b) {
      const int order = CompareForOrder(EvalExpression(*condition.expression, a),
                                        EvalExpression(*condition.expression, b));
      return condition.descending ? order > 0 : order < 0;
    });
  }
  return result;
}

Multiset NaiveEvaluator::EvalJoin(const Operator& op) {
  const Multiset right = Eval(*op.right);
  Multiset result;
  for (const Solution& a : Eval(*op.left)) {
    for (const Solution& b : right) {
      if (Compatible(a, b)) result.push_back(Merge(a, b));
    }
  }
  return result;
}

Multiset NaiveEvaluator::EvalLeftJoin(const Operator& op) {
  const Multiset right = Eval(*op.right);
  Multiset result;
  for (const Solution& a : Eval(*op.left)) {
    bool matched = false;
    for (const Solution& b : right) {
      if (!Compatible(a, b)) continue;
      const Solution merged = Merge(a, b);
      if (op.expression && EvalCondition(*op.expression, merged) != true) continue;
      matched = true;
      result.push_back(merged);
    }
    if (!matched) result.push_back(a);
  }
  return result;
}

Multiset NaiveEvaluator::EvalFilter(const Operator& op) {
  Multiset result;
  for (const Solution& solution : Eval(*op.left)) {
    if (EvalCondition(*op.expression, solution) == true) result.push_back(solution);
  }
  return result;
}

Multiset NaiveEvaluator::EvalUnion(const Operator& op) {
  Multiset result = Eval(*op.left);
  for (const Solution& solution : Eval(*op.right)) result.push_back(solution);
  return result;
}

Multiset NaiveEvaluator::EvalExtend(const Operator& op) {
  Multiset result = Eval(*op.left);
  for (Solution& solution : result) {
    const std::optional<Term> value = EvalExpression(*op.expression, solution);
    if (value) solution[op.variable.name] = *value;
  }
  return result;
}

Multiset NaiveEvaluator::EvalMinus(const Operator& op) {
  const Multiset right = Eval(*op.right);
  Multiset result;
  for (const Solution& a : Eval(*op.left)) {
    const bool removed = std::any_of(right.begin(), right.end(), [&](const Solution& b) {
      return Compatible(a, b) && !DisjointDomains(a, b);
    });
    if (!removed) result.push_back(a);
  }
  return result;
}

Multiset NaiveEvaluator::EvalTable(const Operator& op) {
  Multiset result;
  for (const std::vector<Term>& row : op.rows) {
    Solution solution;
    for (size_t i = 0; i < row.size(); ++i) {
      if (!row[i].is_undefined()) solution[op.variables[i].name] = row[i];
    }
    result.push_back(std::move(solution));
  }
  return result;
}

// The endpoint of the tests holds the same quads, with a default graph of its own.
Multiset NaiveEvaluator::EvalService(const Operator& op) {
  NaiveEvaluator endpoint(quads_, DefaultGraph::kStrict);
  return endpoint.Evaluate(algebra::QueryAlgebra(), *op.left);
}

Multiset NaiveEvaluator::EvalProject(const Operator& op) {
  Multiset result;
  for (const Solution& solution : Eval(*op.left)) {
    Solution projected;
    for (const Variable& variable : op.variables) {
      const auto found = solution.find(variable.name);
      if (found != solution.end()) projected.insert(*found);
    }
    result.push_back(std::move(projected));
  }
  return result;
}

Multiset NaiveEvaluator::EvalDistinct(const Operator& op) {
  std::set<Solution> seen;
  Multiset result;
  for (const Solution& solution : Eval(*op.left)) {
    if (seen.insert(solution).second) result.push_back(solution);
  }
  return result;
}

Multiset NaiveEvaluator::EvalSlice(const Operator& op) {
  const Multiset all = Eval(*op.left);
  Multiset result;
  for (size_t i = op.offset; i < all.size(); ++i) {
    if (op.limit && i - op.offset >= *op.limit) break;
    result.push_back(all[i]);
  }
  return result;
}

Multiset NaiveEvaluator::EvalOperator(const Operator& op) {
  switch (op.type) {
    case OperatorType::kBgp:
      return EvalBgp(op);
    case OperatorType::kPath:
      return EvalPath(op);
    case OperatorType::kJoin:
      return EvalJoin(op);
    case OperatorType::kLeftJoin:
      return EvalLeftJoin(op);
    case OperatorType::kFilter:
      return EvalFilter(op);
    case OperatorType::kUnion:
      return EvalUnion(op);
    case OperatorType::kGraph:
      return EvalGraph(op);
    case OperatorType::kExtend:
      return EvalExtend(op);
    case OperatorType::kMinus:
      return EvalMinus(op);
    case OperatorType::kTable:
      return EvalTable(op);
    case OperatorType::kService:
      return EvalService(op);
    case OperatorType::kGroup:
      return EvalGroup(op);
    case OperatorType::kProject:
      return EvalProject(op);
    case OperatorType::kDistinct:
      return EvalDistinct(op);
    case OperatorType::kOrderBy:
      return EvalOrderBy(op);
    case OperatorType::kReduced:
      return Eval(*op.left);
    case OperatorType::kSlice:
      return EvalSlice(op);
  }
  return {};
}

Multiset NaiveEvaluator::Eval(const Operator& op) {
  Multiset result = EvalOperator(op);
  if (!result.empty()) ++counts_[op.type];
  return result;
}

}  // namespace sanad::query_test
