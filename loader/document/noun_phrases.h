// Noun phrases: the stretch of text that a topic, an outcome or a proposal is
// named by.
//
// There is no part-of-speech tagger: a phrase runs from a word that can start one
// until something that cannot be inside it (punctuation, a finite verb, a date, a
// stop word of %np-stop, a conjunction that joins another phrase). Restrictive
// relative clauses stay inside unless their verb states a relation of its own.

#ifndef SANAD_LOADER_DOCUMENT_NOUN_PHRASES_H_
#define SANAD_LOADER_DOCUMENT_NOUN_PHRASES_H_

#include <unordered_map>

#include "loader/document/annotated_text.h"
#include "loader/document/knowledge.h"

namespace sanad {

// Single-threaded; lives as long as both references.
class NounPhrases {
 public:
  NounPhrases(const Knowledge& knowledge, AnnotatedText& text)
      : knowledge_(knowledge), text_(text) {
    for (const char* name : {"addresses", "sign", "agree", "result", "propose", "accept", "reject",
                             "happen", "say", "lead", "attend"})
      relations_.push_back(knowledge.symbols.Find(name));
  }

  // The mention (of type NP) of the phrase that starts at `atom`, article
  // skipped; kNoId when none starts there.
  MentionId At(uint32_t atom);
  // One past the last atom of the phrase at `atom`.
  uint32_t EndOf(uint32_t atom) const;
  bool IsVerb(uint32_t atom) const;
  bool IsMarkedPassive(uint32_t atom) const;
  // Whether a conjunction at `atom` joins words inside one phrase that began at
  // `first` rather than two phrases.
  bool JoinsInside(uint32_t first, uint32_t atom, uint32_t behind) const;

 private:
  uint32_t WithoutPlace(uint32_t first, uint32_t end) const;
  bool CanStart(uint32_t atom) const;
  bool IsRelationVerb(uint32_t atom) const;
  bool Stops(uint32_t first, uint32_t atom) const;
  bool HasMention(uint32_t atom, Symbol type) const;
  bool IsOwnNoun(uint32_t atom, uint32_t count) const;
  uint32_t SkipLightHead(uint32_t atom) const;

  const Knowledge& knowledge_;
  AnnotatedText& text_;
  std::vector<Symbol> relations_;  // Sets of verbs that state a relation.
  std::unordered_map<uint32_t, MentionId> cache_;
};

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_NOUN_PHRASES_H_
