// Word forms: what the lexicon says of the words of a question, so that they can be
// said again in another place of a sentence: the forms of a verb, and number,
// gender and animacy of a noun. Endings decide where the lexicon is silent.

#ifndef SANAD_QUERY_QUESTION_WORD_FORMS_H_
#define SANAD_QUERY_QUESTION_WORD_FORMS_H_

#include <string>
#include <string_view>

#include "query/question/linker.h"
#include "query/question/meaning.h"

namespace sanad::question {

struct VerbForms {
  bool known = false;    // The lexicon has it as a verb.
  bool denotes = false;  // As a verb of the relation asked for.
  RelationSide subject_is = RelationSide::kSubject;
  FormFeatures asked;                         // Of the form in the question.
  std::string base, third, past, participle;  // English; empty where not known.
  std::string rest;  // What stands behind the verb in the words: a preposition.
};

struct NounForms {
  Number number = Number::kUnknown;
  Gender gender = Gender::kUnknown;
  bool human = false;
  bool definite = false;  // By an article of its own.
};

// Thread-compatible. The vocabulary outlives it.
class WordForms {
 public:
  WordForms(const Vocabulary& vocabulary, std::string_view language)
      : vocabulary_(vocabulary), reader_(vocabulary.reader()), language_(language) {}

  // Of the first verb in `words`, preferably one that says `relation`.
  VerbForms Verb(std::string_view words, const Relation& relation) const;
  // Of the noun that `words` begin with, a thing of `types`.
  NounForms Noun(std::string_view words, const Types& types) const;
  // The plural of a noun: the lexicon's, else English -s; the noun where it has none.
  std::string Plural(const std::string& noun) const;
  // Whether the label is a common noun with its complements ("Oslo meeting of …"),
  // not a proper name.
  bool IsDescription(std::string_view label, const Types& types) const;

 private:
  bool IsHuman(const Types& types) const;
  const Vocabulary& vocabulary_;
  GraphReader reader_;
  std::string language_;
};

}  // namespace sanad::question

#endif  // SANAD_QUERY_QUESTION_WORD_FORMS_H_
