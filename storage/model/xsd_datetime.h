// XSD dates, times and durations as values (XML Schema Datatypes 1.1, sections
// 3.3.6 to 3.3.14, 3.4.26 to 3.4.28) with the operations of XPath Functions and
// Operators that SPARQL uses.
//
// Dates are proleptic Gregorian with a year zero. A value without a timezone is
// an interval of 28 hours on the time line: comparing it with one that has a
// timezone may be indeterminate (std::partial_ordering::unordered).
//
// All functions are pure and thread-safe.

#ifndef SANAD_STORAGE_MODEL_XSD_DATETIME_H_
#define SANAD_STORAGE_MODEL_XSD_DATETIME_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <sanad/term.h>
#include "storage/model/xsd_number.h"

namespace sanad {

enum class DateTimeType : uint8_t {
  kDateTime,
  kDate,
  kTime,
  kGYearMonth,
  kGYear,
  kGMonthDay,
  kGDay,
  kGMonth
};

// The type named by a datatype IRI (xsd:dateTimeStamp is a kDateTime), or
// nullopt.
std::optional<DateTimeType> DateTimeTypeOf(std::string_view datatype_iri);
std::string_view DatatypeIri(DateTimeType type);

// The seven-property model. Members that the type lacks keep their defaults.
struct DateTimeValue {
  DateTimeType type = DateTimeType::kDateTime;
  int64_t year = 1972;  // |year| < 10^15.
  int month = 1;
  int day = 1;
  int hour = 0;
  int minute = 0;
  Decimal second;                       // [0, 60)
  std::optional<int> timezone_minutes;  // [-840, 840]

  // The canonical lexical form, timezone kept ("Z" for zero).
  std::string ToLexical() const;
  Term ToTerm() const;
  // "Z", "-05:00" or "" (SPARQL's TZ).
  std::string TimezoneText() const;
  // Seconds since 1970-01-01T00:00:00Z, a missing timezone taken as
  // `implicit_timezone_minutes`.
  Decimal ToInstant(int implicit_timezone_minutes = 0) const;
};

// nullopt when the datatype is no date or time, or the lexical form is not in
// its lexical space (February 30, hour 25, year "12"; "24:00:00" is the next
// day's midnight).
std::optional<DateTimeValue> ParseDateTime(std::string_view lexical, DateTimeType type);
std::optional<DateTimeValue> ToDateTime(const Term& term);

// Equivalent: the same point on the time line. Unordered: indeterminate, or
// different types.
std::partial_ordering Compare(const DateTimeValue& a, const DateTimeValue& b);
// A total order within a type for ORDER BY and MIN/MAX: by instant, a missing
// timezone as UTC and after an equal one that has it.
std::weak_ordering CompareTotally(const DateTimeValue& a, const DateTimeValue& b);

// The XPath cast: dateTime to every other type, date to dateTime and the g
// types. nullopt where XPath has none.
std::optional<DateTimeValue> Cast(const DateTimeValue& value, DateTimeType type);

// months and seconds, of one sign.
enum class DurationType : uint8_t { kDuration, kYearMonthDuration, kDayTimeDuration };
std::optional<DurationType> DurationTypeOf(std::string_view datatype_iri);
std::string_view DatatypeIri(DurationType type);

struct DurationValue {
  DurationType type = DurationType::kDuration;
  int64_t months = 0;
  Decimal seconds;

  // Canonical: "P1Y2M3DT4H5M6.7S", "PT0S", "P0M" for zero year-months.
  std::string ToLexical() const;
  Term ToTerm() const;
};

std::optional<DurationValue> ParseDuration(std::string_view lexical, DurationType type);
std::optional<DurationValue> ToDuration(const Term& term);
// Unordered where days and months cannot be compared ("P30D" and "P1M").
std::partial_ordering Compare(const DurationValue& a, const DurationValue& b);

// nullopt: overflow or a combination that XPath lacks.
std::optional<DurationValue> Add(const DurationValue& a, const DurationValue& b);
std::optional<DurationValue> Subtract(const DurationValue& a, const DurationValue& b);
std::optional<DurationValue> Multiply(const DurationValue& a, const Numeric& factor);
std::optional<DurationValue> Divide(const DurationValue& a, const Numeric& divisor);
DurationValue Negate(const DurationValue& a);
// dateTime, date or time plus a duration (day of month pinned to the last).
std::optional<DateTimeValue> Add(const DateTimeValue& a, const DurationValue& b);
// The dayTimeDuration between two values of one type.
std::optional<DurationValue> Subtract(const DateTimeValue& a, const DateTimeValue& b);
// The timezone as a dayTimeDuration ("PT0S", "-PT5H"); nullopt without one.
std::optional<DurationValue> TimezoneDuration(const DateTimeValue& value);

// Days since 1970-01-01 of a proleptic Gregorian date, and back.
int64_t DaysFromCivil(int64_t year, int month, int day);
struct CivilDate {
  int64_t year;
  int month, day;
};
CivilDate CivilFromDays(int64_t days);
int DaysInMonth(int64_t year, int month);

}  // namespace sanad

#endif  // SANAD_STORAGE_MODEL_XSD_DATETIME_H_
