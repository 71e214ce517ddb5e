// A number is read left to right into `group` (below 1000) and `total` (the
// thousands, millions … already closed). A part is taken only where the grammar
// lets it follow: smaller than what stands ("hundred and five"), or, in Arabic,
// tens joined to the unit before them (خمس وعشرون).

#include "language/numbers.h"

#include <charconv>
#include <cstdlib>
#include <optional>

#include "language/closed_words.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

using internal::ClosedClass;
using internal::ClosedMatch;
using internal::MatchClosed;

constexpr size_t kMaxTokens = 24;
constexpr int64_t kMax = 1'000'000'000'000'000;

bool IsHyphen(const Token& t) { return t.normalised() == "-"; }

// "412", "1,250.5" → canonical digits; nullopt for times and dates ("12:30").
std::optional<std::string> DigitsOf(const Token& token) {
  std::string out;
  bool point = false;
  for (char c : token.normalised()) {
    if (c >= '0' && c <= '9') {
      out.push_back(c);
    } else if (c == '.' && !point) {
      point = true;
      out.push_back(c);
    } else if (c != ',') {
      return std::nullopt;
    }
  }
  if (out.empty() || out.size() > 40) return std::nullopt;
  const size_t digit = out.find_first_not_of('0');
  if (digit == std::string::npos) return "0";
  out.erase(0, out[digit] == '.' ? digit - (digit > 0 ? 1 : 0) : digit);
  if (out.front() == '.') out.insert(0, "0");
  if (point) {
    while (out.back() == '0') out.pop_back();
    if (out.back() == '.') out.pop_back();
  }
  return out;
}

// What an attached suffix makes of digits: "2nd" → 2.
std::optional<int64_t> DigitOrdinal(const Token& token) {
  const std::string& text = token.normalised();
  const size_t letters = text.find_first_not_of("0123456789");
  if (letters == 0 || letters == std::string::npos || letters > 9) return std::nullopt;
  const std::string_view suffix = std::string_view(text).substr(letters);
  static constexpr int kSuffixes = 4;
  for (int i = 1; i <= kSuffixes; ++i) {
    for (const std::string& s : internal::PhrasesOf(ClosedClass::kOrdinalSuffix, i, "en")) {
      if (s == suffix) return std::atoll(text.c_str());
    }
  }
  return std::nullopt;
}

int64_t LowestUnit(int64_t value) {
  int64_t unit = 1;
  while (value != 0 && value % 10 == 0) {
    value /= 10;
    unit *= 10;
  }
  return unit;
}

class Reader {
 public:
  Reader(std::span<const Token> tokens, size_t at) : tokens_(tokens), first_(at), at_(at) {}

  NumberSpan Run() {
    NumberSpan span;
    span.first = first_;
    const Token& start = tokens_[first_];
    if (start.is_number()) return Digits(span);
    if (const std::optional<int64_t> ordinal = DigitOrdinal(start)) {
      return Finish(span, 1, *ordinal, true);
    }
    if (const ClosedMatch ordinal = MatchClosed(ClosedClass::kOrdinal, tokens_, first_)) {
      // "ثانية" is an ordinal, "الثاني والعشرون" a longer one.
      const ClosedMatch cardinal = MatchClosed(ClosedClass::kCardinal, tokens_, first_);
      if (cardinal.count < ordinal.count) return Finish(span, ordinal.count, ordinal.value, true);
    }
    return Words(span);
  }

 private:
  static NumberSpan Finish(NumberSpan span, size_t count, int64_t value, bool ordinal) {
    span.count = count;
    span.ordinal = ordinal;
    span.value = static_cast<double>(value);
    span.lexical = Concat(value);
    return span;
  }

  NumberSpan Digits(NumberSpan span) {
    const std::optional<std::string> digits = DigitsOf(tokens_[first_]);
    if (!digits) return span;
    span.count = 1;
    span.lexical = *digits;
    span.value = std::strtod(digits->c_str(), nullptr);
    const ClosedMatch multiplier = MatchClosed(ClosedClass::kMultiplier, tokens_, first_ + 1);
    if (multiplier && !multiplier.conjunction && !multiplier.preposition &&
        span.value * static_cast<double>(multiplier.value) <= static_cast<double>(kMax)) {
      Scale(span, multiplier.value);
      span.count += multiplier.count;
    }
    return span;
  }

  // Multiplies the decimal digits exactly, by moving the point.
  static void Scale(NumberSpan& span, int64_t factor) {
    size_t zeros = 0;
    for (int64_t f = factor; f >= 10; f /= 10) ++zeros;
    const size_t point = span.lexical.find('.');
    std::string digits = span.lexical;
    size_t decimals = 0;
    if (point != std::string::npos) {
      decimals = digits.size() - point - 1;
      digits.erase(point, 1);
    }
    if (zeros >= decimals) {
      digits.append(zeros - decimals, '0');
    } else {
      digits.insert(digits.size() - (decimals - zeros), ".");
    }
    const size_t first = digits.find_first_not_of('0');
    digits.erase(0, first == std::string::npos ? digits.size() - 1 : first);
    if (digits.front() == '.') digits.insert(0, "0");
    span.lexical = digits;
    span.value = std::strtod(digits.c_str(), nullptr);
  }

