#include "query/question/translator.h"

namespace sanad::question {

using algebra::MakeDistinct;
using algebra::MakeLeftJoin;
using algebra::MakeProject;
using algebra::MakeVariable;
using algebra::Operator;
using algebra::OperatorPtr;
using algebra::OperatorType;
using algebra::Variable;

Translation Translator::Run() {
  Translation out;
  const Node& focus = *meaning_.focus;
  out.focus = NameFor(focus);
  OperatorPtr pattern;
  if (meaning_.form == AnswerForm::kGroup) {
    out.group = NameFor(*meaning_.group);
    auto group_node = std::make_shared<Node>(*meaning_.group);
    group_node->said_class = true;
    OperatorPtr groups = Pattern(*group_node, out.group);
    OperatorPtr members =
        Join(Relate(Variable{out.focus}, meaning_.group_relation, Variable{out.group}),
             Pattern(focus, out.focus));
    pattern = groups == nullptr ? std::move(members)
                                : MakeLeftJoin(std::move(groups), std::move(members));
  } else {
    pattern = Pattern(focus, out.focus);
    if (pattern == nullptr) pattern = TypePattern(focus.types, out.focus);
  }
  // All named variables, for the witnesses.
  std::vector<std::string> scope = algebra::InScopeVariables(*pattern);
  std::vector<Variable> all = {{out.focus}};
  for (const std::string& name : scope) {
    if (name != out.focus && name[0] != '.') all.push_back({name});
  }
  OperatorPtr witness = algebra::Clone(*pattern);
  if (meaning_.ordering.has_value()) {
    const std::string value = Fresh("value");
    std::string number = value;
    OperatorPtr order_value = Relate(Variable{out.focus}, meaning_.ordering->by, Variable{value});
    const Term& last = meaning_.ordering->by.chains[0].back().property;
    if (const Property* property = schema_.FindProperty(last)) {
      for (const Term& range : schema_.RangeOf(*property, {})) {
        const LiteralFamily family = FamilyOf(range.value());
        if (family == LiteralFamily::kDate || family == LiteralFamily::kDuration) {
          number = Fresh("order");
          order_value = Join(std::move(order_value), ValueTable(last, value, number));
          break;
        }
      }
    }
    auto order = std::make_unique<Operator>();
    order->type = OperatorType::kOrderBy;
    order->left = MakeDistinct(MakeProject(MakeLeftJoin(std::move(pattern), std::move(order_value)),
                                           {{out.focus}, {number}}));
    algebra::OrderCondition by;
    by.expression = MakeVariable(number);
    by.descending = meaning_.ordering->descending;
    order->order.push_back(std::move(by));
    pattern = std::move(order);
  }
  out.witnesses.projection = all;
  out.witnesses.root = MakeDistinct(MakeProject(std::move(witness), all));
  out.edges = edges_;
  out.statements = statement_names_;
  switch (meaning_.form) {
    case AnswerForm::kYesNo:
      out.query.form = QueryForm::kAsk;
      out.query.root = std::move(pattern);
      break;
    case AnswerForm::kCount: {
      const std::string count = Fresh("count");
      out.query.root = Aggregate(std::move(pattern), {}, "COUNT", true, out.focus, count);
      out.query.projection = {{count}};
      break;
    }
    case AnswerForm::kAggregate: {
      // One value for each thing that has it, not for each distinct value.
      const std::string result = Fresh("result");
      std::string number = out.focus;
      Term property;
      for (const ConditionPtr& condition : focus.conditions) {
        if (condition->type == Condition::kRelated && condition->relation.said == Said::kNoun &&
            !condition->relation.chains.empty()) {
          property = condition->relation.chains[0].front().property;
        }
      }
      bool timed = false;
      if (const Property* p = schema_.FindProperty(property)) {
        for (const Term& range : schema_.RangeOf(*p, {})) {
          timed |= FamilyOf(range.value()) == LiteralFamily::kDuration;
        }
      }
      OperatorPtr rows = MakeDistinct(MakeProject(std::move(pattern), all));
      if (timed) {
        number = Fresh("seconds");
        rows = Join(std::move(rows), ValueTable(property, out.focus, number));
        used_["timed"] = 1;
      }
      out.query.root = Aggregate(std::move(rows), {}, meaning_.aggregate, false, number, result);
      out.query.projection = {{result}};
      break;
    }
    case AnswerForm::kGroup: {
      const std::string count = Fresh("count");
      out.query.root = Aggregate(std::move(pattern), {out.group}, "COUNT", true, out.focus, count);
      out.query.projection = {{out.group}, {count}};
      break;
    }
    default:
      out.query.root = meaning_.ordering.has_value()
                           ? MakeProject(std::move(pattern), {{out.focus}})
                           : MakeDistinct(MakeProject(std::move(pattern), {{out.focus}}));
      out.query.projection = {{out.focus}};
      break;
  }
  return out;
}

Translation Translate(const Schema& schema, const GraphReader& reader, const Meaning& meaning,
                      bool statements) {
  return Translator(schema, reader, meaning, statements).Run();
}

}  // namespace sanad::question
