// Expressions, aggregates and EXISTS (SPARQL 1.1 Query, sections 17 and 18.6), of
// integers, strings and booleans: what the random queries use.

#include <algorithm>
#include <functional>

#include "storage/model/vocabulary.h"
#include "tests/query/differential/naive_evaluator.h"

namespace sanad::query_test {

using algebra::Expression;
using algebra::ExpressionType;
using algebra::Operator;
using algebra::Variable;
using algebra::VarOrTerm;

namespace {

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

// Different literals of types that the engine knows are different values.
bool ValuesEqual(const Term& a, const Term& b) {
  if (a.is_literal() && b.is_literal() && IsInteger(a) && IsInteger(b)) {
    return IntegerOf(a) == IntegerOf(b);
  }
  return a == b;
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

// Functions of values.
std::optional<Term> Call(const std::string& name, const std::vector<Term>& values) {
  if (name == "ISIRI") return Term::Boolean(values[0].is_iri());
  if (name == "ISLITERAL") return Term::Boolean(values[0].is_literal());
  if (name == "ISBLANK") return Term::Boolean(values[0].is_blank_node());
  if (name == "SAMETERM") return Term::Boolean(values[0] == values[1]);
  if (name == "STR") {
    if (values[0].is_blank_node()) return std::nullopt;
    return Term::String(values[0].value());
  }
  if (name == "LANG") {
    if (!values[0].is_literal()) return std::nullopt;
    return Term::String(values[0].language());
  }
  return std::nullopt;
}

template <typename Accept>
std::optional<Term> Ordered(const std::vector<Term>& values, Accept accept) {
  const auto order = CompareValues(values[0], values[1]);
  if (!order) return std::nullopt;
  return Term::Boolean(accept(*order));
}

// True when the first value equals one of the others.
bool IsIn(const std::vector<Term>& values) {
  return std::any_of(values.begin() + 1, values.end(),
                     [&](const Term& value) { return ValuesEqual(values[0], value); });
}

template <typename Operation>
std::optional<Term> Arithmetic(const std::vector<Term>& values, Operation operation) {
  for (const Term& value : values) {
    if (!value.is_literal() || !IsInteger(value)) return std::nullopt;
  }
  return Term::Integer(operation(IntegerOf(values[0]), IntegerOf(values[1])));
}

// Operators of values.
std::optional<Term> Operate(ExpressionType type, const std::vector<Term>& values) {
  switch (type) {
    case ExpressionType::kEqual:
      return Term::Boolean(ValuesEqual(values[0], values[1]));
    case ExpressionType::kNotEqual:
      return Term::Boolean(!ValuesEqual(values[0], values[1]));
    case ExpressionType::kLess:
      return Ordered(values, [](int c) { return c < 0; });
    case ExpressionType::kLessOrEqual:
      return Ordered(values, [](int c) { return c <= 0; });
    case ExpressionType::kGreater:
      return Ordered(values, [](int c) { return c > 0; });
    case ExpressionType::kGreaterOrEqual:
      return Ordered(values, [](int c) { return c >= 0; });
    case ExpressionType::kIn:
      return Term::Boolean(IsIn(values));
    case ExpressionType::kNotIn:
      return Term::Boolean(!IsIn(values));
    case ExpressionType::kAdd:
      return Arithmetic(values, std::plus<>());
    case ExpressionType::kSubtract:
      return Arithmetic(values, std::minus<>());
    case ExpressionType::kMultiply:
      return Arithmetic(values, std::multiplies<>());
    default:
      return std::nullopt;
  }
}

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
  const auto values = EvalArguments(e, solution);
  return values ? Call(e.name, *values) : std::nullopt;
}

// One argument that is `absorbing` decides, also beside errors.
std::optional<Term> NaiveEvaluator::EvalLogic(const Expression& e, const Solution& solution,
                                              bool absorbing) {
  bool error = false;
  for (const algebra::ExpressionPtr& argument : e.arguments) {
    const auto value = EvalCondition(*argument, solution);
    if (value == absorbing) return Term::Boolean(absorbing);
    error = error || !value;
  }
  if (error) return std::nullopt;
  return Term::Boolean(!absorbing);
}

std::optional<std::vector<Term>> NaiveEvaluator::EvalArguments(const Expression& e,
                                                               const Solution& solution) {
  std::vector<Term> values;
  for (const algebra::ExpressionPtr& argument : e.arguments) {
    const auto value = EvalExpression(*argument, solution);
    if (!value) return std::nullopt;
    values.push_back(*value);
  }
  return values;
}

std::optional<Term> NaiveEvaluator::EvalExpression(const Expression& e, const Solution& solution) {
  switch (e.type) {
    case ExpressionType::kVariable: {
      const auto found = solution.find(e.variable.name);
      if (found == solution.end()) return std::nullopt;
      return found->second;
    }
    case ExpressionType::kTerm:
      return e.term;
    case ExpressionType::kAnd:
      return EvalLogic(e, solution, false);
    case ExpressionType::kOr:
      return EvalLogic(e, solution, true);
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
    default: {
      const auto values = EvalArguments(e, solution);
      return values ? Operate(e.type, *values) : std::nullopt;
    }
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
