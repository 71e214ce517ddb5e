// Runs rules over sentences: patterns, arguments, conditions, then what they make
// and emit.
//
// Negation, plan and attribution of a statement are read from the clause of the
// rule's match, so that rules need not say them.

#ifndef SANAD_LOADER_DOCUMENT_RULE_ENGINE_H_
#define SANAD_LOADER_DOCUMENT_RULE_ENGINE_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <absl/container/flat_hash_set.h>
#include "loader/document/annotated_text.h"
#include "loader/document/discourse.h"
#include "loader/document/knowledge.h"
#include "loader/document/noun_phrases.h"
#include "loader/document/pattern_matcher.h"

namespace sanad {

// A stretch of a sentence that the text lays in someone's mouth.
struct AttributionScope {
  uint32_t first = 0, end = 0;  // Atoms.
  EntityId source = kNoId;
  bool claim = false;
  bool denied = false;
  bool Holds(uint32_t atom) const { return atom >= first && atom < end; }
};

// Single-threaded; lives as long as its references.
class RuleEngine {
 public:
  RuleEngine(const Knowledge& knowledge, AnnotatedText& text, NounPhrases& phrases,
             Discourse& discourse)
      : knowledge_(knowledge),
        text_(text),
        phrases_(phrases),
        discourse_(discourse),
        matcher_(knowledge, text, phrases) {}

  // The rules of phase mention on one sentence: they make persons, places and
  // organisations.
  void RunMentionRules(uint32_t sentence);
  // The rules of phase relation on one sentence, after Discourse::ReadSentence.
  void RunRelationRules(uint32_t sentence);
  // The rules of phase lead on the report's first sentence, once all are read: what
  // it says of the event that only later ones name.
  void RunLeadRules();

 private:
  struct Value {  // What a term of an emit stands for.
    EntityId entity = kNoId;
    Term literal;
    std::string en, ar;
    MentionId mention = kNoId;
  };

  struct Subject {  // What a condition asks about.
    bool bound = false;
    uint32_t first = 0, end = 0;  // Of the variable, else of the match.
    const Binding* binding = nullptr;
    const Mention* mention = nullptr;
    const Mention* other = nullptr;  // Of a second variable.
  };

