// The whole query of a meaning, by the form of its answer.

#include "query/question/translator.h"

#include <algorithm>

namespace sanad::question {

using algebra::MakeDistinct;
using algebra::MakeLeftJoin;
using algebra::MakeProject;
using algebra::MakeVariable;
using algebra::Operator;
using algebra::OperatorPtr;
using algebra::OperatorType;
using algebra::Variable;

// What is asked for with all that is said of it; for groups, groups without a member
// as well.
OperatorPtr Translator::Asked(const std::string& focus, const std::string& group) {
  if (meaning_.form != AnswerForm::kGroup) {
    OperatorPtr pattern = Pattern(*meaning_.focus, focus);
    return pattern != nullptr ? std::move(pattern) : TypePattern(meaning_.focus->types, focus);
  }
  Node group_node = *meaning_.group;
  group_node.said_class = true;
  OperatorPtr groups = Pattern(group_node, group);
  OperatorPtr members = Join(Relate(Variable{focus}, meaning_.group_relation, Variable{group}),
                             Pattern(*meaning_.focus, focus));
  return groups == nullptr ? std::move(members)
                           : MakeLeftJoin(std::move(groups), std::move(members));
}

// Whether a property's values are of a family that is ordered by a table of values.
bool Translator::RangesOver(const Term& property,
                            std::initializer_list<LiteralFamily> families) const {
  const Property* found = schema_.FindProperty(property);
  if (found == nullptr) return false;
  for (const Term& range : schema_.RangeOf(*found, {})) {
    if (std::find(families.begin(), families.end(), FamilyOf(range.value())) != families.end()) {
      return true;
    }
  }
  return false;
}

OperatorPtr Translator::InOrder(OperatorPtr pattern, const std::string& focus,
                                const Ordering& ordering) {
  const std::string value = Fresh("value");
  std::string number = value;
  OperatorPtr order_value = Relate(Variable{focus}, ordering.by, Variable{value});
  const Term& last = ordering.by.chains[0].back().property;
  if (RangesOver(last, {LiteralFamily::kDate, LiteralFamily::kDuration})) {
    number = Fresh("order");
    order_value = Join(std::move(order_value), ValueTable(last, value, number));
  }
  auto order = std::make_unique<Operator>();
  order->type = OperatorType::kOrderBy;
  order->left = MakeDistinct(
      MakeProject(MakeLeftJoin(std::move(pattern), std::move(order_value)), {{focus}, {number}}));
  algebra::OrderCondition by;
  by.expression = MakeVariable(number);
  by.descending = ordering.descending;
  order->order.push_back(std::move(by));
  return order;
}

// One value for each thing that has it, not for each distinct value; durations by
// their length.
OperatorPtr Translator::AggregateValues(OperatorPtr pattern, const std::string& focus,
                                        const std::vector<Variable>& all,
                                        const std::string& result) {
  Term property;
  for (const ConditionPtr& condition : meaning_.focus->conditions) {
    if (condition->type == Condition::kRelated && condition->relation.said == Said::kNoun &&
        !condition->relation.chains.empty()) {
      property = condition->relation.chains[0].front().property;
    }
  }
  OperatorPtr rows = MakeDistinct(MakeProject(std::move(pattern), all));
  std::string number = focus;
  if (RangesOver(property, {LiteralFamily::kDuration})) {
    number = Fresh("seconds");
    rows = Join(std::move(rows), ValueTable(property, focus, number));
    used_["timed"] = 1;
  }
  return Aggregate(std::move(rows), {}, meaning_.aggregate, false, number, result);
}

// That there is no such thing of which the last condition does not hold.
OperatorPtr Translator::NoException(const Node& node) {
  Node exception = node;
  auto denied = std::make_shared<Condition>();
  denied->type = Condition::kNot;
  denied->parts = {node.conditions.back()};
  exception.conditions.back() = denied;
  recording_ = false;
  OperatorPtr exceptions = Pattern(exception, NameFor(exception));
  return algebra::MakeFilter(algebra::MakeBgp({}),
                             algebra::MakeExists(std::move(exceptions), true));
}

Translation Translator::Run() {
  Translation out;
  out.focus = NameFor(*meaning_.focus);
  if (meaning_.form == AnswerForm::kGroup) out.group = NameFor(*meaning_.group);
  OperatorPtr pattern = Asked(out.focus, out.group);
  // All named variables, for the witnesses.
  std::vector<Variable> all = {{out.focus}};
  for (const std::string& name : algebra::InScopeVariables(*pattern)) {
    if (name != out.focus && name[0] != '.') all.push_back({name});
  }
  OperatorPtr witness = algebra::Clone(*pattern);
  if (meaning_.ordering.has_value()) {
    pattern = InOrder(std::move(pattern), out.focus, *meaning_.ordering);
  }
  out.witnesses.projection = all;
  out.witnesses.root = MakeDistinct(MakeProject(std::move(witness), all));
  out.edges = edges_;
  out.statements = statement_names_;
  const auto counted = [&](std::vector<std::string> keys) {
    const std::string count = Fresh("count");
    for (const std::string& key : keys) out.query.projection.push_back({key});
    out.query.projection.push_back({count});
    out.query.root = Aggregate(std::move(pattern), keys, "COUNT", true, out.focus, count);
  };
  switch (meaning_.form) {
    case AnswerForm::kYesNo:
      out.query.form = QueryForm::kAsk;
      out.query.root = meaning_.focus->every ? NoException(*meaning_.focus) : std::move(pattern);
      break;
    case AnswerForm::kCount:
      counted({});
      break;
    case AnswerForm::kGroup:
      counted({out.group});
      break;
    case AnswerForm::kAggregate: {
      const std::string result = Fresh("result");
      out.query.root = AggregateValues(std::move(pattern), out.focus, all, result);
      out.query.projection = {{result}};
      break;
    }
    default:
      out.query.root = MakeProject(std::move(pattern), {{out.focus}});
      if (!meaning_.ordering.has_value()) out.query.root = MakeDistinct(std::move(out.query.root));
      out.query.projection = {{out.focus}};
      break;
  }
  return out;
}

Translation Translate(const Schema& schema, const GraphReader& reader, const Meaning& meaning,
                      bool statements) {
  if (!meaning.quantity.is_undefined()) {
    return Translator(schema, reader, NumbersOf(meaning), statements).Run();
  }
  return Translator(schema, reader, meaning, statements).Run();
}

}  // namespace sanad::question
