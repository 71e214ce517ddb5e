// Dates are read at each token by trying, in order: ISO and numeric tokens, a
// day or weekday before or after a month, month and year, ranges of days, and
// the relative forms; the longest reading wins.

#include "language/dates.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

#include "language/closed_words.h"
#include "language/numbers.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

using internal::ClosedClass;
using internal::ClosedMatch;
using internal::MatchClosed;

bool ParseInt(std::string_view text, int& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

bool ValidDay(int day) { return day >= 1 && day <= 31; }
bool ValidMonth(int month) { return month >= 1 && month <= 12; }
bool ValidYear(int year) { return year >= 1000 && year <= 2999; }

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

class Reader {
 public:
  Reader(std::span<const Token> tokens, size_t first) : tokens_(tokens), first_(first) {}

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
    consider(Weekday());
    consider(RelativeUnit());
    consider(DayOffset());
    consider(Ago());
    consider(DayOfSame());
    return best;
  }

 private:
  bool Is(size_t at, std::string_view text) const {
    return at < tokens_.size() && tokens_[at].normalised() == text;
  }
  ClosedMatch Match(ClosedClass c, size_t at) const { return MatchClosed(c, tokens_, at); }

  // A day number: 18, 18th, الأول, "the first" (before "of").
  size_t Day(size_t at, int& day) const {
    size_t skipped = 0;
    if (Is(at, "the")) skipped = 1;
    const NumberSpan number = NumberAt(tokens_, at + skipped);
    if (number.count == 0 || !number.is_integer() || number.value < 1 || number.value > 31)
      return 0;
    const Token& token = tokens_[at + skipped];
    const bool digits = token.normalised()[0] >= '0' && token.normalised()[0] <= '9';
    // A day in digits is one token; one in words is an ordinal.
    if (digits ? number.count != 1 || number.value > 31 : !number.ordinal) return 0;
    day = static_cast<int>(number.value);
    return skipped + number.count;
  }

  size_t YearNumber(size_t at, int& year) const {
    if (at >= tokens_.size() || tokens_[at].normalised().size() != 4 ||
        !ParseInt(tokens_[at].normalised(), year) || !ValidYear(year)) {
      return 0;
    }
    return 1;
  }

  // A month name that reads as one: "may", "march" and آب need a capital, a
  // number or an introducing word beside them.
  ClosedMatch Month(size_t at) const {
    ClosedMatch month = Match(ClosedClass::kMonth, at);
    if (!month || !Match(ClosedClass::kAmbiguousMonth, at)) return month;
    const bool capital = tokens_[at].is_capitalised() && !tokens_[at].sentence_initial;
    int ignored = 0;
    const bool number = (at > 0 && tokens_[at - 1].is_number()) || (at > 1 && Is(at - 1, "of")) ||
                        Day(at + 1, ignored) > 0 || YearNumber(at + 1, ignored) > 0 ||
                        Match(ClosedClass::kDirection, at + 1);
    const bool introduced =
        at > 0 &&
        (Match(ClosedClass::kYearIntroducer, at - 1) || Match(ClosedClass::kDirection, at - 1) ||
         Match(ClosedClass::kMonthWord, at - 1) || Match(ClosedClass::kRangeAnd, at - 1));
    return capital || number || introduced ? month : ClosedMatch{};
  }

  // "فبراير/شباط": the second name of the same month is skipped.
  size_t MonthAt(size_t at, int& month, ClosedMatch* affixes = nullptr) const {
    const ClosedMatch m = Month(at);
    if (!m) return 0;
    if (affixes != nullptr) *affixes = m;
    month = static_cast<int>(m.value);
    size_t count = m.count;
    if (Is(at + count, "/") || Is(at + count, "(")) {
      const ClosedMatch other = Match(ClosedClass::kMonth, at + count + 1);
      if (other && other.value == m.value) {
        count += 1 + other.count;
        if (Is(at + count, ")")) ++count;
      }
    }
    return count;
  }

  // What may follow a month: a year ("2025", ", 2025", عام 2025, "of the same
  // year") or a direction ("last", المقبل, "of last year").
  size_t AfterMonth(size_t at, DateSpan& span) const {
    size_t next = at;
    if (Is(next, ",") || Is(next, "،")) ++next;
    if (const size_t count = YearNumber(next, span.date.year)) {
      next += count;
      if (const ClosedMatch era = Match(ClosedClass::kEraWord, next)) next += era.count;
      return next - at;
    }
    if (const size_t count = YearPhrase(at, span)) return count;
    const ClosedMatch direction = Match(ClosedClass::kDirection, at);
    if (direction && !direction.conjunction && !direction.preposition) {
      // "in March next week": the direction belongs to what follows it.
      if (Match(ClosedClass::kDateUnit, at + direction.count)) {
        const ClosedMatch unit = Match(ClosedClass::kYearWord, at + direction.count);
        if (!unit) return 0;
        SetYearDirection(span, static_cast<int>(direction.value));
        return direction.count + unit.count;
      }
      // Arabic الأخير and English "this" before a noun are no directions.
      if (IsLatin(at) && direction.value != -1) return 0;
      span.direction = static_cast<int>(direction.value);
      return direction.count;
    }
    return 0;
  }

  static void SetYearDirection(DateSpan& span, int direction) {
    span.unit = DateUnit::kYear;
    span.offset = direction;
  }

  bool IsLatin(size_t at) const {
    return at < tokens_.size() && tokens_[at].word->script == Script::kLatin;
  }

  // "of the same year", من العام نفسه, "of last year", من العام الماضي, عام 2024.
  size_t YearPhrase(size_t at, DateSpan& span) const {
    size_t next = at;
    if (const ClosedMatch of = Match(ClosedClass::kOf, next); of && of.count == 1) next += of.count;
    if (next < tokens_.size() && IsLatin(next)) {
      if (const ClosedMatch same = Match(ClosedClass::kSame, next)) {
        const ClosedMatch year = Match(ClosedClass::kYearWord, next + same.count);
        if (!year) return 0;
        span.same_as_before = true;
        return next + same.count + year.count - at;
      }
      const ClosedMatch direction = Match(ClosedClass::kDirection, next);
      const ClosedMatch year =
          direction ? Match(ClosedClass::kYearWord, next + direction.count) : ClosedMatch{};
      if (!year) return 0;
      SetYearDirection(span, static_cast<int>(direction.value));
      return next + direction.count + year.count - at;
    }
    const ClosedMatch year = Match(ClosedClass::kYearWord, next);
    if (!year) return 0;
    next += year.count;
    if (const size_t count = YearNumber(next, span.date.year)) return next + count - at;
    if (const ClosedMatch same = Match(ClosedClass::kSame, next)) {
      span.same_as_before = true;
      return next + same.count - at;
    }
    if (const ClosedMatch direction = Match(ClosedClass::kDirection, next)) {
      SetYearDirection(span, static_cast<int>(direction.value));
      return next + direction.count - at;
    }
    return 0;
  }

  DateSpan Numeric() const {
    DateSpan span;
    if (first_ < tokens_.size() && tokens_[first_].is_number() &&
        NumericDate(tokens_[first_].normalised(), span.date)) {
      span.count = 1;
    }
    return span;
  }

  // Skips "يوم", a weekday and a comma in front of a day; sets the weekday.
  size_t Lead(size_t at, DateSpan& span) const {
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
    size_t next = first_ + Lead(first_, span);
    const size_t day = Day(next, span.date.day);
    if (day == 0) return {};
    next += day;
    size_t of = 0;
    if (const ClosedMatch m = Match(ClosedClass::kOf, next);
        m && (Is(next, "of") || Is(next, "من"))) {
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
    if (Is(next, "of") || Is(next, "من")) ++next;
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
    size_t next = first_ + Lead(first_, span);
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
    size_t next = first_;
    const ClosedMatch before = Match(ClosedClass::kDirection, next);
    if (before && IsLatin(next)) {
      next += before.count;
      span.direction = static_cast<int>(before.value);
    } else if (const ClosedMatch word = Match(ClosedClass::kMonthWord, next);
               word && !IsLatin(next)) {
      next += word.count;
    }
    const size_t month = MonthAt(next, span.date.month);
    if (month == 0) return {};
    next += month;
    if (Is(next, "of")) {
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

  // "[on|last|next] Tuesday", يوم الثلاثاء المقبل
  DateSpan Weekday() const {
    DateSpan span;
    size_t next = first_;
    const ClosedMatch before = Match(ClosedClass::kDirection, next);
    if (before && IsLatin(next)) {
      next += before.count;
      span.offset = static_cast<int>(before.value);
    } else if (const ClosedMatch word = Match(ClosedClass::kDayWord, next);
               word && !IsLatin(next)) {
      next += word.count;
    } else if (const ClosedMatch day = Match(ClosedClass::kDayOffset, next);
               day && Match(ClosedClass::kWeekday, next + day.count)) {
      // أمس الأربعاء: yesterday, which was a Wednesday.
      const ClosedMatch weekday = Match(ClosedClass::kWeekday, next + day.count);
      span.unit = DateUnit::kDay;
      span.offset = static_cast<int>(day.value);
      span.weekday = static_cast<int>(weekday.value);
      span.count = day.count + weekday.count;
      return span;
    }
    const ClosedMatch weekday = Match(ClosedClass::kWeekday, next);
    if (!weekday) return {};
    // English weekdays are capitalised in texts, and lower-case ones are no other
    // words, so both count.
    next += weekday.count;
    span.weekday = static_cast<int>(weekday.value);
    span.unit = DateUnit::kWeekday;
    if (!IsLatin(first_)) {
      if (const ClosedMatch after = Match(ClosedClass::kDirection, next)) {
        span.offset = static_cast<int>(after.value);
        next += after.count;
      }
    }
    span.count = next - first_;
    return span;
  }

  // "last month", "next year", الشهر الماضي, "this week", العام المقبل
  DateSpan RelativeUnit() const {
    DateSpan span;
    const ClosedMatch before = Match(ClosedClass::kDirection, first_);
    if (before && (IsLatin(first_) || before.value == 0)) {
      const ClosedMatch unit = Match(ClosedClass::kDateUnit, first_ + before.count);
      if (unit && Singular(first_ + before.count)) {
        SetUnit(span, unit.value, before.value);
        span.count = before.count + unit.count;
      }
      return span;
    }
    if (IsLatin(first_)) return span;
    const ClosedMatch unit = Match(ClosedClass::kDateUnit, first_);
    if (!unit || unit.conjunction || !unit.definite || !Singular(first_)) return span;
    const ClosedMatch after = Match(ClosedClass::kDirection, first_ + unit.count);
    if (!after || after.conjunction || after.preposition) return span;
    SetUnit(span, unit.value, after.value);
    span.count = unit.count + after.count;
    return span;
  }

  static void SetUnit(DateSpan& span, int64_t unit, int64_t offset) {
    span.unit = static_cast<DateUnit>(unit);
    span.offset = static_cast<int>(offset);
  }

  // "last months" and "in the past years" name no date.
  bool Singular(size_t at) const {
    const ClosedMatch unit = Match(ClosedClass::kDateUnit, at);
    const std::span<const std::string> forms =
        internal::PhrasesOf(ClosedClass::kDateUnit, unit.value, IsLatin(at) ? "en" : "ar");
    if (forms.empty()) return false;
    if (IsLatin(at)) return tokens_[at].normalised() == forms[0];
    static constexpr size_t kSingulars = 2;  // The file lists singulars first (عام، سنة).
    for (size_t i = 0; i < forms.size() && i < kSingulars; ++i) {
      const Word& form = *AnalyseWord(forms[i]);
      for (const CliticSplit& split : tokens_[at].word->splits) {
        if (split.stem == form.normalised && split.enclitic.empty()) {
          return unit.value == 4 || i == 0;
        }
      }
    }
    return false;
  }

  DateSpan DayOffset() const {
    DateSpan span;
    const ClosedMatch day = Match(ClosedClass::kDayOffset, first_);
    if (!day || day.preposition) return span;
    // "the current day"/اليوم الثاني: a day by its number is no "today".
    if (day.value == 0 && !IsLatin(first_)) {
      const NumberSpan number = NumberAt(tokens_, first_ + day.count);
      if (number.count > 0 && number.ordinal) return span;
    }
    SetUnit(span, static_cast<int64_t>(DateUnit::kDay), day.value);
    span.count = day.count;
    return span;
  }

  // "two days ago", قبل يومين, "in the next 3 days" is no date.
  DateSpan Ago() const {
    DateSpan span;
    size_t next = first_;
    int sign = 0;
    if (const ClosedMatch before = Match(ClosedClass::kAgoBefore, next);
        before && before.value == -1 && !IsLatin(next)) {
      sign = -1;
      next += before.count;
    }
    int64_t count = 0;
    ClosedMatch unit = Match(ClosedClass::kDualDateUnit, next);
    if (unit) {
      count = 2;
    } else {
      const NumberSpan number = NumberAt(tokens_, next);
      if (number.count > 0 && number.is_integer() && !number.ordinal && number.value < 10000) {
        count = static_cast<int64_t>(number.value);
        next += number.count;
      } else if (const ClosedMatch article = Match(ClosedClass::kArticle, next);
                 article && !Is(next, "the")) {
        count = 1;
        next += article.count;
      } else if (sign != 0) {
        count = 1;
      }
      unit = count != 0 ? Match(ClosedClass::kDateUnit, next) : ClosedMatch{};
      if (unit.definite) unit = {};
    }
    if (!unit) return {};
    next += unit.count;
    if (sign == 0) {
      const ClosedMatch ago = Match(ClosedClass::kAgo, next);
      if (!ago || ago.value != -1 || Is(next, "earlier")) return {};
      next += ago.count;
      sign = -1;
    } else if (tokens_[next - 1].word->script == Script::kArabic && next < tokens_.size() &&
               Match(ClosedClass::kOf, next)) {
      return {};  // قبل يوم من … counts from something else.
    }
    SetUnit(span, unit.value, sign * count);
    span.count = next - first_;
    return span;
  }

  // 28 من الشهر ذاته, "the 28th of the same month"
  DateSpan DayOfSame() const {
    DateSpan span;
    const size_t day = Day(first_, span.date.day);
    if (day == 0) return {};
    size_t next = first_ + day;
    if (!Is(next, "of") && !Is(next, "من")) return {};
    ++next;
    if (const ClosedMatch same = Match(ClosedClass::kSame, next); same && IsLatin(next)) {
      const ClosedMatch month = Match(ClosedClass::kMonthWord, next + same.count);
      if (!month) return {};
      next += same.count + month.count;
    } else {
      const ClosedMatch month = Match(ClosedClass::kMonthWord, next);
      if (!month) return DayOfRelativeMonth(span, next);
      const ClosedMatch after = Match(ClosedClass::kSame, next + month.count);
      if (!after) return DayOfRelativeMonth(span, next);
      next += month.count + after.count;
    }
    span.same_as_before = true;
    span.count = next - first_;
    return span;
  }

  // "the 5th of last month", الخامس من الشهر الجاري
  DateSpan DayOfRelativeMonth(DateSpan span, size_t at) const {
    const DateSpan month = Reader(tokens_, at).RelativeUnit();
    if (month.count == 0 || month.unit != DateUnit::kMonth) return {};
    span.unit = month.unit;
    span.offset = month.offset;
    span.count = at + month.count - first_;
    return span;
  }

  std::span<const Token> tokens_;
  size_t first_;
};

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
    DateSpan span = tokens[at].is_punctuation() ? DateSpan{} : Reader(tokens, at).Run();
    at += std::max<size_t>(span.count, 1);
    if (span.count > 0) out.push_back(std::move(span));
  }
  return out;
}

}  // namespace sanad
