// The conditions of rules (when, unless): questions about a match, its bindings and
// the clause around it.

#include "loader/document/rule_engine.h"

#include <algorithm>
#include <utility>

#include "language/durations.h"
#include "loader/document/clauses.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

template <typename Container>
auto& At(Container& c, int32_t i) {
  return c[static_cast<size_t>(i)];
}

constexpr uint32_t kAsideReach = 6;

}  // namespace

bool RuleEngine::ConditionsHold(const CompiledRule& rule, const MatchResult& match,
                                std::string_view* failed) {
  for (const CompiledCondition& condition : rule.conditions) {
    if (ConditionHolds(condition, match) == condition.negated) {
      *failed = condition.name;
      return false;
    }
  }
  return true;
}

bool RuleEngine::ConditionHolds(const CompiledCondition& condition, const MatchResult& match) {
  const auto binding = [&](int slot) {
    return slot < 0 ? nullptr : &match.bindings[static_cast<size_t>(slot)];
  };
  const Binding* b = binding(condition.first);
  Subject subject;
  subject.bound = b != nullptr && b->bound;
  subject.first = subject.bound ? b->first : match.first;
  subject.end = subject.bound ? b->end : match.end;
  subject.binding = b;
  subject.mention = MentionOf(b);
  subject.other = MentionOf(binding(condition.second));
  switch (condition.kind) {
    case ConditionKind::kBound:
      return subject.bound;
    case ConditionKind::kSingle:
      return b != nullptr && b->end - b->first == 1;
    case ConditionKind::kNegated:
      return IsNegated(knowledge_, text_, subject.first, subject.end);
    case ConditionKind::kFuture:
      return IsFuture(knowledge_, text_, subject.first);
    case ConditionKind::kPlanned:
    case ConditionKind::kHoped:
    case ConditionKind::kCancelled:
    case ConditionKind::kPostponed:
      return HasStatus(condition.kind, subject);
    case ConditionKind::kAttributed:
      return Attributed(subject.first);
    case ConditionKind::kDenied:
      return Denied(subject.first);
    case ConditionKind::kIn:
      return text_.InSet(subject.first, condition.set);
    case ConditionKind::kHas:
      return ClauseHas(condition.set, match.first);
    case ConditionKind::kAfter:
      return StandsBefore(condition.set, subject.first);
    case ConditionKind::kInfinitive:  // "to open", but not "is due to open".
      return subject.first > 0 && text_.InSet(subject.first - 1, knowledge_.known.infinitive) &&
             !IsFuture(knowledge_, text_, subject.first);
    case ConditionKind::kOwned:
      return IsOwned(subject.first);
    case ConditionKind::kTakesOther:
      return TakesOther(subject.end);
    case ConditionKind::kOfSeries:
      return IsOfSeries(subject.first);
    case ConditionKind::kOutcomeFirst:
      return ItIsOutcome(text_.atoms[subject.first].sentence);
    case ConditionKind::kAttributive:
      return IsAttributive(subject.first);
    case ConditionKind::kAnswers:
      return Answers(text_.atoms[match.first].sentence, condition.set);
    case ConditionKind::kFollows:
      return Follows(text_.atoms[match.first].sentence, condition.set);
    case ConditionKind::kItHolds:
      return ItHolds(subject.first);
    case ConditionKind::kFocusless:
      return discourse_.FocusAt(match.first) == kNoId;
    case ConditionKind::kSubjectless:
      return IsSubjectless(match.first, match.end);
    case ConditionKind::kEventless:
      return !NamesEvent(text_.atoms[match.first].sentence);
    case ConditionKind::kFirstSentence:
      return text_.atoms[match.first].sentence <= 1;
    default:
      return subject.mention != nullptr && MentionHolds(condition, subject);
  }
}

const Mention* RuleEngine::MentionOf(const Binding* binding) const {
  return binding == nullptr || binding->mentions.empty()
             ? nullptr
             : &At(text_.mentions, binding->mentions.front());
}

