// XPath regular expressions (XPath Functions and Operators 3.1, section 5.6)
// translated to RE2, which matches in linear time.
//
// Differences that the translation covers: flags s m i x q, character class
// subtraction ([a-z-[aeiou]]), \i \I \c \C (XML name characters), block escapes
// are refused, `$` matches only at the very end without flag m, and in
// replacements `$1`, `\$`, `\\`. Back-references have no RE2 form and are an
// error.

#ifndef SANAD_QUERY_EXPRESSION_XPATH_REGEX_H_
#define SANAD_QUERY_EXPRESSION_XPATH_REGEX_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace sanad {

// The pattern in RE2's syntax, flags written into it; nullopt for a pattern or
// flags that are not XPath's, or that need back-references.
std::optional<std::string> TranslateXPathRegex(std::string_view pattern, std::string_view flags);

// A replacement string of fn:replace in RE2's rewrite syntax for a pattern with
// `groups` groups. With `literal` (flag q) it is taken as it is. nullopt for a
// stray `\` or `$`.
std::optional<std::string> TranslateXPathReplacement(std::string_view replacement, int groups,
                                                     bool literal);

// The compiled pattern, null when it is not valid. Keeps the last few hundred.
// Thread-safe.
std::shared_ptr<const re2::RE2> CompileXPathRegex(std::string_view pattern, std::string_view flags);

}  // namespace sanad

#endif  // SANAD_QUERY_EXPRESSION_XPATH_REGEX_H_
