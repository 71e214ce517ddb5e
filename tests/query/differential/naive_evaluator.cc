#include "tests/query/differential/naive_evaluator.h"

#include <algorithm>
#include <functional>
#include <tuple>

#include "storage/model/vocabulary.h"

namespace sanad::query_test {

using algebra::Expression;
using algebra::ExpressionType;
using algebra::Operator;
using algebra::OperatorType;
using algebra::Path;
using algebra::PathType;
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

// Binds `node` to `term`; false when it is another term already.
bool Bind(const VarOrTerm& node, const Term& term, Solution& solution) {
  if (const auto* constant = std::get_if<Term>(&node)) return *constant == term;
  const auto [entry, is_new] = solution.emplace(std::get<Variable>(node).name, term);
  return is_new || entry->second == term;
}

bool IsInteger(const Term& term) { return term.datatype() == SANAD_XSD_NS "integer"; }
bool IsString(const Term& term) { return term.datatype() == SANAD_XSD_NS "string"; }
bool IsBoolean(const Term& term) { return term.datatype() == SANAD_XSD_NS "boolean"; }
long long IntegerOf(const Term& term) { return std::stoll(term.value()); }

std::optional<bool> EffectiveBooleanValue(const std::optional<Term>& value) {
  if (!value || !value->is_literal()) return std::nullopt;
  if (IsBoolean(*value)) return value->value() == "true" || value->value() == "1";
  if (IsInteger(*value)) return IntegerOf(*value) != 0;
  if (IsString(*value)) return !value->value().empty();
  return std::nullopt;
}

std::optional<bool> ValuesEqual(const Term& a, const Term& b) {
  if (a.is_literal() && b.is_literal() && IsInteger(a) && IsInteger(b)) {
    return IntegerOf(a) == IntegerOf(b);
  }
  if (a == b) return true;
  // Different literals of types that the engine knows are different values.
  return false;
}

// Three-way comparison of "<"; nullopt is a type error.
std::optional<int> CompareValues(const Term& a, const Term& b) {
  if (!a.is_literal() || !b.is_literal()) return std::nullopt;
  if (IsInteger(a) && IsInteger(b)) {
    const long long x = IntegerOf(a);
    const long long y = IntegerOf(b);
    return x < y ? -1 : x > y ? 1 : 0;
  }
  if ((IsString(a) && IsString(b)) || (IsBoolean(a) && IsBoolean(b))) {
    return a.value().compare(b.value());
  }
  return std::nullopt;
}

}  // namespace

bool Compatible(const Solution& a, const Solution& b) {
  return std::all_of(a.begin(), a.end(), [&](const auto& entry) {
    const auto found = b.find(entry.first);
    return found == b.end() || found->second == entry.second;
  });
}

// ---- Datasets ----

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

// ---- Operators ----

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

std::optional<Term> NaiveEvaluator::EvalAggregate(const Expression& e, const Multiset& group) {
  if (e.arguments.empty()) {  // COUNT(*)
    const size_t count =
        e.distinct ? std::set<Solution>(group.begin(), group.end()).size() : group.size();
    return Term::Integer(static_cast<int64_t>(count));
  }
  std::vector<Term> values;
  bool error = false;
  for (const Solution& solution : group) {
    const std::optional<Term> value = EvalExpression(*e.arguments[0], solution);
    error = error || !value;
    if (value) values.push_back(*value);
  }
  if (e.distinct) {
    const std::set<Term> distinct(values.begin(), values.end());
    values.assign(distinct.begin(), distinct.end());
  }
  if (e.name == "COUNT") return Term::Integer(static_cast<int64_t>(values.size()));
  if (e.name == "SUM") {
    if (error) return std::nullopt;
    long long sum = 0;
    for (const Term& value : values) {
      if (!value.is_literal() || !IsInteger(value)) return std::nullopt;
      sum += IntegerOf(value);
    }
    return Term::Integer(sum);
  }
  // MIN and MAX by the order of ORDER BY; an error is the result of its group.
  if (error || values.empty()) return std::nullopt;
  const auto less = [](const Term& a, const Term& b) { return CompareForOrder(a, b) < 0; };
  return e.name == "MIN" ? *std::min_element(values.begin(), values.end(), less)
                         : *std::max_element(values.begin(), values.end(), less);
}