// Conditions of the mention that a variable is bound to.
bool RuleEngine::MentionHolds(const CompiledCondition& condition, const Subject& subject) {
  const Mention& m = *subject.mention;
  switch (condition.kind) {
    case ConditionKind::kRange:
      return m.is_range;
    case ConditionKind::kPlural:
      return m.is_plural;
    case ConditionKind::kDefinite:
      return m.is_definite || m.is_demonstrative;
    case ConditionKind::kFresh:
      return m.is_fresh;
    case ConditionKind::kComparator:
      return m.comparator == static_cast<int>(Comparator::kMoreThan) ||
             m.comparator == static_cast<int>(Comparator::kAtLeast);
    case ConditionKind::kEventful:  // A phrase that holds an event: "two days of talks".
      return HoldsEvent(m);
    case ConditionKind::kSeveral:  // More than one, or a party of several.
      return subject.binding->mentions.size() > 1 || m.type == knowledge_.known.t_party;
    case ConditionKind::kPersonFirst:  // It begins with a person, or a title and name.
      return !matcher_.MentionsAt(m.first, {knowledge_.known.t_person}).empty();
    case ConditionKind::kEventFirst:  // It begins with an event: "the talks that …".
      return text_.InSet(m.first, knowledge_.known.event);
    case ConditionKind::kIndefinite:
      return !text_.atoms[m.first].definite;
    case ConditionKind::kSubjectFirst:
      return IsSubjectFirst(m);
    default:
      return EntityHolds(condition, text_.Resolve(m.entity), subject.other);
  }
}

// Conditions of what a mention names.
bool RuleEngine::EntityHolds(const CompiledCondition& condition, EntityId entity,
                             const Mention* other) const {
  if (entity == kNoId) return condition.kind == ConditionKind::kDifferent;
  const Entity& e = At(text_.entities, entity);
  switch (condition.kind) {
    case ConditionKind::kKnown:
      return true;
    case ConditionKind::kPlaced:
      return e.place != kNoId;
    case ConditionKind::kParties:  // A state or organisation is said to take part in the event.
      return std::any_of(e.participants.begin(), e.participants.end(), [&](EntityId id) {
        const std::string& type = At(text_.entities, id).type;
        return type == "Country" || type == "Organization";
      });
    case ConditionKind::kStated:  // The text says such a thing of it.
      return std::any_of(
          text_.statements.begin(), text_.statements.end(), [&](const DocumentStatement& s) {
            return text_.Resolve(s.subject) == entity && !s.negated && s.property == condition.type;
          });
    case ConditionKind::kElsewhere:  // The event has another place already.
      return other != nullptr && e.place != kNoId && e.place != text_.Resolve(other->entity);
    case ConditionKind::kIs:
      return e.type == condition.type ||
             knowledge_.lexicon->IsSubOf(Term::Iri(Concat(SANAD_KG_NS, e.type)),
                                         condition.type_iri);
    case ConditionKind::kSame:
      return other != nullptr && text_.Resolve(other->entity) == entity;
    case ConditionKind::kDifferent:
      return other == nullptr || text_.Resolve(other->entity) != entity;
    default:
      return false;
  }
}

// Planned, hoped, cancelled or postponed: by the clause, or as its event is.
bool RuleEngine::HasStatus(ConditionKind kind, const Subject& subject) const {
  const StatementStatus status = StatusAt(knowledge_, text_, subject.first, subject.end);
  const EntityId entity =
      subject.mention == nullptr ? kNoId : text_.Resolve(subject.mention->entity);
  const Entity* e = entity == kNoId ? nullptr : &At(text_.entities, entity);
  switch (kind) {
    case ConditionKind::kHoped:
      return status == StatementStatus::kHoped;
    case ConditionKind::kCancelled:
      return status == StatementStatus::kCancelled || (e != nullptr && e->cancelled);
    case ConditionKind::kPostponed:
      return status == StatementStatus::kPostponed || (e != nullptr && e->postponed);
    default:
      return status == StatementStatus::kPlanned || status == StatementStatus::kCancelled ||
             status == StatementStatus::kPostponed ||
             (e != nullptr && (e->planned || e->cancelled || e->postponed));
  }
}

