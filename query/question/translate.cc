#include "query/question/translate.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <utility>

#include "language/dates.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {
namespace {

using algebra::Binding;
using algebra::Expression;
using algebra::ExpressionPtr;
using algebra::ExpressionType;
using algebra::MakeBgp;
using algebra::MakeCall;
using algebra::MakeDistinct;
using algebra::MakeExists;
using algebra::MakeExtend;
using algebra::MakeFilter;
using algebra::MakeFunction;
using algebra::MakeJoin;
using algebra::MakeLeftJoin;
using algebra::MakeProject;
using algebra::MakeTerm;
using algebra::MakeUnion;
using algebra::MakeVariable;
using algebra::Operator;
using algebra::OperatorPtr;
using algebra::OperatorType;
using algebra::Path;
using algebra::PathPtr;
using algebra::PathType;
using algebra::TriplePattern;
using algebra::Variable;
using algebra::VarOrTerm;

constexpr size_t kMostValues = 5000;  // Distinct values put into a table.
constexpr size_t kMostBranches = 64;  // Union branches of one relation.

ExpressionPtr Call(ExpressionType type, ExpressionPtr a, ExpressionPtr b) {
  std::vector<ExpressionPtr> arguments;
  arguments.push_back(std::move(a));
  arguments.push_back(std::move(b));
  return MakeCall(type, std::move(arguments));
}

ExpressionPtr Function(std::string name, ExpressionPtr a) {
  std::vector<ExpressionPtr> arguments;
  arguments.push_back(std::move(a));
  return MakeFunction(std::move(name), std::move(arguments));
}

ExpressionPtr Function(std::string name, ExpressionPtr a, ExpressionPtr b) {
  std::vector<ExpressionPtr> arguments;
  arguments.push_back(std::move(a));
  arguments.push_back(std::move(b));
  return MakeFunction(std::move(name), std::move(arguments));
}

ExpressionPtr Text(std::string_view text) { return MakeTerm(Term::String(text)); }

ExpressionType TypeOf(Comparison comparison) {
  switch (comparison) {
    case Comparison::kEqual:
      return ExpressionType::kEqual;
    case Comparison::kLess:
      return ExpressionType::kLess;
    case Comparison::kLessOrEqual:
      return ExpressionType::kLessOrEqual;
    case Comparison::kGreater:
      return ExpressionType::kGreater;
    case Comparison::kGreaterOrEqual:
      return ExpressionType::kGreaterOrEqual;
  }
  return ExpressionType::kEqual;
}

std::string Digits(int value, size_t width) {
  std::string out = std::to_string(value);
  while (out.size() < width) out.insert(out.begin(), '0');
  return out;
}

OperatorPtr Aggregate(OperatorPtr input, const std::vector<std::string>& keys,
                      std::string_view function, bool distinct, const std::string& argument,
                      const std::string& result) {
  auto group = std::make_unique<Operator>();
  group->type = OperatorType::kGroup;
  group->left = std::move(input);
  for (const std::string& key : keys) {
    Binding binding;
    binding.variable = {key};
    binding.expression = MakeVariable(key);
    group->keys.push_back(std::move(binding));
  }
  auto aggregate = std::make_unique<Expression>();
  aggregate->type = ExpressionType::kAggregate;
  aggregate->name = std::string(function);
  aggregate->distinct = distinct;
  aggregate->arguments.push_back(MakeVariable(argument));
  Binding binding;
  binding.variable = {Concat(".", result)};
  binding.expression = std::move(aggregate);
  group->aggregates.push_back(std::move(binding));
  OperatorPtr out = MakeExtend(std::move(group), {result}, MakeVariable(Concat(".", result)));
  std::vector<Variable> projected;
  for (const std::string& key : keys) projected.push_back({key});
  projected.push_back({result});
  return MakeProject(std::move(out), std::move(projected));
}

class Translator {
 public:
  Translator(const Schema& schema, const GraphReader& reader, const Meaning& meaning,
             bool statements)
      : schema_(schema), reader_(reader), meaning_(meaning), statements_(statements) {}
  Translation Run();

