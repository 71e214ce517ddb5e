// [comparator] number unit [and number smaller-unit | and a half], a dual noun
// (ساعتين), or one unit by itself behind a comparator ("more than an hour").

#include "language/durations.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "language/closed_words.h"
#include "language/numbers.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

using internal::ClosedClass;
using internal::ClosedMatch;
using internal::MatchClosed;

constexpr int64_t kMinute = 60, kHour = 3600, kDay = 86400, kWeek = 604800, kMonth = 2592000,
                  kYear = 31536000;

// Halves of a unit in whole smaller units, so that no fraction is written where
// XSD allows none.
struct Amount {
  double count = 0;
  int64_t unit = 0;
};

std::string Number(double value) {
  if (value == std::floor(value) && value < 1e15) return Concat(static_cast<int64_t>(value));
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%g", value);
  return buffer;
}

// "PT3H30M", "P90D": the unit said is kept; fractions go to the next ones down.
std::string Lexical(const std::vector<Amount>& amounts) {
  double years = 0, months = 0, days = 0, seconds = 0;
  for (const Amount& a : amounts) {
    if (a.unit == kYear) {
      years += std::floor(a.count);
      months += (a.count - std::floor(a.count)) * 12;
    } else if (a.unit == kMonth) {
      months += std::floor(a.count);
      days += (a.count - std::floor(a.count)) * 30;
    } else if (a.unit >= kDay) {
      const double d = a.count * static_cast<double>(a.unit / kDay);
      days += std::floor(d);
      seconds += (d - std::floor(d)) * kDay;
    } else {
      seconds += a.count * static_cast<double>(a.unit);
    }
  }
  bool hours_said = false;
  for (const Amount& a : amounts) hours_said = hours_said || a.unit == kHour;
  double hours = 0;
  double minutes = 0;
  const bool only_minutes = !hours_said && seconds < 100 * kHour && days == 0;
  if (!only_minutes || hours_said) {
    hours = std::floor(seconds / kHour);
    seconds -= hours * kHour;
  }
  minutes = std::floor(seconds / kMinute);
  seconds -= minutes * kMinute;
  std::string out = "P";
  const auto add = [&](double value, char letter) {
    if (value > 0) out += Number(value) + letter;
  };
  add(years, 'Y');
  add(std::round(months), 'M');
  add(std::round(days), 'D');
  if (hours + minutes + seconds > 0) {
    out += 'T';
    add(hours, 'H');
    add(minutes, 'M');
    add(seconds, 'S');
  }
  return out == "P" ? "PT0S" : out;
}

// What durations may begin with.
constexpr uint32_t kDurationWords =
    internal::kNumberWords |
    internal::BitsOf({ClosedClass::kComparator, ClosedClass::kDualTimeUnit, ClosedClass::kTimeUnit,
                      ClosedClass::kHalf, ClosedClass::kArticle});

bool IsHyphen(std::span<const Token> tokens, size_t at) {
  return at < tokens.size() && tokens[at].normalised() == "-";
}

class Reader {
 public:
  Reader(std::span<const Token> tokens, size_t first) : tokens_(tokens), first_(first) {}

  DurationSpan Run() {
    DurationSpan span;
    span.first = first_;
    const ComparatorSpan comparator = ComparatorAt(tokens_, first_);
    at_ = first_ + comparator.count;
    span.value_first = at_;
    span.comparator = comparator.comparator;
    if (!Amounts(comparator.count > 0)) return span;
    ReadTrailingComparator(span);
    span.count = at_ - first_;
    span.lexical = Lexical(amounts_);
    for (const Amount& a : amounts_) span.seconds += a.count * static_cast<double>(a.unit);
    return span;
  }

 private:
  // "four hours at least", ساعتين على الأقل
  void ReadTrailingComparator(DurationSpan& span) {
    if (span.value_first != first_) return;
    const ComparatorSpan after = ComparatorAt(tokens_, at_);
    if (after.count == 0) return;
    const bool closes = after.comparator == Comparator::kAtLeast ||
                        after.comparator == Comparator::kAtMost ||
                        (after.comparator == Comparator::kAbout && after.count == 1 &&
                         tokens_[at_].word->script == Script::kArabic);
    // Only where no amount of its own follows.
    if (!closes || NumberAt(tokens_, at_ + after.count).count > 0) return;
    span.comparator = after.comparator;
    at_ += after.count;
  }

  bool Amounts(bool compared) {
    if (!FirstAmount(compared)) return false;
    while (!halved_ && amounts_.size() < 4 && NextAmount()) {
    }
    return true;
  }

  ClosedMatch Unit(size_t at) const {
    ClosedMatch m = MatchClosed(ClosedClass::kTimeUnit, tokens_, at);
    if (m.preposition || m.conjunction) return {};
    return m;
  }

