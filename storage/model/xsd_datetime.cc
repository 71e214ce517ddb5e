// XSD dates and times: lexical spaces, the time line, comparison and casts.
//
// A parsed value keeps its local fields and timezone (the seven-property
// model); instants are computed in exact decimal seconds from the civil day
// number (Howard Hinnant's algorithm on eras of 400 years).

#include "storage/model/xsd_datetime.h"

#include <algorithm>
#include <array>
#include <utility>

#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

constexpr int kMaxTimezoneMinutes = 14 * 60;
constexpr size_t kMaxYearDigits = 15;

constexpr std::array<std::pair<std::string_view, DateTimeType>, 9> kTypes = {{
    {iri::kXsdDateTime, DateTimeType::kDateTime},
    {iri::kXsdDate, DateTimeType::kDate},
    {iri::kXsdTime, DateTimeType::kTime},
    {iri::kXsdGYearMonth, DateTimeType::kGYearMonth},
    {iri::kXsdGYear, DateTimeType::kGYear},
    {iri::kXsdGMonthDay, DateTimeType::kGMonthDay},
    {iri::kXsdGDay, DateTimeType::kGDay},
    {iri::kXsdGMonth, DateTimeType::kGMonth},
    {iri::kXsdDateTimeStamp, DateTimeType::kDateTime},
}};

