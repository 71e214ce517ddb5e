// Numbers in a token sequence: digits of any script, words and ordinals of
// English and Arabic ("four hundred and twelve", أربع وعشرون, الثانية, "2nd",
// "third", الحادية عشرة), feminine forms and duals included (a dual noun's
// "two" is found by durations.h, since it lies inside the noun).
// The words are data: datasets/language/*.words.

#ifndef SANAD_LANGUAGE_NUMBERS_H_
#define SANAD_LANGUAGE_NUMBERS_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <sanad/term.h>
#include "language/token.h"

namespace sanad {

struct NumberSpan {
  size_t first = 0;  // Token index.
  size_t count = 0;  // Tokens.
  bool ordinal = false;
  std::string lexical;  // Canonical: "412", "3.5", "-2". No exponent.
  double value = 0;
  bool is_integer() const { return lexical.find('.') == std::string::npos; }
  // xsd:integer or xsd:decimal.
  Term ToTerm() const;
};

// All numbers, longest first at each place, not overlapping. A year or the day
// of a date is a number here too; dates.h takes precedence for its callers.
std::vector<NumberSpan> FindNumbers(std::span<const Token> tokens);

// The number that starts at `at`, count 0 if none.
NumberSpan NumberAt(std::span<const Token> tokens, size_t at);

}  // namespace sanad

#endif  // SANAD_LANGUAGE_NUMBERS_H_