// Whether the clause around an atom holds a word of the set.
bool RuleEngine::ClauseHas(Symbol set, uint32_t atom) const {
  const uint32_t stop = ClauseEnd(knowledge_, text_, atom);
  for (uint32_t a = ClauseBegin(knowledge_, text_, atom); a < stop; ++a) {
    if (text_.InSet(a, set)) return true;
  }
  return false;
}

// Whether a word of the set stands close before an atom.
bool RuleEngine::StandsBefore(Symbol set, uint32_t atom) const {
  constexpr uint32_t kReach = 5;
  const uint32_t begin = text_.sentences[text_.atoms[atom].sentence].first;
  for (uint32_t a = atom > begin + kReach ? atom - kReach : begin; a < atom; ++a) {
    if (text_.InSet(a, set)) return true;
  }
  return false;
}

// Whether a sentence names an event, beside those that only date or place another.
bool RuleEngine::NamesEvent(uint32_t sentence) const {
  for (uint32_t a = text_.sentences[sentence].first; a < text_.sentences[sentence].end; ++a) {
    if (!text_.mention_types[a].MayHold(knowledge_.known.t_event)) continue;
    for (const MentionId id : text_.mentions_at[a]) {
      if (At(text_.mentions, id).type == knowledge_.known.t_event && !IsAside(a)) return true;
    }
  }
  return false;
}

bool RuleEngine::HoldsEvent(const Mention& m) const {
  for (uint32_t a = m.first; a < m.end; ++a) {
    if (text_.InSet(a, knowledge_.known.event)) return true;
  }
  return false;
}

// Whether the event noun at an atom only dates or places something else: "after the
// summit", "on the sidelines of the conference".
bool RuleEngine::IsAside(uint32_t atom) const {
  const uint32_t first = text_.sentences[text_.atoms[atom].sentence].first;
  for (uint32_t a = atom; a > first && atom - a < kAsideReach;) {
    --a;
    const SetHit* hit = text_.HitAt(a, knowledge_.known.aside);
    if (hit != nullptr && a + hit->count <= atom) return true;
    const bool hyphen = text_.atoms[a].norm == "-" && !text_.atoms[a].space_before;
    // قبل أن يختتم زيارته
    if (phrases_.IsVerb(a) && a > first + 1 && text_.InSet(a - 1, knowledge_.known.that) &&
        text_.InSet(a - 2, knowledge_.known.aside)) {
      return true;
    }
    if (phrases_.IsVerb(a) || (text_.atoms[a].is_punctuation() && !hyphen)) return false;
  }
  return false;
}

// Whether an event noun stands close before the relative pronoun at an atom.
bool RuleEngine::FollowsEvent(uint32_t relative) const {
  constexpr uint32_t kReach = 4;
  const uint32_t first = text_.sentences[text_.atoms[relative].sentence].first;
  for (uint32_t a = relative; a > first && relative - a < kReach;) {
    --a;
    if (text_.InSet(a, knowledge_.known.event)) return true;
  }
  return false;
}

// توقف دام عاما: an Arabic verb right behind an indefinite noun tells of that noun.
bool RuleEngine::IsOwned(uint32_t verb) const {
  const Sentence& sentence = text_.sentences[text_.atoms[verb].sentence];
  if (!sentence.arabic || verb == sentence.first) return false;
  const Atom& before = text_.atoms[verb - 1];
  const WellKnown& k = knowledge_.known;
  return before.is_word() && !before.clitic && !before.definite && !phrases_.IsVerb(verb - 1) &&
         !text_.InSet(verb - 1, k.function_word) && !text_.InSet(verb - 1, k.preposition) &&
         !text_.InSet(verb - 1, k.np_stop) && !text_.InSet(verb - 1, k.relative) &&
         !text_.InSet(verb - 1, k.event) && !text_.InSet(verb - 1, k.negator) &&
         !text_.InSet(verb - 1, k.barrier) && !text_.InSet(verb - 1, k.future) &&
         text_.mentions_at[verb - 1].empty();
}