 private:
  std::string Fresh(std::string_view hint);
  std::string NameFor(const Node& node);
  OperatorPtr Pattern(const Node& node, const std::string& variable);
  OperatorPtr Base(const Node& node, const std::string& variable);
  OperatorPtr TypePattern(const Types& types, const std::string& variable);
  OperatorPtr Relate(const VarOrTerm& from, const Relation& relation, const VarOrTerm& to);
  OperatorPtr Apply(OperatorPtr input, const Condition& condition, const std::string& variable);
  OperatorPtr Related(const Condition& condition, const std::string& variable);
  OperatorPtr InDate(const Condition& condition, const std::string& variable);
  OperatorPtr Compared(const Condition& condition, const std::string& variable);
  OperatorPtr Counted(const Condition& condition, const std::string& variable);
  OperatorPtr WithExtreme(const Node& node, const std::string& variable);
  OperatorPtr Measured(const Node& node, const std::string& variable, const Relation& measure,
                       const std::string& value, std::string* number);
  OperatorPtr ValueTable(const Term& property, const std::string& value, const std::string& number);
  ExpressionPtr DateComparison(const std::string& variable, const PartialDate& date,
                               Comparison comparison);
  ExpressionPtr WithinDate(const std::string& variable, const PartialDate& date);
  OperatorPtr Join(OperatorPtr a, OperatorPtr b) {
    if (a == nullptr) return b;
    if (b == nullptr) return a;
    return MakeJoin(std::move(a), std::move(b));
  }
  OperatorPtr Bgp(TriplePattern triple) {
    if (recording_) edges_.push_back(triple);
    std::vector<TriplePattern> triples;
    triples.push_back(std::move(triple));
    return MakeBgp(std::move(triples));
  }

