// Dates are read at each token by trying, in order: ISO and numeric tokens, a
// day or weekday before or after a month, month and year, ranges of days, and
// the relative forms; the longest reading wins.

#include "language/dates.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "language/closed_words.h"
#include "language/date_parts.h"
#include "language/numbers.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

using internal::ClosedClass;
using internal::ClosedMatch;
using internal::ParseInt;
using internal::ValidDay;
using internal::ValidMonth;
using internal::ValidYear;

// Three numbers of one token: 2025-03-01, 18/2/2025, 18.2.2025 (day first).
bool NumericDate(std::string_view text, PartialDate& out) {
  std::array<int, 3> parts{};
  size_t count = 0;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find_first_of("-/.", at), text.size());
    if (count == 3 || !ParseInt(text.substr(at, end - at), parts[count])) return false;
    ++count;
    at = end + 1;
  }
  if (count != 3) return false;
  if (parts[0] >= 1000) std::swap(parts[0], parts[2]);
  if (parts[1] > 12 && parts[0] <= 12) std::swap(parts[0], parts[1]);  // Month first, clearly.
  if (!ValidDay(parts[0]) || !ValidMonth(parts[1]) || !ValidYear(parts[2])) return false;
  out = {parts[2], parts[1], parts[0]};
  return true;
}

class Reader : internal::DateParts {
 public:
  Reader(std::span<const Token> tokens, size_t first) : DateParts(tokens, first) {}

  // The longest reading at `first`; count 0 if none.
  DateSpan Run() {
    DateSpan best;
    const auto consider = [&](DateSpan span) {
      span.first = first_;
      if (span.count > best.count) best = std::move(span);
    };
    consider(Numeric());
    consider(DayMonth());
    consider(DayRange());
    consider(MonthDay());
    consider(MonthOnly());
    consider(Year());
    consider(internal::ReadRelativeDate(tokens_, first_));
    return best;
  }

 private:
  DateSpan Numeric() const {
    DateSpan span;
    if (first_ < tokens_.size() && tokens_[first_].is_number() &&
        NumericDate(tokens_[first_].normalised(), span.date)) {
      span.count = 1;
    }
    return span;
  }

  // Skips "يوم", a weekday and a comma in front of a day; sets the weekday.
  size_t WeekdayLead(size_t at, DateSpan& span) const {
    size_t next = at;
    if (const ClosedMatch day = Match(ClosedClass::kDayWord, next); day && !IsLatin(next)) {
      next += day.count;
    }
    if (const ClosedMatch weekday = Match(ClosedClass::kWeekday, next)) {
      span.weekday = static_cast<int>(weekday.value);
      next += weekday.count;
      if (Is(next, ",") || Is(next, "،")) ++next;
      // الاثنين الموافق 3 مارس
      if (const ClosedMatch direction = Match(ClosedClass::kDirection, next))
        next += direction.count;
    }
    return next - at;
  }

  // [weekday] 18 [of] February [2025]
  DateSpan DayMonth() const {
    DateSpan span;
    size_t next = first_ + WeekdayLead(first_, span);
    const size_t day = Day(next, span.date.day);
    if (day == 0) return {};
    next += day;
    size_t of = 0;
    if (const ClosedMatch m = Match(ClosedClass::kOf, next); m && (IsOf(next))) {
      of = m.count;
    }
    ClosedMatch affixes;
    const size_t month = MonthAt(next + of, span.date.month, &affixes);
    if (month == 0 || affixes.conjunction || affixes.preposition) return {};
    next += of + month;
    next += AfterMonth(next, span);
    span.count = next - first_;
    return span;
  }

  // [between|يومي] 6 and 7 October [2021], "17-18 May"
  DateSpan DayRange() const {
    DateSpan span;
    size_t next = first_;
    if (const ClosedMatch open = Match(ClosedClass::kRangeOpen, next)) next += open.count;
    int from = 0;
    int to = 0;
    const size_t one = Day(next, from);
    if (one == 0) return {};
    next += one;
    const ClosedMatch joined = Match(ClosedClass::kRangeAnd, next);
    if (!joined) return {};
    next += joined.count;
    const size_t two = Day(next, to);
    if (two == 0 || to <= from) return {};
    next += two;
    if (IsOf(next)) ++next;
    const size_t month = MonthAt(next, span.date.month);
    if (month == 0) return {};
    next += month;
    next += AfterMonth(next, span);
    span.date.day = from;
    span.end = span.date;
    span.end->day = to;
    span.count = next - first_;
    return span;
  }