Multiset NaiveEvaluator::Eval(const Operator& op) {
  Multiset result;
  switch (op.type) {
    case OperatorType::kBgp:
      result = EvalBgp(op);
      break;
    case OperatorType::kPath:
      result = EvalPath(op);
      break;
    case OperatorType::kJoin: {
      const Multiset right = Eval(*op.right);
      for (const Solution& a : Eval(*op.left)) {
        for (const Solution& b : right) {
          if (Compatible(a, b)) result.push_back(Merge(a, b));
        }
      }
      break;
    }
    case OperatorType::kLeftJoin: {
      const Multiset right = Eval(*op.right);
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
      break;
    }
    case OperatorType::kFilter:
      for (const Solution& solution : Eval(*op.left)) {
        if (EvalCondition(*op.expression, solution) == true) result.push_back(solution);
      }
      break;
    case OperatorType::kUnion:
      result = Eval(*op.left);
      for (const Solution& solution : Eval(*op.right)) result.push_back(solution);
      break;
    case OperatorType::kGraph:
      result = EvalGraph(op);
      break;
    case OperatorType::kExtend:
      for (Solution& solution : result = Eval(*op.left)) {
        const std::optional<Term> value = EvalExpression(*op.expression, solution);
        if (value) solution[op.variable.name] = *value;
      }
      break;
    case OperatorType::kMinus: {
      const Multiset right = Eval(*op.right);
      for (const Solution& a : Eval(*op.left)) {
        const bool removed = std::any_of(right.begin(), right.end(), [&](const Solution& b) {
          return Compatible(a, b) && !DisjointDomains(a, b);
        });
        if (!removed) result.push_back(a);
      }
      break;
    }
    case OperatorType::kTable:
      for (const std::vector<Term>& row : op.rows) {
        Solution solution;
        for (size_t i = 0; i < row.size(); ++i) {
          if (!row[i].is_undefined()) solution[op.variables[i].name] = row[i];
        }
        result.push_back(std::move(solution));
      }
      break;
    case OperatorType::kService:
      break;
    case OperatorType::kGroup:
      result = EvalGroup(op);
      break;
    case OperatorType::kProject:
      for (const Solution& solution : Eval(*op.left)) {
        Solution projected;
        for (const Variable& variable : op.variables) {
          const auto found = solution.find(variable.name);
          if (found != solution.end()) projected.insert(*found);
        }
        result.push_back(std::move(projected));
      }
      break;
    case OperatorType::kDistinct: {
      std::set<Solution> seen;
      for (const Solution& solution : Eval(*op.left)) {
        if (seen.insert(solution).second) result.push_back(solution);
      }
      break;
    }
    case OperatorType::kOrderBy:  // Bags have no order; the test checks it apart.
    case OperatorType::kReduced:
      result = Eval(*op.left);
      break;
    case OperatorType::kSlice: {
      const Multiset all = Eval(*op.left);
      for (size_t i = op.offset; i < all.size(); ++i) {
        if (op.limit && i - op.offset >= *op.limit) break;
        result.push_back(all[i]);
      }
      break;
    }
  }
  if (!result.empty()) ++counts_[op.type];
  return result;
}

// ---- Paths (section 18.4) ----

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

// ---- Expressions ----

namespace {

void Substitute(VarOrTerm& node, const Solution& solution) {
  const auto* variable = std::get_if<Variable>(&node);
  if (variable == nullptr) return;
  const auto found = solution.find(variable->name);
  if (found != solution.end()) node = found->second;
}

void Substitute(Expression& e, const Solution& solution);

void Substitute(Operator& op, const Solution& solution) {
  for (algebra::TriplePattern& triple : op.triples) {
    Substitute(triple.subject, solution);
    Substitute(triple.predicate, solution);
    Substitute(triple.object, solution);
  }
  Substitute(op.subject, solution);
  Substitute(op.object, solution);
  Substitute(op.graph, solution);
  if (op.expression) Substitute(*op.expression, solution);
  if (op.left) Substitute(*op.left, solution);
  if (op.right) Substitute(*op.right, solution);
}

void Substitute(Expression& e, const Solution& solution) {
  if (e.type == ExpressionType::kFunction && e.name == "BOUND") {
    if (solution.count(e.arguments[0]->variable.name) > 0) {
      e.type = ExpressionType::kTerm;
      e.term = Term::Boolean(true);
    }
    return;
  }
  if (e.type == ExpressionType::kVariable) {
    const auto found = solution.find(e.variable.name);
    if (found != solution.end()) {
      e.type = ExpressionType::kTerm;
      e.term = found->second;
    }
  }
  for (algebra::ExpressionPtr& argument : e.arguments) Substitute(*argument, solution);
  if (e.pattern) Substitute(*e.pattern, solution);
}

}  // namespace

std::optional<bool> NaiveEvaluator::Exists(const Operator& pattern, const Solution& solution) {
  const algebra::OperatorPtr substituted = algebra::Clone(pattern);
  Substitute(*substituted, solution);
  return !Eval(*substituted).empty();
}

std::optional<bool> NaiveEvaluator::EvalCondition(const Expression& e, const Solution& solution) {
  return EffectiveBooleanValue(EvalExpression(e, solution));
}

