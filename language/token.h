// Tokens: words, numbers and punctuation of a text with their offsets, and for
// Arabic words every plausible way of splitting attached particles and pronouns.
//
//   for (const Token& t : Tokenise("وقادتها أمينة"))
//     t.word->splits …  // {}+وقادتها+{}, {و}+قادتها+{}, {و}+قادت+{ها}, {}+وقادت+{ها}
//
// What depends on the word form alone (its Word) is computed once and shared
// through a bounded cache, so tokenising a second text of the same kind is cheap.

#ifndef SANAD_LANGUAGE_TOKEN_H_
#define SANAD_LANGUAGE_TOKEN_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "language/keys.h"

namespace sanad {

enum class Script : uint8_t { kNone, kLatin, kArabic, kOther };

enum class Capitalisation : uint8_t {
  kUncased,  // No cased letter (Arabic, digits).
  kLower,
  kInitial,  // Ryabkov, U
  kUpper,    // USA (two letters or more)
  kMixed,    // McDonald, iPhone
};

enum class TokenKind : uint8_t { kWord, kNumber, kPunctuation };

// One reading of an Arabic word as particles + stem + pronoun. All normalised.
struct CliticSplit {
  std::vector<std::string> proclitics;  // In order: و ف | ب ك ل س | ال. لل is ل + ال.
  std::string stem;
  std::string enclitic;  // ه ها هم هن هما ك كم نا ي ني … or empty.
  bool HasProclitic(std::string_view clitic) const;
  bool definite() const { return HasProclitic("ال"); }
};

// What a word form says by itself. Immutable.
struct Word {
  std::string surface;
  std::string normalised;
  TokenKind kind = TokenKind::kWord;
  Script script = Script::kNone;
  Capitalisation capitalisation = Capitalisation::kUncased;
  // The unsplit reading first. One for words that are not Arabic.
  std::vector<CliticSplit> splits;
  std::vector<Key> keys;        // keys.h
  uint32_t closed_classes = 0;  // For closed_words.h.
};

// A bounded cache stands behind it. Thread-safe.
std::shared_ptr<const Word> AnalyseWord(std::string_view surface);

struct Token {
  std::shared_ptr<const Word> word;  // Shared with the cache, which may drop it.
  uint32_t begin = 0, end = 0;       // Code points in the text tokenised (plus the base given).
  uint32_t begin_byte = 0, end_byte = 0;
  bool sentence_initial = false;  // The first word of the text given (quotes skipped).
  bool space_before = false;

  const std::string& surface() const { return word->surface; }
  const std::string& normalised() const { return word->normalised; }
  bool is_word() const { return word->kind == TokenKind::kWord; }
  bool is_number() const { return word->kind == TokenKind::kNumber; }
  bool is_punctuation() const { return word->kind == TokenKind::kPunctuation; }
  bool is_capitalised() const { return word->capitalisation >= Capitalisation::kInitial; }
};

// Where a piece of a larger text starts; added to the tokens' offsets.
struct TextBase {
  uint32_t code_point = 0;
  uint32_t byte = 0;
};

// The tokens of a sentence or question, in order. A word is a run of letters,
// marks and digits with inner apostrophes; "'s" is a token of its own; inner
// hyphens split ("US-led" is three tokens); "12:30", "1,250.5" and "2025-03-01"
// are one number token; و and ف before a digit ("و15") are tokens of their own;
// every other character but white space is punctuation by itself.
std::vector<Token> Tokenise(std::string_view text, TextBase base = {});

}  // namespace sanad

#endif  // SANAD_LANGUAGE_TOKEN_H_
