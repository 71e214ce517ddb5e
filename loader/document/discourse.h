// Who and what the text speaks of at a place: coreference of events, persons,
// parties, outcomes and proposals.
//
// Sentences are read in order; each phase asks for what stands at an atom. Rules
// of thumb, the same in both languages: a demonstrative or definite noun names
// the thing last spoken of that nothing contradicts (ordinal, place, date); an
// indefinite one, or one with another ordinal, place or date, a new thing.

#ifndef SANAD_LOADER_DOCUMENT_DISCOURSE_H_
#define SANAD_LOADER_DOCUMENT_DISCOURSE_H_

#include <string>
#include <string_view>
#include <vector>

#include <absl/functional/function_ref.h>
#include "loader/document/annotated_text.h"
#include "loader/document/knowledge.h"
#include "loader/document/noun_phrases.h"

namespace sanad {

// Single-threaded; lives as long as its references.
class Discourse {
 public:
  Discourse(const Knowledge& knowledge, AnnotatedText& text, NounPhrases& phrases)
      : knowledge_(knowledge), text_(text), phrases_(phrases) {}

  // Before the first sentence, once persons and places are known: the parties
  // of the report, and later mentions of persons by their last name.
  void Begin();
  // Finds mentions of events, outcomes, proposals, parties and pronouns.
  void ReadSentence(uint32_t sentence);
  // After the relations of a sentence were read.
  void EndSentence(uint32_t sentence);

  // The event spoken of at an atom; kNoId before the first.
  EntityId FocusAt(uint32_t atom) const;
  MentionId FocusMention(uint32_t atom) const;
  EntityId MainEvent() const;
  // The event before the one in focus; kNoId.
  EntityId Previous(uint32_t atom) const;
  // The person last named before an atom; with a gender, one it can be.
  EntityId PersonBefore(uint32_t atom, int gender) const;
  // The outcome or proposal last spoken of before an atom.
  EntityId LastOf(Symbol type, uint32_t atom, EntityId but = kNoId) const;
  const std::vector<EntityId>& principals() const { return principals_; }
  // What a party expression stands for at an atom.
  std::vector<EntityId> PartyAt(uint32_t atom) const;

  // The party that a word points to: "government" (the state among the parties),
  // "host" (the party whose country the talks are in), "other" (not the party of
  // the person before), "country" (the country named last), "owner" (whom "its" means).
  EntityId PartyFor(std::string_view word, uint32_t atom) const;

  EntityId NewEvent(std::string_view type, uint32_t first, uint32_t end);
  // The entity of a phrase, one per wording in the document.
  EntityId PhraseEntity(MentionId mention, std::string_view type, bool always_new);
  // The person of a name, one per name in the document.
  EntityId PersonEntity(uint32_t first, uint32_t end);

 private:
  struct Modifiers {
    bool demonstrative = false, definite = false, indefinite = false, fresh = false, part = false;
    bool copula = false;
    bool plural = false;
    bool of_series = false;  // One of several: سلسلة من خمس جولات.
    std::string kind;        // Only an event of this class is meant; empty: any.
    bool named = false;      // By its city: قمة باماكو.
    bool others = false;     // Held with someone else.
    bool own = false;        // The report's: "this is the second meeting".
    bool told = false;      // A verb in front tells of it: "A received B …, and the meeting …".
    bool proximal = false;  // "this", not "that".
    bool is_meeting = false;  // The noun names a meeting, not a visit,
    bool is_visit = false;    // or a visit,
    bool is_other = false;    // or what is neither: a ceremony.
    bool aside = false;       // Beside what is told: "on the sidelines of".
    bool possessed = false;   // "the minister's", "his".
    int ordinal = 0;
    std::string name;  // "Pacific Cable Dialogue"
    EntityId place = kNoId;
    PartialDate date;
    uint32_t first = 0;  // Of the phrase, modifiers included.
    uint32_t end = 0;
  };