  const Schema& schema_;
  const GraphReader& reader_;
  const Meaning& meaning_;
  std::map<std::string, int> used_;
  std::vector<TriplePattern> edges_;
  bool recording_ = true;
  const bool statements_;
  std::vector<std::string> statement_names_;
};

std::string Translator::Fresh(std::string_view hint) {
  std::string name;
  for (char c : hint) {
    if (std::isalnum(static_cast<unsigned char>(c)) && static_cast<unsigned char>(c) < 128) {
      name.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    }
  }
  if (name.empty() || std::isdigit(static_cast<unsigned char>(name[0]))) name = "x";
  int& count = used_[name];
  ++count;
  return count == 1 ? name : Concat(name, count);
}

std::string Translator::NameFor(const Node& node) {
  std::string_view hint = "x";
  if (node.is_value()) hint = "value";
  if (!node.types.empty()) {
    std::string_view iri = node.types[0].value();
    size_t cut = iri.find_last_of("#/");
    if (cut != std::string_view::npos) hint = iri.substr(cut + 1);
    if (FamilyOf(iri) != LiteralFamily::kNone) hint = "value";
  }
  return Fresh(hint);
}

OperatorPtr Translator::TypePattern(const Types& types, const std::string& variable) {
  std::vector<Term> classes;
  for (const Term& type : types) {
    for (Term& sub : schema_.SubClasses(type)) {
      if (std::find(classes.begin(), classes.end(), sub) == classes.end()) {
        classes.push_back(std::move(sub));
      }
    }
  }
  const Term type = Term::Iri(iri::kRdfType);
  if (classes.size() == 1) {
    return MakeBgp([&] {
      std::vector<TriplePattern> t;
      t.push_back({Variable{variable}, type, classes[0]});
      return t;
    }());
  }
  const std::string cls = Fresh("class");
  auto table = std::make_unique<Operator>();
  table->type = OperatorType::kTable;
  table->variables = {{cls}};
  for (Term& c : classes) table->rows.push_back({std::move(c)});
  std::vector<TriplePattern> triples;
  triples.push_back({Variable{variable}, type, Variable{cls}});
  return MakeJoin(std::move(table), MakeBgp(std::move(triples)));
}

// All ways to go from one side to the other, one union branch each.
OperatorPtr Translator::Relate(const VarOrTerm& from, const Relation& relation,
                               const VarOrTerm& to) {
  struct Way {
    Term property;
    bool inverse;
  };
  std::vector<OperatorPtr> branches;
  std::set<std::string> seen;
  for (const Chain& chain : relation.chains) {
    bool transitive = false;
    std::vector<std::vector<Way>> hops;
    for (const Hop& hop : chain) {
      std::vector<Way> ways;
      for (const Term& sub : schema_.SubProperties(hop.property)) {
        ways.push_back({sub, hop.inverse});
        const Property* property = schema_.FindProperty(sub);
        if (property == nullptr) continue;
        if (property->symmetric) ways.push_back({sub, !hop.inverse});
        for (const Term& inverse : property->inverses) ways.push_back({inverse, !hop.inverse});
      }
      transitive |= hop.transitive;
      hops.push_back(std::move(ways));
    }
    if (transitive) {
      std::vector<PathPtr> steps;
      for (size_t i = 0; i < hops.size(); ++i) {
        std::vector<PathPtr> alternatives;
        for (const Way& way : hops[i]) {
          auto link = std::make_unique<Path>();
          link->iri = way.property;
          if (way.inverse) {
            auto inverse = std::make_unique<Path>();
            inverse->type = PathType::kInverse;
            inverse->parts.push_back(std::move(link));
            link = std::move(inverse);
          }
          alternatives.push_back(std::move(link));
        }
        PathPtr step = std::move(alternatives[0]);
        if (alternatives.size() > 1) {
          alternatives[0] = std::move(step);
          step = std::make_unique<Path>();
          step->type = PathType::kAlternative;
          step->parts = std::move(alternatives);
        }
        if (chain[i].transitive) {
          auto repeated = std::make_unique<Path>();
          repeated->type = PathType::kOneOrMore;
          repeated->parts.push_back(std::move(step));
          step = std::move(repeated);
        }
        steps.push_back(std::move(step));
      }
      auto op = std::make_unique<Operator>();
      op->type = OperatorType::kPath;
      op->subject = from;
      op->object = to;
      if (steps.size() == 1) {
        op->path = std::move(steps[0]);
      } else {
        op->path = std::make_unique<Path>();
        op->path->type = PathType::kSequence;
        op->path->parts = std::move(steps);
      }
      branches.push_back(std::move(op));
      // The plain triple is what a short path rests on.
      if (recording_ && chain.size() == 1) {
        for (const Way& way : hops[0]) {
          edges_.push_back(way.inverse ? TriplePattern{to, way.property, from}
                                       : TriplePattern{from, way.property, to});
        }
      }
      continue;
    }
    std::vector<std::vector<Way>> routes = {{}};
    for (const std::vector<Way>& ways : hops) {
      std::vector<std::vector<Way>> next;
      for (const std::vector<Way>& route : routes) {
        for (const Way& way : ways) {
          if (next.size() >= kMostBranches) break;
          next.push_back(route);
          next.back().push_back(way);
        }
      }
      routes = std::move(next);
    }
    for (const std::vector<Way>& route : routes) {
      std::string key;
      for (const Way& way : route) key += way.property.value() + (way.inverse ? "<" : ">");
      if (!seen.insert(key).second || branches.size() >= kMostBranches) continue;
      std::vector<TriplePattern> triples;
      VarOrTerm at = from;
      for (size_t i = 0; i < route.size(); ++i) {
        VarOrTerm next = i + 1 == route.size() ? to : VarOrTerm(Variable{Fresh("via")});
        TriplePattern triple = route[i].inverse ? TriplePattern{next, route[i].property, at}
                                                : TriplePattern{at, route[i].property, next};
        if (recording_) edges_.push_back(triple);
        triples.push_back(std::move(triple));
        at = next;
      }
      branches.push_back(MakeBgp(std::move(triples)));
      if (statements_ && recording_ && route.size() == 1) {
        const std::string name = Fresh("statement");
        statement_names_.push_back(name);
        const VarOrTerm& subject = route[0].inverse ? to : from;
        const VarOrTerm& object = route[0].inverse ? from : to;
        std::vector<TriplePattern> said;
        said.push_back({Variable{name}, Term::Iri(iri::kRdfSubject), subject});
        said.push_back({Variable{name}, Term::Iri(iri::kRdfPredicate), route[0].property});
        said.push_back({Variable{name}, Term::Iri(iri::kRdfObject), object});
        edges_.push_back(said[0]);
        branches.push_back(MakeBgp(std::move(said)));
      }
    }
  }
  OperatorPtr out;
  for (OperatorPtr& branch : branches) {
    out = out == nullptr ? std::move(branch) : MakeUnion(std::move(out), std::move(branch));
  }
  return out == nullptr ? MakeBgp({}) : std::move(out);
}

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
  return Join(std::move(op), Pattern(target, other));
}

