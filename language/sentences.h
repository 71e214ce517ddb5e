// Sentences of a text: every line is at least one (so headings count), lines are
// split further by ICU's rules, and a break after an abbreviation ("Dr.", "د.",
// an initial) is taken back. Spans are trimmed of white space and never empty.

#ifndef SANAD_LANGUAGE_SENTENCES_H_
#define SANAD_LANGUAGE_SENTENCES_H_

#include <cstdint>
#include <string_view>
#include <vector>

namespace sanad {

struct SentenceSpan {
  uint32_t begin = 0, end = 0;            // Code points, end exclusive.
  uint32_t begin_byte = 0, end_byte = 0;  // Bytes.
  // A line of its own without sentence-final punctuation.
  bool is_heading = false;
};

// In text order. Linear in the text's size; texts up to 4 GB.
std::vector<SentenceSpan> SplitSentences(std::string_view text);

}  // namespace sanad

#endif  // SANAD_LANGUAGE_SENTENCES_H_
