// English spelling rules for -s, -ed and -ing.

#include "language/inflection.h"

namespace sanad::internal {
namespace {

bool IsVowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

bool EndsInConsonantY(std::string_view w) {
  return w.size() > 1 && w.back() == 'y' && !IsVowel(w[w.size() - 2]);
}

std::string WithS(std::string_view w) {
  std::string out(w);
  if (EndsInConsonantY(w)) {
    out.pop_back();
    return out + "ies";
  }
  const bool sibilant = w.ends_with("s") || w.ends_with("x") || w.ends_with("z") ||
                        w.ends_with("ch") || w.ends_with("sh");
  return out + (sibilant ? "es" : "s");
}

// One vowel between consonants in a word of one syllable: "plan" → "planned".
bool Doubles(std::string_view w) {
  if (w.size() < 3 || w.size() > 4) return false;
  const char last = w.back();
  if (IsVowel(last) || last == 'w' || last == 'x' || last == 'y') return false;
  if (!IsVowel(w[w.size() - 2])) return false;
  for (char c : w.substr(0, w.size() - 2)) {
    if (IsVowel(c)) return false;
  }
  return true;
}

std::string WithEd(std::string_view w) {
  std::string out(w);
  if (w.ends_with("e")) return out + "d";
  if (EndsInConsonantY(w)) {
    out.pop_back();
    return out + "ied";
  }
  if (Doubles(w)) out.push_back(w.back());
  return out + "ed";
}

std::string WithIng(std::string_view w) {
  std::string out(w);
  if (w.ends_with("ie")) return out.substr(0, out.size() - 2) + "ying";
  if (w.ends_with("e") && !w.ends_with("ee") && !w.ends_with("oe") && !w.ends_with("ye")) {
    out.pop_back();
  } else if (Doubles(w)) {
    out.push_back(w.back());
  }
  return out + "ing";
}

}  // namespace

std::vector<InflectedForm> InflectEnglishVerb(std::string_view lemma) {
  const size_t space = std::min(lemma.find(' '), lemma.size());
  const size_t hyphen = lemma.substr(0, space).rfind('-');
  const size_t begin = hyphen == std::string_view::npos ? 0 : hyphen + 1;
  const std::string_view word = lemma.substr(begin, space - begin);
  if (word.empty()) return {};
  const std::string before(lemma.substr(0, begin));
  const std::string after(lemma.substr(space));
  std::vector<InflectedForm> out;
  const auto add = [&](std::string form, Tense tense, Voice voice, Number number) {
    FormFeatures f;
    f.tense = tense;
    f.voice = voice;
    f.number = number;
    out.push_back({before + form + after, f});
  };
  add(WithS(word), Tense::kPresent, Voice::kActive, Number::kSingular);
  add(WithEd(word), Tense::kPast, Voice::kEither, Number::kUnknown);
  add(WithIng(word), Tense::kGerund, Voice::kActive, Number::kUnknown);
  return out;
}

std::vector<InflectedForm> InflectEnglishNoun(std::string_view lemma) {
  size_t end = lemma.find(" of ");
  if (end == std::string_view::npos) end = lemma.find(" for ");
  if (end == std::string_view::npos) end = lemma.find(" to ");
  if (end == std::string_view::npos) end = lemma.size();
  const std::string_view head = lemma.substr(0, end);
  if (head.empty()) return {};
  FormFeatures plural;
  plural.number = Number::kPlural;
  return {{WithS(head) + std::string(lemma.substr(end)), plural}};
}

}  // namespace sanad::internal
