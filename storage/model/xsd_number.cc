// XSD numeric literals: lexical spaces, promotion, arithmetic and casts.
//
// Exact types compute in Decimal; float and double in the machine's types,
// float results rounded to float after each operation (IEEE 754).

#include "storage/model/xsd_number.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <system_error>
#include <utility>

#include "storage/model/integer_types.h"
#include "storage/model/lexical.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

// Whether a positive number that no float holds is too large, not too small: by
// the decimal exponent of its first digit that is not zero.
bool IsHuge(std::string_view text) {
  const size_t e = std::min(text.find_first_of("eE"), text.size());
  const std::string_view mantissa = text.substr(0, e);
  const size_t first = mantissa.find_first_of("123456789");
  const size_t point = std::min(mantissa.find('.'), mantissa.size());
  const int64_t position =
      first < point ? static_cast<int64_t>(point - first) : -static_cast<int64_t>(first - point);
  if (e == text.size()) return position > 0;
  std::string_view digits = text.substr(e + 1);
  const bool negative = digits[0] == '-';
  if (digits[0] == '-' || digits[0] == '+') digits.remove_prefix(1);
  int64_t exponent = 0;
  for (const char c : digits)
    exponent = std::min<int64_t>(exponent * 10 + (c - '0'), INT64_MAX / 20);
  return position + (negative ? -exponent : exponent) > 0;
}

// XSD's double and float: ClassifyNumber's forms, "5." and the special values.
template <typename T>
std::optional<T> ParseReal(std::string_view text) {
  constexpr T kInfinity = std::numeric_limits<T>::infinity();
  if (text == "INF" || text == "+INF") return kInfinity;
  if (text == "-INF") return -kInfinity;
  if (text == "NaN") return std::numeric_limits<T>::quiet_NaN();
  for (const char c : text) {
    if (std::strchr("0123456789+-.eE", c) == nullptr || c == '\0') return std::nullopt;
  }
  const bool negative = !text.empty() && text[0] == '-';
  std::string_view magnitude = text;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) magnitude.remove_prefix(1);
  if (magnitude.empty() || magnitude[0] == '-' || magnitude[0] == '+') return std::nullopt;
  T value = 0;
  const char* const end = magnitude.data() + magnitude.size();
  const auto result = std::from_chars(magnitude.data(), end, value);
  if (result.ptr != end || result.ec == std::errc::invalid_argument) return std::nullopt;
  if (result.ec == std::errc::result_out_of_range) {
    value = IsHuge(magnitude) ? kInfinity : T{0};
  }
  return negative ? -value : value;
}

template <typename T>
std::string CanonicalReal(T value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "INF" : "-INF";
  char buffer[64];
  const auto result =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific);
  const std::string_view text(buffer, static_cast<size_t>(result.ptr - buffer));
  const size_t e = text.find('e');
  std::string out(text.substr(0, e));
  if (out.find('.') == std::string::npos) out += ".0";
  out += 'E';
  std::string_view exponent = text.substr(e + 1);
  if (exponent[0] == '-') out += '-';
  exponent.remove_prefix(1);
  while (exponent.size() > 1 && exponent[0] == '0') exponent.remove_prefix(1);
  return out.append(exponent);
}

template <typename T>
std::string XPathReal(T value) {
  const T magnitude = std::abs(value);
  if (value == 0) return std::signbit(value) ? "-0" : "0";
  if (!(magnitude >= T(1e-6) && magnitude < T(1e6))) return CanonicalReal(value);
  char buffer[64];
  const auto result =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed);
  return std::string(buffer, result.ptr);
}

NumericType Promoted(const Numeric& a, const Numeric& b) { return std::max(a.type, b.type); }

Numeric Real(NumericType type, double value) {
  return type == NumericType::kFloat ? Numeric::Float(static_cast<float>(value))
                                     : Numeric::Double(value);
}

// The value in the arithmetic of a promoted float or double.
double RealOperand(const Numeric& value, NumericType type) {
  if (!value.is_exact()) return value.real;
  return type == NumericType::kFloat ? static_cast<double>(value.decimal.ToFloat())
                                     : value.decimal.ToDouble();
}