  bool FirstAmount(bool compared) {
    if (const ClosedMatch dual = MatchClosed(ClosedClass::kDualTimeUnit, tokens_, at_);
        dual && !dual.definite) {
      amounts_.push_back({2, dual.value});
      at_ += dual.count;
      // ساعتين اثنتين repeats the number.
      if (const NumberSpan again = NumberAt(tokens_, at_); again.count == 1 && again.value == 2)
        ++at_;
      return true;
    }
    const NumberSpan number = NumberAt(tokens_, at_);
    if (number.count > 0 && !number.ordinal) return NumberedAmount(number);
    return SingleAmount(compared);
  }

  bool NumberedAmount(const NumberSpan& number) {
    size_t next = at_ + number.count;
    double value = number.value;
    // "three and a half hours"
    if (const ClosedMatch half = HalfAt(next)) {
      if (const ClosedMatch unit = Unit(next + half.count)) {
        amounts_.push_back({value + 1.0 / static_cast<double>(half.value), unit.value});
        halved_ = true;
        at_ = next + half.count + unit.count;
        return true;
      }
    }
    if (IsHyphen(tokens_, next)) ++next;
    const ClosedMatch unit = Unit(next);
    if (!unit) return false;
    // "21 days old" and the like are for rules to exclude.
    amounts_.push_back({value, unit.value});
    at_ = next + unit.count;
    return true;
  }

  // "an hour", "half an hour", نصف ساعة, ساعة ونصف, and ساعة behind a comparator.
  bool SingleAmount(bool compared) {
    size_t next = at_;
    double value = 1;
    const ClosedMatch half = MatchClosed(ClosedClass::kHalf, tokens_, next);
    bool counted = compared;
    if (half && !half.conjunction) {
      value = 1.0 / static_cast<double>(half.value);
      next += half.count;
      counted = true;
    }
    if (const ClosedMatch article = MatchClosed(ClosedClass::kArticle, tokens_, next);
        article.value == internal::kIndefiniteArticle) {
      next += article.count;
      counted = true;
    }
    const ClosedMatch unit = Unit(next);
    if (!unit || (unit.definite && !half)) return false;
    // A bare unit is no amount, but ساعة ونصف is one.
    if (!counted && !HalfAt(next + unit.count)) return false;
    amounts_.push_back({value, unit.value});
    at_ = next + unit.count;
    return true;
  }

  // "and a half", ونصف, ونصف الساعة; count covers the conjunction.
  ClosedMatch HalfAt(size_t at) const {
    ClosedMatch m = MatchClosed(ClosedClass::kHalf, tokens_, at);
    if (m && (m.conjunction || tokens_[at].normalised().starts_with("ون"))) return m;
    const ClosedMatch conjunction = MatchClosed(ClosedClass::kAnd, tokens_, at);
    if (!conjunction) return {};
    m = MatchClosed(ClosedClass::kHalf, tokens_, at + conjunction.count);
    if (m) m.count += conjunction.count;
    return m;
  }

  bool NextAmount() {
    if (const ClosedMatch half = HalfAt(at_)) {
      amounts_.back().count += 1.0 / static_cast<double>(half.value);
      at_ += half.count;
      if (const ClosedMatch unit = Unit(at_); unit && unit.value == amounts_.back().unit) {
        at_ += unit.count;  // ونصف الساعة
      }
      halved_ = true;
      return true;
    }
    size_t next = at_;
    bool joined = false;
    if (next < tokens_.size() && tokens_[next].normalised() == ",") ++next;
    if (const ClosedMatch conjunction = MatchClosed(ClosedClass::kAnd, tokens_, next)) {
      next += conjunction.count;
      joined = true;
    }
    if (const ClosedMatch dual = MatchClosed(ClosedClass::kDualTimeUnit, tokens_, next);
        dual && (joined || dual.conjunction) && dual.value < amounts_.back().unit) {
      amounts_.push_back({2, dual.value});
      at_ = next + dual.count;
      return true;
    }
    const NumberSpan number = NumberAt(tokens_, next);
    if (number.count == 0 || number.ordinal) return false;
    const ClosedMatch unit = Unit(next + number.count);
    if (!unit || unit.value >= amounts_.back().unit) return false;
    amounts_.push_back({number.value, unit.value});
    at_ = next + number.count + unit.count;
    return true;
  }

  std::span<const Token> tokens_;
  size_t first_;
  size_t at_ = 0;
  std::vector<Amount> amounts_;
  bool halved_ = false;  // Nothing smaller is added to a half.
};

}  // namespace

ComparatorSpan ComparatorAt(std::span<const Token> tokens, size_t at) {
  const ClosedMatch match = MatchClosed(ClosedClass::kComparator, tokens, at);
  if (!match) return {};
  return {at, match.count, static_cast<Comparator>(match.value)};
}

Term DurationSpan::ToTerm() const { return Term::Literal(lexical, SANAD_XSD_NS "duration"); }

std::vector<DurationSpan> FindDurations(std::span<const Token> tokens) {
  std::vector<DurationSpan> out;
  for (size_t at = 0; at < tokens.size();) {
    const bool may = internal::MayBegin(tokens[at], kDurationWords);
    DurationSpan span = may ? Reader(tokens, at).Run() : DurationSpan{};
    at += std::max<size_t>(span.count, 1);
    if (span.count > 0) out.push_back(std::move(span));
  }
  return out;
}

}  // namespace sanad
