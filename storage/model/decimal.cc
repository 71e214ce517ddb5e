// Decimal arithmetic on a 128-bit coefficient and a decimal scale.
//
// Sums and products align scales with overflow checks; where the exact result
// needs more than 38 digits, fraction digits beyond the 18th are given up (half
// to even) before an overflow is reported. Quotients are by long division,
// digit by digit, to 18 fraction and 18 significant digits.

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

#include "storage/model/xsd_number.h"

namespace sanad {
namespace {

using Unsigned = unsigned __int128;

constexpr int kMaxScale = 38;
constexpr int kKeptFractionDigits = 18;
constexpr Unsigned kMaxMagnitude = ~Unsigned{0} >> 1;

constexpr Unsigned PowerOfTen(int exponent) {
  Unsigned power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

Unsigned Magnitude(__int128 value) {
  return value < 0 ? ~static_cast<Unsigned>(value) + 1 : static_cast<Unsigned>(value);
}

__int128 Signed(Unsigned magnitude, bool negative) {
  return negative ? -static_cast<__int128>(magnitude) : static_cast<__int128>(magnitude);
}

// REQUIRES: |coefficient| ≤ kMaxMagnitude, so that negation never overflows.
Decimal Normalized(__int128 coefficient, int scale) {
  while (scale > 0 && coefficient % 10 == 0) {
    coefficient /= 10;
    --scale;
  }
  return {coefficient, scale};
}

// The same for any coefficient; nullopt for the one that has no negation.
std::optional<Decimal> Checked(__int128 coefficient, int scale) {
  if (Magnitude(coefficient) > kMaxMagnitude) return std::nullopt;
  return Normalized(coefficient, scale);
}

// Gives up the last fraction digit, half to even.
void DropDigit(Decimal& value) {
  const bool negative = value.coefficient < 0;
  const Unsigned magnitude = Magnitude(value.coefficient);
  Unsigned quotient = magnitude / 10;
  const auto digit = static_cast<int>(magnitude % 10);
  if (digit > 5 || (digit == 5 && quotient % 2 == 1)) ++quotient;
  value = {Signed(quotient, negative), value.scale - 1};
}

// Brings both to one scale. False: overflow.
bool Align(Decimal& a, Decimal& b) {
  Decimal& coarse = a.scale < b.scale ? a : b;
  Decimal& fine = a.scale < b.scale ? b : a;
  while (coarse.scale < fine.scale) {
    __int128 grown;
    if (!__builtin_mul_overflow(coarse.coefficient, static_cast<__int128>(10), &grown)) {
      coarse = {grown, coarse.scale + 1};
    } else if (fine.scale > kKeptFractionDigits) {
      DropDigit(fine);
    } else {
      return false;
    }
  }
  return true;
}

std::string Digits(Unsigned value) {
  char buffer[40];
  char* p = buffer + sizeof buffer;
  do {
    *--p = static_cast<char>('0' + static_cast<int>(value % 10));
    value /= 10;
  } while (value != 0);
  return std::string(p, buffer + sizeof buffer);
}

// Reads digits into a coefficient, a fraction's end rounded where 38 digits do
// not hold it.
class DigitReader {
 public:
  // False: overflow.
  bool Push(char c, bool in_fraction) {
    const auto digit = static_cast<unsigned>(c - '0');
    if (dropping_) {
      if (rest_ == Rest::kHalf && digit != 0) rest_ = Rest::kAboveHalf;
      if (rest_ == Rest::kZero && digit != 0) rest_ = Rest::kBelowHalf;
      return true;
    }
    if (magnitude_ > (kMaxMagnitude - digit) / 10 || scale_ == kMaxScale) {
      if (!in_fraction) return false;
      dropping_ = true;
      rest_ = digit == 0   ? Rest::kZero
              : digit < 5  ? Rest::kBelowHalf
              : digit == 5 ? Rest::kHalf
                           : Rest::kAboveHalf;
      return true;
    }
    magnitude_ = magnitude_ * 10 + digit;
    scale_ += in_fraction;
    return true;
  }

  std::optional<Decimal> Finish(bool negative) const {
    Unsigned magnitude = magnitude_;
    if (rest_ == Rest::kAboveHalf || (rest_ == Rest::kHalf && magnitude % 2 == 1)) {
      if (magnitude == kMaxMagnitude) return std::nullopt;
      ++magnitude;
    }
    return Normalized(Signed(magnitude, negative), scale_);
  }

 private:
  enum class Rest { kZero, kBelowHalf, kHalf, kAboveHalf };
  Unsigned magnitude_ = 0;
  int scale_ = 0;
  bool dropping_ = false;
  Rest rest_ = Rest::kZero;
};

}  // namespace

std::optional<Decimal> Decimal::Parse(std::string_view text) {
  const bool negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  DigitReader reader;
  bool in_fraction = false, any = false;
  for (const char c : text) {
    if (c == '.' && !in_fraction) {
      in_fraction = true;
    } else if (c >= '0' && c <= '9') {
      any = true;
      if (!reader.Push(c, in_fraction)) return std::nullopt;
    } else {
      return std::nullopt;
    }
  }
  if (!any) return std::nullopt;
  return reader.Finish(negative);
}

std::optional<Decimal> Decimal::FromDouble(double value) {
  if (!std::isfinite(value) || std::abs(value) >= 1.7e38) return std::nullopt;
  char buffer[400];
  const auto result =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed);
  return Parse(std::string_view(buffer, static_cast<size_t>(result.ptr - buffer)));
}

std::optional<int64_t> Decimal::ToInt64() const {
  const __int128 whole = Truncate(*this).coefficient;
  if (whole < INT64_MIN || whole > INT64_MAX) return std::nullopt;
  return static_cast<int64_t>(whole);
}

double Decimal::ToDouble() const {
  constexpr __int128 kExact = __int128{1} << 53;
  if (coefficient > -kExact && coefficient < kExact && scale <= 22) {
    return static_cast<double>(coefficient) / static_cast<double>(PowerOfTen(scale));
  }
  const std::string text = ToString();
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

float Decimal::ToFloat() const {
  const std::string text = ToString();
  float value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  // Only values closer to zero than any float are out of a decimal's range.
  return result.ec == std::errc::result_out_of_range ? (is_negative() ? -0.0f : 0.0f) : value;
}

std::string Decimal::ToString() const {
  std::string digits = Digits(Magnitude(coefficient));
  if (scale > 0) {
    const auto fraction = static_cast<size_t>(scale);
    if (digits.size() <= fraction) digits.insert(0, fraction + 1 - digits.size(), '0');
    digits.insert(digits.size() - fraction, 1, '.');
  }
  if (coefficient < 0) digits.insert(0, 1, '-');
  return digits;
}

std::strong_ordering Compare(const Decimal& a, const Decimal& b) {
  if (a.scale == b.scale) return a.coefficient <=> b.coefficient;
  if (a.is_negative() != b.is_negative()) return b.is_negative() <=> a.is_negative();
  const auto unit_a = static_cast<__int128>(PowerOfTen(a.scale));
  const auto unit_b = static_cast<__int128>(PowerOfTen(b.scale));
  const auto whole = a.coefficient / unit_a <=> b.coefficient / unit_b;
  if (whole != 0) return whole;
  // The fractions, at one scale of at most 38 digits: below 10^38 each.
  const int scale = std::max(a.scale, b.scale);
  return a.coefficient % unit_a * static_cast<__int128>(PowerOfTen(scale - a.scale)) <=>
         b.coefficient % unit_b * static_cast<__int128>(PowerOfTen(scale - b.scale));
}

std::optional<Decimal> Add(const Decimal& a, const Decimal& b) {
  Decimal x = a, y = b;
  while (Align(x, y)) {
    __int128 sum;
    if (!__builtin_add_overflow(x.coefficient, y.coefficient, &sum)) return Checked(sum, x.scale);
    if (x.scale <= kKeptFractionDigits) break;
    DropDigit(x);
    DropDigit(y);
  }
  return std::nullopt;
}

std::optional<Decimal> Subtract(const Decimal& a, const Decimal& b) {
  return Add(a, {-b.coefficient, b.scale});
}

std::optional<Decimal> Multiply(const Decimal& a, const Decimal& b) {
  Decimal x = a, y = b;
  for (;;) {
    __int128 product;
    const bool overflow = __builtin_mul_overflow(x.coefficient, y.coefficient, &product);
    if (!overflow && x.scale + y.scale <= kMaxScale) return Checked(product, x.scale + y.scale);
    if (x.scale + y.scale <= kKeptFractionDigits) return std::nullopt;
    DropDigit(x.scale > y.scale ? x : y);
  }
}

std::optional<Decimal> Divide(const Decimal& a, const Decimal& b) {
  if (b.is_zero()) return std::nullopt;
  const bool negative = a.is_negative() != b.is_negative();
  Unsigned divisor = Magnitude(b.coefficient);
  Unsigned quotient = Magnitude(a.coefficient) / divisor;
  Unsigned rest = Magnitude(a.coefficient) % divisor;
  // The quotient's scale; negative while the divisor has more fraction digits.
  int scale = a.scale - b.scale;
  int significant = quotient == 0 ? 0 : static_cast<int>(Digits(quotient).size());
  const auto precise = [&] {
    return scale >= kKeptFractionDigits && significant >= kKeptFractionDigits;
  };
  while ((rest != 0 && scale < kMaxScale && !precise()) || scale < 0) {
    if (rest > ~Unsigned{0} / 10) {  // Keeps 37 digits of the divisor.
      rest /= 10;
      divisor /= 10;
    }
    const auto digit = static_cast<unsigned>(rest * 10 / divisor);
    if (quotient > (kMaxMagnitude - digit) / 10) {
      if (scale < 0) return std::nullopt;
      break;
    }
    rest = rest * 10 % divisor;
    quotient = quotient * 10 + digit;
    significant += significant > 0 || digit > 0;
    ++scale;
  }
  if (rest >= divisor - rest && quotient < kMaxMagnitude) ++quotient;
  return Normalized(Signed(quotient, negative), scale);
}

Decimal Truncate(const Decimal& a) {
  return {a.coefficient / static_cast<__int128>(PowerOfTen(a.scale)), 0};
}

Decimal Floor(const Decimal& a) {
  Decimal whole = Truncate(a);
  if (a.is_negative() && !a.is_integer()) --whole.coefficient;
  return whole;
}

Decimal Ceil(const Decimal& a) {
  Decimal whole = Truncate(a);
  if (!a.is_negative() && !a.is_integer()) ++whole.coefficient;
  return whole;
}

Decimal Round(const Decimal& a) {
  if (a.is_integer()) return a;
  const auto unit = static_cast<__int128>(PowerOfTen(a.scale));
  Decimal whole = Floor(a);
  // The fraction above the floor, in [0, 1).
  const __int128 fraction = (a.coefficient % unit + unit) % unit;
  if (fraction >= unit / 2) ++whole.coefficient;
  return whole;
}

}  // namespace sanad
