// Dates told from the day of writing or from a date before: weekdays, "last month",
// "two days ago", "the 5th of the same month".

#include <utility>

#include "language/date_parts.h"
#include "language/numbers.h"

namespace sanad::internal {
namespace {

class RelativeReader : DateParts {
 public:
  RelativeReader(std::span<const Token> tokens, size_t first) : DateParts(tokens, first) {}

  DateSpan Run() const {
    DateSpan best;
    for (DateSpan span : {Weekday(), RelativeUnit(), DayOffset(), Ago(), DayOfSame()}) {
      span.first = first_;
      if (span.count > best.count) best = std::move(span);
    }
    return best;
  }

 private:
  // "[on|last|next] Tuesday", يوم الثلاثاء المقبل
  DateSpan Weekday() const {
    DateSpan span;
    size_t next = first_ + Lead(first_, ClosedClass::kDayWord, span.offset);
    const ClosedMatch day = next == first_ ? Match(ClosedClass::kDayOffset, next) : ClosedMatch{};
    const ClosedMatch weekday = Match(ClosedClass::kWeekday, next + day.count);
    if (!weekday) return {};
    if (day) {
      // أمس الأربعاء: yesterday, which was a Wednesday.
      span.unit = DateUnit::kDay;
      span.offset = static_cast<int>(day.value);
      span.weekday = static_cast<int>(weekday.value);
      span.count = day.count + weekday.count;
      return span;
    }
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
      const size_t next = first_ + before.count + unit.count;
      // "the last week of June"
      if (unit && Singular(first_ + before.count) && !Match(ClosedClass::kOf, next)) {
        SetUnit(span, unit.value, before.value);
        span.count = next - first_;
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
    static constexpr size_t kSingulars = 2;  // The file lists singulars first.
    for (size_t i = 0; i < forms.size() && i < kSingulars; ++i) {
      const Word& form = *AnalyseWord(forms[i]);
      for (const CliticSplit& split : tokens_[at].word->splits) {
        if (split.stem == form.normalised && split.enclitic.empty()) {
          // Only the year has two (عام, سنة).
          return unit.value == static_cast<int64_t>(DateUnit::kYear) || i == 0;
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
                 article && !IsTheArticle(next)) {
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
      if (!ago || ago.value != -1) return {};
      next += ago.count;
      sign = -1;
    } else if (tokens_[next - 1].word->script == Script::kArabic && next < tokens_.size() &&
               (Match(ClosedClass::kOf, next) || tokens_[next].is_number())) {
      return {};  // قبل يوم من … counts from something else, قبل عام 2014 is before it.
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
    if (!IsOf(next)) return {};
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
    const DateSpan month = RelativeReader(tokens_, at).RelativeUnit();
    if (month.count == 0 || month.unit != DateUnit::kMonth) return {};
    span.unit = month.unit;
    span.offset = month.offset;
    span.count = at + month.count - first_;
    return span;
  }
};

}  // namespace

DateSpan ReadRelativeDate(std::span<const Token> tokens, size_t first) {
  return RelativeReader(tokens, first).Run();
}

}  // namespace sanad::internal
