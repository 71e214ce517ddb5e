// Conditions of a node: relations, comparisons, counts, negation, alternatives.

#include "query/question/translator.h"

#include <algorithm>

#include "language/durations.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {

using algebra::ExpressionPtr;
using algebra::ExpressionType;
using algebra::MakeBgp;
using algebra::MakeExists;
using algebra::MakeFilter;
using algebra::MakeTerm;
using algebra::MakeUnion;
using algebra::MakeVariable;
using algebra::Operator;
using algebra::OperatorPtr;
using algebra::OperatorType;
using algebra::Variable;

namespace {

bool HasYearless(const Operator& table) {
  for (const auto& row : table.rows) {
    if (!row.empty() && row[0].value().starts_with("--")) return true;
  }
  return false;
}

// "with the lowest point"
bool HasExtreme(const Condition& condition) {
  return condition.type == Condition::kRelated && condition.relation.said == Said::kHave &&
         condition.target->extreme.has_value() && condition.target->things.empty();
}

// The same where all that is said of the node counts: of the states that border X, the
// one with the lowest point has the lowest of theirs.
Condition AmongOwn(const Node& node, const ConditionPtr& condition) {
  auto owner = std::make_shared<Node>(node);
  owner->extreme.reset();
  std::erase(owner->conditions, condition);
  auto owned = std::make_shared<Condition>();
  owned->relation = Reversed(condition->relation);
  owned->target = owner;
  auto target = std::make_shared<Node>(*condition->target);
  target->conditions.push_back(owned);
  Condition out = *condition;
  out.target = target;
  return out;
}

// A value of some datatype: what is said of it tests what the relation leads to.
bool IsSomeValue(const Node& node) {
  return !node.types.empty() && node.things.empty() && !node.extreme.has_value() &&
         std::all_of(node.types.begin(), node.types.end(), [](const Term& type) {
           return FamilyOf(type.value()) != LiteralFamily::kNone;
         });
}

// Dates without a year say their order inside one document only.
ExpressionPtr SameDocument(const std::string& thing, const std::string& date,
                           const std::string& other, const std::string& other_date) {
  auto dated = [](const std::string& variable) {
    return Call(ExpressionType::kEqual,
                Function("STRSTARTS", Function("STR", MakeVariable(variable)), Text("--")),
                MakeTerm(Term::Boolean(false)));
  };
  auto document = [](const std::string& variable) {
    return Function("STRBEFORE", Function("STR", MakeVariable(variable)), Text("#"));
  };
  return Call(ExpressionType::kOr, Call(ExpressionType::kAnd, dated(date), dated(other_date)),
              Call(ExpressionType::kEqual, document(thing), document(other)));
}

}  // namespace

OperatorPtr Translator::Related(const Condition& condition, const std::string& variable) {
  const Node& target = *condition.target;
  if (target.is_value()) {
    const std::string value = Fresh("value");
    OperatorPtr op = Relate(Variable{variable}, condition.relation, Variable{value});
    return MakeFilter(std::move(op),
                      Call(ExpressionType::kEqual, MakeVariable(value), MakeTerm(target.literal)));
  }
  if (target.things.size() == 1 && target.conditions.empty() && !target.extreme.has_value()) {
    return Relate(Variable{variable}, condition.relation, target.things[0].term);
  }
  const std::string other = NameFor(target);
  OperatorPtr op = Relate(Variable{variable}, condition.relation, Variable{other});
  if (IsSomeValue(target)) {
    for (const ConditionPtr& said : target.conditions) op = Apply(std::move(op), *said, other);
    return op;
  }
  return Join(std::move(op), Pattern(target, other));
}

OperatorPtr Translator::Compared(const Condition& condition, const std::string& variable) {
  const Node& target = *condition.target;
  std::string value = variable;
  OperatorPtr op;
  if (!condition.relation.chains.empty()) {
    value = Fresh("value");
    op = Relate(Variable{variable}, condition.relation, Variable{value});
  }
  if (target.is_value()) {
    const LiteralFamily family =
        target.types.empty() ? LiteralFamily::kNumber : FamilyOf(target.types[0].value());
    if (family == LiteralFamily::kDate) {
      if (op == nullptr) op = MakeBgp({});
      if (target.date.empty()) return MakeFilter(std::move(op), MakeTerm(Term::Boolean(false)));
      return MakeFilter(std::move(op), DateComparison(value, target.date, condition.comparison));
    }
    if (family == LiteralFamily::kDuration && !condition.relation.chains.empty()) {
      const std::string order = Fresh("seconds");
      op = Join(std::move(op),
                ValueTable(condition.relation.chains[0].back().property, value, order));
      double seconds = 0;
      for (const DurationSpan& span : FindDurations(Tokenise(target.words))) seconds = span.seconds;
      return MakeFilter(std::move(op),
                        Call(TypeOf(condition.comparison), MakeVariable(order),
                             MakeTerm(Term::Integer(static_cast<int64_t>(seconds)))));
    }
    if (op == nullptr) op = MakeBgp({});
    return MakeFilter(std::move(op), Call(TypeOf(condition.comparison), MakeVariable(value),
                                          MakeTerm(target.literal)));
  }
  const std::string other = NameFor(target);
  op = Join(std::move(op), Pattern(target, other));
  std::string other_value = other;
  const Term property =
      condition.relation.chains.empty() ? Term() : condition.relation.chains[0].back().property;
  if (!condition.other.chains.empty()) {
    other_value = Fresh("value");
    op = Join(std::move(op), Relate(Variable{other}, condition.other, Variable{other_value}));
  }
  LiteralFamily family = LiteralFamily::kNumber;
  if (const Property* p = schema_.FindProperty(property)) {
    for (const Term& range : schema_.RangeOf(*p, {})) family = FamilyOf(range.value());
  }
  if (family == LiteralFamily::kDate || family == LiteralFamily::kDuration) {
    const std::string a = Fresh("order"), b = Fresh("order");
    const Term& other_property =
        condition.other.chains.empty() ? property : condition.other.chains[0].back().property;
    OperatorPtr values = ValueTable(property, value, a);
    OperatorPtr other_values = ValueTable(other_property, other_value, b);
    const bool yearless = HasYearless(*values) || HasYearless(*other_values);
    op = Join(std::move(op), std::move(values));
    op = Join(std::move(op), std::move(other_values));
    if (yearless && other_value != other) {
      op = MakeFilter(std::move(op), SameDocument(variable, value, other, other_value));
    }
    return MakeFilter(std::move(op),
                      Call(TypeOf(condition.comparison), MakeVariable(a), MakeVariable(b)));
  }
  return MakeFilter(std::move(op), Call(TypeOf(condition.comparison), MakeVariable(value),
                                        MakeVariable(other_value)));
}

