// XPath regular expressions (XPath Functions and Operators 3.1, section 5.6)
// translated to RE2, which matches in linear time.
//
// Differences that the translation covers: flags s m i x q; character classes
// with subtraction ([a-z-[aeiou]]), name characters, categories and blocks
// (\p{IsArabic}), which become sets of code points; `$` matches only at the very
// end without flag m; replacements with `$1`, `\$`, `\\`. Back-references have
// no RE2 form and are an error, as is a repetition of more than 1,000.

#ifndef SANAD_QUERY_EXPRESSION_XPATH_REGEX_H_
#define SANAD_QUERY_EXPRESSION_XPATH_REGEX_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace sanad {

// The pattern in RE2's syntax, flags written into it; nullopt for a pattern or
// flags that are not XPath's, or that need back-references.
std::optional<std::string> TranslateXPathRegex(std::string_view pattern, std::string_view flags);

// A piece of a replacement: text, or what a group of the match holds.
struct ReplacementPiece {
  std::string text;
  int group = -1;  // -1: text.
  friend bool operator==(const ReplacementPiece&, const ReplacementPiece&) = default;
};

// A replacement string of fn:replace for a pattern with `groups` groups: `$12` is
// group 12 where there are as many, else group 1 and a 2; a group that the
// pattern lacks is empty. With `literal` (flag q) all of it is text. nullopt for
// a stray `\` or `$`.
std::optional<std::vector<ReplacementPiece>> ParseXPathReplacement(std::string_view replacement,
                                                                   int groups, bool literal);

// The compiled pattern, null when it is not valid. Keeps the last few hundred.
// Thread-safe.
std::shared_ptr<const re2::RE2> CompileXPathRegex(std::string_view pattern, std::string_view flags);

}  // namespace sanad

#endif  // SANAD_QUERY_EXPRESSION_XPATH_REGEX_H_
