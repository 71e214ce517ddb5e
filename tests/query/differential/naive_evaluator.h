// The SPARQL algebra evaluated as the specification defines it (SPARQL 1.1
// Query, section 18.5): solutions are maps, multisets are vectors, every join is
// two loops. Slow and obviously right; the differential test compares the
// engine with it. Expressions cover what the random queries use. SERVICE is
// answered from the same quads by a strict default graph.

#ifndef SANAD_TESTS_QUERY_DIFFERENTIAL_NAIVE_EVALUATOR_H_
#define SANAD_TESTS_QUERY_DIFFERENTIAL_NAIVE_EVALUATOR_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <sanad/query.h>
#include <sanad/term.h>
#include "query/algebra/algebra.h"

namespace sanad::query_test {

using Solution = std::map<std::string, Term>;  // Unbound variables are absent.
using Multiset = std::vector<Solution>;

class NaiveEvaluator {
 public:
  NaiveEvaluator(const std::vector<Quad>& quads, DefaultGraph default_graph)
      : quads_(quads), default_graph_(default_graph) {}

  // The solutions of a query's root, projected. Slices are applied to the order
  // in which solutions happen to come.
  Multiset Evaluate(const algebra::QueryAlgebra& query);
  Multiset Evaluate(const algebra::QueryAlgebra& query, const algebra::Operator& root);
  // Evaluated operators whose results were not empty, by type.
  const std::map<algebra::OperatorType, size_t>& counts() const { return counts_; }

  // Negative, zero or positive, in the order of ORDER BY; 0 also where the
  // specification leaves the order open.
  static int CompareForOrder(const std::optional<Term>& a, const std::optional<Term>& b);

 private:
  using Triples = std::set<Triple, bool (*)(const Triple&, const Triple&)>;

  // Evaluates an operator and counts it.
  Multiset Eval(const algebra::Operator& op);
  Multiset EvalOperator(const algebra::Operator& op);
  Multiset EvalBgp(const algebra::Operator& op);
  Multiset EvalPath(const algebra::Operator& op);
  Multiset EvalJoin(const algebra::Operator& op);
  Multiset EvalLeftJoin(const algebra::Operator& op);
  Multiset EvalFilter(const algebra::Operator& op);
  Multiset EvalUnion(const algebra::Operator& op);
  Multiset EvalGraph(const algebra::Operator& op);
  Multiset EvalExtend(const algebra::Operator& op);
  Multiset EvalMinus(const algebra::Operator& op);
  Multiset EvalTable(const algebra::Operator& op);
  Multiset EvalService(const algebra::Operator& op);
  Multiset EvalGroup(const algebra::Operator& op);
  Multiset EvalProject(const algebra::Operator& op);
  Multiset EvalDistinct(const algebra::Operator& op);
  Multiset EvalOrderBy(const algebra::Operator& op);
  Multiset EvalSlice(const algebra::Operator& op);
  std::optional<Term> EvalAggregate(const algebra::Expression& e, const Multiset& group);
  // Errors are nullopt.
  std::optional<Term> EvalExpression(const algebra::Expression& e, const Solution& solution);
  std::optional<bool> EvalCondition(const algebra::Expression& e, const Solution& solution);
  std::optional<Term> EvalFunction(const algebra::Expression& e, const Solution& solution);
  std::optional<Term> EvalLogic(const algebra::Expression& e, const Solution& solution,
                                bool absorbing);
  // The values of all arguments; nullopt when one is an error.
  std::optional<std::vector<Term>> EvalArguments(const algebra::Expression& e,
                                                 const Solution& solution);
  std::optional<bool> Exists(const algebra::Operator& pattern, const Solution& solution);

  using Pairs = std::vector<std::pair<Term, Term>>;
  Pairs PathPairs(const algebra::Path& path);
  std::set<Term> Reachable(const algebra::Path& path, const Term& start, bool include_start);
  std::set<Term> Nodes() const;

  const Triples& Active() const { return *active_; }
  Triples GraphTriples(const Term& graph) const;
  Triples DefaultTriples(const algebra::DatasetClause& dataset) const;

  const std::vector<Quad>& quads_;
  DefaultGraph default_graph_;
  const Triples* active_ = nullptr;
  std::vector<Term> named_graphs_;
  std::set<Term> path_constants_;  // Ends of the path being evaluated.
  std::map<algebra::OperatorType, size_t> counts_;
};

// Binds a variable to `term`; false where the node is another term already.
bool Bind(const algebra::VarOrTerm& node, const Term& term, Solution& solution);
// Whether two solutions agree where both are bound.
bool Compatible(const Solution& a, const Solution& b);

}  // namespace sanad::query_test

#endif  // SANAD_TESTS_QUERY_DIFFERENTIAL_NAIVE_EVALUATOR_H_