OperatorPtr Translator::Counted(const Condition& condition, const std::string& variable) {
  const std::string other = NameFor(*condition.target);
  const std::string count = Fresh("count");
  OperatorPtr op = Join(Relate(Variable{variable}, condition.relation, Variable{other}),
                        Pattern(*condition.target, other));
  op = Aggregate(std::move(op), {variable}, "COUNT", true, other, count);
  return MakeFilter(std::move(op), Call(TypeOf(condition.comparison), MakeVariable(count),
                                        MakeTerm(Term::Integer(condition.number))));
}

OperatorPtr Translator::Apply(OperatorPtr input, const Condition& condition,
                              const std::string& variable) {
  switch (condition.type) {
    case Condition::kRelated:
      return Join(std::move(input), Related(condition, variable));
    case Condition::kInDate:
      return Join(std::move(input), InDate(condition, variable));
    case Condition::kCompare: {
      if (condition.relation.chains.empty() && condition.target->is_value() && input != nullptr) {
        return MakeFilter(std::move(input),
                          Call(TypeOf(condition.comparison), MakeVariable(variable),
                               MakeTerm(condition.target->literal)));
      }
      return Join(std::move(input), Compared(condition, variable));
    }
    case Condition::kCount:
      return Join(std::move(input), Counted(condition, variable));
    case Condition::kAnd:
      for (const ConditionPtr& part : condition.parts)
        input = Apply(std::move(input), *part, variable);
      return input;
    case Condition::kOr: {
      OperatorPtr any;
      for (const ConditionPtr& part : condition.parts) {
        OperatorPtr one = Apply(nullptr, *part, variable);
        if (one == nullptr) continue;
        any = any == nullptr ? std::move(one) : MakeUnion(std::move(any), std::move(one));
      }
      return Join(std::move(input), std::move(any));
    }
    case Condition::kNot: {
      const bool recording = std::exchange(recording_, false);
      OperatorPtr denied = Apply(nullptr, *condition.parts[0], variable);
      recording_ = recording;
      if (input == nullptr) input = MakeBgp({});
      return MakeFilter(std::move(input), MakeExists(std::move(denied), true));
    }
    case Condition::kDiffers: {
      if (input == nullptr) input = MakeBgp({});
      if (condition.target->things.empty()) {
        const bool recording = std::exchange(recording_, false);
        OperatorPtr such = Pattern(*condition.target, variable);
        recording_ = recording;
        return MakeFilter(std::move(input), MakeExists(std::move(such), true));
      }
      for (const NamedThing& thing : condition.target->things) {
        input = MakeFilter(std::move(input), Call(ExpressionType::kNotEqual, MakeVariable(variable),
                                                  MakeTerm(thing.term)));
      }
      return input;
    }
    case Condition::kIs: {
      if (condition.target->is_value()) {
        return MakeFilter(std::move(input), Call(ExpressionType::kEqual, MakeVariable(variable),
                                                 MakeTerm(condition.target->literal)));
      }
      return Join(std::move(input), Pattern(*condition.target, variable));
    }
    case Condition::kStatement:
      return input;
  }
  return input;
}

// The node without its superlative; null when nothing is said of it.
OperatorPtr Translator::Base(const Node& node, const std::string& variable) {
  OperatorPtr op;
  if (!node.things.empty()) {
    auto table = std::make_unique<Operator>();
    table->type = OperatorType::kTable;
    table->variables = {{variable}};
    for (const NamedThing& thing : node.things) table->rows.push_back({thing.term});
    op = std::move(table);
  } else if (node.said_class && !node.types.empty()) {
    op = TypePattern(node.types, variable);
  }
  // What binds comes before what only tests.
  std::vector<const Condition*> tests;
  auto is_test = [](const Condition& c) {
    return c.type == Condition::kNot || c.type == Condition::kDiffers ||
           (c.type == Condition::kCompare && c.relation.chains.empty());
  };
  for (const ConditionPtr& condition : node.conditions) {
    if (is_test(*condition)) {
      tests.push_back(condition.get());
    } else if (HasExtreme(*condition) && node.conditions.size() > 1) {
      op = Apply(std::move(op), AmongOwn(node, condition), variable);
    } else {
      op = Apply(std::move(op), *condition, variable);
    }
  }
  if (op == nullptr && !tests.empty()) op = TypePattern(node.types, variable);
  for (const Condition* test : tests) op = Apply(std::move(op), *test, variable);
  return op;
}

OperatorPtr Translator::Pattern(const Node& node, const std::string& variable) {
  if (node.extreme.has_value()) return WithExtreme(node, variable);
  return Base(node, variable);
}

}  // namespace sanad::question
