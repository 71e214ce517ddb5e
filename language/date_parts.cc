#include "language/date_parts.h"

#include <charconv>

#include "language/numbers.h"

namespace sanad::internal {

bool ParseInt(std::string_view text, int& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

bool DateParts::IsOf(size_t at) const {
  const ClosedMatch of = Match(ClosedClass::kOf, at);
  return of.count == 1 && of.value == kOfBetweenParts && !of.conjunction && !of.preposition;
}

bool DateParts::IsTheArticle(size_t at) const {
  return Match(ClosedClass::kArticle, at).value == kDefiniteArticle;
}

bool DateParts::Is(size_t at, std::string_view text) const {
  return at < tokens_.size() && tokens_[at].normalised() == text;
}

size_t DateParts::Day(size_t at, int& day) const {
  size_t skipped = 0;
  if (IsTheArticle(at)) skipped = 1;
  const NumberSpan number = NumberAt(tokens_, at + skipped);
  if (number.count == 0 || !number.is_integer() || number.value < 1 || number.value > 31) return 0;
  const Token& token = tokens_[at + skipped];
  const bool digits = token.normalised()[0] >= '0' && token.normalised()[0] <= '9';
  // A day in digits is one token; one in words is an ordinal.
  if (digits ? number.count != 1 || number.value > 31 : !number.ordinal) return 0;
  day = static_cast<int>(number.value);
  return skipped + number.count;
}

size_t DateParts::YearNumber(size_t at, int& year) const {
  if (at >= tokens_.size() || tokens_[at].normalised().size() != 4 ||
      !ParseInt(tokens_[at].normalised(), year) || !ValidYear(year)) {
    return 0;
  }
  return 1;
}

ClosedMatch DateParts::Month(size_t at) const {
  ClosedMatch month = Match(ClosedClass::kMonth, at);
  if (!month || !Match(ClosedClass::kAmbiguousMonth, at)) return month;
  const bool capital = tokens_[at].is_capitalised() && !tokens_[at].sentence_initial;
  int ignored = 0;
  const bool number = (at > 0 && tokens_[at - 1].is_number()) ||
                      (at > 1 && IsLatin(at - 1) && IsOf(at - 1)) || Day(at + 1, ignored) > 0 ||
                      YearNumber(at + 1, ignored) > 0 || Match(ClosedClass::kDirection, at + 1);
  const bool introduced =
      at > 0 &&
      (Match(ClosedClass::kYearIntroducer, at - 1) || Match(ClosedClass::kDirection, at - 1) ||
       Match(ClosedClass::kMonthWord, at - 1) || Match(ClosedClass::kRangeAnd, at - 1));
  return capital || number || introduced ? month : ClosedMatch{};
}

size_t DateParts::MonthAt(size_t at, int& month, ClosedMatch* affixes) const {
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

size_t DateParts::AfterMonth(size_t at, DateSpan& span) const {
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

void DateParts::SetYearDirection(DateSpan& span, int direction) {
  span.unit = DateUnit::kYear;
  span.offset = direction;
}

bool DateParts::IsLatin(size_t at) const {
  return at < tokens_.size() && tokens_[at].word->script == Script::kLatin;
}

size_t DateParts::Lead(size_t at, ClosedClass noun, int& direction) const {
  if (!IsLatin(at)) return Match(noun, at).count;
  const ClosedMatch before = Match(ClosedClass::kDirection, at);
  if (before) direction = static_cast<int>(before.value);
  return before.count;
}

size_t DateParts::YearPhrase(size_t at, DateSpan& span) const {
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

}  // namespace sanad::internal
