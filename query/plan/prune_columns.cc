// One walk from the root: each node keeps the required part of its schema and
// asks of its children that, its join keys and what its expressions mention.

#include "query/plan/prune_columns.h"

#include <algorithm>

namespace sanad {
namespace {

using Variables = std::vector<VariableId>;

void AddTo(Variables& set, VariableId variable) {
  if (variable != kNoVariable && std::find(set.begin(), set.end(), variable) == set.end()) {
    set.push_back(variable);
  }
}

bool Contains(const Variables& set, VariableId variable) {
  return std::find(set.begin(), set.end(), variable) != set.end();
}

void AddMentioned(PlannerContext& context, Variables& set, const algebra::Expression& expression) {
  std::vector<std::string> names;
  MentionedVariables(expression, names);
  for (const std::string& name : names) AddTo(set, context.Variable(name));
}

void AddOperator(PlannerContext& context, Variables& set, const algebra::Operator& op) {
  std::vector<std::string> names;
  MentionedVariables(op, names);
  for (const std::string& name : names) AddTo(set, context.Variable(name));
}

void KeepColumns(PlanNode& node, const Variables& required) {
  Variables schema;
  std::vector<bool> certain;
  for (size_t c = 0; c < node.schema.size(); ++c) {
    if (!Contains(required, node.schema[c])) continue;
    schema.push_back(node.schema[c]);
    certain.push_back(node.certain[c]);
  }
  node.schema = std::move(schema);
  node.certain = std::move(certain);
  Variables order;
  for (VariableId variable : node.order) {
    if (!Contains(node.schema, variable)) break;
    order.push_back(variable);
  }
  node.order = std::move(order);
}

// Trailing columns of the order that are neither read nor compared are not
// decoded.
void PruneScan(PlanNode& node) {
  ScanPlan& scan = node.scan;
  for (VariableId& variable : scan.variables) {
    if (variable == kNoVariable || Contains(node.schema, variable)) continue;
    variable = kNoVariable;
  }
  int last = 0;
  const auto columns = ColumnsOf(scan.order);
  for (int c = 0; c < 3; ++c) {
    const int position = columns[static_cast<size_t>(c)];
    bool read = scan.variables[static_cast<size_t>(position)] != kNoVariable;
    for (const auto& [a, b] : scan.equal) read = read || a == position || b == position;
    if (read) last = c + 1;
  }
  const bool graph = scan.variables[3] != kNoVariable ||
                     std::any_of(scan.equal.begin(), scan.equal.end(), [](const auto& pair) {
                       return pair.first == 3 || pair.second == 3;
                     });
  scan.columns = graph ? 3 : last;
}

// `as_set`: repeated solutions make no difference above.
void Prune(PlannerContext& context, PlanNode& node, Variables required, bool as_set);

void PruneJoin(PlannerContext& context, PlanNode& node, const Variables& required, bool as_set) {
  // Where repeats do not count and nobody reads the right side, a match is enough.
  if (as_set && node.mode == JoinMode::kInner && context.options.rewrite &&
      std::all_of(node.schema.begin(), node.schema.end(),
                  [&](VariableId variable) { return IsCertain(*node.children[0], variable); })) {
    node.mode = JoinMode::kSemi;
  }
  Variables wanted = required;
  for (VariableId shared : SharedVariables(*node.children[0], *node.children[1])) {
    AddTo(wanted, shared);
  }
  for (const auto* condition : node.conditions) AddMentioned(context, wanted, *condition);
  for (const auto& [left, right] : node.value_keys) {
    AddTo(wanted, left);
    AddTo(wanted, right);
  }
  const bool matches_only =
      node.mode == JoinMode::kSemi || node.mode == JoinMode::kAnti || node.mode == JoinMode::kMinus;
  Prune(context, *node.children[0], wanted, as_set);
  Prune(context, *node.children[1], wanted, as_set || matches_only);
}

// Extensions that nobody reads are dropped with their evaluation.
void PruneExtend(PlannerContext& context, PlanNode& node, Variables required, bool as_set) {
  for (size_t i = node.bindings.size(); i-- > 0;) {
    if (Contains(required, node.bindings[i].first)) {
      AddMentioned(context, required, *node.bindings[i].second);
    } else {
      node.bindings.erase(node.bindings.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
  Prune(context, *node.children[0], required, as_set);
}

void Prune(PlannerContext& context, PlanNode& node, Variables required, bool as_set) {
  const Variables all = node.schema;
  if (node.type != PlanType::kDistinct && node.type != PlanType::kValues &&
      node.type != PlanType::kService) {
    KeepColumns(node, required);
  }
  switch (node.type) {
    case PlanType::kScan:
      PruneScan(node);
      return;
    case PlanType::kMergeJoin:
    case PlanType::kIndexJoin:
    case PlanType::kHashJoin:
      PruneJoin(context, node, required, as_set);
      return;
    case PlanType::kLeapfrogJoin:
      for (VariableId key : node.keys) AddTo(required, key);
      break;
    case PlanType::kExtend:
      PruneExtend(context, node, std::move(required), as_set);
      return;
    case PlanType::kDistinct:
      required = all;
      as_set = true;
      break;
    case PlanType::kSlice:
      as_set = false;
      break;
    case PlanType::kGroup:
      as_set = false;
      required.clear();
      for (const auto& [variable, expression] : node.bindings)
        AddMentioned(context, required, *expression);
      for (size_t i = node.aggregates.size(); i-- > 0;) {
        if (Contains(node.schema, node.aggregates[i].first)) {
          AddMentioned(context, required, *node.aggregates[i].second);
        } else if (!node.bindings.empty()) {
          node.aggregates.erase(node.aggregates.begin() + static_cast<std::ptrdiff_t>(i));
          continue;
        }
        // COUNT(DISTINCT *) compares whole solutions; internal variables are no
        // part of them.
        const algebra::Expression& aggregate = *node.aggregates[i].second;
        if (!aggregate.distinct || !aggregate.arguments.empty()) continue;
        for (VariableId variable : node.children[0]->schema) {
          if (context.names[variable].front() != '.') AddTo(required, variable);
        }
      }
      break;
    case PlanType::kFilter:
      for (const auto* condition : node.conditions) AddMentioned(context, required, *condition);
      break;
    case PlanType::kSort:
      for (const auto& [expression, descending] : node.sort)
        AddMentioned(context, required, *expression);
      break;
    case PlanType::kPath:
    case PlanType::kService:
      AddOperator(context, required, *node.algebra);
      break;
    case PlanType::kProject:
      required = node.schema;
      break;
    default:
      break;
  }
  for (auto& child : node.children) Prune(context, *child, required, as_set);
}

}  // namespace

void PruneColumns(PlannerContext& context, PlanNode& root, std::vector<VariableId> required) {
  Prune(context, root, std::move(required), false);
}

}  // namespace sanad
