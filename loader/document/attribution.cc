// Whose words a stretch of a sentence is: verbs of saying and denying, their
// speaker, and the clause they govern.

#include "loader/document/rule_engine.h"

#include <algorithm>
#include <utility>

#include "loader/document/atoms.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

template <typename Container>
auto& At(Container& c, int32_t i) {
  return c[static_cast<size_t>(i)];
}

constexpr uint32_t kSourceReach = 8;

}  // namespace

bool RuleEngine::Attributed(uint32_t atom) const {
  return std::any_of(attributions_.begin(), attributions_.end(),
                     [&](const AttributionScope& s) { return s.Holds(atom); });
}

bool RuleEngine::Denied(uint32_t atom) const {
  return std::any_of(attributions_.begin(), attributions_.end(),
                     [&](const AttributionScope& s) { return s.denied && s.Holds(atom); });
}

EntityId RuleEngine::SourceOf(uint32_t say, uint32_t say_end, uint32_t scope) const {
  const WellKnown& k = knowledge_.known;
  const auto source_at = [&](uint32_t a) -> EntityId {
    for (const MentionId id : text_.mentions_at[a]) {
      const Mention& m = At(text_.mentions, id);
      if (m.entity == kNoId) continue;
      if (m.type == k.t_person || m.type == k.t_country || m.type == k.t_organization)
        return text_.Resolve(m.entity);
      if (m.type == k.t_city) {  // A capital speaks for its country.
        for (const Term& country : knowledge_.lexicon->ObjectsOf(
                 At(text_.entities, m.entity).iri, Term::Iri(SANAD_KG_NS "inCountry"))) {
          return LexiconEntity(knowledge_, text_, country);
        }
      }
    }
    return kNoId;
  };
  EntityId person = kNoId;
  // An Arabic subject stands between the verb and its preposition.
  for (uint32_t a = say + 1; a < scope && a < say_end + 16; ++a) {
    const EntityId e = source_at(a);
    if (e == kNoId) continue;
    if (At(text_.entities, e).type == "Person") return e;
    if (person == kNoId) person = e;
  }
  if (person != kNoId) return person;
  const uint32_t first = text_.sentences[text_.atoms[say].sentence].first;
  for (uint32_t a = say; a > first && say - a < kSourceReach;) {
    --a;
    const EntityId e = source_at(a);
    if (e != kNoId) return e;
  }
  return kNoId;
}

void RuleEngine::FindAttributions(uint32_t index) {
  attributions_.clear();
  const Sentence& sentence = text_.sentences[index];
  const Symbol that = knowledge_.known.that;
  const Symbol about = knowledge_.known.say_about;
  for (uint32_t a = sentence.first; a < sentence.end; ++a) {
    const SetHit* say = text_.HitAt(a, knowledge_.known.say);
    const SetHit* speak = text_.HitAt(a, about);
    const SetHit* deny = text_.HitAt(a, knowledge_.known.deny);
    if (deny != nullptr) say = deny;
    if (speak != nullptr) say = nullptr;  // "spoke of", not "said that".
    if (say == nullptr && speak == nullptr) continue;
    // "United States" holds no verb.
    const Word& word = *text_.atoms[a].word;
    if (word.script == Script::kLatin && word.capitalisation >= Capitalisation::kInitial) continue;
    AttributionScope scope;
    const uint32_t say_end = a + (say != nullptr ? say->count : speak->count);
    if (speak != nullptr) {
      scope.first = a;  // What is spoken of may be read from the verb on.
    } else {
      uint32_t t = say_end;
      const uint32_t reach = sentence.arabic ? 16 : 4;
      while (t < sentence.end && t < say_end + reach && !text_.InSet(t, that)) ++t;
      const bool found = t < sentence.end && text_.InSet(t, that);
      if (!found && !text_.InSet(a, knowledge_.known.say_bare)) continue;
      scope.first = found ? t + 1 : say_end;
      if (!found && say_end < sentence.end && text_.atoms[say_end].is_punctuation()) continue;
    }
    scope.end = scope.first;
    while (scope.end < sentence.end &&
           !(text_.atoms[scope.end].is_punctuation() && text_.atoms[scope.end].norm == ";") &&
           !text_.InSet(scope.end, knowledge_.known.barrier)) {
      ++scope.end;
    }
    scope.source = SourceOf(a, say_end, std::max(scope.first, say_end));
    scope.claim = text_.InSet(a, knowledge_.known.claim);
    // "said that …, a charge which B denied"
    for (uint32_t t = scope.first + 2; t < scope.end && !sentence.arabic; ++t) {
      const bool told_of = text_.InSet(t - 1, knowledge_.known.relative) ||
                           text_.InSet(t - 2, knowledge_.known.relative);
      const bool denied =
          text_.InSet(t, knowledge_.known.deny) || text_.InSet(t, knowledge_.known.reject);
      scope.claim = scope.claim || (told_of && denied);
    }
    scope.denied = deny != nullptr;
    if (scope.source != kNoId || scope.denied) attributions_.push_back(scope);
  }
}

}  // namespace sanad
