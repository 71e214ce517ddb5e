// Comparison by value class. Ids decide where they can: equal ids of terms that
// are not numbers are equal, different ids of IRIs, blank nodes or strings are
// different; terms are read only for the rest.

#include "query/expression/compare.h"

#include "storage/model/lexical.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

// A literal taken apart once, as the comparison operators see it.
struct Operand {
  enum class Class : uint8_t {
    kResource,
    kNumeric,
    kString,
    kLangString,
    kBoolean,
    kDateTime,
    kDuration,
    kUnknown,
  };
  Class kind = Class::kUnknown;
  bool boolean = false;
  std::optional<Numeric> number;
  std::optional<DateTimeValue> date_time;
  std::optional<DurationValue> duration;
  const Term* term = nullptr;
};

Operand Classify(const Value& value, QueryContext& context) {
  Operand operand;
  if (value.type() == Value::Type::kBoolean) {
    operand.kind = Operand::Class::kBoolean;
    operand.boolean = value.boolean();
    return operand;
  }
  if ((operand.number = value.AsNumeric(context))) {
    operand.kind = Operand::Class::kNumeric;
    return operand;
  }
  const Term& term = value.AsTerm(context);
  operand.term = &term;
  if (!term.is_literal()) {
    operand.kind = Operand::Class::kResource;
  } else if (!term.language().empty()) {
    operand.kind = Operand::Class::kLangString;
  } else if (IsSimpleLiteral(term)) {
    operand.kind = Operand::Class::kString;
  } else if (term.datatype() == SANAD_XSD_NS "boolean") {
    if (auto boolean = ParseBoolean(term.value())) {
      operand.kind = Operand::Class::kBoolean;
      operand.boolean = *boolean;
    }
  } else if ((operand.date_time = ToDateTime(term))) {
    operand.kind = Operand::Class::kDateTime;
  } else if ((operand.duration = ToDuration(term))) {
    operand.kind = Operand::Class::kDuration;
  }
  return operand;
}

bool IsPlainString(TermKind kind) {
  return kind == TermKind::kString || kind == TermKind::kShortString;
}
bool IsResource(TermKind kind) { return kind == TermKind::kIri || kind == TermKind::kBlankNode; }

// What the ids alone say about equality.
std::optional<bool> EqualById(TermId a, TermId b) {
  if (a == b &&
      (IsResource(a.kind()) || IsPlainString(a.kind()) || a.kind() == TermKind::kInteger ||
       a.kind() == TermKind::kDecimal || a.kind() == TermKind::kBoolean)) {
    return true;
  }
  if (IsResource(a.kind()) && b.kind() != TermKind::kQueryLocal) return a == b;
  if (IsResource(b.kind()) && a.kind() != TermKind::kQueryLocal) return a == b;
  if (IsPlainString(a.kind()) && IsPlainString(b.kind())) return a == b;
  if (a.kind() == TermKind::kInteger && b.kind() == TermKind::kInteger) {
    return IntegerOf(a) == IntegerOf(b);
  }
  return std::nullopt;
}

std::optional<bool> FromOrdering(std::partial_ordering order, bool same_type) {
  if (order == std::partial_ordering::unordered && !same_type) return std::nullopt;
  return order == std::partial_ordering::equivalent;
}

}  // namespace

std::optional<bool> Equal(const Value& a, const Value& b, QueryContext& context) {
  if (a.is_error() || b.is_error()) return std::nullopt;
  if (a.type() == Value::Type::kId && b.type() == Value::Type::kId) {
    if (auto known = EqualById(a.id(), b.id())) return known;
  }
  const Operand x = Classify(a, context);
  const Operand y = Classify(b, context);
  using Class = Operand::Class;
  if (x.kind == Class::kResource || y.kind == Class::kResource) {
    return x.kind == y.kind && *x.term == *y.term;
  }
  if (x.kind == Class::kUnknown || y.kind == Class::kUnknown) {
    if (x.kind == y.kind && *x.term == *y.term) return true;
    // A language tag is part of the value: no other literal equals it.
    if (x.kind == Class::kLangString || y.kind == Class::kLangString) return false;
    return std::nullopt;
  }
  if (x.kind != y.kind) return false;
  switch (x.kind) {
    case Class::kNumeric:
      return Compare(*x.number, *y.number) == std::partial_ordering::equivalent;
    case Class::kBoolean:
      return x.boolean == y.boolean;
    case Class::kDateTime:
      if (x.date_time->type != y.date_time->type) return false;
      return FromOrdering(Compare(*x.date_time, *y.date_time), false);
    case Class::kDuration:
      return FromOrdering(Compare(*x.duration, *y.duration), true);
    default:
      return *x.term == *y.term;
  }
}

