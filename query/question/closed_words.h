// The closed-class words of a language, from datasets/questions/*.words.
//
// The file names categories in words; each phrase is compared token by token
// after normalisation. Arabic phrases also match with attached و ف ب ل ك off
// their first token; the particles become symbols of their own.

#ifndef SANAD_QUERY_QUESTION_CLOSED_WORDS_H_
#define SANAD_QUERY_QUESTION_CLOSED_WORDS_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <absl/status/statusor.h>
#include "language/token.h"
#include "query/question/symbol.h"
#include "storage/model/text.h"

namespace sanad::question {

struct ClosedMatch {
  Category category = Category::kFiller;
  std::string_view name;    // The file's category name: "before".
  std::string_view phrase;  // As written in the file.
  int8_t direction = 0;     // high, low
  uint32_t count = 0;       // Tokens.
  uint8_t split = 0;        // Which reading of the first token.
};

// Thread-compatible, immutable once parsed.
class ClosedWords {
 public:
  // Errors: InvalidArgument with the line.
  static absl::StatusOr<ClosedWords> Parse(std::string_view text);
  // The built-in words of "en" or "ar" (any other: "en").
  static const ClosedWords& Of(std::string_view language);

  // All phrases that begin at token `at`, longest first.
  std::vector<ClosedMatch> MatchAt(std::span<const Token> tokens, size_t at) const;
  // Phrases that begin with a normalised prefix, in the file's order.
  std::vector<std::string> Phrases(std::string_view prefix) const;
  // Whether a normalised word may be a preposition.
  bool IsPreposition(std::string_view word) const;

  // The words that the rules of composition know by what they do ("word from: …"),
  // normalised; empty where the language has none.
  const std::vector<std::string>& WordsFor(std::string_view use) const;
  bool IsWordFor(std::string_view use, std::string_view word) const;
  // The one to say it with, as the file writes it: the first, or empty.
  std::string_view WordFor(std::string_view use) const;
  // A normalised preposition as the file writes it (إلى); any other word as it is.
  std::string_view AsWritten(std::string_view word) const;

 private:
  struct Phrase {
    Category category;
    std::string name;
    std::string phrase;
    int8_t direction;
    std::vector<std::string> tokens;  // Normalised.
  };
  std::vector<Phrase> phrases_;
  std::unordered_map<std::string, std::vector<std::string>, TransparentStringHash,
                     TransparentStringEq>
      by_use_;
  std::unordered_map<std::string, std::string, TransparentStringHash, TransparentStringEq> written_;
  std::unordered_map<std::string, std::vector<uint32_t>, TransparentStringHash, TransparentStringEq>
      by_first_;
};

}  // namespace sanad::question

#endif  // SANAD_QUERY_QUESTION_CLOSED_WORDS_H_