ExpressionPtr Translator::WithinDate(const std::string& variable, const PartialDate& date) {
  ExpressionPtr text = Function("STR", MakeVariable(variable));
  const std::string month = date.month == 0 ? "" : Digits(date.month, 2);
  const std::string day = date.day == 0 ? "" : Digits(date.day, 2);
  std::string month_day = month.empty() ? "" : day.empty() ? month : Concat(month, "-", day);
  // A date without a year fits any year.
  std::string pattern = "^";
  pattern += date.year == 0      ? "([0-9]{4}|-)"
             : month_day.empty() ? Digits(date.year, 4)
                                 : Concat("(", Digits(date.year, 4), "|-)");
  if (!month_day.empty()) pattern += "-" + month_day;
  pattern += day.empty() ? "([-T]|$)" : "(T|Z|$)";
  return Function("REGEX", std::move(text), Text(pattern));
}

ExpressionPtr Translator::DateComparison(const std::string& variable, const PartialDate& date,
                                         Comparison comparison) {
  auto text = [&] { return Function("STR", MakeVariable(variable)); };
  std::string month_day = date.month == 0 ? "" : Digits(date.month, 2);
  if (date.day != 0) month_day += "-" + Digits(date.day, 2);
  std::string full = date.year == 0 ? "" : Digits(date.year, 4);
  if (!full.empty() && !month_day.empty()) full += "-" + month_day;
  // Text order is date order for ISO forms of one kind; behind a month or year
  // lies all of it, so its end is made larger than any day.
  const bool from_end =
      comparison == Comparison::kGreater || comparison == Comparison::kLessOrEqual;
  const bool whole_day = date.day != 0;
  auto bound = [&](std::string value) {
    if (from_end && !whole_day) value += "-99";
    return value;
  };
  const ExpressionType type = TypeOf(comparison);
  auto year_free = [&]() -> ExpressionPtr {
    if (month_day.empty()) return MakeTerm(Term::Boolean(false));
    return Call(type, Function("SUBSTR", text(), MakeTerm(Term::Integer(3))),
                Text(bound(month_day)));
  };
  ExpressionPtr dated = full.empty()
                            ? Call(type, Function("SUBSTR", text(), MakeTerm(Term::Integer(6))),
                                   Text(bound(month_day)))
                            : Call(type, text(), Text(bound(full)));
  std::vector<ExpressionPtr> branches;
  branches.push_back(Function("STRSTARTS", text(), Text("--")));
  branches.push_back(year_free());
  branches.push_back(std::move(dated));
  return MakeFunction("IF", std::move(branches));
}

