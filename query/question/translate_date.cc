// Dates of several datatypes compared as text, and tables of the values in use
// with their place in order, for durations and dates of several forms.

#include "query/question/translator.h"

#include <algorithm>
#include <set>

#include "language/dates.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {

using algebra::ExpressionPtr;
using algebra::ExpressionType;
using algebra::MakeFilter;
using algebra::MakeFunction;
using algebra::MakeTerm;
using algebra::MakeVariable;
using algebra::Operator;
using algebra::OperatorPtr;
using algebra::OperatorType;
using algebra::Variable;
namespace {

constexpr size_t kMostValues = 5000;  // Distinct values put into a table.

std::string Digits(int value, size_t width) {
  std::string out = std::to_string(value);
  while (out.size() < width) out.insert(out.begin(), '0');
  return out;
}

}  // namespace

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
  std::set<Term> values, exceeded;
  for (const Term& sub : schema_.SubProperties(property)) {
    const TermId id = reader_.Id(sub);
    if (id.is_undefined()) continue;
    // "More than four hours" is more than "four hours".
    const bool more = !reader_.Objects(id, reader_.Id(SANAD_NS "exceeds"), true).empty();
    reader_.Scan({TermId(), id, TermId()}, GraphScope::Union(), [&](const IdQuad& quad) {
      if (quad.object.is_literal()) {
        const Term term = reader_.TermOf(quad.object);
        values.insert(term);
        if (more) exceeded.insert(term);
      }
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
    if (exceeded.contains(term)) order += 1;
    table->rows.push_back(
        {term, Term::Literal(std::to_string(static_cast<int64_t>(order)), SANAD_XSD_NS "integer")});
  }
  return table;
}

}  // namespace sanad::question