// "ended a dispute": behind the verb stands what is no event.
bool RuleEngine::TakesOther(uint32_t verb_end) {
  const Sentence& sentence = text_.sentences[text_.atoms[verb_end - 1].sentence];
  if (verb_end >= sentence.end) return false;
  if (sentence.arabic) {
    // سيجري التوقيع عليه في …: what is done is no meeting.
    return text_.InSet(verb_end - 1, knowledge_.known.done) && text_.atoms[verb_end].definite &&
           matcher_.MentionsAt(verb_end, {knowledge_.known.t_event}).empty() &&
           matcher_.MentionsAt(verb_end, {knowledge_.known.t_date}).empty();
  }
  if (!text_.InSet(verb_end, knowledge_.known.article)) return false;
  const MentionId object = phrases_.At(verb_end);
  return object != kNoId && !HoldsEvent(At(text_.mentions, object));
}

// Whether the sentence before holds a word of the set.
bool RuleEngine::Follows(uint32_t sentence, Symbol set) const {
  if (sentence == 0) return false;
  const Sentence& before = text_.sentences[sentence - 1];
  for (uint32_t a = before.first; a < before.end; ++a) {
    if (text_.InSet(a, set)) return true;
  }
  return false;
}

// "the fourth round of talks which both began in May": the clause tells of the series.
bool RuleEngine::IsOfSeries(uint32_t verb) {
  constexpr uint32_t kReach = 8;
  const WellKnown& k = knowledge_.known;
  const Sentence& sentence = text_.sentences[text_.atoms[verb].sentence];
  if (sentence.arabic) return false;
  bool agent = false;
  for (uint32_t a = verb; a > sentence.first + 1 && verb - a < kReach;) {
    --a;
    if (text_.InSet(a, k.relative)) {
      if (!agent) return false;
      if (text_.InSet(a - 1, k.series_word)) return true;
      for (const MentionId id : text_.InOrder(k.t_event)) {
        const Mention& m = At(text_.mentions, id);
        if (m.end == a && m.sentence == text_.atoms[a].sentence) return m.ordinal > 1;
      }
      return false;
    }
    if (text_.atoms[a].is_punctuation()) return false;
    agent =
        agent ||
        !matcher_.MentionsAt(a, {k.t_party, k.t_country, k.t_organization, k.t_person, k.t_nation})
             .empty();
  }
  return false;
}

// Whether the sentence before asks with a word of the set.
bool RuleEngine::Answers(uint32_t sentence, Symbol set) const {
  return sentence > 0 && IsQuestion(text_, sentence - 1) && Follows(sentence, set);
}

// "at a fixed price": no verb.
bool RuleEngine::IsAttributive(uint32_t verb) const {
  const Sentence& sentence = text_.sentences[text_.atoms[verb].sentence];
  return !sentence.arabic && verb > sentence.first &&
         (text_.InSet(verb - 1, knowledge_.known.article) ||
          text_.InSet(verb - 1, knowledge_.known.his) ||
          text_.InSet(verb - 1, knowledge_.known.possessive));
}

// "The pact also covers …": its subject is an agreement.
bool RuleEngine::FollowsOutcome(uint32_t verb) const {
  constexpr uint32_t kReach = 3;  // Auxiliaries and adverbs.
  const uint32_t first = text_.sentences[text_.atoms[verb].sentence].first;
  for (uint32_t a = verb; a > first && verb - a <= kReach + 1;) {
    --a;
    for (const MentionId id : text_.mentions_at[a]) {
      const Mention& m = At(text_.mentions, id);
      if (m.type == knowledge_.known.t_outcome && m.end <= verb && verb - m.end <= kReach)
        return true;
    }
    if (text_.InSet(a, knowledge_.known.preposition)) return false;
  }
  return false;
}

