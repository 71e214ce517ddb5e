// Values of expressions: an id, a term, a number, a boolean or an error.
//
// A variable's value stays an id as long as nobody looks inside, so that its
// lexical form survives and terms are read only where a function needs them. An
// expression error (SPARQL 1.1, section 17.2) is a value too.

#ifndef SANAD_QUERY_EXPRESSION_VALUE_H_
#define SANAD_QUERY_EXPRESSION_VALUE_H_

#include <optional>
#include <string>
#include <string_view>

#include <sanad/term.h>
#include "query/expression/query_context.h"
#include "storage/encoding/term_id.h"
#include "storage/model/xsd_number.h"

namespace sanad {

// A plain value. Thread-compatible.
class Value {
 public:
  enum class Type : uint8_t { kError, kId, kTerm, kNumeric, kBoolean };

  Value() = default;  // An error; also what an unbound variable gives.
  static Value Error() { return Value(); }
  static Value Of(TermId id);  // Undefined: an error.
  static Value Of(Term term);
  static Value Of(const Numeric& number);
  static Value Of(const std::optional<Numeric>& number);  // nullopt: an error.
  static Value Integer(int64_t value) { return Of(Numeric::Integer(value)); }
  static Value Boolean(bool value);
  // nullopt: an error.
  static Value Boolean(std::optional<bool> value);
  static Value String(std::string_view text) { return Of(Term::String(text)); }

  Type type() const { return type_; }
  bool is_error() const { return type_ == Type::kError; }
  TermId id() const { return id_; }
  bool boolean() const { return boolean_; }
  const Numeric& numeric() const { return numeric_; }

  // The value as a term; undefined for an error. Valid until the value changes
  // or TermDictionary::Trim().
  const Term& AsTerm(QueryContext& context) const;
  // Its id in the query, computed terms interned. Undefined for an error.
  TermId AsId(QueryContext& context) const;
  // Its number, or nullopt where it is not a well-formed numeric literal.
  std::optional<Numeric> AsNumeric(QueryContext& context) const;
  // The effective boolean value (section 17.2.2); nullopt: a type error.
  std::optional<bool> EffectiveBoolean(QueryContext& context) const;

 private:
  Type type_ = Type::kError;
  bool boolean_ = false;
  TermId id_;
  Numeric numeric_;
  mutable Term term_;
};

// The value of an inlined integer id. REQUIRES: kind() == kInteger.
constexpr int64_t IntegerOf(TermId id) {
  return static_cast<int64_t>(id.payload() >> 4) - (int64_t{1} << 55);
}

// True for simple literals and language-tagged strings.
bool IsStringLiteral(const Term& term);
// True for simple literals (xsd:string) only.
bool IsSimpleLiteral(const Term& term);

}  // namespace sanad

#endif  // SANAD_QUERY_EXPRESSION_VALUE_H_