std::optional<std::partial_ordering> Order(const Value& a, const Value& b, QueryContext& context) {
  if (a.is_error() || b.is_error()) return std::nullopt;
  if (a.type() == Value::Type::kId && b.type() == Value::Type::kId &&
      a.id().kind() == TermKind::kInteger && b.id().kind() == TermKind::kInteger) {
    return IntegerOf(a.id()) <=> IntegerOf(b.id());
  }
  if (a.type() == Value::Type::kId && b.type() == Value::Type::kId &&
      IsPlainString(a.id().kind()) && IsPlainString(b.id().kind())) {
    // Short strings are in their own order as ids.
    if (a.id().kind() == TermKind::kShortString && b.id().kind() == TermKind::kShortString) {
      return a.id() <=> b.id();
    }
    return context.terms().Get(a.id()).value().compare(context.terms().Get(b.id()).value()) <=> 0;
  }
  const Operand x = Classify(a, context);
  const Operand y = Classify(b, context);
  using Class = Operand::Class;
  if (x.kind != y.kind) return std::nullopt;
  switch (x.kind) {
    case Class::kNumeric:
      return Compare(*x.number, *y.number);
    case Class::kString:
      return x.term->value().compare(y.term->value()) <=> 0;
    case Class::kBoolean:
      return x.boolean <=> y.boolean;
    case Class::kDateTime:
    case Class::kDuration: {
      if (x.kind == Class::kDateTime && x.date_time->type != y.date_time->type) return std::nullopt;
      const std::partial_ordering order = x.kind == Class::kDateTime
                                              ? Compare(*x.date_time, *y.date_time)
                                              : Compare(*x.duration, *y.duration);
      if (order == std::partial_ordering::unordered) return std::nullopt;
      return order;
    }
    default:
      return std::nullopt;
  }
}

SortKey SortKeyOf(const Value& value, QueryContext& context) {
  SortKey key;
  if (value.is_error()) return key;
  if (auto number = value.AsNumeric(context)) {
    key.kind = SortKey::Class::kNumber;
    key.number = *number;
    return key;
  }
  const Term& term = value.AsTerm(context);
  key.text = term.value();
  if (term.is_blank_node()) {
    key.kind = SortKey::Class::kBlankNode;
  } else if (term.is_iri()) {
    key.kind = SortKey::Class::kIri;
  } else if (!term.language().empty()) {
    key.kind = SortKey::Class::kLangString;
    key.suffix = AsciiLower(term.language());
  } else if (IsSimpleLiteral(term)) {
    key.kind = SortKey::Class::kString;
  } else {
    const Operand operand = Classify(value, context);
    key.suffix = std::string(term.datatype());
    if (operand.kind == Operand::Class::kBoolean) {
      key.kind = SortKey::Class::kBoolean;
      key.number = Numeric::Integer(operand.boolean ? 1 : 0);
    } else if (operand.kind == Operand::Class::kDateTime) {
      key.kind = SortKey::Class::kDateTime;
      key.subtype = static_cast<uint8_t>(operand.date_time->type);
      key.number = Numeric::FromDecimal(operand.date_time->ToInstant());
    } else if (operand.kind == Operand::Class::kDuration) {
      // Months at their mean length: a total order that agrees with the partial one.
      key.kind = SortKey::Class::kDuration;
      key.number = Numeric::Double(static_cast<double>(operand.duration->months) * 2629746.0 +
                                   operand.duration->seconds.ToDouble());
    } else {
      key.kind = SortKey::Class::kOther;
    }
  }
  return key;
}

std::weak_ordering Compare(const SortKey& a, const SortKey& b) {
  if (a.kind != b.kind) return a.kind <=> b.kind;
  if (a.kind == SortKey::Class::kNumber) return CompareTotally(a.number, b.number);
  if (a.subtype != b.subtype) return a.subtype <=> b.subtype;
  if (a.kind >= SortKey::Class::kBoolean && a.kind <= SortKey::Class::kDuration) {
    const std::weak_ordering order = CompareTotally(a.number, b.number);
    if (order != std::weak_ordering::equivalent) return order;
  }
  if (const int order = a.text.compare(b.text); order != 0) return order <=> 0;
  return a.suffix.compare(b.suffix) <=> 0;
}

}  // namespace sanad
