// The composer's own types; shared by compose_*.cc.

#ifndef SANAD_QUERY_QUESTION_COMPOSER_H_
#define SANAD_QUERY_QUESTION_COMPOSER_H_

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "query/question/compose.h"
#include "query/question/connect.h"

namespace sanad::question {

// A noun phrase, or the thing a clause is said of.
struct Phrase {
  NodePtr node;
  SymbolPtr property;               // A relational noun that still needs its owner.
  bool owned = false;               // It has one.
  bool reversed = false;            // The owner is the value: "the chairmanship of X".
  Term value_property;              // The property whose value the node is.
  std::vector<SymbolPtr> extremes;  // Superlatives to apply once modifiers are in.
  int64_t first = 1;                // "three longest"
  int most = 0;                     // "the most N": +1, "the fewest N": -1.
  std::optional<std::pair<Comparison, int64_t>> bound;
  bool no = false, each = false, number_of = false, name_of = false, headless = false;
  bool counted = false;  // A bare number stood before it.
  bool all = false;      // "all", "every" did.
  std::string aggregate;
  char joint = 0;  // '&' or '|': `parts` hold the phrases joined.
  std::vector<Phrase> parts;
  SymbolPtr last_verb;  // Its prepositions reach later modifiers, too.
  SymbolPtr role;       // A noun for those who take part or act for a party.
  std::optional<std::pair<Relation, NodePtr>> group;  // "per N"
  Relation asked;                                     // The last relation said.
  Rank rank;
  size_t head_at = 0;  // Item of its core.
  size_t next = 0;
};
using Phrases = std::vector<Phrase>;

// What stands between a head and its modifier.
struct Via {
  Said said = Said::kPreposition;
  SymbolPtr symbol = nullptr;    // Preposition or verb; null for compounds.
  std::string preposition = {};  // Before the modifier, when `symbol` is a verb.
  bool negated = false;
  bool passive = false;
  Role head_role = Role::kUnknown;
};

// A verb and what it is said of.
struct VerbUse {
  const Phrase& gap;
  SymbolPtr verb;
  bool negated = false;
  bool passive = false;
};

// ---- composer.cc ----
void AddRank(Rank& rank, const Rank& other);
void Append(Phrases&& more, Phrases& out);

class Composer {
 public:
  // `previous`: what a follow-up goes on from, or null.
  Composer(const Vocabulary& vocabulary, const std::string& language, const LatticePath& path,
           const QuestionSyntax& syntax, const Meaning* previous, Failure* failure)
      : vocabulary_(vocabulary),
        connector_(vocabulary, language),
        reader_(vocabulary.reader()),
        language_(language),
        path_(path),
        syntax_(syntax),
        items_(syntax.items),
        previous_(previous),
        failure_(failure) {}

  std::vector<Meaning> Run();

 private:
  // ---- compose_role.cc ----
  static bool IsRole(const SymbolPtr& symbol, std::string_view set);
  Phrase RolePhrase(const SymbolPtr& symbol) const;
  Phrases LeadMembers(const Phrase& head, const Phrase& members, const Via& via);
  Phrases MeetingOf(const Phrase& subject, const SymbolPtr& verb);

  // ---- compose_head.cc ----
  Phrases HeadPhrases(const SymbolPtr& symbol);
  Phrase ClassPhrase(const SymbolPtr& symbol) const;
  Phrase NounPhrase(const SymbolPtr& symbol) const;
  Phrase NamePhrase(const SymbolPtr& symbol) const;
  Phrases HoldersOf(const Phrase& name) const;
  Phrase AdjectivePhrase(const SymbolPtr& symbol) const;
  static Phrase DatePhrase(const SymbolPtr& symbol);
  static Phrase QuantityPhrase(const SymbolPtr& symbol);
  Types WithInstances(const Term& cls) const;
  Phrases Apposition(const Phrase& noun, const Phrase& name);
  // The node with types it must have; null when nothing remains.
  NodePtr Narrow(const NodePtr& node, const Types& types) const;

