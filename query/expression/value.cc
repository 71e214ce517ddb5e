// Conversions among the forms of a value; each goes through a term only where
// no shorter way exists.

#include "query/expression/value.h"

#include <utility>

#include "storage/model/vocabulary.h"

namespace sanad {

Value Value::Of(TermId id) {
  Value value;
  if (id.is_undefined()) return value;
  value.type_ = Type::kId;
  value.id_ = id;
  return value;
}

Value Value::Of(Term term) {
  Value value;
  if (term.is_undefined()) return value;
  value.type_ = Type::kTerm;
  value.term_ = std::move(term);
  return value;
}

Value Value::Of(const Numeric& number) {
  Value value;
  value.type_ = Type::kNumeric;
  value.numeric_ = number;
  return value;
}

Value Value::Of(const std::optional<Numeric>& number) { return number ? Of(*number) : Error(); }

Value Value::Boolean(bool boolean) {
  Value value;
  value.type_ = Type::kBoolean;
  value.boolean_ = boolean;
  return value;
}

Value Value::Boolean(std::optional<bool> boolean) { return boolean ? Boolean(*boolean) : Error(); }

const Term& Value::AsTerm(QueryContext& context) const {
  switch (type_) {
    case Type::kId:
      return context.terms().Get(id_);
    case Type::kNumeric:
      if (term_.is_undefined()) term_ = numeric_.ToTerm();
      return term_;
    case Type::kBoolean:
      if (term_.is_undefined()) term_ = Term::Boolean(boolean_);
      return term_;
    case Type::kError:
    case Type::kTerm:
      break;
  }
  return term_;
}

TermId Value::AsId(QueryContext& context) const {
  if (type_ == Type::kId) return id_;
  if (type_ == Type::kError) return TermId::Undefined();
  return context.terms().Intern(AsTerm(context));
}

std::optional<Numeric> Value::AsNumeric(QueryContext& context) const {
  if (type_ == Type::kNumeric) return numeric_;
  if (type_ == Type::kBoolean || type_ == Type::kError) return std::nullopt;
  if (type_ == Type::kId) {
    switch (id_.kind()) {
      case TermKind::kInteger:
        return Numeric::Integer(IntegerOf(id_));
      case TermKind::kDecimal:
      case TermKind::kDouble:
      case TermKind::kFloat:
      case TermKind::kTypedLiteral:
      case TermKind::kQueryLocal:
        break;
      default:
        return std::nullopt;
    }
  }
  return ToNumeric(AsTerm(context));
}

std::optional<bool> Value::EffectiveBoolean(QueryContext& context) const {
  if (type_ == Type::kBoolean) return boolean_;
  if (type_ == Type::kError) return std::nullopt;
  if (type_ == Type::kId) {
    if (id_.kind() == TermKind::kBoolean) return (id_.payload() & 1) != 0;
    if (id_.kind() == TermKind::kInteger) return IntegerOf(id_) != 0;
  }
  if (auto number = AsNumeric(context)) {
    if (number->is_exact()) return !number->decimal.is_zero();
    return !number->is_nan() && number->real != 0;
  }
  const Term& term = AsTerm(context);
  if (!term.is_literal()) return std::nullopt;
  if (IsStringLiteral(term)) return !term.value().empty();
  if (term.datatype() == SANAD_XSD_NS "boolean") {
    return ParseBoolean(term.value()).value_or(false);
  }
  // An ill-formed number is false.
  if (NumericTypeOf(term.datatype())) return false;
  return std::nullopt;
}

bool IsSimpleLiteral(const Term& term) {
  return term.is_literal() && term.language().empty() && term.datatype() == SANAD_XSD_NS "string";
}

bool IsStringLiteral(const Term& term) {
  return term.is_literal() &&
         (!term.language().empty() || term.datatype() == SANAD_XSD_NS "string");
}

}  // namespace sanad