std::optional<Term> NaiveEvaluator::EvalFunction(const Expression& e, const Solution& solution) {
  if (e.name == "BOUND") {
    return Term::Boolean(solution.count(e.arguments[0]->variable.name) > 0);
  }
  if (e.name == "COALESCE") {
    for (const algebra::ExpressionPtr& argument : e.arguments) {
      const auto value = EvalExpression(*argument, solution);
      if (value) return value;
    }
    return std::nullopt;
  }
  if (e.name == "IF") {
    const auto condition = EvalCondition(*e.arguments[0], solution);
    if (!condition) return std::nullopt;
    return EvalExpression(*e.arguments[*condition ? 1 : 2], solution);
  }
  std::vector<Term> values;
  for (const algebra::ExpressionPtr& argument : e.arguments) {
    const auto value = EvalExpression(*argument, solution);
    if (!value) return std::nullopt;
    values.push_back(*value);
  }
  if (e.name == "ISIRI") return Term::Boolean(values[0].is_iri());
  if (e.name == "ISLITERAL") return Term::Boolean(values[0].is_literal());
  if (e.name == "ISBLANK") return Term::Boolean(values[0].is_blank_node());
  if (e.name == "SAMETERM") return Term::Boolean(values[0] == values[1]);
  if (e.name == "STR") {
    if (values[0].is_blank_node()) return std::nullopt;
    return Term::String(values[0].value());
  }
  if (e.name == "LANG") {
    if (!values[0].is_literal()) return std::nullopt;
    return Term::String(values[0].language());
  }
  return std::nullopt;
}

std::optional<Term> NaiveEvaluator::EvalExpression(const Expression& e, const Solution& solution) {
  const auto logic = [&](bool absorbing) -> std::optional<Term> {
    bool error = false;
    for (const algebra::ExpressionPtr& argument : e.arguments) {
      const auto value = EvalCondition(*argument, solution);
      if (value == absorbing) return Term::Boolean(absorbing);
      error = error || !value;
    }
    if (error) return std::nullopt;
    return Term::Boolean(!absorbing);
  };
  switch (e.type) {
    case ExpressionType::kVariable: {
      const auto found = solution.find(e.variable.name);
      if (found == solution.end()) return std::nullopt;
      return found->second;
    }
    case ExpressionType::kTerm:
      return e.term;
    case ExpressionType::kAnd:
      return logic(false);
    case ExpressionType::kOr:
      return logic(true);
    case ExpressionType::kNot: {
      const auto value = EvalCondition(*e.arguments[0], solution);
      if (!value) return std::nullopt;
      return Term::Boolean(!*value);
    }
    case ExpressionType::kExists:
      return Term::Boolean(*Exists(*e.pattern, solution));
    case ExpressionType::kNotExists:
      return Term::Boolean(!*Exists(*e.pattern, solution));
    case ExpressionType::kFunction:
      return EvalFunction(e, solution);
    default:
      break;
  }
  std::vector<Term> values;
  for (const algebra::ExpressionPtr& argument : e.arguments) {
    const auto value = EvalExpression(*argument, solution);
    if (!value) return std::nullopt;
    values.push_back(*value);
  }
  const auto ordered = [&](auto accept) -> std::optional<Term> {
    const auto order = CompareValues(values[0], values[1]);
    if (!order) return std::nullopt;
    return Term::Boolean(accept(*order));
  };
  switch (e.type) {
    case ExpressionType::kEqual:
    case ExpressionType::kNotEqual: {
      const auto equal = ValuesEqual(values[0], values[1]);
      if (!equal) return std::nullopt;
      return Term::Boolean(*equal == (e.type == ExpressionType::kEqual));
    }
    case ExpressionType::kLess:
      return ordered([](int c) { return c < 0; });
    case ExpressionType::kLessOrEqual:
      return ordered([](int c) { return c <= 0; });
    case ExpressionType::kGreater:
      return ordered([](int c) { return c > 0; });
    case ExpressionType::kGreaterOrEqual:
      return ordered([](int c) { return c >= 0; });
    case ExpressionType::kIn:
    case ExpressionType::kNotIn: {
      bool found = false;
      for (size_t i = 1; i < values.size(); ++i) {
        found = found || ValuesEqual(values[0], values[i]) == true;
      }
      return Term::Boolean(found == (e.type == ExpressionType::kIn));
    }
    case ExpressionType::kAdd:
    case ExpressionType::kSubtract:
    case ExpressionType::kMultiply: {
      for (const Term& value : values) {
        if (!value.is_literal() || !IsInteger(value)) return std::nullopt;
      }
      const long long a = IntegerOf(values[0]);
      const long long b = IntegerOf(values[1]);
      return Term::Integer(e.type == ExpressionType::kAdd        ? a + b
                           : e.type == ExpressionType::kSubtract ? a - b
                                                                 : a * b);
    }
    default:
      return std::nullopt;
  }
}

int NaiveEvaluator::CompareForOrder(const std::optional<Term>& a, const std::optional<Term>& b) {
  const auto rank = [](const std::optional<Term>& term) {
    if (!term || term->is_undefined()) return 0;
    return term->is_blank_node() ? 1 : term->is_iri() ? 2 : 3;
  };
  if (rank(a) != rank(b)) return rank(a) - rank(b);
  if (rank(a) == 2) return a->value().compare(b->value());
  if (rank(a) == 3) return CompareValues(*a, *b).value_or(0);
  return 0;
}

}  // namespace sanad::query_test
