// Expressions, and the aggregates that they ask of the group around them (18.2.4.1).

#include <algorithm>

#include "query/algebra/translator.h"
#include "storage/model/text.h"

namespace sanad::algebra {
namespace {

ExpressionType ConvertType(ast::ExpressionType type) {
  switch (type) {
    case ast::ExpressionType::kVariable:
      return ExpressionType::kVariable;
    case ast::ExpressionType::kTerm:
      return ExpressionType::kTerm;
    case ast::ExpressionType::kOr:
      return ExpressionType::kOr;
    case ast::ExpressionType::kAnd:
      return ExpressionType::kAnd;
    case ast::ExpressionType::kNot:
      return ExpressionType::kNot;
    case ast::ExpressionType::kEqual:
      return ExpressionType::kEqual;
    case ast::ExpressionType::kNotEqual:
      return ExpressionType::kNotEqual;
    case ast::ExpressionType::kLess:
      return ExpressionType::kLess;
    case ast::ExpressionType::kLessOrEqual:
      return ExpressionType::kLessOrEqual;
    case ast::ExpressionType::kGreater:
      return ExpressionType::kGreater;
    case ast::ExpressionType::kGreaterOrEqual:
      return ExpressionType::kGreaterOrEqual;
    case ast::ExpressionType::kIn:
      return ExpressionType::kIn;
    case ast::ExpressionType::kNotIn:
      return ExpressionType::kNotIn;
    case ast::ExpressionType::kAdd:
      return ExpressionType::kAdd;
    case ast::ExpressionType::kSubtract:
      return ExpressionType::kSubtract;
    case ast::ExpressionType::kMultiply:
      return ExpressionType::kMultiply;
    case ast::ExpressionType::kDivide:
      return ExpressionType::kDivide;
    case ast::ExpressionType::kUnaryPlus:
      return ExpressionType::kUnaryPlus;
    case ast::ExpressionType::kUnaryMinus:
      return ExpressionType::kUnaryMinus;
    case ast::ExpressionType::kBuiltIn:
      return ExpressionType::kFunction;
    case ast::ExpressionType::kCall:
      return ExpressionType::kCall;
    case ast::ExpressionType::kExists:
      return ExpressionType::kExists;
    case ast::ExpressionType::kNotExists:
      return ExpressionType::kNotExists;
    case ast::ExpressionType::kAggregate:
      return ExpressionType::kAggregate;
  }
  return ExpressionType::kTerm;
}

}  // namespace

ExpressionPtr Translator::Convert(const ast::Expression& e, Grouping* grouping, bool only_keys) {
  switch (e.type) {
    case ast::ExpressionType::kVariable:
      if (grouping != nullptr && grouping->keys.count(e.variable.name) == 0) {
        if (!only_keys) return SampleOf(e.variable.name, *grouping);
        Fail(e.offset,
             Concat("?", e.variable.name, " is neither a GROUP BY key nor inside an aggregate"));
      }
      return MakeVariable(e.variable.name);
    case ast::ExpressionType::kTerm:
      return MakeTerm(e.term);
    case ast::ExpressionType::kAggregate:
      return ConvertAggregate(e, grouping);
    case ast::ExpressionType::kExists:
    case ast::ExpressionType::kNotExists:
      return MakeExists(Group(*e.pattern), e.type == ast::ExpressionType::kNotExists);
    default:
      break;
  }
  auto converted = std::make_unique<Expression>();
  converted->type = ConvertType(e.type);
  converted->name = e.name;
  converted->distinct = e.distinct;
  for (const ast::ExpressionPtr& argument : e.arguments) {
    converted->arguments.push_back(Convert(*argument, grouping, only_keys));
  }
  return converted;
}

ExpressionPtr Translator::AddAggregate(ExpressionPtr aggregate, Grouping& grouping) {
  const std::string text = ToString(*aggregate);
  const auto known =
      std::find(grouping.aggregate_texts.begin(), grouping.aggregate_texts.end(), text);
  if (known != grouping.aggregate_texts.end()) {
    const auto index = static_cast<size_t>(known - grouping.aggregate_texts.begin());
    return MakeVariable(grouping.aggregates[index].variable.name);
  }
  const std::string name = Fresh();
  grouping.aggregates.push_back({{name}, std::move(aggregate)});
  grouping.aggregate_texts.push_back(text);
  return MakeVariable(name);
}

ExpressionPtr Translator::SampleOf(const std::string& name, Grouping& grouping) {
  auto sample = std::make_unique<Expression>();
  sample->type = ExpressionType::kAggregate;
  sample->name = "SAMPLE";
  sample->arguments.push_back(MakeVariable(name));
  return AddAggregate(std::move(sample), grouping);
}

ExpressionPtr Translator::ConvertAggregate(const ast::Expression& e, Grouping* grouping) {
  if (grouping == nullptr) {
    Fail(e.offset, Concat(e.name,
                          " can stand only in SELECT, HAVING and ORDER BY, "
                          "and not inside another aggregate"));
    return MakeTerm(Term());
  }
  auto aggregate = std::make_unique<Expression>();
  aggregate->type = ExpressionType::kAggregate;
  aggregate->name = e.name;
  aggregate->distinct = e.distinct;
  if (e.separator) aggregate->separator = *e.separator;
  for (const ast::ExpressionPtr& argument : e.arguments) {
    aggregate->arguments.push_back(Convert(*argument));
  }
  return AddAggregate(std::move(aggregate), *grouping);
}

}  // namespace sanad::algebra