  NumberSpan Words(NumberSpan span) {
    size_t good = at_;
    while (at_ < tokens_.size() && at_ - first_ < kMaxTokens) {
      bool conjunction = false;
      const size_t begin = at_;
      if (begin > first_) {
        if (IsHyphen(tokens_[at_])) {
          ++at_;
        } else if (const ClosedMatch m = MatchClosed(ClosedClass::kAnd, tokens_, at_)) {
          conjunction = true;
          at_ += m.count;
        }
      }
      if (at_ >= tokens_.size() || !TakePart(conjunction)) break;
      good = at_;
      if (ordinal_) break;
    }
    if (good == first_) return span;
    return Finish(span, good - first_, total_ + group_, ordinal_);
  }

  bool TakePart(bool conjunction) {
    const Token& token = tokens_[at_];
    if (token.is_punctuation()) return false;
    const bool arabic = token.word->script == Script::kArabic;
    const ClosedMatch cardinal = MatchClosed(ClosedClass::kCardinal, tokens_, at_);
    if (cardinal && AffixesFit(cardinal) &&
        TakeCardinal(cardinal, conjunction || cardinal.conjunction, arabic)) {
      at_ += cardinal.count;
      return true;
    }
    const ClosedMatch multiplier = MatchClosed(ClosedClass::kMultiplier, tokens_, at_);
    if (multiplier && AffixesFit(multiplier) &&
        TakeMultiplier(multiplier, conjunction || multiplier.conjunction)) {
      at_ += multiplier.count;
      return true;
    }
    // "twenty-first"
    const ClosedMatch ordinal = MatchClosed(ClosedClass::kOrdinal, tokens_, at_);
    if (ordinal && !arabic && any_ && !conjunction && group_ >= 20 &&
        LowestUnit(group_) > ordinal.value) {
      group_ += ordinal.value;
      ordinal_ = true;
      at_ += ordinal.count;
      return true;
    }
    return false;
  }

  // Inside a number only a conjunction may be attached; the first part may carry
  // anything (بثلاث، وأربع), which stays outside the number.
  bool AffixesFit(const ClosedMatch& match) const {
    if (!any_) return !(match.definite && match.value == 2);  // الاثنين is Monday.
    return !match.preposition;
  }

  bool TakeCardinal(const ClosedMatch& match, bool conjunction, bool arabic) {
    const int64_t v = match.value;
    if (!any_) {
      Place(v);
      return true;
    }
    if (arabic) {
      if (!conjunction) return false;
      const int64_t unit = group_ % 100;
      const bool tens_after_unit = v >= 20 && v <= 90 && v % 10 == 0 && unit >= 1 && unit <= 9;
      const bool after_hundreds = group_ > 0 && group_ % 100 == 0 && v < 100;
      const bool after_thousands = group_ == 0 && total_ >= 1000 && v < 1000;
      if (!tens_after_unit && !after_hundreds && !after_thousands) return false;
      group_ += v;
      return true;
    }
    const bool after_tens =
        !conjunction && group_ % 100 >= 20 && group_ % 10 == 0 && v < 10 && v > 0;
    const bool after_hundreds = group_ > 0 && group_ % 100 == 0 && v < 100;
    const bool after_thousands = group_ == 0 && total_ >= 1000 && v < 1000;
    if (!after_tens && !after_hundreds && !after_thousands) return false;
    group_ += v;
    return true;
  }

  void Place(int64_t v) {
    (v >= 1000 ? total_ : group_) += v;
    any_ = true;
  }

  bool TakeMultiplier(const ClosedMatch& match, bool conjunction) {
    const int64_t m = match.value;
    if (!any_) {
      // A bare plural ("thousands", آلاف) is no number; "hundred" and ألف are one.
      Place(m == 100 ? 100 : m);
      return true;
    }
    if (conjunction) {  // ألف ومئة
      if (m == 100 && group_ == 0 && total_ >= 1000) {
        group_ = 100;
        return true;
      }
      if (m >= 1000 && group_ == 0 && total_ > m && LowestUnit(total_) > m) {
        total_ += m;
        return true;
      }
      return false;
    }
    if (m == 100) {
      if (group_ < 1 || group_ > 99) return false;
      group_ *= 100;
      return true;
    }
    if (group_ == 0 || group_ > 999 || group_ * m > kMax) return false;
    if (total_ != 0 && LowestUnit(total_) <= m) return false;
    total_ += group_ * m;
    group_ = 0;
    return true;
  }

  std::span<const Token> tokens_;
  size_t first_;
  size_t at_;
  int64_t total_ = 0;
  int64_t group_ = 0;
  bool any_ = false;
  bool ordinal_ = false;
};

}  // namespace

Term NumberSpan::ToTerm() const {
  return Term::Literal(lexical, is_integer() ? SANAD_XSD_NS "integer" : SANAD_XSD_NS "decimal");
}

NumberSpan NumberAt(std::span<const Token> tokens, size_t at) {
  if (at >= tokens.size() || tokens[at].is_punctuation()) return {};
  if (!internal::MayBegin(tokens[at], internal::kNumberWords)) return {};
  return Reader(tokens, at).Run();
}

std::vector<NumberSpan> FindNumbers(std::span<const Token> tokens) {
  std::vector<NumberSpan> out;
  for (size_t at = 0; at < tokens.size();) {
    NumberSpan span = NumberAt(tokens, at);
    at += std::max<size_t>(span.count, 1);
    if (span.count > 0) out.push_back(std::move(span));
  }
  return out;
}

}  // namespace sanad