bool HasYear(DateTimeType type) {
  return type == DateTimeType::kDateTime || type == DateTimeType::kDate ||
         type == DateTimeType::kGYearMonth || type == DateTimeType::kGYear;
}
bool HasMonth(DateTimeType type) {
  return type != DateTimeType::kTime && type != DateTimeType::kGYear && type != DateTimeType::kGDay;
}
bool HasDay(DateTimeType type) {
  return type == DateTimeType::kDateTime || type == DateTimeType::kDate ||
         type == DateTimeType::kGMonthDay || type == DateTimeType::kGDay;
}
bool HasTime(DateTimeType type) {
  return type == DateTimeType::kDateTime || type == DateTimeType::kTime;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Reads the fields of a lexical form from left to right; once a field does not
// fit, everything after it fails.
class FieldReader {
 public:
  explicit FieldReader(std::string_view text) : text_(text) {}

  bool ok() const { return ok_; }
  bool at_end() const { return text_.empty(); }

  void Expect(std::string_view literal) {
    if (!text_.starts_with(literal)) {
      ok_ = false;
    } else {
      text_.remove_prefix(literal.size());
    }
  }

  int TwoDigits(int low, int high) {
    if (text_.size() < 2 || !IsDigit(text_[0]) || !IsDigit(text_[1])) return Fail();
    const int value = (text_[0] - '0') * 10 + (text_[1] - '0');
    text_.remove_prefix(2);
    return value < low || value > high ? Fail() : value;
  }

  // '-'? at least four digits, no leading zero beyond four.
  int64_t Year() {
    const bool negative = text_.starts_with('-');
    if (negative) text_.remove_prefix(1);
    size_t digits = 0;
    int64_t year = 0;
    while (digits < text_.size() && IsDigit(text_[digits])) {
      if (digits == kMaxYearDigits) return Fail();
      year = year * 10 + (text_[digits++] - '0');
    }
    if (digits < 4 || (digits > 4 && text_[0] == '0')) return Fail();
    text_.remove_prefix(digits);
    return negative ? -year : year;
  }

  // Two digits and an optional fraction.
  Decimal Second() {
    size_t length = 0;
    while (length < text_.size() && (IsDigit(text_[length]) || text_[length] == '.')) ++length;
    const std::string_view field = text_.substr(0, length);
    const size_t point = std::min(field.find('.'), length);
    const std::optional<Decimal> value = Decimal::Parse(field);
    if (point != 2 || (point < length && point + 1 == length) || !value || field[0] > '5') {
      Fail();
      return {};
    }
    text_.remove_prefix(length);
    // Only a fraction of more than 36 nines rounds up to 60.
    if (Compare(*value, Decimal::FromInteger(60)) >= 0) Fail();
    return *value;
  }

  std::optional<int> Timezone() {
    if (text_.empty()) return std::nullopt;
    if (text_ == "Z") {
      text_ = {};
      return 0;
    }
    const bool negative = text_[0] == '-';
    if (!negative && text_[0] != '+') return Fail();
    text_.remove_prefix(1);
    const int hours = TwoDigits(0, 14);
    Expect(":");
    const int minutes = hours * 60 + TwoDigits(0, 59);
    if (minutes > kMaxTimezoneMinutes) return Fail();
    return negative ? -minutes : minutes;
  }

 private:
  int Fail() {
    ok_ = false;
    return 0;
  }

  std::string_view text_;
  bool ok_ = true;
};

void ReadTime(FieldReader& reader, DateTimeValue& value) {
  value.hour = reader.TwoDigits(0, 24);
  reader.Expect(":");
  value.minute = reader.TwoDigits(0, 59);
  reader.Expect(":");
  value.second = reader.Second();
}

// 24:00:00 is the first instant of the next day. False: 24 with minutes.
bool FoldHour24(DateTimeValue& value) {
  if (value.hour != 24) return true;
  if (value.minute != 0 || !value.second.is_zero()) return false;
  value.hour = 0;
  if (value.type == DateTimeType::kDateTime) {
    const CivilDate next = CivilFromDays(DaysFromCivil(value.year, value.month, value.day) + 1);
    value.year = next.year;
    value.month = next.month;
    value.day = next.day;
  }
  return true;
}

void AppendPadded(std::string& out, int64_t value, size_t width) {
  const std::string digits = std::to_string(value < 0 ? -value : value);
  if (value < 0) out += '-';
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

void AppendTime(std::string& out, const DateTimeValue& value) {
  AppendPadded(out, value.hour, 2);
  out += ':';
  AppendPadded(out, value.minute, 2);
  out += ':';
  const std::string second = value.second.ToString();
  if (std::min(second.find('.'), second.size()) < 2) out += '0';
  out += second;
}

std::weak_ordering ToWeak(std::strong_ordering order) { return order; }

}  // namespace

std::optional<DateTimeType> DateTimeTypeOf(std::string_view datatype_iri) {
  for (const auto& [iri, type] : kTypes) {
    if (iri == datatype_iri) return type;
  }
  return std::nullopt;
}

std::string_view DatatypeIri(DateTimeType type) { return kTypes[static_cast<size_t>(type)].first; }

int64_t DaysFromCivil(int64_t year, int month, int day) {
  year -= month <= 2;
  const int64_t era = (year >= 0 ? year : year - 399) / 400;
  const int64_t year_of_era = year - era * 400;
  const int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

CivilDate CivilFromDays(int64_t days) {
  days += 719468;
  const int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const int64_t day_of_era = days - era * 146097;
  const int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t shifted_month = (5 * day_of_year + 2) / 153;
  const auto day = static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  const auto month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  return {year_of_era + era * 400 + (month <= 2), month, day};
}

int DaysInMonth(int64_t year, int month) {
  static constexpr std::array kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays[static_cast<size_t>(month - 1)];
}

std::optional<DateTimeValue> ParseDateTime(std::string_view lexical, DateTimeType type) {
  DateTimeValue value;
  value.type = type;
  FieldReader reader(lexical);
  if (HasYear(type)) {
    value.year = reader.Year();
  } else if (type == DateTimeType::kGMonthDay || type == DateTimeType::kGMonth) {
    reader.Expect("-");
  } else if (type == DateTimeType::kGDay) {
    reader.Expect("--");
  }
  if (HasMonth(type)) {
    reader.Expect("-");
    value.month = reader.TwoDigits(1, 12);
  }
  if (HasDay(type)) {
    reader.Expect("-");
    value.day = reader.TwoDigits(1, 31);
  }
  if (type == DateTimeType::kDateTime) reader.Expect("T");
  if (HasTime(type)) ReadTime(reader, value);
  value.timezone_minutes = reader.Timezone();
  if (!reader.ok() || !reader.at_end()) return std::nullopt;
  if (HasMonth(type) && HasDay(type) && value.day > DaysInMonth(value.year, value.month)) {
    return std::nullopt;
  }
  if (!FoldHour24(value)) return std::nullopt;
  return value;
}

std::optional<DateTimeValue> ToDateTime(const Term& term) {
  if (!term.is_literal()) return std::nullopt;
  const std::optional<DateTimeType> type = DateTimeTypeOf(term.datatype());
  if (!type) return std::nullopt;
  std::optional<DateTimeValue> value = ParseDateTime(term.value(), *type);
  if (value && !value->timezone_minutes && term.datatype() == iri::kXsdDateTimeStamp) {
    return std::nullopt;
  }
  return value;
}

std::string DateTimeValue::TimezoneText() const {
  if (!timezone_minutes) return {};
  if (*timezone_minutes == 0) return "Z";
  const int minutes = std::abs(*timezone_minutes);
  std::string out(1, *timezone_minutes < 0 ? '-' : '+');
  AppendPadded(out, minutes / 60, 2);
  out += ':';
  AppendPadded(out, minutes % 60, 2);
  return out;
}

std::string DateTimeValue::ToLexical() const {
  std::string out;
  if (HasYear(type)) {
    AppendPadded(out, year, 4);
  } else if (type == DateTimeType::kGDay) {
    out += "--";
  } else if (type != DateTimeType::kTime) {
    out += '-';
  }
  if (HasMonth(type)) {
    out += '-';
    AppendPadded(out, month, 2);
  }
  if (HasDay(type)) {
    out += '-';
    AppendPadded(out, day, 2);
  }
  if (type == DateTimeType::kDateTime) out += 'T';
  if (HasTime(type)) AppendTime(out, *this);
  return out + TimezoneText();
}

Term DateTimeValue::ToTerm() const { return Term::Literal(ToLexical(), DatatypeIri(type)); }

Decimal DateTimeValue::ToInstant(int implicit_timezone_minutes) const {
  const __int128 minutes = static_cast<__int128>(DaysFromCivil(year, month, day)) * 1440 +
                           hour * 60 + minute -
                           timezone_minutes.value_or(implicit_timezone_minutes);
  // A year has 15 digits at most: whole seconds fit in 23 digits, so only a
  // fraction of more than 15 digits is rounded.
  return Add(Decimal::FromInteger(minutes * 60), second)
      .value_or(Decimal::FromInteger(minutes * 60));
}

std::partial_ordering Compare(const DateTimeValue& a, const DateTimeValue& b) {
  if (a.type != b.type) return std::partial_ordering::unordered;
  if (a.timezone_minutes.has_value() == b.timezone_minutes.has_value()) {
    return Compare(a.ToInstant(), b.ToInstant());
  }
  if (!a.timezone_minutes) {
    const std::partial_ordering reverse = Compare(b, a);
    if (reverse < 0) return std::partial_ordering::greater;
    if (reverse > 0) return std::partial_ordering::less;
    return reverse;
  }
  // b may lie anywhere between its readings at +14:00 and -14:00.
  if (Compare(a.ToInstant(), b.ToInstant(kMaxTimezoneMinutes)) < 0) {
    return std::partial_ordering::less;
  }
  if (Compare(a.ToInstant(), b.ToInstant(-kMaxTimezoneMinutes)) > 0) {
    return std::partial_ordering::greater;
  }
  return std::partial_ordering::unordered;
}

std::weak_ordering CompareTotally(const DateTimeValue& a, const DateTimeValue& b) {
  if (a.type != b.type) return ToWeak(a.type <=> b.type);
  if (const auto order = Compare(a.ToInstant(), b.ToInstant()); order != 0) return ToWeak(order);
  return ToWeak(b.timezone_minutes.has_value() <=> a.timezone_minutes.has_value());
}

std::optional<DateTimeValue> Cast(const DateTimeValue& value, DateTimeType type) {
  if (value.type == type) return value;
  const bool from_date = value.type == DateTimeType::kDate && type != DateTimeType::kTime;
  if (value.type != DateTimeType::kDateTime && !from_date) return std::nullopt;
  DateTimeValue out;
  out.type = type;
  out.timezone_minutes = value.timezone_minutes;
  if (HasYear(type)) out.year = value.year;
  if (HasMonth(type)) out.month = value.month;
  if (HasDay(type)) out.day = value.day;
  if (HasTime(type)) {
    out.hour = value.hour;
    out.minute = value.minute;
    out.second = value.second;
  }
  return out;
}

}  // namespace sanad
