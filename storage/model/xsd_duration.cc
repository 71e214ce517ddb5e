// XSD durations: months and seconds, their partial order, and arithmetic with
// dates (XML Schema Datatypes 1.1, 3.3.6 and appendix E; XPath F&O 3.1, 8 to 9).

#include <algorithm>
#include <array>
#include <utility>

#include "storage/model/vocabulary.h"
#include "storage/model/xsd_datetime.h"

namespace sanad {
namespace {

constexpr int64_t kMaxYear = 999'999'999'999'999;

constexpr std::array<std::pair<std::string_view, DurationType>, 3> kTypes = {{
    {iri::kXsdDuration, DurationType::kDuration},
    {iri::kXsdYearMonthDuration, DurationType::kYearMonthDuration},
    {iri::kXsdDayTimeDuration, DurationType::kDayTimeDuration},
}};

// Reads "12M" style components: each designator at most once and in order.
class ComponentReader {
 public:
  explicit ComponentReader(std::string_view text) : text_(text) {}

  bool at_end() const { return text_.empty(); }
  bool failed() const { return failed_; }
  bool any() const { return any_; }

  bool Skip(char c) {
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }

  // The number before `designator`, or zero when the next component is another.
  Decimal Read(char designator, bool fraction) {
    const size_t end = text_.find_first_not_of("0123456789.");
    if (end == std::string_view::npos || end == 0 || text_[end] != designator) return {};
    const std::string_view number = text_.substr(0, end);
    const size_t point = number.find('.');
    const std::optional<Decimal> value = Decimal::Parse(number);
    const bool bad_point =
        point != std::string_view::npos && (!fraction || point == 0 || point + 1 == number.size());
    if (!value || bad_point) {
      failed_ = true;
      return {};
    }
    any_ = true;
    text_.remove_prefix(end + 1);
    return *value;
  }

