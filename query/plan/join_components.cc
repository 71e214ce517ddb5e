// See join_components.h.

#include "query/plan/join_components.h"

#include <algorithm>

#include "query/plan/join_builder.h"
#include "query/plan/join_costs.h"

namespace sanad {
namespace {

// Equality of a variable of each side, both always bound.
bool LinksByValue(PlannerContext& context, const algebra::Expression& condition,
                  const PlanNode& left, const PlanNode& right,
                  std::pair<VariableId, VariableId>& link) {
  if (condition.type != algebra::ExpressionType::kEqual) return false;
  for (const auto& argument : condition.arguments) {
    if (argument->type != algebra::ExpressionType::kVariable) return false;
  }
  VariableId a = context.Variable(condition.arguments[0]->variable.name);
  VariableId b = context.Variable(condition.arguments[1]->variable.name);
  if (!IsCertain(left, a)) std::swap(a, b);
  if (!IsCertain(left, a) || !IsCertain(right, b) || ColumnOf(left, b) >= 0) return false;
  link = {a, b};
  return true;
}

}  // namespace

PlanPtr JoinComponents(PlannerContext& context, std::vector<PlanPtr> parts,
                       std::vector<JoinFilter> filters) {
  std::stable_sort(parts.begin(), parts.end(),
                   [](const PlanPtr& a, const PlanPtr& b) { return a->rows > b->rows; });
  PlanPtr plan = std::move(parts[0]);
  parts.erase(parts.begin());
  while (!parts.empty()) {
    size_t next = parts.size() - 1;
    std::pair<VariableId, VariableId> link;
    for (size_t i = 0; i < parts.size(); ++i) {
      const bool linked =
          std::any_of(filters.begin(), filters.end(), [&](const JoinFilter& filter) {
            return !filter.applied &&
                   LinksByValue(context, *filter.expression, *plan, *parts[i], link);
          });
      if (!linked) continue;
      next = i;
      break;
    }
    const double rows = plan->rows * parts[next]->rows;
    PlanPtr joined = MakeHashJoin(std::move(plan), std::move(parts[next]), JoinMode::kInner);
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(next));
    joined->rows = rows;
    joined->cost += join_costs::kOutputRow * rows;
    for (JoinFilter& filter : filters) {
      if (filter.applied || !LinksByValue(context, *filter.expression, *joined->children[0],
                                          *joined->children[1], link)) {
        continue;
      }
      filter.applied = true;
      joined->value_keys.push_back(link);
      joined->conditions.push_back(filter.expression);
      joined->rows /= std::max(1.0, std::max(joined->children[0]->rows, joined->children[1]->rows));
    }
    plan = std::move(joined);
    std::vector<const algebra::Expression*> ready;
    for (JoinFilter& filter : filters) {
      if (filter.applied || !std::all_of(filter.variables.begin(), filter.variables.end(),
                                         [&](VariableId v) { return IsCertain(*plan, v); })) {
        continue;
      }
      filter.applied = true;
      ready.push_back(filter.expression);
    }
    plan = AddFilter(std::move(plan), std::move(ready));
  }
  std::vector<const algebra::Expression*> rest;
  for (const JoinFilter& filter : filters) {
    if (!filter.applied) rest.push_back(filter.expression);
  }
  return AddFilter(std::move(plan), std::move(rest));
}

void AddValueKey(PlannerContext& context, PlanNode& join, const algebra::Expression& condition) {
  std::pair<VariableId, VariableId> link;
  if (join.type == PlanType::kHashJoin &&
      LinksByValue(context, condition, *join.children[0], *join.children[1], link)) {
    join.value_keys.push_back(link);
  }
}

}  // namespace sanad