OperatorPtr Translator::InDate(const Condition& condition, const std::string& variable) {
  const std::string value = Fresh("date");
  OperatorPtr op = Relate(Variable{variable}, condition.relation, Variable{value});
  const Node& target = *condition.target;
  if (target.date.empty()) {
    return MakeFilter(std::move(op),
                      Call(ExpressionType::kEqual, Function("STR", MakeVariable(value)),
                           Text(target.literal.value())));
  }
  if (target.date_end.has_value()) {
    op = MakeFilter(std::move(op), DateComparison(value, target.date, Comparison::kGreaterOrEqual));
    return MakeFilter(std::move(op),
                      DateComparison(value, *target.date_end, Comparison::kLessOrEqual));
  }
  return MakeFilter(std::move(op), WithinDate(value, target.date));
}

// VALUES (?value ?number): each literal in use and its place in order.
OperatorPtr Translator::ValueTable(const Term& property, const std::string& value,
                                   const std::string& number) {
  std::set<Term> values;
  for (const Term& sub : schema_.SubProperties(property)) {
    const TermId id = reader_.Id(sub);
    if (id.is_undefined()) continue;
    (void)reader_.Scan({TermId(), id, TermId()}, GraphScope::Union(), [&](const IdQuad& quad) {
      if (quad.object.is_literal()) values.insert(reader_.TermOf(quad.object));
      return values.size() < kMostValues;
    });
  }
  auto table = std::make_unique<Operator>();
  table->type = OperatorType::kTable;
  table->variables = {{value}, {number}};
  int year = 0;
  for (const Term& term : values) {
    if (std::optional<PartialDate> date = PartialDateOf(term)) year = std::max(year, date->year);
  }
  for (const Term& term : values) {
    double order = 0;
    if (FamilyOf(term.datatype()) == LiteralFamily::kDuration) {
      std::string_view text = term.value();
      double amount = 0;
      bool time = false;
      for (char c : text) {
        if (c >= '0' && c <= '9') {
          amount = amount * 10 + (c - '0');
        } else if (c == 'T') {
          time = true;
        } else {
          const double unit = c == 'Y'   ? 31536000
                              : c == 'M' ? (time ? 60 : 2592000)
                              : c == 'W' ? 604800
                              : c == 'D' ? 86400
                              : c == 'H' ? 3600
                              : c == 'S' ? 1
                                         : 0;
          order += amount * unit;
          amount = 0;
        }
      }
    } else if (std::optional<PartialDate> date = PartialDateOf(term)) {
      // A date without a year counts as one of the newest year.
      order = (date->year == 0 ? year : date->year) * 10000.0 + date->month * 100 + date->day;
    } else {
      continue;
    }
    table->rows.push_back(
        {term, Term::Literal(std::to_string(static_cast<int64_t>(order)), SANAD_XSD_NS "integer")});
  }
  return table;
}

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
  if (extreme.first > 1) {
    // The last of the first N; all that reach it stay, so ties do.
    sub = MakeDistinct(MakeProject(std::move(sub), {{inner}, {inner_number}}));
    auto order = std::make_unique<Operator>();
    order->type = OperatorType::kOrderBy;
    order->left = std::move(sub);
    algebra::OrderCondition by;
    by.expression = MakeVariable(inner_number);
    by.descending = extreme.direction > 0;
    order->order.push_back(std::move(by));
    sub = algebra::MakeSlice(MakeProject(std::move(order), {{inner_number}}), 0,
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
    op = Join(std::move(op), ValueTable(property, value, a));
    op = Join(std::move(op), ValueTable(property, other_value, b));
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

}  // namespace

Translation Translate(const Schema& schema, const GraphReader& reader, const Meaning& meaning,
                      bool statements) {
  return Translator(schema, reader, meaning, statements).Run();
}

}  // namespace sanad::question
