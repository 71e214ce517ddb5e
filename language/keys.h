// Keys: what words are compared by.
//
// A word has a small SET of keys; two words meet when their sets meet. For
// English: the normalised form and its Snowball stem. For Arabic: the normalised
// form, every way of taking clitics off it (token.h, CliticSplit), the form
// without accusative alef, feminine, dual and plural endings, and the Snowball
// stem of each. Snowball on the bare word alone misses every second inflected
// pair (رحلات → رحلا, الرحلات → رحل).
//
// A key tells how far it lies from the written word; a match is as close as the
// farther of its two keys.

#ifndef SANAD_LANGUAGE_KEYS_H_
#define SANAD_LANGUAGE_KEYS_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sanad {

enum class Closeness : uint8_t {
  kExact = 0,      // Equal after Normalise.
  kClitic = 1,     // Equal once article, prepositions, conjunctions or pronouns are off.
  kInflected = 2,  // A regular ending or generated form of the same word.
  kStem = 3,       // Equal stems.
  kFuzzy = 4,      // Within edit distance; never from keys.
};

struct Key {
  std::string text;
  Closeness closeness = Closeness::kExact;
  uint8_t split = 0;  // The reading (Word::splits) it comes from.
  friend bool operator==(const Key&, const Key&) = default;
};

// The keys of one word, closest first, without duplicates; at most 16. Empty
// for a word of no letters or digits. Cached (token.h, AnalyseWord).
std::vector<Key> KeysOfWord(std::string_view word);

// True when the sets meet; `closeness` (may be null) is the closest way they do.
bool KeysMeet(std::span<const Key> a, std::span<const Key> b, Closeness* closeness);

// One stem of a word by language ("en", "ar"): Snowball of its normalised form.
std::string Stem(std::string_view normalised, std::string_view language);

// Consonant skeleton of a name, the same for its spellings in Arabic and Latin
// (and Cyrillic, Greek, … through ICU's transliteration): vowels, doubled letters
// and the article go, letters that stand for one another across scripts fall
// together (b p, g j k q, v w f, t d …). Words are joined by a space. Short
// skeletons say little: compare only where both have 4 consonants or more.
std::string ConsonantSkeleton(std::string_view name);
// The same with w and y for long vowels and semivowels ("Modi" and مودي), for names
// of too few consonants. Vowels that Arabic does not write keep such names apart.
std::string SoundSkeleton(std::string_view name);

// Damerau–Levenshtein distance (adjacent transpositions count one) over code
// points; stops early and gives limit + 1 where the distance exceeds `limit`.
int EditDistance(std::u32string_view a, std::u32string_view b, int limit);
int EditDistance(std::string_view a, std::string_view b, int limit);

}  // namespace sanad

#endif  // SANAD_LANGUAGE_KEYS_H_
