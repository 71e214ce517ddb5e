// Events that only their number names: "The second, in Doha, dealt with …", أما الثانية
// فعُقدت في ….

#include <cctype>

#include "loader/document/clauses.h"
#include "loader/document/discourse.h"

namespace sanad {
namespace {

constexpr uint32_t kNumberReach = 3;  // Sentences back to an event with a number.

}  // namespace

// Whether an ordinal has no noun of its own.
bool Discourse::StandsAlone(uint32_t atom, const Mention& ordinal) const {
  const WellKnown& k = knowledge_.known;
  const Sentence& s = text_.sentences[ordinal.sentence];
  const uint32_t next = ordinal.end;
  const bool closed = next >= s.end || text_.atoms[next].is_punctuation() ||
                      text_.atoms[next].clitic || text_.InSet(next, k.preposition) ||
                      text_.InSet(next, k.copula) || text_.InSet(next, k.future) ||
                      text_.InSet(next, k.happen) || phrases_.IsVerb(next);
  // "Announced for the 20th": a day.
  const bool digits = std::isdigit(static_cast<unsigned char>(text_.atoms[atom].norm[0])) != 0;
  if (!closed || digits) return false;
  if (!s.arabic) return atom > s.first && text_.InSet(atom - 1, k.article);
  if (!text_.atoms[atom].definite) return false;
  return atom == s.first || text_.atoms[atom - 1].clitic || phrases_.IsVerb(atom - 1) ||
         text_.InSet(atom - 1, k.happen) || text_.InSet(atom - 1, k.as_for);
}

// The event with another number that was named last near by, or several at once.
EntityId Discourse::NumberedBefore(uint32_t atom, int ordinal) const {
  const uint32_t begin = SentencesBack(atom, kNumberReach);
  for (size_t i = event_mentions_.size(); i-- > 0;) {
    const Mention& m = text_.mentions[static_cast<size_t>(event_mentions_[i])];
    if (m.first >= atom) continue;
    if (m.first < begin) break;
    const EntityId event = text_.Resolve(m.entity);
    const int number = text_.entities[static_cast<size_t>(event)].ordinal;
    if (number != 0 ? number != ordinal : m.is_plural && ordinal == 1) return event;
  }
  return kNoId;
}

uint32_t Discourse::AddNumberedEvent(uint32_t sentence, uint32_t atom) {
  const WellKnown& k = knowledge_.known;
  const Mention* const ordinal = MentionOf(atom, k.t_ordinal);
  if (ordinal == nullptr || !StandsAlone(atom, *ordinal)) return atom;
  const Sentence& s = text_.sentences[sentence];
  // "Two accords, the first on trade": what is numbered is no event.
  for (uint32_t a = s.first; a < atom; ++a) {
    if (text_.InSet(a, k.t_outcome) || text_.InSet(a, k.t_proposal) || text_.InSet(a, k.document))
      return atom;
  }
  const EntityId before = NumberedBefore(atom, ordinal->ordinal);
  if (before == kNoId) return atom;
  const std::string type = text_.entities[static_cast<size_t>(before)].type;
  Modifiers m;
  m.first = s.arabic ? atom : atom - 1;
  m.end = ordinal->end;
  m.ordinal = ordinal->ordinal;
  m.definite = true;
  m.kind = type;
  m.is_visit = type == "Visit";
  m.is_other = type == "Event";
  m.is_meeting = !m.is_visit && !m.is_other;
  const bool comma = m.end < s.end && text_.atoms[m.end].is_punctuation();
  ReadPlaceAndDate(m.end + (comma ? 1 : 0), s.end, m);
  return AddEvent(sentence, atom, type, m);
}

}  // namespace sanad
