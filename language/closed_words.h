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

// The phrases of a value, in file order, of one language ("en", "ar"), as written.
std::span<const std::string> PhrasesOf(ClosedClass closed_class, int64_t value,
                                       std::string_view language);

}  // namespace sanad::internal

#endif  // SANAD_LANGUAGE_CLOSED_WORDS_H_
