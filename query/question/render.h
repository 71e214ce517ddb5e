// Render: terms and values in the words of a language.

#ifndef SANAD_QUERY_QUESTION_RENDER_H_
#define SANAD_QUERY_QUESTION_RENDER_H_

#include <string>
#include <string_view>

#include <sanad/question.h>
#include "query/question/linker.h"

namespace sanad::question {

class Renderer {
 public:
  // Both outlive it. Thread-compatible.
  Renderer(const Vocabulary& vocabulary, std::string_view language)
      : vocabulary_(vocabulary), reader_(vocabulary.reader()), language_(language) {}

  // The label of a thing in the language, else in another, else its local name;
  // of a value its words: "18 February", "four hours", 1234.5.
  std::string Label(const Term& term) const;
  // A label in the language itself, or empty.
  std::string OwnLabel(const Term& term) const;
  // The label of a value as an object of `predicate`: the relative dates and
  // the states that a relation takes are said in words, "last month", "عُقد".
  std::string Label(const Term& predicate, const Term& value) const;
  // A value of a property with the property's unit, or converted to `unit`, if that is
  // defined.
  std::string Measured(const Term& predicate, const Term& value, const Term& unit) const;
  AnswerValue Value(const Term& term) const { return {term, Label(term)}; }
  // What tells a thing from others of its name: its kind, or the first value
  // shown beside it ("Spain"). Empty where nothing does.
  std::string Distinction(const Term& term, const Types& types) const;
  std::string_view language() const { return language_; }
  const Vocabulary& vocabulary() const { return vocabulary_; }

 private:
  std::string Literal(const Term& term) const;
  const Vocabulary& vocabulary_;
  GraphReader reader_;
  std::string language_;
};

// A date that a text gives by its distance: "-P1M" → "last month" / "الشهر الماضي".
// The lexical form where it is no such distance.
std::string DistanceInWords(std::string_view lexical, std::string_view language);

// "2018-08-01T18:30:00" → "1 August 2018, 18:30"; midnight is called so. The lexical
// form where it is no xsd:dateTime.
std::string MomentInWords(const Term& moment, std::string_view language);

// "PT4H" → "four hours" / "أربع ساعات"; the lexical form where it is no duration.
std::string DurationInWords(std::string_view lexical, std::string_view language);

}  // namespace sanad::question

#endif  // SANAD_QUERY_QUESTION_RENDER_H_
