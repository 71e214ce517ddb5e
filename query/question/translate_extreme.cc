// Superlatives: the extreme that a sub-select finds over the same pattern, so that
// ties stay.

#include "query/question/translator.h"

namespace sanad::question {

using algebra::MakeDistinct;
using algebra::MakeFilter;
using algebra::MakeJoin;
using algebra::MakeLeftJoin;
using algebra::MakeProject;
using algebra::MakeVariable;
using algebra::Operator;
using algebra::OperatorPtr;
using algebra::OperatorType;
using algebra::Variable;

// The pattern, its measure as `value`, and the variable to compare it by.
OperatorPtr Translator::Measured(const Node& node, const std::string& variable,
                                 const Relation& measure, const std::string& value,
                                 std::string* number) {
  OperatorPtr op = Base(node, variable);
  *number = value;
  if (measure.chains.empty()) {
    *number = variable;
    return op;
  }
  op = Join(std::move(op), Relate(Variable{variable}, measure, Variable{value}));
  const Term& last = measure.chains[0].back().property;
  const Property* property = schema_.FindProperty(last);
  if (property == nullptr) return op;
  for (const Term& range : schema_.RangeOf(*property, {})) {
    const LiteralFamily family = FamilyOf(range.value());
    if (family == LiteralFamily::kDuration || family == LiteralFamily::kDate) {
      *number = Fresh("order");
      return Join(std::move(op), ValueTable(last, value, *number));
    }
  }
  return op;
}

OperatorPtr Translator::WithExtreme(const Node& node, const std::string& variable) {
  const Extreme& extreme = *node.extreme;
  const std::string_view function = extreme.direction > 0 ? "MAX" : "MIN";
  // One copy of the pattern binds the answer, the other finds the extreme.
  auto copy = [&](const std::string& var, std::string* number) -> OperatorPtr {
    if (extreme.counted == nullptr) {
      return Measured(node, var, extreme.measure, Fresh("value"), number);
    }
    *number = Fresh("count");
    const std::string other = NameFor(*extreme.counted);
    OperatorPtr counted = Join(Relate(Variable{var}, extreme.measure, Variable{other}),
                               Pattern(*extreme.counted, other));
    OperatorPtr base = Base(node, var);
    if (base == nullptr) {
      base = std::move(counted);
    } else if (extreme.direction < 0) {
      base = MakeLeftJoin(std::move(base), std::move(counted));
    } else {
      base = MakeJoin(std::move(base), std::move(counted));
    }
    return Aggregate(std::move(base), {var}, "COUNT", true, other, *number);
  };
  std::string number, inner_number;
  const std::string inner = Fresh(variable);
  OperatorPtr outer;
  outer = copy(variable, &number);
  const bool recording = std::exchange(recording_, false);
  OperatorPtr sub = copy(inner, &inner_number);
  recording_ = recording;
  const std::string best = Fresh(extreme.direction > 0 ? "most" : "least");
  if (extreme.first > 1 || extreme.place > 1) {
    // The last of the first N, or the Nth; all that reach it stay, so ties do.
    sub = MakeDistinct(MakeProject(std::move(sub), {{inner}, {inner_number}}));
    auto order = std::make_unique<Operator>();
    order->type = OperatorType::kOrderBy;
    order->left = std::move(sub);
    algebra::OrderCondition by;
    by.expression = MakeVariable(inner_number);
    by.descending = extreme.direction > 0;
    order->order.push_back(std::move(by));
    sub = algebra::MakeSlice(MakeProject(std::move(order), {{inner_number}}),
                             static_cast<uint64_t>(extreme.place - 1),
                             static_cast<uint64_t>(extreme.first));
    sub = Aggregate(std::move(sub), {}, extreme.direction > 0 ? "MIN" : "MAX", false, inner_number,
                    best);
  } else {
    sub = Aggregate(std::move(sub), {}, function, false, inner_number, best);
  }
  const Comparison reaches = extreme.first == 1      ? Comparison::kEqual
                             : extreme.direction > 0 ? Comparison::kGreaterOrEqual
                                                     : Comparison::kLessOrEqual;
  return MakeFilter(MakeJoin(std::move(outer), std::move(sub)),
                    Call(TypeOf(reaches), MakeVariable(number), MakeVariable(best)));
}

}  // namespace sanad::question
