// Literals inside ids (layouts in term_id.h).
//
// Encoding builds the candidate payload from the value and keeps it only if
// decoding gives the same lexical form back; so whatever the layout cannot hold
// ("01", "1.50000000", a year 20000) goes to the dictionary, and equal terms
// never have two ids. Decoding clamps fields that no encoder writes.

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>

#include "storage/encoding/inline_value.h"
#include "storage/encoding/term_id.h"
#include "storage/model/integer_types.h"
#include "storage/model/lexical.h"
#include "storage/model/vocabulary.h"
#include "storage/model/xsd_datetime.h"
#include "storage/model/xsd_number.h"

namespace sanad {
namespace {

constexpr size_t kShortStringBytes = 7;
constexpr int64_t kIntegerBias = int64_t{1} << 55;
constexpr int kDecimalDigits = 6;
constexpr int64_t kDecimalUnit = 1'000'000;
constexpr int64_t kDecimalBias = int64_t{1} << 56;
constexpr int64_t kInstantBias = int64_t{1} << 48;
constexpr int kTimezoneBits = 11;
constexpr int kTimezoneBias = 841;
constexpr int64_t kMinutesPerDay = 1440;
constexpr int64_t kMillisPerMinute = 60'000;

constexpr bool Fits(int64_t value, int64_t bias) { return value >= -bias && value < bias; }

// Bits of an IEEE number whose unsigned order is the numeric order.
template <typename Bits>
Bits OrderedBits(Bits bits) {
  constexpr Bits kSign = Bits{1} << (sizeof(Bits) * 8 - 1);
  return bits & kSign ? ~bits : bits | kSign;
}
template <typename Bits>
Bits UnorderedBits(Bits bits) {
  constexpr Bits kSign = Bits{1} << (sizeof(Bits) * 8 - 1);
  return bits & kSign ? bits & ~kSign : ~bits;
}

std::optional<TermId> EncodeShortString(std::string_view text) {
  if (text.size() > kShortStringBytes) return std::nullopt;
  uint64_t payload = 0;
  for (size_t i = 0; i < kShortStringBytes; ++i) {
    payload = payload << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0u);
  }
  return TermId(TermKind::kShortString, payload << 4 | text.size());
}

Term DecodeShortString(uint64_t payload) {
  char bytes[kShortStringBytes];
  for (size_t i = 0; i < kShortStringBytes; ++i) {
    bytes[i] = static_cast<char>(payload >> (52 - 8 * i) & 0xFF);
  }
  return Term::String({bytes, std::min<size_t>(payload & 0xF, kShortStringBytes)});
}

std::optional<TermId> EncodeInteger(std::string_view lexical, IntegerType type) {
  int64_t value = 0;
  const char* const end = lexical.data() + lexical.size();
  const auto result = std::from_chars(lexical.data(), end, value);
  if (result.ec != std::errc() || result.ptr != end || !Fits(value, kIntegerBias) ||
      !IsInRange(type, value)) {
    return std::nullopt;
  }
  return TermId(TermKind::kInteger,
                static_cast<uint64_t>(value + kIntegerBias) << 4 | static_cast<uint64_t>(type));
}

Term DecodeInteger(uint64_t payload) {
  const uint64_t type = payload & 0xF;
  const int64_t value = static_cast<int64_t>(payload >> 4) - kIntegerBias;
  return Term::Literal(std::to_string(value),
                       DatatypeIri(type < kIntegerTypeCount ? static_cast<IntegerType>(type)
                                                            : IntegerType::kInteger));
}

std::optional<TermId> EncodeDecimal(std::string_view lexical) {
  const size_t point = lexical.find('.');
  const size_t digits = point == std::string_view::npos ? 0 : lexical.size() - point - 1;
  if (digits > kDecimalDigits) return std::nullopt;
  const std::optional<Decimal> value = Decimal::Parse(lexical);
  if (!value) return std::nullopt;
  __int128 scaled = value->coefficient;
  for (int i = value->scale; i < kDecimalDigits; ++i) {
    if (scaled > kDecimalBias || scaled < -kDecimalBias) return std::nullopt;
    scaled *= 10;
  }
  if (scaled < -kDecimalBias || scaled >= kDecimalBias) return std::nullopt;
  return TermId(TermKind::kDecimal,
                static_cast<uint64_t>(static_cast<int64_t>(scaled) + kDecimalBias) << 3 | digits);
}

Term DecodeDecimal(uint64_t payload) {
  const int64_t scaled = static_cast<int64_t>(payload >> 3) - kDecimalBias;
  const auto magnitude = static_cast<uint64_t>(scaled < 0 ? -scaled : scaled);
  std::string fraction = std::to_string(magnitude % kDecimalUnit + kDecimalUnit).substr(1);
  const size_t digits = std::min<size_t>(payload & 7, kDecimalDigits);
  while (fraction.size() > digits && fraction.back() == '0') fraction.pop_back();
  std::string lexical = scaled < 0 ? "-" : "";
  lexical += std::to_string(magnitude / kDecimalUnit);
  if (!fraction.empty()) lexical += '.' + fraction;
  return Term::Literal(lexical, iri::kXsdDecimal);
}

std::optional<TermId> EncodeDouble(std::string_view lexical) {
  const std::optional<double> value = ParseDouble(lexical);
  if (!value) return std::nullopt;
  const uint64_t bits = OrderedBits(std::bit_cast<uint64_t>(*value));
  // Four bits of the mantissa do not fit; round numbers leave them alike.
  const uint64_t lost = *value < 0 || std::signbit(*value) ? 0xF : 0;
  if ((bits & 0xF) != lost) return std::nullopt;
  return TermId(TermKind::kDouble, bits >> 4);
}

Term DecodeDouble(uint64_t payload) {
  uint64_t bits = payload << 4;
  if (!(bits >> 63)) bits |= 0xF;
  return Term::Double(std::bit_cast<double>(UnorderedBits(bits)));
}

std::optional<TermId> EncodeFloat(std::string_view lexical) {
  const std::optional<float> value = ParseFloat(lexical);
  if (!value) return std::nullopt;
  return TermId(TermKind::kFloat, OrderedBits(std::bit_cast<uint32_t>(*value)));
}

Term DecodeFloat(uint64_t payload) {
  const auto bits = UnorderedBits(static_cast<uint32_t>(payload));
  return Term::Literal(CanonicalFloat(std::bit_cast<float>(bits)), iri::kXsdFloat);
}

uint64_t TimezoneBits(const DateTimeValue& value) {
  return value.timezone_minutes ? static_cast<uint64_t>(*value.timezone_minutes + kTimezoneBias)
                                : 0;
}

std::optional<int> TimezoneOfBits(uint64_t bits) {
  if (bits == 0) return std::nullopt;
  return std::clamp(static_cast<int>(bits) - kTimezoneBias, -840, 840);
}

std::optional<TermId> EncodeInstant(TermKind kind, std::string_view lexical) {
  const bool is_date = kind == TermKind::kDate;
  const std::optional<DateTimeValue> value =
      ParseDateTime(lexical, is_date ? DateTimeType::kDate : DateTimeType::kDateTime);
  if (!value) return std::nullopt;
  // Minutes since 1970 for a date, milliseconds for a dateTime.
  Decimal instant = value->ToInstant();
  if (!is_date) {
    const std::optional<Decimal> millis = Multiply(instant, Decimal::FromInteger(1000));
    if (!millis || !millis->is_integer()) return std::nullopt;
    instant = *millis;
  }
  std::optional<int64_t> count = instant.ToInt64();
  if (!count) return std::nullopt;
  if (is_date) *count /= 60;
  if (!Fits(*count, kInstantBias)) return std::nullopt;
  return TermId(
      kind, static_cast<uint64_t>(*count + kInstantBias) << kTimezoneBits | TimezoneBits(*value));
}

int64_t FloorDivide(int64_t a, int64_t b) { return a / b - (a % b < 0); }

Term DecodeInstant(TermKind kind, uint64_t payload) {
  DateTimeValue value;
  value.timezone_minutes = TimezoneOfBits(payload & ((1u << kTimezoneBits) - 1));
  const int64_t count = static_cast<int64_t>(payload >> kTimezoneBits) - kInstantBias;
  const bool is_date = kind == TermKind::kDate;
  const int64_t utc_minutes = is_date ? count : FloorDivide(count, kMillisPerMinute);
  const int64_t local_minutes = utc_minutes + value.timezone_minutes.value_or(0);
  const int64_t days = FloorDivide(local_minutes, kMinutesPerDay);
  const CivilDate civil = CivilFromDays(days);
  value.year = civil.year;
  value.month = civil.month;
  value.day = civil.day;
  if (is_date) {
    value.type = DateTimeType::kDate;
    return value.ToTerm();
  }
  const auto minute_of_day = static_cast<int>(local_minutes - days * kMinutesPerDay);
  value.hour = minute_of_day / 60;
  value.minute = minute_of_day % 60;
  Decimal millis{count - utc_minutes * kMillisPerMinute, 3};
  while (millis.scale > 0 && millis.coefficient % 10 == 0) {
    millis = {millis.coefficient / 10, millis.scale - 1};
  }
  value.second = millis;
  return value.ToTerm();
}

std::optional<TermId> EncodeCandidate(std::string_view lexical, std::string_view datatype) {
  if (datatype == iri::kXsdString) return EncodeShortString(lexical);
  if (!datatype.starts_with(SANAD_XSD_NS)) return std::nullopt;
  if (const auto type = IntegerTypeOf(datatype)) return EncodeInteger(lexical, *type);
  if (datatype == iri::kXsdDecimal) return EncodeDecimal(lexical);
  if (datatype == iri::kXsdDouble) return EncodeDouble(lexical);
  if (datatype == iri::kXsdFloat) return EncodeFloat(lexical);
  if (datatype == iri::kXsdBoolean) return TermId(TermKind::kBoolean, lexical == "true");
  if (datatype == iri::kXsdDate) return EncodeInstant(TermKind::kDate, lexical);
  if (datatype == iri::kXsdDateTime) return EncodeInstant(TermKind::kDateTime, lexical);
  return std::nullopt;
}

}  // namespace

