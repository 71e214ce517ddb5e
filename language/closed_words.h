// The closed-class words both languages need to read numbers, dates, durations
// and sentence ends: data files datasets/language/*.words, built in.
//
//   [section]
//   value = phrase | phrase | …        # several lines may share a value
//
// A phrase is words; it is compared after Normalise. An Arabic phrase without
// article matches with and without one; a token's attached conjunction or
// preposition is set aside first.

#ifndef SANAD_LANGUAGE_CLOSED_WORDS_H_
#define SANAD_LANGUAGE_CLOSED_WORDS_H_

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "language/token.h"

namespace sanad::internal {

enum class ClosedClass : uint8_t {
  kCardinal,
  kMultiplier,
  kOrdinal,
  kOrdinalSuffix,
  kAnd,
  kHalf,
  kMonth,
  kAmbiguousMonth,
  kWeekday,
  kDateUnit,
  kDualDateUnit,
  kDayOffset,
  kDirection,
  kSame,
  kAgo,
  kAgoBefore,
  kDayWord,
  kMonthWord,
  kYearWord,
  kOf,
  kYearIntroducer,
  kRangeAnd,
  kRangeOpen,
  kEraWord,
  kTimeUnit,
  kDualTimeUnit,
  kComparator,
  kAbbreviation,
  kArticle,
  kCount,
};

// Values that readers tell apart.
inline constexpr int64_t kIndefiniteArticle = 1, kDefiniteArticle = 2;
inline constexpr int64_t kOfBetweenParts = 1;  // Of a date; others only introduce a year.

struct ClosedMatch {
  int64_t value = 0;
  size_t count = 0;  // Tokens; 0: no match.
  // Letters attached before the phrase in its first token ("و", "ب", …).
  bool conjunction = false;
  bool preposition = false;
  bool definite = false;
  explicit operator bool() const { return count > 0; }
};

// The longest phrase of a class that starts at token `at`; hyphens between its
// words are skipped.
ClosedMatch MatchClosed(ClosedClass closed_class, std::span<const Token> tokens, size_t at);

// The classes that have a phrase which some reading of the word may begin, a bit
// each (1 << ClosedClass). REQUIRES: normalised and splits are set.
uint32_t ClosedClassesOf(const Word& word);

constexpr uint32_t BitsOf(std::initializer_list<ClosedClass> classes) {
  uint32_t bits = 0;
  for (const ClosedClass c : classes) bits |= uint32_t{1} << static_cast<int>(c);
  return bits;
}

// Whether a token has digits in front or may begin a phrase of one of these classes:
// most words begin no number, date or duration, and are told by this.
inline bool MayBegin(const Token& token, uint32_t classes) {
  const std::string& text = token.normalised();
  const bool digit = !text.empty() && text[0] >= '0' && text[0] <= '9';
  return digit || token.is_number() || (token.word->closed_classes & classes) != 0;
}

// What a number in words may begin with.
inline constexpr uint32_t kNumberWords =
    BitsOf({ClosedClass::kCardinal, ClosedClass::kMultiplier, ClosedClass::kOrdinal});

// The phrases of a value, in file order, of one language ("en", "ar"), as written.
std::span<const std::string> PhrasesOf(ClosedClass closed_class, int64_t value,
                                       std::string_view language);

}  // namespace sanad::internal

#endif  // SANAD_LANGUAGE_CLOSED_WORDS_H_