  void RunRules(const RuleList& list, uint32_t index);
  void RunRule(const CompiledRule& rule, uint32_t first, uint32_t end);
  bool CanStart(const StartFilter& start, uint32_t at) const;
  uint32_t EndOfLeadingPhrase(const MatchResult& match) const;
  bool IsSubjectFirst(const Mention& mention) const;
  bool IsAside(uint32_t atom) const;
  bool FollowsEvent(uint32_t relative) const;
  bool IsOwned(uint32_t verb) const;
  bool TakesOther(uint32_t verb_end);
  bool IsEventClass(std::string_view type) const;
  bool NamesNoun(const CompiledRule& rule, const MakeClause& make, const MatchResult& match) const;
  bool Follows(uint32_t sentence, Symbol set) const;
  bool Answers(uint32_t sentence, Symbol set) const;
  bool IsAttributive(uint32_t verb) const;
  EntityId LastSigned() const;
  bool InObject(const MatchResult& match, uint32_t atom) const;
  bool IsOfSeries(uint32_t verb);
  bool ItIsElsewhere(uint32_t atom) const;
  bool BeginsWithIt(uint32_t sentence) const;
  bool ItIsOutcome(uint32_t sentence) const;
  bool FollowsOutcome(uint32_t verb) const;
  bool StaysAway(uint32_t atom) const;
  bool TakesPlace(uint32_t atom) const;
  bool ItHolds(uint32_t verb) const;
  bool IsOnlyPlanned(const CompiledRule& rule, const MatchResult& match, MentionId mention) const;
  bool IsSubjectless(uint32_t first, uint32_t end);
  bool Apply(const CompiledRule& rule, MatchResult& match);
  bool OverlapsPerson(const Binding& span) const;
  bool IsNamedOtherwise(const Binding& span) const;
  bool BindArgument(const CompiledRule& rule, const CompiledArgument& argument, MatchResult& match);
  MentionId FindArgument(const CompiledRule& rule, const CompiledArgument& argument,
                         const MatchResult& match, uint32_t& at);
  bool PrepositionHolds(const CompiledArgument& argument, uint32_t atom) const;
  bool Precedes(const std::vector<CompiledPreposition>& words, uint32_t atom) const;
  void ListStart(const CompiledArgument& argument, const MatchResult& match, MentionId last,
                 uint32_t& at);
  bool IsSpokenOf(EntityId entity);
  EntityId Enclosing(const MatchResult& match);
  bool BindFallback(const CompiledArgument& argument, MatchResult& match);
  bool ConditionsHold(const CompiledRule& rule, const MatchResult& match, std::string_view* failed);
  bool ConditionHolds(const CompiledCondition& condition, const MatchResult& match);
  bool MentionHolds(const CompiledCondition& condition, const Subject& subject);
  bool EntityHolds(const CompiledCondition& condition, EntityId entity, const Mention* other) const;
  bool HasStatus(ConditionKind kind, const Subject& subject) const;
  bool ClauseHas(Symbol set, uint32_t atom) const;
  bool StandsBefore(Symbol set, uint32_t atom) const;
  bool NamesEvent(uint32_t sentence) const;
  bool HoldsEvent(const Mention& mention) const;
  const Mention* MentionOf(const Binding* binding) const;
  void Make(const CompiledRule& rule, const MakeClause& make, MatchResult& match);
  void Emit(const CompiledRule& rule, const EmitClause& emit, const MatchResult& match);
  std::vector<Value> Evaluate(const CompiledRule& rule, const RuleTerm& term,
                              const MatchResult& match);
  std::vector<Value> ValuesOf(const Binding& binding);
  std::pair<uint32_t, uint32_t> SpanOf(const CompiledRule& rule, const RuleTerm& term,
                                       const MatchResult& match) const;
  void SetWords(uint32_t first, uint32_t end, Value& value) const;
  EntityId EntityByText(std::string_view type, std::string_view kind, uint32_t first, uint32_t end);
  Mention MentionOver(Symbol type, uint32_t first, uint32_t end) const;
  void MakeEvent(const CompiledRule& rule, const MakeClause& make, const Binding& from,
                 const MatchResult& match, Binding& out);
  void MakePerson(const Binding& from, const MatchResult& match, bool titled, Binding& out);
  void MakePlace(const Binding& from, Binding& out);
  void MakeThings(const MakeClause& make, const Binding& from, Binding& out);
  static void PlanDate(DocumentStatement& s);
  bool OpensSubject(uint32_t that, uint32_t verb) const;
  bool IsDual(const Mention& mention) const;
  MentionId PartyMention(MentionId party, EntityId entity);
  void MakeAlias(const Binding& from, const MatchResult& match, Binding& out);
  std::vector<Value> StatesOf(const Binding& binding);
  void MakeCapital(const Binding& from, const MatchResult& match, Binding& out);
  EntityId CountryOf(const Binding& binding);
  EntityId CountryOfEntity(EntityId entity);
  void AddStatement(const CompiledRule& rule, const EmitClause& emit, const MatchResult& match,
                    const Value& subject, const Value& object);
  void ReadClause(const CompiledRule& rule, const MatchResult& match,
                  DocumentStatement& statement) const;
  bool IsObjectNegated(MentionId object, uint32_t match) const;
  void NoteEvent(const DocumentStatement& statement);
  void FindAttributions(uint32_t sentence);
  EntityId SourceOf(uint32_t say, uint32_t say_end, uint32_t scope) const;
  bool Attributed(uint32_t atom) const;
  bool Denied(uint32_t atom) const;  // By someone.
  void Trace(const CompiledRule& rule, const MatchResult& match, std::string_view what);
  const Binding* BindingOf(const CompiledRule& rule, const MatchResult& match,
                           std::string_view variable) const;

  const Knowledge& knowledge_;
  AnnotatedText& text_;
  NounPhrases& phrases_;
  Discourse& discourse_;
  PatternMatcher matcher_;
  absl::flat_hash_set<EntityId> spoken_of_;  // In the statements before `spoken_until_`.
  size_t spoken_until_ = 0;
  SymbolEnds ends_;                   // Of the sentence being read.
  std::vector<uint64_t> candidates_;  // Of the sentence and phase at hand.
  std::vector<AttributionScope> attributions_;
  std::map<std::tuple<EntityId, std::string, EntityId, std::string, bool>, uint32_t> stated_;
};

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_RULE_ENGINE_H_