std::optional<TermId> InlineTermId(const Term& term) {
  if (!term.is_literal() || !term.language().empty()) return std::nullopt;
  const std::optional<TermId> id = EncodeCandidate(term.value(), term.datatype());
  // Strings of up to seven bytes are exact by construction.
  if (!id || id->kind() == TermKind::kShortString) return id;
  return DecodeInlineTerm(*id).value() == term.value() ? id : std::nullopt;
}

std::pair<TermId, TermId> InlineIdsBetween(TermKind kind, double low, double high, bool single) {
  // Values are rounded before they are compared, to the precision of the coarser
  // operand.
  const double relative = single || kind == TermKind::kFloat ? 0x1p-22 : 0x1p-50;
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const auto below = [&](double v) {
    return std::isinf(v) ? v : std::nextafter(v - std::abs(v) * relative - 1e-44, -kInfinity);
  };
  const auto above = [&](double v) {
    return std::isinf(v) ? v : std::nextafter(v + std::abs(v) * relative + 1e-44, kInfinity);
  };
  // The payloads of counts of some unit, as they are biased and shifted.
  const auto counted = [&](double unit, int64_t bias, int bits, double slack) {
    const auto edge = static_cast<double>(bias);
    const auto clamp = [&](double count) {
      return static_cast<uint64_t>(
          static_cast<int64_t>(std::clamp(std::floor(count), -edge, edge - 2048)) + bias);
    };
    // Near the edge all counts are taken, since a double does not tell them apart.
    const double first = below(low) * unit - slack, last = above(high) * unit + slack;
    const uint64_t most = (static_cast<uint64_t>(2 * bias) << bits) - 1;
    const uint64_t high_payload =
        last >= edge - 4096 ? most : (clamp(last) << bits | ((uint64_t{1} << bits) - 1));
    const uint64_t low_payload = clamp(std::min(first, edge - 4096)) << bits;
    return std::pair(TermId(kind, low_payload), TermId(kind, high_payload));
  };
  // A value without a timezone may lie fourteen hours from where it is taken to be.
  constexpr double kZoneSeconds = 14 * 3600 + 60;
  switch (kind) {
    case TermKind::kInteger:
      return counted(1, kIntegerBias, 4, 1);
    case TermKind::kDecimal:
      return counted(static_cast<double>(kDecimalUnit), kDecimalBias, 3, 1);
    case TermKind::kDate:
      return counted(1.0 / 60, kInstantBias, kTimezoneBits, kZoneSeconds / 60 + 1);
    case TermKind::kDateTime:
      return counted(1000, kInstantBias, kTimezoneBits, kZoneSeconds * 1000 + 1);
    case TermKind::kFloat: {
      constexpr double kMost = std::numeric_limits<float>::max();
      constexpr float kFloatInfinity = std::numeric_limits<float>::infinity();
      const auto bits = [&](double v) {
        const float narrow = v > kMost    ? kFloatInfinity
                             : v < -kMost ? -kFloatInfinity
                                          : static_cast<float>(v);
        return OrderedBits(std::bit_cast<uint32_t>(narrow));
      };
      return {TermId(kind, bits(below(low))), TermId(kind, bits(above(high)))};
    }
    default: {
      const auto bits = [](double v) { return OrderedBits(std::bit_cast<uint64_t>(v)) >> 4; };
      return {TermId(kind, bits(below(low))), TermId(kind, bits(above(high)))};
    }
  }
}

Term DecodeInlineTerm(TermId id) {
  switch (id.kind()) {
    case TermKind::kShortString:
      return DecodeShortString(id.payload());
    case TermKind::kInteger:
      return DecodeInteger(id.payload());
    case TermKind::kDecimal:
      return DecodeDecimal(id.payload());
    case TermKind::kDouble:
      return DecodeDouble(id.payload());
    case TermKind::kFloat:
      return DecodeFloat(id.payload());
    case TermKind::kBoolean:
      return Term::Boolean(id.payload() != 0);
    case TermKind::kDate:
    case TermKind::kDateTime:
      return DecodeInstant(id.kind(), id.payload());
    default:
      return Term();
  }
}

}  // namespace sanad