std::optional<Numeric> Exact(NumericType type, const std::optional<Decimal>& value) {
  if (!value) return std::nullopt;
  return Numeric{type, *value, 0};
}

// Applies `exact` to integers and decimals, `real` to floats and doubles.
template <typename ExactOperation, typename RealOperation>
std::optional<Numeric> Apply(const Numeric& a, const Numeric& b, ExactOperation exact,
                             RealOperation real) {
  const NumericType type = Promoted(a, b);
  if (type <= NumericType::kDecimal) return Exact(type, exact(a.decimal, b.decimal));
  return Real(type, real(RealOperand(a, type), RealOperand(b, type)));
}

template <typename ExactOperation, typename RealOperation>
Numeric ApplyUnary(const Numeric& a, ExactOperation exact, RealOperation real) {
  if (a.is_exact()) return {a.type, exact(a.decimal), 0};
  return Real(a.type, real(a.real));
}

}  // namespace

std::optional<NumericType> NumericTypeOf(std::string_view datatype_iri) {
  if (!datatype_iri.starts_with(SANAD_XSD_NS)) return std::nullopt;
  if (datatype_iri == iri::kXsdDecimal) return NumericType::kDecimal;
  if (datatype_iri == iri::kXsdDouble) return NumericType::kDouble;
  if (datatype_iri == iri::kXsdFloat) return NumericType::kFloat;
  if (IntegerTypeOf(datatype_iri)) return NumericType::kInteger;
  return std::nullopt;
}

std::string_view DatatypeIri(NumericType type) {
  switch (type) {
    case NumericType::kInteger:
      return iri::kXsdInteger;
    case NumericType::kDecimal:
      return iri::kXsdDecimal;
    case NumericType::kFloat:
      return iri::kXsdFloat;
    case NumericType::kDouble:
      return iri::kXsdDouble;
  }
  return {};
}

Numeric Numeric::Integer(int64_t value) {
  return {NumericType::kInteger, Decimal::FromInteger(value), 0};
}
Numeric Numeric::FromDecimal(const Decimal& value) { return {NumericType::kDecimal, value, 0}; }
Numeric Numeric::Float(float value) {
  return {NumericType::kFloat, {}, static_cast<double>(value)};
}
Numeric Numeric::Double(double value) { return {NumericType::kDouble, {}, value}; }

std::string Numeric::ToLexical() const {
  if (is_exact()) return decimal.ToString();
  return type == NumericType::kFloat ? CanonicalFloat(static_cast<float>(real))
                                     : CanonicalDouble(real);
}

std::string Numeric::ToXPathString() const {
  if (is_exact()) return decimal.ToString();
  return type == NumericType::kFloat ? XPathReal(static_cast<float>(real)) : XPathReal(real);
}

Term Numeric::ToTerm() const { return Term::Literal(ToLexical(), DatatypeIri(type)); }

std::optional<Numeric> ParseNumeric(std::string_view lexical, std::string_view datatype_iri) {
  const std::optional<NumericType> type = NumericTypeOf(datatype_iri);
  if (!type) return std::nullopt;
  switch (*type) {
    case NumericType::kDouble:
      if (const auto value = ParseDouble(lexical)) return Numeric::Double(*value);
      return std::nullopt;
    case NumericType::kFloat:
      if (const auto value = ParseFloat(lexical)) return Numeric::Float(*value);
      return std::nullopt;
    case NumericType::kDecimal:
      return Exact(*type, Decimal::Parse(lexical));
    case NumericType::kInteger:
      break;
  }
  if (lexical.find('.') != std::string_view::npos) return std::nullopt;
  const std::optional<Decimal> value = Decimal::Parse(lexical);
  if (!value || !IsInRange(*IntegerTypeOf(datatype_iri), value->coefficient)) return std::nullopt;
  return Exact(*type, value);
}

std::optional<Numeric> ToNumeric(const Term& term) {
  if (!term.is_literal()) return std::nullopt;
  return ParseNumeric(term.value(), term.datatype());
}

