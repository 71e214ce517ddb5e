// Every join keeps the order of its left child's rows.

#include "query/plan/join_builder.h"

#include <utility>

#include "query/plan/join_order.h"

namespace sanad {
namespace {

PlanPtr MakeJoin(PlanType type, PlanPtr left, PlanPtr right, JoinMode mode) {
  auto join = std::make_unique<PlanNode>();
  join->type = type;
  join->mode = mode;
  join->schema = left->schema;
  join->certain = left->certain;
  join->order = left->order;
  join->rows = left->rows;
  join->cost = left->cost + right->cost;
  if (mode == JoinMode::kInner || mode == JoinMode::kLeft) {
    for (size_t c = 0; c < right->schema.size(); ++c) {
      const int held = ColumnOf(*join, right->schema[c]);
      const bool certain = mode == JoinMode::kInner && right->certain[c];
      if (held < 0) {
        join->schema.push_back(right->schema[c]);
        join->certain.push_back(certain);
      } else if (certain) {
        join->certain[static_cast<size_t>(held)] = true;
      }
    }
    // A column that a join may fill in is not sorted any more.
    std::vector<VariableId> order;
    for (VariableId variable : join->order) {
      if (!IsCertain(*left, variable) && ColumnOf(*right, variable) >= 0) break;
      order.push_back(variable);
    }
    join->order = std::move(order);
  }
  join->children.push_back(std::move(left));
  join->children.push_back(std::move(right));
  return join;
}

}  // namespace

PlanPtr MakeMergeJoin(PlanPtr left, PlanPtr right, VariableId key, JoinMode mode) {
  PlanPtr join = MakeJoin(PlanType::kMergeJoin, std::move(left), std::move(right), mode);
  join->key = key;
  return join;
}

PlanPtr MakeIndexJoin(PlanPtr left, PlanPtr right, VariableId key, JoinMode mode) {
  PlanPtr join = MakeJoin(PlanType::kIndexJoin, std::move(left), std::move(right), mode);
  join->key = key;
  return join;
}

PlanPtr MakeHashJoin(PlanPtr left, PlanPtr right, JoinMode mode) {
  return MakeJoin(PlanType::kHashJoin, std::move(left), std::move(right), mode);
}

PlanPtr MakeUnary(PlanType type, PlanPtr input) {
  auto node = std::make_unique<PlanNode>();
  node->type = type;
  node->schema = input->schema;
  node->certain = input->certain;
  node->order = input->order;
  node->rows = input->rows;
  node->cost = input->cost;
  node->children.push_back(std::move(input));
  return node;
}

PlanPtr AddFilter(PlanPtr input, std::vector<const algebra::Expression*> conditions) {
  if (conditions.empty()) return input;
  PlanPtr filter = MakeUnary(PlanType::kFilter, std::move(input));
  for (size_t i = 0; i < conditions.size(); ++i) filter->rows *= 0.4;
  filter->conditions = std::move(conditions);
  return filter;
}

PlanPtr MakeUnit() {
  auto unit = std::make_unique<PlanNode>();
  unit->type = PlanType::kUnit;
  unit->rows = 1;
  return unit;
}

PlanPtr MakeNothing(std::vector<VariableId> schema) {
  auto nothing = std::make_unique<PlanNode>();
  nothing->type = PlanType::kNothing;
  // Vacuously, everything is bound in every solution and in every order.
  nothing->certain.assign(schema.size(), true);
  nothing->schema = std::move(schema);
  return nothing;
}

void SortScanBy(PlanNode& node, VariableId first) {
  ScanPlan& scan = node.scan;
  int next = -1;
  for (int position = 0; position < 3; ++position) {
    if (first != kNoVariable && scan.variables[static_cast<size_t>(position)] == first) {
      next = position;
      break;
    }
  }
  scan.order = OrderFor(scan.pattern, next);
  node.order.clear();
  for (int position : ColumnsOf(scan.order)) {
    const TermId constant = position == 0   ? scan.pattern.subject
                            : position == 1 ? scan.pattern.predicate
                            : position == 2 ? scan.pattern.object
                                            : TermId::Undefined();
    if (position == 3) break;
    if (!constant.is_undefined()) continue;
    const VariableId variable = scan.variables[static_cast<size_t>(position)];
    if (variable == kNoVariable) break;
    node.order.push_back(variable);
  }
}

}  // namespace sanad
