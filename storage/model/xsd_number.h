// XSD numbers as values: integer, decimal, float and double with the promotion,
// arithmetic, comparison and rounding of XPath Functions and Operators 3.1
// (section 4), and their lexical forms (XML Schema Datatypes 1.1).
//
// Integers and decimals are exact with up to 38 digits (128-bit coefficient and
// a decimal scale); what does not fit is an overflow, reported as nullopt and
// never wrapped. Quotients keep at least 18 significant digits.
//
//   std::optional<Numeric> a = ParseNumeric("1.50", iri::kXsdDecimal);
//   std::optional<Numeric> b = Add(*a, Numeric::Integer(2));
//   b->ToTerm();                                     // "3.5"^^xsd:decimal
//
// All functions are pure and thread-safe.

#ifndef SANAD_STORAGE_MODEL_XSD_NUMBER_H_
#define SANAD_STORAGE_MODEL_XSD_NUMBER_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <sanad/term.h>

namespace sanad {

// coefficient × 10^-scale, 0 ≤ scale ≤ 38, without trailing zeros in the
// fraction: equal values have equal members.
struct Decimal {
  __int128 coefficient = 0;
  int scale = 0;

  static constexpr Decimal FromInteger(__int128 value) { return {value, 0}; }
  // xs:decimal lexical form ([+-]?digits with an optional point). nullopt for
  // other text and for more than 38 integer digits; further fraction digits
  // are rounded half to even.
  static std::optional<Decimal> Parse(std::string_view lexical);
  // The shortest decimal that reads back as `value`; nullopt for NaN,
  // infinities and overflow.
  static std::optional<Decimal> FromDouble(double value);

  bool is_integer() const { return scale == 0; }
  bool is_negative() const { return coefficient < 0; }
  bool is_zero() const { return coefficient == 0; }
  // The value rounded towards zero, when int64 holds it.
  std::optional<int64_t> ToInt64() const;
  // Correctly rounded.
  double ToDouble() const;
  float ToFloat() const;
  // XPath's canonical form: "12", "12.5", "-0.05".
  std::string ToString() const;

  friend bool operator==(const Decimal&, const Decimal&) = default;
};

std::strong_ordering Compare(const Decimal& a, const Decimal& b);
std::optional<Decimal> Add(const Decimal& a, const Decimal& b);
std::optional<Decimal> Subtract(const Decimal& a, const Decimal& b);
std::optional<Decimal> Multiply(const Decimal& a, const Decimal& b);
// nullopt also for a zero divisor.
std::optional<Decimal> Divide(const Decimal& a, const Decimal& b);
Decimal Truncate(const Decimal& a);  // Towards zero.
Decimal Floor(const Decimal& a);
Decimal Ceil(const Decimal& a);
Decimal Round(const Decimal& a);  // Half towards positive infinity (fn:round).

// In promotion order.
enum class NumericType : uint8_t { kInteger, kDecimal, kFloat, kDouble };

// The type named by a datatype IRI; the twelve types derived from xsd:integer
// give kInteger. nullopt for every other datatype.
std::optional<NumericType> NumericTypeOf(std::string_view datatype_iri);
std::string_view DatatypeIri(NumericType type);

struct Numeric {
  NumericType type = NumericType::kInteger;
  Decimal decimal;  // kInteger (scale 0) and kDecimal.
  double real = 0;  // kFloat (a value that float holds) and kDouble.

  static Numeric Integer(int64_t value);
  static Numeric FromDecimal(const Decimal& value);
  static Numeric Float(float value);
  static Numeric Double(double value);

  bool is_exact() const { return type <= NumericType::kDecimal; }
  bool is_nan() const { return !is_exact() && real != real; }
  double ToDouble() const { return is_exact() ? decimal.ToDouble() : real; }

  // The lexical form of ToTerm(): "12", "12.5", XSD's canonical "1.25E1",
  // "INF", "-INF", "NaN".
  std::string ToLexical() const;
  // fn:string of the value: a float or double between 10^-6 and 10^6 is written
  // as a decimal ("12.5", "100"), others as in ToLexical().
  std::string ToXPathString() const;
  // A literal of datatype xsd:integer, decimal, float or double.
  Term ToTerm() const;
};

// The value of a literal. nullopt when the datatype is not numeric, the lexical
// form is not in its lexical space, or the value is outside a derived integer
// type's range or beyond 38 digits. White space is not trimmed: RDF 1.1 takes
// lexical forms as they are; casts pass TrimXmlSpace(text).
std::optional<Numeric> ParseNumeric(std::string_view lexical, std::string_view datatype_iri);
// The same for a term; nullopt for terms that are not literals.
std::optional<Numeric> ToNumeric(const Term& term);

// Arithmetic on the promoted type; integer ÷ integer is a decimal. nullopt:
// overflow, or an integer or decimal zero divisor.
std::optional<Numeric> Add(const Numeric& a, const Numeric& b);
std::optional<Numeric> Subtract(const Numeric& a, const Numeric& b);
std::optional<Numeric> Multiply(const Numeric& a, const Numeric& b);
std::optional<Numeric> Divide(const Numeric& a, const Numeric& b);
Numeric Negate(const Numeric& a);
Numeric Abs(const Numeric& a);
Numeric Ceil(const Numeric& a);
Numeric Floor(const Numeric& a);
Numeric Round(const Numeric& a);

// Unordered with a NaN. Equal values of different types are equivalent.
std::partial_ordering Compare(const Numeric& a, const Numeric& b);
// A total order by value for ORDER BY and MIN/MAX: NaN below every number.
std::weak_ordering CompareTotally(const Numeric& a, const Numeric& b);

// The XPath cast between numeric types. nullopt: NaN or infinity to an exact
// type, or overflow.
std::optional<Numeric> Cast(const Numeric& value, NumericType type);

// XSD canonical forms: "1.0E0", "1.25E-7", "INF", "-INF", "NaN".
std::string CanonicalDouble(double value);
std::string CanonicalFloat(float value);
// XSD lexical forms of double and float ("INF", "+INF", "-INF", "NaN", numbers,
// no hexadecimal). Values beyond the range become infinities or zero.
std::optional<double> ParseDouble(std::string_view lexical);
std::optional<float> ParseFloat(std::string_view lexical);

// "true", "false", "1", "0".
std::optional<bool> ParseBoolean(std::string_view lexical);

}  // namespace sanad

#endif  // SANAD_STORAGE_MODEL_XSD_NUMBER_H_
