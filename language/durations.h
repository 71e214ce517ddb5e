// Durations in a token sequence: "four hours", أربع ساعات, ساعتين, "three and a
// half hours", ثلاث ساعات ونصف الساعة, "a day", "90-day", with the comparator
// before them ("more than four hours", ما لا يقل عن ساعة).
// The words are data: datasets/language/*.words.

#ifndef SANAD_LANGUAGE_DURATIONS_H_
#define SANAD_LANGUAGE_DURATIONS_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <sanad/term.h>
#include "language/token.h"

namespace sanad {

enum class Comparator : uint8_t { kExactly, kMoreThan, kLessThan, kAtLeast, kAtMost, kAbout };

// A comparator phrase at a token: "more than", أكثر من, "at least" …
struct ComparatorSpan {
  size_t first = 0, count = 0;
  Comparator comparator = Comparator::kExactly;
};
// count 0 where none starts at `at`.
ComparatorSpan ComparatorAt(std::span<const Token> tokens, size_t at);

struct DurationSpan {
  size_t first = 0, count = 0;  // Tokens, comparator included.
  size_t value_first = 0;       // The first token behind the comparator.
  Comparator comparator = Comparator::kExactly;
  std::string lexical;  // xsd:duration: "PT4H", "P90D", "PT3H30M", "P2W" as "P14D".
  double seconds = 0;   // Months count 30 days, years 365; for comparing only.
  Term ToTerm() const;  // xsd:duration.
};

// All durations, longest first at each place, not overlapping.
std::vector<DurationSpan> FindDurations(std::span<const Token> tokens);

}  // namespace sanad

#endif  // SANAD_LANGUAGE_DURATIONS_H_