// "It does not cover …" of the agreement that the sentence before speaks of. A verb of the
// past may tell of an event there.
bool RuleEngine::ItHolds(uint32_t verb) const {
  const WellKnown& k = knowledge_.known;
  const uint32_t sentence = text_.atoms[verb].sentence;
  const SetHit* hit = text_.HitAt(verb, k.include);
  if (hit == nullptr) return false;
  if (FollowsOutcome(verb)) return true;
  if (ItIsOutcome(sentence)) return true;
  const bool past = hit->form != nullptr && hit->form->features.tense == Tense::kPast;
  return !past && BeginsWithIt(sentence) && text_.FirstIn(sentence - 1, k.t_outcome) != kNoId;
}

// "It began in May", where the two sentences before name no event: it is another thing.
bool RuleEngine::ItIsElsewhere(uint32_t atom) const {
  const uint32_t sentence = text_.atoms[atom].sentence;
  if (text_.sentences[sentence].arabic || !BeginsWithIt(sentence)) return false;
  for (uint32_t s = sentence > 2 ? sentence - 2 : 0; s < sentence; ++s) {
    if (text_.FirstIn(s, knowledge_.known.t_event) != kNoId) return false;
  }
  return true;
}

bool RuleEngine::BeginsWithIt(uint32_t sentence) const {
  return sentence > 0 && text_.InSet(SpeechBegin(text_, sentence), knowledge_.known.pronoun_event);
}

// "It will run for ten years", where the sentence before speaks of an agreement and of no
// event.
bool RuleEngine::ItIsOutcome(uint32_t sentence) const {
  return BeginsWithIt(sentence) &&
         text_.FirstIn(sentence - 1, knowledge_.known.t_outcome) != kNoId &&
         text_.FirstIn(sentence - 1, knowledge_.known.t_event) == kNoId;
}

// Whether the verb at [first, end) has no noun of its own for a subject, so that what
// the text speaks of is meant: "was held in", "it lasted", عُقدت في.
bool RuleEngine::IsSubjectless(uint32_t first, uint32_t end) {
  const WellKnown& k = knowledge_.known;
  const Sentence& sentence = text_.sentences[text_.atoms[first].sentence];
  const auto passed = [&](uint32_t a) {
    return text_.InSet(a, k.function_word) || text_.InSet(a, k.np_stop) ||
           text_.InSet(a, k.negator) || text_.InSet(a, k.future) ||
           IsPlanWord(knowledge_, text_, a) || text_.InSet(a, k.preposition) ||
           text_.atoms[a].clitic || text_.atoms[a].is_punctuation();
  };
  if (sentence.arabic) {
    if (first > sentence.first && text_.InSet(first - 1, k.relative))
      return FollowsEvent(first - 1);
    if (IsOwned(first)) return false;
    return end >= sentence.end || passed(end) || text_.atoms[end].is_number() ||
           !matcher_.MentionsAt(end, {k.t_date, k.t_duration, k.t_event, k.t_city}).empty();
  }
  const uint32_t clause = ClauseBegin(knowledge_, text_, first);
  for (uint32_t a = first; a > clause;) {
    --a;
    if (text_.InSet(a, k.pronoun_event) || text_.InSet(a, k.they)) return true;
    if (text_.InSet(a, k.relative)) return FollowsEvent(a);
    const bool dated = !matcher_.MentionsAt(a, {k.t_date}).empty();
    if (!passed(a) && !dated) return text_.InSet(a, k.event);
  }
  return true;
}

// Arabic verb first: "ناقش الوزيران سبل …": a definite word, then an indefinite one,
// is the subject before the object's phrase.
bool RuleEngine::IsSubjectFirst(const Mention& m) const {
  if (!text_.atoms[m.first].definite || m.first + 1 >= m.end) return false;
  uint32_t a = m.first;
  while (a < m.end && text_.atoms[a].definite) ++a;
  return a < m.end && !text_.atoms[a].clitic && text_.atoms[a].is_word() &&
         !text_.InSet(a, knowledge_.known.preposition) &&
         !text_.InSet(a, knowledge_.known.relative) &&
         !text_.InSet(a, knowledge_.known.function_word) &&
         !text_.InSet(a, knowledge_.known.separator);
}

}  // namespace sanad