  // ---- compose_compound.cc ----
  Phrases FoldLeft(const std::vector<SymbolPtr>& heads);
  Phrases FoldRight(const std::vector<SymbolPtr>& heads);

  // ---- compose_ordinal.cc ----
  bool IsNumbering(const Property& property, bool other_labels) const;
  Phrases WithOrdinal(const Phrase& phrase, const SymbolPtr& ordinal);
  Phrase Coming(const Phrase& phrase, const SymbolPtr& word);

  // ---- compose_phrase.cc ----
  Phrases Cores(const Item& item);
  void ApplyBefore(const Item& item, Phrase& phrase);
  const Phrases& PhrasesAt(size_t at);
  Phrases Modified(Phrase start, size_t depth);
  Phrases Coordinated(const Phrases& firsts);
  static void Prune(Phrases& phrases);

  // ---- compose_modifier.cc ----
  void ModifiersOf(const Phrase& phrase, Phrases& out);
  bool MayBeSaidOf(const Phrase& phrase, size_t at) const;
  void CollectModifiers(const Phrase& phrase, Phrases& out);
  void ModifyOwner(const Phrase& phrase, Phrases& out);
  // By what begins at an item.
  void ModifyByPreposition(const Phrase& phrase, size_t at, Phrases& out);
  void ModifyByBetween(const Phrase& phrase, size_t at, Phrases& out);
  void ModifyByRelative(const Phrase& phrase, size_t at, Phrases& out);
  void ModifyByWhose(const Phrase& phrase, size_t at, Phrases& out);
  void ModifyByException(const Phrase& phrase, size_t at, Phrases& out);
  void ModifyByName(const Phrase& phrase, size_t at, Phrases& out);
  void GroupBy(const Phrase& phrase, size_t at, Phrases& out);
  bool SameKind(const Phrase& phrase, const Phrase& other) const;
  int Between(const Phrase& phrase, size_t at) const;

  // ---- compose_attach.cc ----
  Phrases Attach(const Phrase& head, const Phrase& modifier, const Via& via);
  Phrases AttachReversed(const Phrase& head, const Phrase& modifier, const Via& via);
  Phrases OwnBySaying(const Phrase& head, const Phrase& modifier, const Via& via);
  Phrases AttachThing(const Phrase& head, const Phrase& modifier, const Via& via);
  std::optional<Phrase> Joined(const Phrase& head, const Phrase& modifier, const Via& via,
                               const Connection& connection) const;
  bool IsLiteral(const Phrase& phrase) const;
  bool MayBeMany(const Relation& relation) const;
  bool IsMultivalued(const Relation& relation) const;
  Phrases AttachJoint(const Phrase& head, const Phrase& modifier, const Via& via);
  Phrases AttachWhole(const Phrase& head, const Phrase& sides, const Via& via);
  Phrases AttachValue(const Phrase& head, const Phrase& modifier, const Via& via);
  std::vector<Connection> Connections(const Phrase& head, const Phrase& modifier, const Via& via);
  void Fail(const Phrase& left, const Phrase& right, size_t at);

  // ---- compose_owner.cc ----
  Phrases Own(const Phrase& head, const Phrase& owner);
  ConditionPtr ComparedWith(const Phrase& bounded) const;
  Phrases AttachProperty(const Phrase& head, const Phrase& modifier, const Via& via);

  // ---- compose_time.cc ----
  Phrases AttachTime(const Phrase& head, const SymbolPtr& word, const Phrase& time);
  std::vector<ConditionPtr> WaysToDate(const Phrase& head, const SymbolPtr& word,
                                       const Phrase& time);
  std::vector<ConditionPtr> WaysToThing(const Phrase& head, const SymbolPtr& word,
                                        const Phrase& time);
  Phrases AttachBetween(const Phrase& head, const SymbolPtr& word, const Phrase& from,
                        const Phrase& to);

