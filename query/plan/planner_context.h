// What planning one query shares: the variables, the source, the options.

#ifndef SANAD_QUERY_PLAN_PLANNER_CONTEXT_H_
#define SANAD_QUERY_PLAN_PLANNER_CONTEXT_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/expression/query_context.h"
#include "query/plan/plan.h"

namespace sanad {

struct PlannerOptions {
  // Off: joins in the order of the text, hash joins only, nothing pushed.
  bool rewrite = true;
  // Tests force one join operator wherever it can be used.
  std::optional<PlanType> force_join;
  // Tests force how joins are ordered, whatever it costs.
  enum class Ordering : uint8_t { kByCost, kGreedy, kDynamic, kSampled };
  Ordering ordering = Ordering::kByCost;
  // A part of a plan is given to a helper thread past this estimate, in nanoseconds.
  double helper_cost = 1e7;
};

// Single-threaded.
class PlannerContext {
 public:
  PlannerContext(QueryContext& context, const PlannerOptions& planner_options)
      : query(context), options(planner_options) {}

  VariableId Variable(std::string_view name) {
    for (size_t i = 0; i < names.size(); ++i) {
      if (names[i] == name) return static_cast<VariableId>(i);
    }
    names.emplace_back(name);
    return static_cast<VariableId>(names.size() - 1);
  }
  VariableId FreshVariable(std::string_view stem) {
    return Variable("." + std::string(stem) + std::to_string(names.size()));
  }
  // Keeps an expression alive as long as the plan.
  const algebra::Expression* Own(algebra::ExpressionPtr expression) {
    const algebra::Expression* borrowed = expression.get();
    owned.push_back(std::shared_ptr<const algebra::Expression>(std::move(expression)));
    return borrowed;
  }
  const algebra::Operator* Own(algebra::OperatorPtr op) {
    const algebra::Operator* borrowed = op.get();
    owned.push_back(std::shared_ptr<const algebra::Operator>(std::move(op)));
    return borrowed;
  }

  QueryContext& query;
  PlannerOptions options;
  std::vector<std::string> names;
  std::vector<std::shared_ptr<const void>> owned;
  std::map<const algebra::Operator*, GraphScope> exists_scopes;
};

// Variables that an expression reads, those of EXISTS patterns included.
void MentionedVariables(const algebra::Expression& expression, std::vector<std::string>& names);
// All variables in an operator tree, in scope or not.
void MentionedVariables(const algebra::Operator& op, std::vector<std::string>& names);
// True when EXISTS occurs in the expression.
bool HasExists(const algebra::Expression& expression);
// The conjuncts of an expression: arguments of nested && nodes.
void SplitConjuncts(const algebra::Expression& expression,
                    std::vector<const algebra::Expression*>& conjuncts);
// True when evaluating it twice on one solution may differ (RAND, UUID, BNODE).
bool IsVolatile(const algebra::Expression& expression);

}  // namespace sanad

#endif  // SANAD_QUERY_PLAN_PLANNER_CONTEXT_H_
