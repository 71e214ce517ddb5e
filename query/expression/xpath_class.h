// Character classes of XPath regular expressions as sets of code points.

#ifndef SANAD_QUERY_EXPRESSION_XPATH_CLASS_H_
#define SANAD_QUERY_EXPRESSION_XPATH_CLASS_H_

#include <optional>
#include <string>
#include <string_view>

#include <unicode/uniset.h>

namespace sanad {

// Reads the escape at `at`, which is past its backslash, and moves `at` behind
// it: \n \r \t, an escaped metacharacter, \s \i \c \d \w and their complements,
// \p{…} and \P{…} with a general category or a block (IsArabic). nullopt for
// anything else, back-references among it. With `fold` a single character brings
// its case variants; flag i does not touch categories (F&O 3.1, 5.6.2).
std::optional<icu::UnicodeSet> ReadXPathEscape(std::string_view pattern, size_t& at, bool fold);

// Reads the class that begins with the bracket at `at` and moves `at` behind its
// end. nullopt where it is malformed or nests more than 20 subtractions.
std::optional<icu::UnicodeSet> ReadXPathClass(std::string_view pattern, size_t& at, bool fold);

// Appends the set as a class of RE2, which also has one for the empty set.
void AppendRe2Class(std::string& out, const icu::UnicodeSet& set);

}  // namespace sanad

#endif  // SANAD_QUERY_EXPRESSION_XPATH_CLASS_H_
