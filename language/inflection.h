// Regular inflection, generated. Irregular forms are lexicon data.
//
// Arabic forms come out normalised (normalise.h). Generated forms may include
// some that no one writes; what matters is that none collides with another
// common word of the same part of speech.

#ifndef SANAD_LANGUAGE_INFLECTION_H_
#define SANAD_LANGUAGE_INFLECTION_H_

#include <string>
#include <string_view>
#include <vector>

#include "language/lexicon.h"

namespace sanad::internal {

struct InflectedForm {
  std::string text;
  FormFeatures features;
};

// "agree" → agrees, agreed, agreeing. A phrase inflects its first word ("take
// place"), a hyphenated one its last part ("co-chair").
std::vector<InflectedForm> InflectEnglishVerb(std::string_view lemma);
// "foreign minister" → foreign ministers; "round of talks" → rounds of talks.
std::vector<InflectedForm> InflectEnglishNoun(std::string_view lemma);

// From the past, third person masculine singular (تناول, أعلن, قاد, أجرى).
// `present`: the present of the same person (يقود) where no rule gives it.
std::vector<InflectedForm> InflectArabicVerb(std::string_view lemma, std::string_view present = {});
// Dual, sound plurals, accusative and construct endings; a phrase inflects its
// first word (وزير الخارجية).
std::vector<InflectedForm> InflectArabicNoun(std::string_view lemma);
// A noun's forms, and the feminine's.
std::vector<InflectedForm> InflectArabicAdjective(std::string_view lemma);

}  // namespace sanad::internal

#endif  // SANAD_LANGUAGE_INFLECTION_H_
