// Walks over expressions and operators that several planning steps need.

#include "query/plan/planner_context.h"

#include <algorithm>

#include "query/expression/function.h"

namespace sanad {
namespace {

void AddName(const std::string& name, std::vector<std::string>& names) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}
void AddName(const algebra::VarOrTerm& term, std::vector<std::string>& names) {
  if (const auto* variable = std::get_if<algebra::Variable>(&term)) AddName(variable->name, names);
}

}  // namespace

void MentionedVariables(const algebra::Expression& expression, std::vector<std::string>& names) {
  if (expression.type == algebra::ExpressionType::kVariable) {
    AddName(expression.variable.name, names);
  }
  for (const auto& argument : expression.arguments) MentionedVariables(*argument, names);
  if (expression.pattern != nullptr) MentionedVariables(*expression.pattern, names);
}

void MentionedVariables(const algebra::Operator& op, std::vector<std::string>& names) {
  for (const auto& triple : op.triples) {
    AddName(triple.subject, names);
    AddName(triple.predicate, names);
    AddName(triple.object, names);
  }
  if (op.type == algebra::OperatorType::kPath) {
    AddName(op.subject, names);
    AddName(op.object, names);
  }
  if (op.type == algebra::OperatorType::kGraph || op.type == algebra::OperatorType::kService) {
    AddName(op.graph, names);
  }
  if (op.type == algebra::OperatorType::kExtend) AddName(op.variable.name, names);
  for (const auto& variable : op.variables) AddName(variable.name, names);
  for (const auto& binding : op.keys) {
    AddName(binding.variable.name, names);
    MentionedVariables(*binding.expression, names);
  }
  for (const auto& binding : op.aggregates) {
    AddName(binding.variable.name, names);
    MentionedVariables(*binding.expression, names);
  }
  for (const auto& condition : op.order) MentionedVariables(*condition.expression, names);
  if (op.expression != nullptr) MentionedVariables(*op.expression, names);
  if (op.left != nullptr) MentionedVariables(*op.left, names);
  if (op.right != nullptr) MentionedVariables(*op.right, names);
}

bool HasExists(const algebra::Expression& expression) {
  return expression.pattern != nullptr ||
         std::any_of(expression.arguments.begin(), expression.arguments.end(),
                     [](const auto& argument) { return HasExists(*argument); });
}

void SplitConjuncts(const algebra::Expression& expression,
                    std::vector<const algebra::Expression*>& conjuncts) {
  if (expression.type == algebra::ExpressionType::kAnd) {
    for (const auto& argument : expression.arguments) SplitConjuncts(*argument, conjuncts);
  } else {
    conjuncts.push_back(&expression);
  }
}

bool IsVolatile(const algebra::Expression& expression) {
  if (expression.type == algebra::ExpressionType::kFunction) {
    const Function* function = FindFunction(expression.name);
    if (function != nullptr && !function->deterministic) return true;
  }
  return std::any_of(expression.arguments.begin(), expression.arguments.end(),
                     [](const auto& argument) { return IsVolatile(*argument); });
}

}  // namespace sanad
