// Grouping, HAVING, VALUES, SELECT expressions, ordering and projection, in the
// order of 18.2.4 and 18.2.5.

#include <algorithm>

#include "query/algebra/translate.h"
#include "query/algebra/translator.h"
#include "storage/model/text.h"

namespace sanad::algebra {
namespace {

bool IsInternal(std::string_view name) { return !name.empty() && name[0] == '.'; }

// Names in the order in which they first stand in the query.
void VisibleInOrder(const Operator& op, std::vector<Variable>& names, std::set<std::string>& seen) {
  const auto add = [&](const std::string& name) {
    if (!IsInternal(name) && seen.insert(name).second) names.push_back({name});
  };
  const auto add_node = [&](const VarOrTerm& node) {
    if (const auto* variable = std::get_if<Variable>(&node)) add(variable->name);
  };
  for (const TriplePattern& triple : op.triples) {
    add_node(triple.subject);
    add_node(triple.predicate);
    add_node(triple.object);
  }
  if (op.type == OperatorType::kPath) {
    add_node(op.subject);
    add_node(op.object);
  }
  if (op.type == OperatorType::kGraph || op.type == OperatorType::kService) add_node(op.graph);
  if (op.type == OperatorType::kProject || op.type == OperatorType::kTable) {
    for (const Variable& variable : op.variables) add(variable.name);
    return;
  }
  if (op.type == OperatorType::kGroup) {
    for (const std::string& name : InScopeVariables(op)) add(name);
    return;
  }
  if (op.left) VisibleInOrder(*op.left, names, seen);
  if (op.right && op.type != OperatorType::kMinus) VisibleInOrder(*op.right, names, seen);
  if (op.type == OperatorType::kExtend) add(op.variable.name);
}

std::vector<Variable> VisibleVariables(const Operator& op) {
  std::vector<Variable> names;
  std::set<std::string> seen;
  VisibleInOrder(op, names, seen);
  return names;
}

bool HasAggregate(const ast::Expression& e) {
  if (e.type == ast::ExpressionType::kAggregate) return true;
  return std::any_of(e.arguments.begin(), e.arguments.end(),
                     [](const ast::ExpressionPtr& argument) { return HasAggregate(*argument); });
}

}  // namespace

OperatorPtr Translator::Slice(const ast::SolutionModifier& modifier, OperatorPtr pattern) {
  if (!modifier.limit && !modifier.offset) return pattern;
  return MakeSlice(std::move(pattern), modifier.offset.value_or(0), modifier.limit);
}

OperatorPtr Translator::GroupBy(const ast::SelectQuery& query, OperatorPtr pattern,
                                Grouping& grouping, std::vector<Binding>& keys) {
  const std::vector<std::string> scope = InScopeVariables(*pattern);
  for (const ast::GroupCondition& condition : query.modifier.group_by) {
    Binding key;
    key.expression = Convert(*condition.expression);
    if (condition.variable) {
      key.variable.name = condition.variable->name;
      if (std::binary_search(scope.begin(), scope.end(), key.variable.name) ||
          grouping.keys.count(key.variable.name) > 0) {
        Fail(condition.offset, Concat("?", key.variable.name,
                                      " is already in scope in GROUP BY; choose another name"));
      }
    } else if (key.expression->type == ExpressionType::kVariable) {
      key.variable = key.expression->variable;
    } else {
      key.variable.name = Fresh();
    }
    // The same key twice groups no finer.
    if (grouping.keys.insert(key.variable.name).second) keys.push_back(std::move(key));
  }
  return pattern;
}

OperatorPtr Translator::Solutions(const ast::SelectQuery& query, bool is_select,
                                  std::vector<Variable>& columns) {
  const ast::SolutionModifier& modifier = query.modifier;
  OperatorPtr pattern = Group(query.where);
  std::set<std::string> assigned;
  for (const std::string& name : InScopeVariables(*pattern)) assigned.insert(name);

  bool grouped = !modifier.group_by.empty() || !modifier.having.empty();
  for (const ast::SelectItem& item : query.items) {
    grouped = grouped || (item.expression && HasAggregate(*item.expression));
  }
  for (const ast::OrderCondition& condition : modifier.order_by) {
    grouped = grouped || HasAggregate(*condition.expression);
  }
  if (grouped && query.star && is_select) {
    Fail(query.offset, "SELECT * cannot be used with GROUP BY or aggregates; name the columns");
  }

  Grouping grouping;
  Grouping* const groups = grouped ? &grouping : nullptr;
  std::vector<Binding> keys;
  if (grouped) {
    pattern = GroupBy(query, std::move(pattern), grouping, keys);
    assigned = grouping.keys;  // Of what is grouped only the keys are in scope.
  }
  const std::set<std::string> group_keys = grouping.keys;

  std::vector<ExpressionPtr> having;
  for (const ast::ExpressionPtr& condition : modifier.having) {
    having.push_back(Convert(*condition, groups));
  }
  if (query.star) columns = VisibleVariables(*pattern);
  std::vector<Binding> extends;
  std::set<std::string> projected;
  for (const ast::SelectItem& item : query.items) {
    const std::string& name = item.variable.name;
    if (item.expression) {
      if (!assigned.insert(name).second) {
        Fail(item.offset, Concat("?", name, " is already in scope; choose another name after AS"));
      }
      extends.push_back({{name}, Convert(*item.expression, groups, /*only_keys=*/true)});
      grouping.keys.insert(name);
    } else if (grouped && grouping.keys.count(name) == 0) {
      Fail(item.offset, Concat("?", name, " is neither a GROUP BY key nor inside an aggregate"));
    }
    if (projected.insert(name).second) columns.push_back({name});
  }
  std::vector<OrderCondition> order;
  for (const ast::OrderCondition& condition : modifier.order_by) {
    order.push_back({Convert(*condition.expression, groups), condition.descending});
  }

  if (grouped) {
    pattern = MakeGroup(std::move(pattern), std::move(keys), std::move(grouping.aggregates));
  }
  if (!having.empty()) pattern = MakeFilter(std::move(pattern), And(std::move(having)));
  if (query.values) pattern = Join(std::move(pattern), ToTable(*query.values));
  if (query.star && query.values && is_select) columns = VisibleVariables(*pattern);
  for (Binding& extend : extends) {
    pattern = MakeExtend(std::move(pattern), extend.variable, std::move(extend.expression));
  }
  if (!order.empty()) pattern = MakeOrderBy(std::move(pattern), std::move(order));
  return pattern;
}

OperatorPtr Translator::Select(const ast::SelectQuery& query, std::vector<Variable>& columns) {
  OperatorPtr op = Solutions(query, /*is_select=*/true, columns);
  op = MakeProject(std::move(op), columns);
  if (query.distinct) op = MakeDistinct(std::move(op));
  if (query.reduced) op = MakeReduced(std::move(op));
  return Slice(query.modifier, std::move(op));
}

}  // namespace sanad::algebra