 private:
  std::string_view text_;
  bool any_ = false;
  bool failed_ = false;
};

// a × factor + b, or an overflow that `ok` keeps.
Decimal MultiplyAdd(const Decimal& a, int64_t factor, const Decimal& b, bool& ok) {
  const std::optional<Decimal> product = Multiply(a, Decimal::FromInteger(factor));
  const std::optional<Decimal> sum = product ? Add(*product, b) : std::nullopt;
  ok = ok && sum.has_value();
  return sum.value_or(Decimal{});
}

Decimal Negated(const Decimal& value) { return {-value.coefficient, value.scale}; }

int64_t FloorDivide(int64_t a, int64_t b) { return a / b - (a % b < 0); }

// Moves by months, the day pinned to the month's last. False: year overflow.
bool AddMonths(DateTimeValue& value, int64_t months) {
  int64_t total;
  if (__builtin_add_overflow(value.year * 12 + value.month - 1, months, &total)) return false;
  value.year = FloorDivide(total, 12);
  value.month = static_cast<int>(total - value.year * 12) + 1;
  value.day = std::min(value.day, DaysInMonth(value.year, value.month));
  return value.year >= -kMaxYear && value.year <= kMaxYear;
}

// Sets the fields from local seconds since 1970-01-01T00:00:00.
bool SetFromLocalSeconds(DateTimeValue& value, const Decimal& seconds) {
  const Decimal whole = Floor(seconds);
  const std::optional<int64_t> count = whole.ToInt64();
  if (!count) return false;
  const int64_t days = FloorDivide(*count, 86400);
  const int64_t second_of_day = *count - days * 86400;
  const CivilDate civil = CivilFromDays(days);
  if (civil.year < -kMaxYear || civil.year > kMaxYear) return false;
  value.year = civil.year;
  value.month = civil.month;
  value.day = civil.day;
  value.hour = static_cast<int>(second_of_day / 3600);
  value.minute = static_cast<int>(second_of_day / 60 % 60);
  const std::optional<Decimal> fraction = Subtract(seconds, whole);
  value.second = Add(Decimal::FromInteger(second_of_day % 60), fraction.value_or(Decimal{}))
                     .value_or(Decimal{});
  return true;
}

void AppendComponent(std::string& out, __int128 value, char designator) {
  if (value != 0) out += Decimal::FromInteger(value).ToString() + designator;
}

DurationType CommonType(const DurationValue& a, const DurationValue& b) {
  return a.type == b.type ? a.type : DurationType::kDuration;
}

// A result whose months and seconds have opposite signs is no duration.
std::optional<DurationValue> Checked(DurationType type, int64_t months, const Decimal& seconds) {
  if ((months > 0 && seconds.is_negative()) ||
      (months < 0 && !seconds.is_negative() && !seconds.is_zero())) {
    return std::nullopt;
  }
  return DurationValue{type, months, seconds};
}

// Applies a factor to the part that the type has; XPath scales no mixed ones.
template <typename Operation>
std::optional<DurationValue> Scale(const DurationValue& a, const Numeric& factor,
                                   Operation operation) {
  if (a.type == DurationType::kDuration) return std::nullopt;
  const std::optional<Numeric> exact = Cast(factor, NumericType::kDecimal);
  if (!exact) return std::nullopt;
  if (a.type == DurationType::kDayTimeDuration) {
    const std::optional<Decimal> seconds = operation(a.seconds, exact->decimal);
    if (!seconds) return std::nullopt;
    return DurationValue{a.type, 0, *seconds};
  }
  const std::optional<Decimal> months = operation(Decimal::FromInteger(a.months), exact->decimal);
  const std::optional<int64_t> rounded = months ? Round(*months).ToInt64() : std::nullopt;
  if (!rounded) return std::nullopt;
  return DurationValue{a.type, *rounded, {}};
}

}  // namespace

std::optional<DurationType> DurationTypeOf(std::string_view datatype_iri) {
  for (const auto& [iri, type] : kTypes) {
    if (iri == datatype_iri) return type;
  }
  return std::nullopt;
}

std::string_view DatatypeIri(DurationType type) { return kTypes[static_cast<size_t>(type)].first; }

std::optional<DurationValue> ParseDuration(std::string_view lexical, DurationType type) {
  ComponentReader reader(lexical);
  const bool negative = reader.Skip('-');
  if (!reader.Skip('P')) return std::nullopt;
  Decimal months, seconds;
  bool ok = true;
  if (type != DurationType::kDayTimeDuration) {
    months = reader.Read('Y', false);
    months = MultiplyAdd(months, 12, reader.Read('M', false), ok);
  }
  if (type != DurationType::kYearMonthDuration) {
    seconds = reader.Read('D', false);
    if (reader.Skip('T')) {
      if (reader.at_end()) return std::nullopt;
      seconds = MultiplyAdd(seconds, 24, reader.Read('H', false), ok);
      seconds = MultiplyAdd(seconds, 60, reader.Read('M', false), ok);
      seconds = MultiplyAdd(seconds, 60, reader.Read('S', true), ok);
    } else {
      seconds = MultiplyAdd(seconds, 86400, {}, ok);
    }
  }
  const std::optional<int64_t> whole_months = months.ToInt64();
  if (!ok || reader.failed() || !reader.any() || !reader.at_end() || !whole_months) {
    return std::nullopt;
  }
  const DurationValue value{type, *whole_months, seconds};
  return negative ? Negate(value) : value;
}

std::optional<DurationValue> ToDuration(const Term& term) {
  if (!term.is_literal()) return std::nullopt;
  const std::optional<DurationType> type = DurationTypeOf(term.datatype());
  return type ? ParseDuration(term.value(), *type) : std::nullopt;
}

std::string DurationValue::ToLexical() const {
  if (months == 0 && seconds.is_zero()) {
    return type == DurationType::kYearMonthDuration ? "P0M" : "PT0S";
  }
  std::string out = months < 0 || seconds.is_negative() ? "-P" : "P";
  const __int128 month_count = months < 0 ? -static_cast<__int128>(months) : months;
  const Decimal magnitude = seconds.is_negative() ? Negated(seconds) : seconds;
  const __int128 whole = Truncate(magnitude).coefficient;
  AppendComponent(out, month_count / 12, 'Y');
  AppendComponent(out, month_count % 12, 'M');
  AppendComponent(out, whole / 86400, 'D');
  const Decimal fraction = Subtract(magnitude, Decimal::FromInteger(whole)).value_or(Decimal{});
  if (whole % 86400 != 0 || !fraction.is_zero()) {
    out += 'T';
    AppendComponent(out, whole / 3600 % 24, 'H');
    AppendComponent(out, whole / 60 % 60, 'M');
    const Decimal second = Add(Decimal::FromInteger(whole % 60), fraction).value_or(Decimal{});
    if (!second.is_zero()) out += second.ToString() + 'S';
  }
  return out;
}

Term DurationValue::ToTerm() const { return Term::Literal(ToLexical(), DatatypeIri(type)); }

std::partial_ordering Compare(const DurationValue& a, const DurationValue& b) {
  if (a.months == b.months) return Compare(a.seconds, b.seconds);
  if (a.seconds == b.seconds) return a.months <=> b.months;
  // XSD 1.1, 3.3.6.3: alike when added to each of four dates.
  static constexpr std::array<CivilDate, 4> kReferences = {
      {{1696, 9, 1}, {1697, 2, 1}, {1903, 3, 1}, {1903, 7, 1}}};
  std::optional<std::partial_ordering> common;
  for (const CivilDate& reference : kReferences) {
    DateTimeValue start;
    start.year = reference.year;
    start.month = reference.month;
    start.day = reference.day;
    const std::optional<DateTimeValue> x = Add(start, a), y = Add(start, b);
    if (!x || !y) return std::partial_ordering::unordered;
    const std::partial_ordering order = Compare(*x, *y);
    if (common && *common != order) return std::partial_ordering::unordered;
    common = order;
  }
  return *common;
}

DurationValue Negate(const DurationValue& a) { return {a.type, -a.months, Negated(a.seconds)}; }

std::optional<DurationValue> Add(const DurationValue& a, const DurationValue& b) {
  int64_t months;
  const std::optional<Decimal> seconds = Add(a.seconds, b.seconds);
  if (!seconds || __builtin_add_overflow(a.months, b.months, &months)) return std::nullopt;
  return Checked(CommonType(a, b), months, *seconds);
}

std::optional<DurationValue> Subtract(const DurationValue& a, const DurationValue& b) {
  return Add(a, Negate(b));
}

std::optional<DurationValue> Multiply(const DurationValue& a, const Numeric& factor) {
  return Scale(a, factor, [](const Decimal& x, const Decimal& y) { return Multiply(x, y); });
}

std::optional<DurationValue> Divide(const DurationValue& a, const Numeric& divisor) {
  return Scale(a, divisor, [](const Decimal& x, const Decimal& y) { return Divide(x, y); });
}

std::optional<DateTimeValue> Add(const DateTimeValue& a, const DurationValue& b) {
  if (a.type > DateTimeType::kTime) return std::nullopt;
  if (a.type == DateTimeType::kTime && b.months != 0) return std::nullopt;
  DateTimeValue moved = a;
  if (!AddMonths(moved, b.months)) return std::nullopt;
  // In local time: the value's own timezone stays.
  moved.timezone_minutes = 0;
  const std::optional<Decimal> seconds = Add(moved.ToInstant(), b.seconds);
  if (!seconds || !SetFromLocalSeconds(moved, *seconds)) return std::nullopt;
  DateTimeValue result = *Cast(a, a.type);
  if (a.type != DateTimeType::kTime) {
    result.year = moved.year;
    result.month = moved.month;
    result.day = moved.day;
  }
  if (a.type != DateTimeType::kDate) {
    result.hour = moved.hour;
    result.minute = moved.minute;
    result.second = moved.second;
  }
  return result;
}

std::optional<DurationValue> Subtract(const DateTimeValue& a, const DateTimeValue& b) {
  if (a.type != b.type || a.type > DateTimeType::kTime) return std::nullopt;
  const std::optional<Decimal> seconds = Subtract(a.ToInstant(), b.ToInstant());
  if (!seconds) return std::nullopt;
  return DurationValue{DurationType::kDayTimeDuration, 0, *seconds};
}

std::optional<DurationValue> TimezoneDuration(const DateTimeValue& value) {
  if (!value.timezone_minutes) return std::nullopt;
  return DurationValue{DurationType::kDayTimeDuration, 0,
                       Decimal::FromInteger(int64_t{*value.timezone_minutes} * 60)};
}

}  // namespace sanad
