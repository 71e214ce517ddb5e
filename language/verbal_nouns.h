// Verbal nouns: the noun that names what a verb does ("resuming", استئناف), so
// that a question may say with a noun what a text says with a verb, and in the
// other language.
//
// Arabic makes them by pattern from verbs of the derived forms (II to X); those of
// form I follow no pattern and are glossary words. English has its gerunds.

#ifndef SANAD_LANGUAGE_VERBAL_NOUNS_H_
#define SANAD_LANGUAGE_VERBAL_NOUNS_H_

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "language/lexicon.h"
#include "storage/model/text.h"

namespace sanad {

// Of the unvowelled past of an Arabic verb, the verbal nouns its pattern allows,
// normalised: استأنف → استيناف. Three letters are read as form II (طبع → تطبيع).
std::vector<std::string> ArabicVerbalNouns(std::string_view lemma);

// The verbal nouns of a lexicon's verbs. Immutable once built. Thread-safe.
class VerbalNouns {
 public:
  // The lexicon outlives it.
  explicit VerbalNouns(const Lexicon& lexicon);

  // The verbs that a token names: as an English gerund, or as an Arabic verbal noun
  // with or without particles and article. A gerund also names the concept of the
  // same stem ("normalising": normalisation).
  std::vector<const LexicalEntry*> Find(const Token& token) const;
  // How else the same is said: the verbs' first words in English, verbal nouns in
  // Arabic, without duplicates.
  static std::vector<std::string> WordsOf(const LexicalEntry& verb);

 private:
  std::unordered_map<std::string, std::vector<const LexicalEntry*>, TransparentStringHash,
                     TransparentStringEq>
      by_noun_, by_stem_;
};

}  // namespace sanad

#endif  // SANAD_LANGUAGE_VERBAL_NOUNS_H_
