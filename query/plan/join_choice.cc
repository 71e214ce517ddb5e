// The join of two plans as they are: an optional part, EXISTS, MINUS.

#include <algorithm>
#include <utility>

#include "query/plan/join_builder.h"
#include "query/plan/join_costs.h"
#include "query/plan/join_order.h"

namespace sanad {

using join_costs::kBuildRow;
using join_costs::kMergeRow;
using join_costs::kProbeRow;
using join_costs::kScanRow;
using join_costs::kSeek;

PlanPtr JoinPlans(PlannerContext& context, PlanPtr left, PlanPtr right, JoinMode mode,
                  bool right_is_scan, std::vector<const algebra::Expression*> conditions) {
  const std::vector<VariableId> shared = SharedVariables(*left, *right);
  VariableId key = kNoVariable;
  bool certain = !shared.empty();
  for (VariableId variable : shared) {
    if (!IsCertain(*left, variable) || !IsCertain(*right, variable)) {
      certain = false;
      continue;
    }
    if (right_is_scan && right->scan.variables[3] == variable) continue;
    if (key == kNoVariable || (!left->order.empty() && left->order[0] == variable)) key = variable;
  }
  const auto forced = context.options.force_join;
  const double rows = left->rows;
  PlanPtr joined;
  const bool left_sorted = !left->order.empty() && left->order[0] == key;
  const bool right_sorted = right_is_scan || (!right->order.empty() && right->order[0] == key);
  const bool merge = key != kNoVariable && left_sorted && right_sorted;
  const bool index = key != kNoVariable && right_is_scan;
  const double index_cost =
      rows * std::min(kSeek, 100 + kScanRow * right->rows / std::max(rows, 1.0));
  const double hash_cost = right->rows * (kScanRow + kBuildRow) + rows * kProbeRow;
  if (context.options.rewrite && merge && certain &&
      forced.value_or(PlanType::kMergeJoin) == PlanType::kMergeJoin &&
      (!index || index_cost > kMergeRow * (rows + right->rows) || forced)) {
    if (right_is_scan) SortScanBy(*right, key);
    joined = MakeMergeJoin(std::move(left), std::move(right), key, mode);
  } else if (context.options.rewrite && index && certain &&
             (forced ? *forced == PlanType::kIndexJoin : index_cost < hash_cost)) {
    SortScanBy(*right, key);
    joined = MakeIndexJoin(std::move(left), std::move(right), key, mode);
  } else {
    if (right_is_scan) SortScanBy(*right, key);
    joined = MakeHashJoin(std::move(left), std::move(right), mode);
  }
  for (const algebra::Expression* condition : conditions) AddValueKey(context, *joined, *condition);
  joined->conditions = std::move(conditions);
  joined->rows = mode == JoinMode::kLeft ? rows : rows / 2;
  return joined;
}

}  // namespace sanad
