// Inside language/: the parts that dates are read by, shared by the readers of dates
// and of relative dates.

#ifndef SANAD_LANGUAGE_DATE_PARTS_H_
#define SANAD_LANGUAGE_DATE_PARTS_H_

#include <span>
#include <string_view>

#include "language/closed_words.h"
#include "language/dates.h"
#include "language/token.h"

namespace sanad::internal {

inline bool ValidDay(int day) { return day >= 1 && day <= 31; }
inline bool ValidMonth(int month) { return month >= 1 && month <= 12; }
inline bool ValidYear(int year) { return year >= 1000 && year <= 2999; }
bool ParseInt(std::string_view text, int& out);

// Functions that return a count tell how many tokens they read, 0 for none.
class DateParts {
 protected:
  DateParts(std::span<const Token> tokens, size_t first) : tokens_(tokens), first_(first) {}

  ClosedMatch Match(ClosedClass c, size_t at) const { return MatchClosed(c, tokens_, at); }
  // "of", من, and not what only introduces a year.
  bool IsOf(size_t at) const;
  // The definite article as a word of its own.
  bool IsTheArticle(size_t at) const;
  bool Is(size_t at, std::string_view text) const;
  // A day number: 18, 18th, الأول, "the first" (before "of").
  size_t Day(size_t at, int& day) const;
  size_t YearNumber(size_t at, int& year) const;
  // A month name that reads as one: "may", "march" and آب need a capital, a
  // number or an introducing word beside them.
  ClosedMatch Month(size_t at) const;
  // "فبراير/شباط": the second name of the same month is skipped.
  size_t MonthAt(size_t at, int& month, ClosedMatch* affixes = nullptr) const;
  // What may follow a month: a year ("2025", ", 2025", عام 2025, "of the same
  // year") or a direction ("last", المقبل, "of last year").
  size_t AfterMonth(size_t at, DateSpan& span) const;
  static void SetYearDirection(DateSpan& span, int direction);
  bool IsLatin(size_t at) const;
  // What may stand before a weekday or month: "last", or the noun of the kind (يوم, شهر).
  size_t Lead(size_t at, ClosedClass noun, int& direction) const;
  // "of the same year", من العام نفسه, "of last year", من العام الماضي, عام 2024.
  size_t YearPhrase(size_t at, DateSpan& span) const;

  std::span<const Token> tokens_;
  size_t first_;
};

// The longest relative date at `first` ("last Tuesday", قبل يومين); count 0 if none.
DateSpan ReadRelativeDate(std::span<const Token> tokens, size_t first);

}  // namespace sanad::internal

#endif  // SANAD_LANGUAGE_DATE_PARTS_H_