  // ---- compose_unit.cc ----
  // A value in the unit of a property; null where the units do not convert.
  NodePtr InUnitOf(const NodePtr& value, const Property& property) const;
  NodePtr InUnitOf(const NodePtr& value, std::span<const Link> properties) const;
  // The unit that "in UNIT" at the end of the question names; undefined: none.
  Term UnitAsked() const;
  bool TakeUnit(const Term& unit, Meaning& meaning) const;

  // ---- compose_degree.cc ----
  Phrases Compare(const Phrase& head, const SymbolPtr& comparative, const Phrase& other);
  Phrases HaveMore(const Phrase& gap, size_t at, bool negated);
  Phrases Finish(const Phrase& phrase);
  // The superlative that begins at `at` ("longest", "most populous", "second
  // longest"), moving `at` to its last symbol; null where none does.
  static SymbolPtr TakeSuperlative(const std::vector<SymbolPtr>& symbols, size_t& at);
  // The place that a superlative asks for: 2 for "second longest".
  static int64_t PlaceOf(const Symbol& superlative);
  bool ApplyExtreme(Phrase& phrase, const SymbolPtr& extreme);

  // ---- compose_verb.cc ----
  // `arguments`: where what follows the verb begins (Arabic may put the subject
  // between).
  Phrases VerbClause(const Phrase& gap, size_t at, size_t arguments, bool negated, bool passive);
  // What may stand behind the verb, at an item.
  void Argue(const VerbUse& use, const Phrase& argument, const std::string& preposition, Role role,
             Phrases& out);
  void ArguePronoun(const VerbUse& use, size_t at, Phrases& out);
  void ArguePreposition(const VerbUse& use, size_t at, Role gap_role, Phrases& out);
  void ArgueGiven(const VerbUse& use, const Phrase& thing, const Phrase& recipient, size_t next,
                  Phrases& out);
  void ArgueRecipient(const VerbUse& use, size_t at, Phrases& out);
  void ArgueTime(const VerbUse& use, size_t at, Phrases& out);
  void PlaceOfDoer(const VerbUse& use, size_t at, Phrases& out);
  Phrases Ordered(const VerbUse& use, size_t at);
  Phrases SubjectClause(const Phrase& gap, size_t at, bool negated);
  struct SubjectVerb;
  void VerbOfSubject(const Phrase& gap, const Phrase& subject, const SubjectVerb& said,
                     Phrases& out);
  void EndingInPreposition(const Phrase& gap, const Phrase& subject, const SubjectVerb& said,
                           Phrases& out);
  Phrases BareVerb(const Phrase& gap, const SymbolPtr& verb, bool negated, bool passive);

  // ---- compose_clause.cc ----
  Phrases Clauses(const Phrase& gap, size_t at, size_t depth);
  Phrases Clause(const Phrase& gap, size_t at, size_t depth);
  Phrases BeClause(const Phrase& gap, size_t at, bool negated);
  Phrases Equate(const Phrase& gap, const Phrase& other, bool negated);
  void EquateProperty(const Phrase& gap, const Phrase& other, Phrase phrase, bool negated,
                      Phrases& out);
  void Identify(const Phrase& gap, const Phrase& other, Phrase said, bool negated, Phrases& out);
  static NodePtr WithIdentity(const NodePtr& node, const NodePtr& target, bool negated);
  NodePtr Unified(const Node& a, const Node& b) const;