  void FindPrincipals();
  bool IsMediator(uint32_t atom) const;
  void FindLastNames();
  void AddMentionAgain(EntityId entity, Symbol type, uint32_t atom);
  void AddPronouns(uint32_t sentence);
  void AddCapital(uint32_t sentence);
  void AddTitles(uint32_t sentence);
  void AddOrganizations(uint32_t sentence);
  std::string_view Bare(uint32_t atom) const;
  EntityId OrganizationOfHead(uint32_t atom) const;
  bool NameStandsBy(uint32_t title, const Sentence& s) const;
  bool IsConstructTitle(uint32_t title) const;
  EntityId HolderOf(uint32_t title, const Mention* nation, bool construct) const;
  bool IsCounterpart(const Mention& person) const;
  std::vector<EntityId> PersonsOfTitle(uint32_t atom) const;
  bool OneIsEvent(uint32_t atom) const;
  void AddItForOutcome(uint32_t sentence);
  void AddDocument(uint32_t atom);
  void AddParty(uint32_t atom, const SetHit& hit);
  uint32_t AddEvent(uint32_t sentence, uint32_t atom, std::string_view type, const Modifiers& m);
  bool StandsAlone(uint32_t atom, const Mention& ordinal) const;
  EntityId NumberedBefore(uint32_t atom, int ordinal) const;
  uint32_t AddNumberedEvent(uint32_t sentence, uint32_t atom);
  uint32_t AddEventMention(uint32_t sentence, uint32_t atom, const SetHit& hit);
  Modifiers ReadModifiers(uint32_t sentence, uint32_t atom, uint32_t count) const;
  void ReadEnglishModifiers(uint32_t begin, uint32_t atom, Modifiers& m) const;
  void ReadArabicModifiers(uint32_t begin, uint32_t atom, uint32_t end, Modifiers& m) const;
  bool BeginsStates(const Mention& country, uint32_t sentence_end) const;
  void ReadPlaceAndDate(uint32_t from, uint32_t sentence_end, Modifiers& m) const;
  EntityId ResolveEvent(const Modifiers& m, std::string_view type, bool plural, bool series,
                        uint32_t first, uint32_t end);
  StatementStatus StatusOfNew(uint32_t atom, uint32_t end) const;
  bool Fits(EntityId event, const Modifiers& m) const;
  StatementStatus StatusByNoun(uint32_t first) const;
  bool IsBackground(uint32_t sentence) const;
  bool IsEarlier(const PartialDate& date) const;
  bool IsPastPerfect(uint32_t atom) const;
  bool IsPlanned(EntityId event) const;
  bool IsOfSeries(uint32_t sentence, uint32_t atom) const;
  void ReadDestination(uint32_t sentence_end, Modifiers& m) const;
  bool OnlyModifies(uint32_t atom, const SetHit& hit) const;
  EntityId OwnerAt(uint32_t atom) const;
  std::vector<EntityId> PairBefore(uint32_t atom) const;
  EntityId EventWith(uint32_t atom) const;
  std::string BodyName(const Sentence& s, uint32_t atom, uint32_t end) const;
  bool IsBesides(uint32_t sentence, const Modifiers& m) const;
  void OverrideMain(uint32_t sentence);
  bool SpeaksOfPlan(uint32_t sentence) const;
  std::string EventName(const Sentence& s, uint32_t atom, uint32_t end) const;
  bool HeldWithOthers(uint32_t sentence, uint32_t atom, uint32_t end) const;
  bool FollowsMention(MentionId id) const;
  bool IsToldByVerb(uint32_t sentence, uint32_t atom) const;
  void LeaveBackground();
  bool IsLookBack(EntityId event) const;
  EntityId PersonOutside(uint32_t sentence, int gender) const;
  bool FollowsUnnamed(const Sentence& s, uint32_t pronoun) const;
  bool AnswersOther(uint32_t first, uint32_t pronoun) const;
  bool Opens(uint32_t sentence, EntityId event) const;
  EntityId EventAtOpening(uint32_t sentence) const;
  void LeavePart();
  bool NamesPurpose(uint32_t atom) const;
  bool OpensAsVerb(uint32_t sentence, uint32_t atom) const;
  bool NamesNoun(EntityId entity, uint32_t atom) const;
  MentionId BeforeRelative(MentionId phrase, uint32_t noun_end);
  // One past the mention's last atom.
  uint32_t AddClassMention(uint32_t atom, const SetHit& hit, Symbol type);
  const Mention* MentionOf(uint32_t atom, Symbol type) const;
  // The last mention of a type from one atom up to another that fits; null.
  const Mention* LastBetween(Symbol type, uint32_t begin, uint32_t end,
                             absl::FunctionRef<bool(const Mention&)> fits) const;
  const Mention* FirstBetween(Symbol type, uint32_t begin, uint32_t end,
                              absl::FunctionRef<bool(const Mention&)> fits) const;
  // The first atom of the sentence so many sentences before an atom's.
  uint32_t SentencesBack(uint32_t atom, uint32_t count) const;
  std::string Label(uint32_t first, uint32_t end) const;

  const Knowledge& knowledge_;
  AnnotatedText& text_;
  NounPhrases& phrases_;
  std::vector<EntityId> events_;  // In order of first mention.
  std::vector<EntityId> principals_;
  EntityId focus_ = kNoId;  // At the start of the sentence being read.
  MentionId focus_mention_ = kNoId;
  EntityId main_override_ = kNoId;  // In a sentence about "this time".
  std::unordered_map<std::string, EntityId> phrase_entities_;
  std::vector<MentionId> event_mentions_;  // In text order.
};

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_DISCOURSE_H_
