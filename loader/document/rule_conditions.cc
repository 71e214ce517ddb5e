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
                                std::string* failed) {
  for (const Condition& condition : rule.source.conditions) {
    if (ConditionHolds(rule, condition, match) == condition.negated) {
      *failed = condition.name;
      return false;
    }
  }
  return true;
}

bool RuleEngine::ConditionHolds(const CompiledRule& rule, const Condition& condition,
                                const MatchResult& match) {
  const auto binding = [&](size_t i) -> const Binding* {
    return i < condition.arguments.size() ? BindingOf(rule, match, condition.arguments[i])
                                          : nullptr;
  };
  const auto mention = [&](size_t i) -> const Mention* {
    const Binding* b = binding(i);
    return b == nullptr || b->mentions.empty() ? nullptr : &At(text_.mentions, b->mentions.front());
  };
  const auto text_argument = [&](size_t i) -> std::string_view {
    return i < condition.arguments.size() ? std::string_view(condition.arguments[i]).substr(1)
                                          : std::string_view();
  };
  const std::string& name = condition.name;
  const Binding* b = binding(0);
  const uint32_t first = b != nullptr && b->bound ? b->first : match.first;
  const uint32_t end = b != nullptr && b->bound ? b->end : match.end;
  if (name == "bound") return b != nullptr && b->bound;
  if (name == "negated") return IsNegated(knowledge_, text_, first, end);
  if (name == "planned" || name == "future" || name == "hoped" || name == "cancelled" ||
      name == "postponed") {
    const StatementStatus status = StatusAt(knowledge_, text_, first, end);
    const Mention* m = mention(0);
    const Entity* e = m != nullptr && m->entity != kNoId
                          ? &At(text_.entities, text_.Resolve(m->entity))
                          : nullptr;
    if (name == "hoped") return status == StatementStatus::kHoped;
    if (name == "cancelled")
      return status == StatementStatus::kCancelled || (e != nullptr && e->cancelled);
    if (name == "postponed")
      return status == StatementStatus::kPostponed || (e != nullptr && e->postponed);
    if (name == "future") return IsFuture(knowledge_, text_, first);
    return status == StatementStatus::kPlanned || status == StatementStatus::kCancelled ||
           status == StatementStatus::kPostponed ||
           (e != nullptr && (e->planned || e->cancelled || e->postponed));
  }
  if (name == "attributed") return Attributed(first);
  if (name == "in") return text_.InSet(first, knowledge_.symbols.Find(text_argument(1)));
  if (name == "has") {  // The clause holds a word of the set.
    const Symbol set = knowledge_.symbols.Find(text_argument(1));
    const uint32_t stop = ClauseEnd(knowledge_, text_, match.first);
    for (uint32_t a = ClauseBegin(knowledge_, text_, match.first); a < stop; ++a) {
      if (text_.InSet(a, set)) return true;
    }
    return false;
  }
  if (name == "infinitive") {  // "to open", but not "is due to open".
    return first > 0 && text_.atoms[first - 1].norm == "to" && !IsFuture(knowledge_, text_, first);
  }
  if (name == "owned") return IsOwned(first);
  if (name == "focusless") return discourse_.FocusAt(match.first) == kNoId;
  if (name == "after") {  // A word of the set ends close before.
    constexpr uint32_t kReach = 5;
    const Symbol set = knowledge_.symbols.Find(text_argument(1));
    const uint32_t begin = text_.sentences[text_.atoms[first].sentence].first;
    for (uint32_t a = first > begin + kReach ? first - kReach : begin; a < first; ++a) {
      const SetHit* hit = text_.HitAt(a, set);
      if (hit != nullptr) return true;
    }
    return false;
  }
  if (name == "subjectless") return IsSubjectless(match.first, match.end);
  if (name == "eventless") {  // The sentence names no event.
    const Sentence& sentence = text_.sentences[text_.atoms[match.first].sentence];
    for (uint32_t a = sentence.first; a < sentence.end; ++a) {
      for (const MentionId id : text_.mentions_at[a]) {
        if (At(text_.mentions, id).type == knowledge_.known.t_event && !IsAside(a)) return false;
      }
    }
    return true;
  }
  if (name == "first_sentence") return text_.atoms[match.first].sentence <= 1;
  const Mention* m = mention(0);
  if (name == "single") return b != nullptr && b->end - b->first == 1;
  if (m == nullptr) return false;
  const auto entity_of = [&](const Mention* x) { return text_.Resolve(x->entity); };
  if (name == "range") return m->is_range;
  if (name == "elsewhere") {  // The event has another place already.
    const EntityId event = entity_of(m);
    const Mention* place = mention(1);
    return event != kNoId && place != nullptr && At(text_.entities, event).place != kNoId &&
           At(text_.entities, event).place != entity_of(place);
  }
  if (name == "placed")
    return entity_of(m) != kNoId && At(text_.entities, entity_of(m)).place != kNoId;
  if (name == "plural") return m->is_plural;
  if (name == "definite") return m->is_definite || m->is_demonstrative;
  if (name == "fresh") return m->is_fresh;
  if (name == "comparator")
    return m->comparator == static_cast<int>(Comparator::kMoreThan) ||
           m->comparator == static_cast<int>(Comparator::kAtLeast);
  const EntityId entity = text_.Resolve(m->entity);
  if (name == "known") return entity != kNoId;
  if (name == "eventful") {  // A phrase that holds an event: "two days of talks".
    for (uint32_t a = m->first; a < m->end; ++a) {
      if (text_.InSet(a, knowledge_.known.event)) return true;
    }
    return false;
  }
  if (name == "several") {  // More than one, or a party of several.
    return b->mentions.size() > 1 || m->type == knowledge_.known.t_party;
  }
  if (name == "person_first") {  // The phrase begins with a person, or a title and name.
    return !matcher_.MentionsAt(m->first, {knowledge_.known.t_person}).empty();
  }
  if (name == "event_first") {  // The phrase begins with an event: "the talks that …".
    const SetHit* event = text_.HitAt(m->first, knowledge_.known.event);
    return event != nullptr;
  }
  if (name == "indefinite") return !text_.atoms[m->first].definite;
  if (name == "subject_first") return IsSubjectFirst(*m);
  if (name == "is") {
    if (entity == kNoId) return false;
    const std::string_view type = text_argument(1);
    const std::string& own = At(text_.entities, entity).type;
    return own == type || knowledge_.lexicon->IsSubOf(Term::Iri(Concat(SANAD_KG_NS, own)),
                                                      Term::Iri(Concat(SANAD_KG_NS, type)));
  }
  if (name == "same" || name == "different") {
    const Mention* other = mention(1);
    const bool same = other != nullptr && entity != kNoId && text_.Resolve(other->entity) == entity;
    return (name == "same") == same;
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
    if (phrases_.IsVerb(a) || text_.atoms[a].is_punctuation()) return false;
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

// Whether the verb at [first, end) has no noun of its own for a subject, so that what
// the text speaks of is meant: "was held in", "it lasted", عُقدت في.
bool RuleEngine::IsSubjectless(uint32_t first, uint32_t end) {
  const WellKnown& k = knowledge_.known;
  const Sentence& sentence = text_.sentences[text_.atoms[first].sentence];
  const auto passed = [&](uint32_t a) {
    return text_.InSet(a, k.function_word) || text_.InSet(a, k.np_stop) ||
           text_.InSet(a, k.negator) || text_.InSet(a, k.future) || text_.InSet(a, k.planned) ||
           text_.InSet(a, k.preposition) || text_.atoms[a].clitic ||
           text_.atoms[a].is_punctuation();
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