std::optional<Numeric> Add(const Numeric& a, const Numeric& b) {
  return Apply(
      a, b, [](const Decimal& x, const Decimal& y) { return Add(x, y); },
      [](double x, double y) { return x + y; });
}

std::optional<Numeric> Subtract(const Numeric& a, const Numeric& b) {
  return Apply(
      a, b, [](const Decimal& x, const Decimal& y) { return Subtract(x, y); },
      [](double x, double y) { return x - y; });
}

std::optional<Numeric> Multiply(const Numeric& a, const Numeric& b) {
  return Apply(
      a, b, [](const Decimal& x, const Decimal& y) { return Multiply(x, y); },
      [](double x, double y) { return x * y; });
}

std::optional<Numeric> Divide(const Numeric& a, const Numeric& b) {
  std::optional<Numeric> result = Apply(
      a, b, [](const Decimal& x, const Decimal& y) { return Divide(x, y); },
      [](double x, double y) { return x / y; });
  if (result && result->type == NumericType::kInteger) result->type = NumericType::kDecimal;
  return result;
}

Numeric Negate(const Numeric& a) {
  return ApplyUnary(
      a,
      [](const Decimal& x) {
        return Decimal{-x.coefficient, x.scale};
      },
      [](double x) { return -x; });
}

Numeric Abs(const Numeric& a) {
  return ApplyUnary(
      a,
      [](const Decimal& x) {
        return x.is_negative() ? Decimal{-x.coefficient, x.scale} : x;
      },
      [](double x) { return std::abs(x); });
}

Numeric Ceil(const Numeric& a) {
  return ApplyUnary(
      a, [](const Decimal& x) { return Ceil(x); }, [](double x) { return std::ceil(x); });
}

Numeric Floor(const Numeric& a) {
  return ApplyUnary(
      a, [](const Decimal& x) { return Floor(x); }, [](double x) { return std::floor(x); });
}

Numeric Round(const Numeric& a) {
  return ApplyUnary(
      a, [](const Decimal& x) { return Round(x); },
      [](double x) {
        // floor(x + 0.5) would round 0.49999999999999994 up.
        const double below = std::floor(x);
        const double rounded = x - below >= 0.5 ? below + 1 : below;
        return rounded == 0 && std::signbit(x) ? -0.0 : rounded;
      });
}

std::partial_ordering Compare(const Numeric& a, const Numeric& b) {
  const NumericType type = Promoted(a, b);
  if (type <= NumericType::kDecimal) return Compare(a.decimal, b.decimal);
  return RealOperand(a, type) <=> RealOperand(b, type);
}

std::weak_ordering CompareTotally(const Numeric& a, const Numeric& b) {
  if (a.is_nan() || b.is_nan()) return b.is_nan() <=> a.is_nan();
  const std::partial_ordering order = Compare(a, b);
  if (order < 0) return std::weak_ordering::less;
  return order > 0 ? std::weak_ordering::greater : std::weak_ordering::equivalent;
}

std::optional<Numeric> Cast(const Numeric& value, NumericType type) {
  if (type >= NumericType::kFloat) return Real(type, RealOperand(value, type));
  const std::optional<Decimal> exact =
      value.is_exact() ? value.decimal : Decimal::FromDouble(value.real);
  if (!exact) return std::nullopt;
  return Numeric{type, type == NumericType::kInteger ? Truncate(*exact) : *exact, 0};
}

std::string CanonicalDouble(double value) { return CanonicalReal(value); }
std::string CanonicalFloat(float value) { return CanonicalReal(value); }
std::optional<double> ParseDouble(std::string_view lexical) { return ParseReal<double>(lexical); }
std::optional<float> ParseFloat(std::string_view lexical) { return ParseReal<float>(lexical); }

std::optional<bool> ParseBoolean(std::string_view lexical) {
  if (lexical == "true" || lexical == "1") return true;
  if (lexical == "false" || lexical == "0") return false;
  return std::nullopt;
}

}  // namespace sanad