  // ---- A file a kind of question: compose_which.cc, compose_place_time.cc,
  // compose_how.cc, compose_yes_no.cc ----
  Phrases WhichAnswers();
  Phrases FrontedAnswers(const Phrase& phrase, size_t next);
  void AskFronted(const Phrase& asked, const Phrase& subject, const Via& via, size_t end,
                  Phrases& out);
  Phrases WhoAnswers();
  Phrases FirstShown(const Phrase& named);
  Phrases PlaceOrTimeAnswers(bool time);
  std::vector<Link> LinksOfPrepositions(const std::vector<std::string>& words) const;
  std::vector<Link> PlaceLinks();
  std::vector<Link> AskedOfVerb(const SymbolPtr& verb, bool time);
  std::vector<Connection> Direct(const std::vector<Link>& links, const Types& types) const;
  std::vector<Connection> OfDoingEvent(const SymbolPtr& verb, const Types& types, bool time);
  bool LeadsToPlaces(const Property& property, const Term& place) const;
  bool SaysAnything(const SymbolPtr& verb, const Types& types) const;
  void PlaceOrTimeOf(const Phrase& subject, const SymbolPtr& verb, size_t next, bool time,
                     Phrases& out);
  void PlaceOrTimeOfMeeting(const Phrase& subject, const SymbolPtr& verb, size_t next, bool time,
                            Phrases& out);
  void PlaceOrTimeOfSubject(const Phrase& subject, bool time, Phrases& out);
  Phrases HowManyAnswers();
  Phrases HowAnswers();
  static bool IsUniversal(const Phrase& subject);
  static bool MakeUniversal(const Phrase& subject, Phrase& said);
  Phrases YesNoAnswers();
  Phrases Predicates(const Phrase& subject, size_t at, bool passive);

  // ---- compose_follow_up.cc ----
  Phrases FollowUpAnswers();
  std::optional<Meaning> FollowUpMeaning(const Phrase& phrase);
  // Things of the question before that a pronoun (or null: nothing said) may mean.
  Phrases Antecedents(const SymbolPtr& pronoun);
  Phrases PronounPhrases(size_t at);
  Phrases ModifiedBefore(size_t at, bool narrows);
  Phrases Replaced(const Phrase& phrase);

  // ---- compose_quantity.cc ----
  bool SaySame(const Token& a, const Token& b) const;
  bool LabelCounts(const Term& label, const Term& number, const std::vector<Token>& asked) const;
  void TakeQuantity(Meaning& meaning) const;

  // ---- compose_question.cc ----
  Phrases Answers();
  Phrases Complete(const Phrases& phrases) const;
  NodePtr HeldIfDenied(const NodePtr& node);
  std::optional<Meaning> ToMeaning(const Phrase& phrase);
  void TakeNumber(const Phrase& phrase, Meaning& meaning) const;
  bool TakeOrdering(Meaning& meaning);
  void TakeMeanings(size_t end, const Term& unit, std::vector<Meaning>& out);
  // Tense, auxiliary and negation as asked, for the reading.
  void RememberWording(Meaning& meaning) const;
  Phrase Unknown(std::string_view words) const;
  Phrases ValueOf(const Phrase& subject, const std::vector<Connection>& connections, size_t next);
  void Close(const Phrase& phrase, Phrases& out);
  Types PersonTypes();

  // ---- Shared ----
  bool Is(size_t at, Category category) const {
    return at < items_.size() && !items_[at].core && items_[at].category == category;
  }
  // A noun phrase begins here, or a pronoun that may stand for one.
  bool IsCore(size_t at) const {
    return at < items_.size() &&
           (items_[at].core || (previous_ != nullptr && items_[at].category == Category::kPronoun));
  }
  bool arabic() const { return language_ == "ar"; }
  const ClosedWords& closed_words() const { return ClosedWords::Of(language_); }
  const Schema& schema() const { return *vocabulary_.schema; }
  static NodePtr With(const NodePtr& node, ConditionPtr condition);
  static ConditionPtr Negate(ConditionPtr condition);
  static NodePtr WithLastNegated(const NodePtr& node);  // Its last condition.

  const Vocabulary& vocabulary_;
  Connector connector_;
  GraphReader reader_;
  const std::string& language_;
  const LatticePath& path_;
  const QuestionSyntax& syntax_;
  const std::vector<Item>& items_;
  const Meaning* previous_;
  size_t end_ = 0;  // Items before ordering phrases.
  Failure* failure_;
  std::map<size_t, Phrases> memo_;
  std::optional<std::vector<Link>> place_links_;
  std::vector<size_t> in_progress_;
  int budget_ = 20000;  // Attachments tried; a bound for hostile questions.
};

}  // namespace sanad::question

#endif  // SANAD_QUERY_QUESTION_COMPOSER_H_
