// Inside paraphrase: a meaning said in one language. speak_english.cc and
// speak_arabic.cc hold the sentence patterns, paraphrase.cc what they share.

#ifndef SANAD_QUERY_QUESTION_SPEAKER_H_
#define SANAD_QUERY_QUESTION_SPEAKER_H_

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "query/question/meaning.h"
#include "query/question/render.h"
#include "query/question/word_forms.h"

namespace sanad::question {

// What is said of a noun, and where it stands.
struct Attribute {
  enum Place : uint8_t { kBefore, kBehind, kClause } place = kBehind;
  std::string text;  // A clause stands without its relative pronoun.
};

class Speaker {
 public:
  Speaker(const Meaning& meaning, const Renderer& renderer, bool distinguish)
      : meaning_(meaning),
        renderer_(renderer),
        forms_(renderer.vocabulary(), renderer.language()),
        distinguish_(distinguish) {}
  virtual ~Speaker() = default;

  // The whole question.
  virtual std::string Say() const = 0;

 protected:
  // A thing's label; where names need telling apart with what tells them apart.
  std::string NameOf(const NamedThing& thing) const;
  // Whether the question's words for one thing say more than its label ("the first
  // session" of what is labelled "session").
  bool SaysMore(const Node& node) const;
  // Whether one thing is meant that the question names by its kind ("the Oslo
  // meeting") or spells otherwise, so that its whole label says which.
  bool IsNamedByKind(const Node& node) const;
  // Nothing is said of it but, perhaps, by conditions: "(something) that …".
  static bool IsUnnamed(const Node& node);
  // Whoever holds the position that the noun names.
  static bool IsHolder(const Node& node);
  // The condition is said where another one of the node names members.
  static bool IsOfMembers(const Node& node, const ConditionPtr& condition);
  // The question asks for a value of a subject ("where was … held").
  const Condition* OfSubject() const;
  // What things of the node's class are called.
  std::string KindOf(const Node& node) const;
  static std::string Join(std::initializer_list<std::string_view> words);

  const Meaning& meaning_;
  const Renderer& renderer_;
  const WordForms forms_;
  const bool distinguish_;
};

std::unique_ptr<Speaker> MakeEnglishSpeaker(const Meaning& meaning, const Renderer& renderer,
                                            bool distinguish);
std::unique_ptr<Speaker> MakeArabicSpeaker(const Meaning& meaning, const Renderer& renderer,
                                           bool distinguish);

}  // namespace sanad::question

#endif  // SANAD_QUERY_QUESTION_SPEAKER_H_
