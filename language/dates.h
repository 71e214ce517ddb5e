// Dates in a token sequence, English and Arabic: absolute ("18 February 2025",
// "May 21, 2019", ISO, 18/2/2025 day first, فبراير and شباط), partial (day and
// month, month and year, month, year), ranges inside one month ("6 and 7
// October", بين 2 و4 فبراير), and relative ones ("last month", أمس, "on
// Tuesday", الشهر الماضي, "28 of the same month").
//
// A partial date stays partial: a year is filled in only from a document date
// and only for relative forms. The words are data: datasets/language/*.words.

#ifndef SANAD_LANGUAGE_DATES_H_
#define SANAD_LANGUAGE_DATES_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sanad/term.h>
#include "language/token.h"

namespace sanad {

// 0 where the text does not say. Proleptic Gregorian.
struct PartialDate {
  int year = 0, month = 0, day = 0;
  bool empty() const { return year == 0 && month == 0 && day == 0; }
  bool full() const { return year != 0 && month != 0 && day != 0; }
  // xsd:date, gYearMonth, gYear, gMonthDay, gMonth or gDay; undefined if empty.
  Term ToTerm() const;
  friend bool operator==(const PartialDate&, const PartialDate&) = default;
};

// Reads an xsd:date, gYearMonth, gYear, gMonthDay, gMonth or gDay literal.
std::optional<PartialDate> PartialDateOf(const Term& literal);

enum class DateUnit : uint8_t { kNone, kDay, kWeek, kMonth, kYear, kWeekday };

struct DateSpan {
  size_t first = 0, count = 0;     // Tokens.
  PartialDate date;                // What the text says by itself; empty for purely relative ones.
  std::optional<PartialDate> end;  // Of a range: its last day.
  int weekday = 0;                 // 1 Monday … 7 Sunday where named.
  // Relative forms: `offset` units from the document date: yesterday is kDay -1,
  // "last month" kMonth -1, "next Monday" kWeekday +1, "on Tuesday" kWeekday 0
  // (the nearest one not in the future), "this year" kYear 0.
  DateUnit unit = DateUnit::kNone;
  int offset = 0;
  // "18 February last", "of the same month/year": the missing part is that of
  // the date last named; callers that track it fill it in.
  bool same_as_before = false;
  // "last"/الماضي beside a month or day-month: before the document date; +1 "next".
  int direction = 0;
  bool relative() const { return unit != DateUnit::kNone; }
};

// All dates, longest first at each place, not overlapping. A bare four-digit
// number counts as a year only after a word that introduces one ("in 2020",
// عام 2020) or beside a month.
std::vector<DateSpan> FindDates(std::span<const Token> tokens);

// The date a span means given the document's date: relative forms resolved,
// "18 February last" given its year. Without a full `document_date` (or where
// nothing needs it) the span's own partial date, empty for purely relative ones.
PartialDate Resolve(const DateSpan& span, const PartialDate& document_date);

// -1, 0, 1, or nullopt where the given parts do not decide.
std::optional<int> Compare(const PartialDate& a, const PartialDate& b);

}  // namespace sanad

#endif  // SANAD_LANGUAGE_DATES_H_
