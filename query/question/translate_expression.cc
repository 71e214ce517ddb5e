// Expressions and aggregates of the algebra, as the translator says them.

#include "query/question/translator.h"

#include "storage/model/text.h"

namespace sanad::question {

using algebra::Binding;
using algebra::Expression;
using algebra::ExpressionPtr;
using algebra::ExpressionType;
using algebra::MakeCall;
using algebra::MakeExtend;
using algebra::MakeFunction;
using algebra::MakeProject;
using algebra::MakeTerm;
using algebra::MakeVariable;
using algebra::Operator;
using algebra::OperatorPtr;
using algebra::OperatorType;
using algebra::Variable;

ExpressionPtr Call(ExpressionType type, ExpressionPtr a, ExpressionPtr b) {
  std::vector<ExpressionPtr> arguments;
  arguments.push_back(std::move(a));
  arguments.push_back(std::move(b));
  return MakeCall(type, std::move(arguments));
}

ExpressionPtr Function(std::string name, ExpressionPtr a) {
  std::vector<ExpressionPtr> arguments;
  arguments.push_back(std::move(a));
  return MakeFunction(std::move(name), std::move(arguments));
}

ExpressionPtr Function(std::string name, ExpressionPtr a, ExpressionPtr b) {
  std::vector<ExpressionPtr> arguments;
  arguments.push_back(std::move(a));
  arguments.push_back(std::move(b));
  return MakeFunction(std::move(name), std::move(arguments));
}

ExpressionPtr Text(std::string_view text) { return MakeTerm(Term::String(text)); }

ExpressionType TypeOf(Comparison comparison) {
  switch (comparison) {
    case Comparison::kEqual:
      return ExpressionType::kEqual;
    case Comparison::kLess:
      return ExpressionType::kLess;
    case Comparison::kLessOrEqual:
      return ExpressionType::kLessOrEqual;
    case Comparison::kGreater:
      return ExpressionType::kGreater;
    case Comparison::kGreaterOrEqual:
      return ExpressionType::kGreaterOrEqual;
  }
  return ExpressionType::kEqual;
}

OperatorPtr Aggregate(OperatorPtr input, const std::vector<std::string>& keys,
                      std::string_view function, bool distinct, const std::string& argument,
                      const std::string& result) {
  auto group = std::make_unique<Operator>();
  group->type = OperatorType::kGroup;
  group->left = std::move(input);
  for (const std::string& key : keys) {
    Binding binding;
    binding.variable = {key};
    binding.expression = MakeVariable(key);
    group->keys.push_back(std::move(binding));
  }
  auto aggregate = std::make_unique<Expression>();
  aggregate->type = ExpressionType::kAggregate;
  aggregate->name = std::string(function);
  aggregate->distinct = distinct;
  aggregate->arguments.push_back(MakeVariable(argument));
  Binding binding;
  binding.variable = {Concat(".", result)};
  binding.expression = std::move(aggregate);
  group->aggregates.push_back(std::move(binding));
  OperatorPtr out = MakeExtend(std::move(group), {result}, MakeVariable(Concat(".", result)));
  std::vector<Variable> projected;
  for (const std::string& key : keys) projected.push_back({key});
  projected.push_back({result});
  return MakeProject(std::move(out), std::move(projected));
}

}  // namespace sanad::question