  // [weekday,] February 18[-19][, 2025]
  DateSpan MonthDay() const {
    DateSpan span;
    size_t next = first_ + WeekdayLead(first_, span);
    if (next < tokens_.size() && !IsLatin(next)) return {};
    const size_t month = MonthAt(next, span.date.month);
    if (month == 0) return {};
    next += month;
    const size_t day = Day(next, span.date.day);
    if (day == 0) return {};
    // "March 2025" is month and year; "May 21 people" is for rules.
    next += day;
    int to = 0;
    if (const ClosedMatch joined = Match(ClosedClass::kRangeAnd, next)) {
      const size_t two = Day(next + joined.count, to);
      // "March 5 and 7 delegates": only where nothing but the date's end follows.
      if (two > 0 && to > span.date.day && !Month(next + joined.count + two)) {
        next += joined.count + two;
      } else {
        to = 0;
      }
    }
    next += AfterMonth(next, span);
    if (to != 0) {
      span.end = span.date;
      span.end->day = to;
    }
    span.count = next - first_;
    return span;
  }

  // [last] March [2025], شهر مايو المقبل
  DateSpan MonthOnly() const {
    DateSpan span;
    size_t next = first_ + Lead(first_, ClosedClass::kMonthWord, span.direction);
    const size_t month = MonthAt(next, span.date.month);
    if (month == 0) return {};
    next += month;
    if (IsLatin(next) && IsOf(next)) {
      if (const size_t year = YearNumber(next + 1, span.date.year)) {
        next += 1 + year;
        span.count = next - first_;
        return span;
      }
    }
    next += AfterMonth(next, span);
    span.count = next - first_;
    return span;
  }

  // "in 2020", عام 2020; the introducer itself is outside unless it is a noun.
  DateSpan Year() const {
    DateSpan span;
    size_t next = first_;
    if (const ClosedMatch word = Match(ClosedClass::kYearWord, next)) {
      next += word.count;
      const size_t year = YearNumber(next, span.date.year);
      if (year == 0) return {};
      span.count = next + year - first_;
      return span;
    }
    const size_t year = YearNumber(next, span.date.year);
    if (year == 0 || first_ == 0 || tokens_[first_].normalised().size() != 4) return {};
    if (span.date.year < 1800 || span.date.year > 2199) return {};
    if (!Match(ClosedClass::kYearIntroducer, first_ - 1) && !YearJoined()) return {};
    // "in 2000 cases": a noun right behind makes it a count.
    if (next + 1 < tokens_.size() && tokens_[next + 1].is_word() &&
        Match(ClosedClass::kMultiplier, tokens_.size() > next + 1 ? next + 1 : next)) {
      return {};
    }
    span.count = 1;
    return span;
  }

  // "in 2020 and 2021", "بين 2019 و2021"
  bool YearJoined() const {
    if (first_ < 2 || !Match(ClosedClass::kRangeAnd, first_ - 1)) return false;
    int ignored = 0;
    return YearNumber(first_ - 2, ignored) > 0;
  }
};

// What dates may begin with, the relative ones too.
constexpr uint32_t kDateWords =
    internal::kNumberWords |
    internal::BitsOf({ClosedClass::kArticle, ClosedClass::kDayWord, ClosedClass::kWeekday,
                      ClosedClass::kRangeOpen, ClosedClass::kMonth, ClosedClass::kDirection,
                      ClosedClass::kMonthWord, ClosedClass::kYearWord, ClosedClass::kDayOffset,
                      ClosedClass::kDateUnit, ClosedClass::kDualDateUnit, ClosedClass::kAgoBefore});

std::string Padded(int value, int width) {
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, "%0*d", width, value);
  return buffer;
}

}  // namespace

Term PartialDate::ToTerm() const {
  const std::string y = Padded(year, 4), m = Padded(month, 2), d = Padded(day, 2);
  if (full()) return Term::Literal(Concat(y, "-", m, "-", d), SANAD_XSD_NS "date");
  if (year != 0 && month != 0) return Term::Literal(Concat(y, "-", m), SANAD_XSD_NS "gYearMonth");
  if (month != 0 && day != 0)
    return Term::Literal(Concat("--", m, "-", d), SANAD_XSD_NS "gMonthDay");
  if (year != 0) return Term::Literal(y, SANAD_XSD_NS "gYear");
  if (month != 0) return Term::Literal(Concat("--", m), SANAD_XSD_NS "gMonth");
  if (day != 0) return Term::Literal(Concat("---", d), SANAD_XSD_NS "gDay");
  return Term();
}

std::vector<DateSpan> FindDates(std::span<const Token> tokens) {
  std::vector<DateSpan> out;
  for (size_t at = 0; at < tokens.size();) {
    const bool may = !tokens[at].is_punctuation() && internal::MayBegin(tokens[at], kDateWords);
    DateSpan span = may ? Reader(tokens, at).Run() : DateSpan{};
    at += std::max<size_t>(span.count, 1);
    if (span.count > 0) out.push_back(std::move(span));
  }
  return out;
}

}  // namespace sanad
