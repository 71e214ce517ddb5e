// Small questions about plan nodes.

#include "query/plan/plan.h"

#include <algorithm>

namespace sanad {

PlanPtr ClonePlan(const PlanNode& node) {
  auto copy = std::make_unique<PlanNode>();
  static_cast<PlanFields&>(*copy) = node;
  for (const auto& child : node.children) copy->children.push_back(ClonePlan(*child));
  return copy;
}

int ColumnOf(const PlanNode& node, VariableId variable) {
  auto found = std::find(node.schema.begin(), node.schema.end(), variable);
  return found == node.schema.end() ? -1 : static_cast<int>(found - node.schema.begin());
}

bool IsCertain(const PlanNode& node, VariableId variable) {
  const int column = ColumnOf(node, variable);
  return column >= 0 && node.certain[static_cast<size_t>(column)];
}

std::vector<VariableId> SharedVariables(const PlanNode& a, const PlanNode& b) {
  std::vector<VariableId> shared;
  for (VariableId variable : a.schema) {
    if (ColumnOf(b, variable) >= 0) shared.push_back(variable);
  }
  return shared;
}

std::string_view PlanTypeName(PlanType type) {
  switch (type) {
    case PlanType::kNothing:
      return "nothing";
    case PlanType::kUnit:
      return "unit";
    case PlanType::kScan:
      return "scan";
    case PlanType::kCount:
      return "count";
    case PlanType::kMergeJoin:
      return "merge join";
    case PlanType::kIndexJoin:
      return "index join";
    case PlanType::kHashJoin:
      return "hash join";
    case PlanType::kLeapfrogJoin:
      return "leapfrog join";
    case PlanType::kFilter:
      return "filter";
    case PlanType::kUnion:
      return "union";
    case PlanType::kExtend:
      return "extend";
    case PlanType::kValues:
      return "values";
    case PlanType::kGroup:
      return "group";
    case PlanType::kSort:
      return "sort";
    case PlanType::kProject:
      return "project";
    case PlanType::kDistinct:
      return "distinct";
    case PlanType::kSlice:
      return "slice";
    case PlanType::kPath:
      return "path";
    case PlanType::kGraphLoop:
      return "each graph";
    case PlanType::kService:
      return "service";
  }
  return "";
}

}  // namespace sanad
