// What stands around the noun of an event: its article, number, place, date and name.

#include "loader/document/discourse.h"

#include "loader/document/clauses.h"
#include "loader/document/discourse_nouns.h"

namespace sanad {
namespace {

constexpr uint32_t kModifierReach = 6;
constexpr uint32_t kPlaceReach = 9;
constexpr uint32_t kAsideReach = 7;

}  // namespace

void Discourse::ReadEnglishModifiers(uint32_t begin, uint32_t atom, Modifiers& m) const {
  const WellKnown& k = knowledge_.known;
  m.first = atom;
  for (uint32_t a = atom; a > begin && atom - a < kModifierReach;) {
    --a;
    const Atom& x = text_.atoms[a];
    if (text_.InSet(a, k.possessive) || text_.InSet(a, k.his)) {
      m.possessed = true;
      if (text_.InSet(a, k.his)) m.first = a;
      break;
    }
    if (x.is_punctuation() && x.norm != "-") break;
    if (text_.InSet(a, k.demonstrative)) {
      m.demonstrative = true;
      m.proximal = text_.InSet(a, k.proximal);
      m.first = a;
      break;
    }
    if (text_.InSet(a, k.article)) {
      (text_.InSet(a, k.definite_article) ? m.definite : m.indefinite) = true;
      m.first = a;
      break;
    }
    if (const Mention* ordinal = MentionOf(a, k.t_ordinal)) m.ordinal = ordinal->ordinal;
    if (text_.InSet(a, k.fresh)) m.fresh = true;
    if (text_.InSet(a, k.other_part)) m.part = true;
    // "the Geneva talks"; a country before the noun is a party.
    if (const Mention* place = MentionOf(a, k.t_city)) m.place = place->entity;
    if (text_.InSet(a, k.preposition) || phrases_.IsVerb(a) || text_.InSet(a, k.np_stop)) break;
    m.first = a;
  }
  m.copula = m.first > begin && text_.InSet(m.first - 1, k.copula);
  // "This was the fourth round"
  if (m.copula && m.definite && m.first > begin + 1 && text_.InSet(m.first - 2, k.proximal))
    m.proximal = true;
}

void Discourse::ReadArabicModifiers(uint32_t begin, uint32_t atom, uint32_t end,
                                    Modifiers& m) const {
  const WellKnown& k = knowledge_.known;
  m.first = atom;
  m.definite = text_.atoms[atom].definite;
  if (atom > begin && text_.InSet(atom - 1, k.demonstrative)) {
    m.demonstrative = true;
    m.proximal = text_.InSet(atom - 1, k.proximal);
    m.first = atom - 1;
  }
  // هذا هو الاجتماع الثاني
  if (m.definite && atom > begin + 1 && text_.InSet(atom - 1, k.apposition) &&
      text_.InSet(atom - 2, k.proximal)) {
    m.own = true;
    m.first = atom - 2;
  }
  m.copula = m.first > begin && text_.InSet(m.first - 1, k.copula);
  // قمة باماكو
  const Mention* city = m.definite || m.end >= end ? nullptr : MentionOf(m.end, k.t_city);
  if (city != nullptr) {
    m.place = city->entity;
    m.definite = m.named = true;
  }
  for (uint32_t a = m.end; a < end && a < m.end + 4; ++a) {
    const Atom& x = text_.atoms[a];
    if (x.is_punctuation() || text_.InSet(a, k.preposition) || text_.InSet(a, k.relative)) break;
    if (const Mention* ordinal = MentionOf(a, k.t_ordinal)) m.ordinal = ordinal->ordinal;
    if (text_.InSet(a, k.fresh)) m.fresh = true;
    if (text_.InSet(a, k.other_part)) m.part = true;
    if (x.definite && a == m.end && !m.definite && !text_.InSet(a, k.fresh))
      m.definite = true;  // Construct state.
  }
  m.indefinite = !m.definite && !m.demonstrative;
}

// "the ministers of energy in A, B and C": several states are no place.
bool Discourse::BeginsStates(const Mention& country, uint32_t sentence_end) const {
  const WellKnown& k = knowledge_.known;
  uint32_t next = country.end;
  if (country.type != k.t_country || next >= sentence_end) return false;
  const SetHit* separator = text_.HitAt(next, k.separator);
  const bool comma = text_.atoms[next].norm == "," || text_.atoms[next].norm == "،";
  if (separator == nullptr && !comma) return false;
  next += separator != nullptr ? separator->count : 1;
  return next < sentence_end && MentionOf(next, k.t_country) != nullptr;
}

// The place and date that belong to the noun: nothing between them starts a topic
// or another phrase.
void Discourse::ReadPlaceAndDate(uint32_t from, uint32_t sentence_end, Modifiers& m) const {
  const WellKnown& k = knowledge_.known;
  const Symbol in = k.in, about = k.about, addresses = k.addresses;
  for (uint32_t a = from; a < sentence_end && a < from + kPlaceReach; ++a) {
    const bool date = MentionOf(a, k.t_date) != nullptr ||
                      (a + 1 < sentence_end && MentionOf(a + 1, k.t_date) != nullptr);
    if (IsBarrier(knowledge_, text_, a) || text_.InSet(a, k.that) ||
        (phrases_.IsVerb(a) && !text_.InSet(a, k.happen) && !text_.InSet(a, k.planned) &&
         !text_.InSet(a, k.lead) && !text_.InSet(a, k.mediate) && !text_.InSet(a, k.host)) ||
        text_.InSet(a, k.separator) || text_.InSet(a, addresses) || text_.InSet(a, k.between) ||
        text_.InSet(a, k.purpose) || text_.atoms[a].norm == "," || text_.atoms[a].norm == "،" ||
        (text_.InSet(a, about) && !date)) {
      break;
    }
    const SetHit* event = text_.HitAt(a, k.event);
    if (event != nullptr && IsNoun(*event) && a > from + 2) break;
    if (m.place == kNoId && a > from && text_.InSet(a - 1, in)) {
      for (const Symbol type : {k.t_city, k.t_country}) {
        const Mention* place = MentionOf(a, type);
        if (place != nullptr && !BeginsStates(*place, sentence_end)) m.place = place->entity;
      }
    }
    if (m.date.empty()) {
      if (const Mention* found = MentionOf(a, k.t_date)) m.date = found->date;
    }
  }
}

Discourse::Modifiers Discourse::ReadModifiers(uint32_t sentence, uint32_t atom,
                                              uint32_t count) const {
  const Sentence& s = text_.sentences[sentence];
  Modifiers m;
  m.end = atom + count;
  // "round of talks", جولة من المحادثات: one phrase.
  for (uint32_t a = m.end; a < s.end && a <= m.end + 1; ++a) {
    const SetHit* inner = text_.HitAt(a, knowledge_.known.event);
    if (inner != nullptr && IsNoun(*inner)) m.end = a + inner->count;
  }
  if (s.arabic) {
    ReadArabicModifiers(s.first, atom, s.end, m);
  } else {
    ReadEnglishModifiers(s.first, atom, m);
  }
  ReadPlaceAndDate(m.end, s.end, m);
  m.told = m.definite && !m.demonstrative && IsToldByVerb(sentence, atom);
  for (uint32_t a = m.first > s.first + kAsideReach ? m.first - kAsideReach : s.first; a < m.first;
       ++a) {
    const SetHit* hit = text_.HitAt(a, knowledge_.known.sidelines);
    if (hit != nullptr && a + hit->count <= m.first) m.aside = true;
  }
  return m;
}

// "his visit to Tonga"
void Discourse::ReadDestination(uint32_t sentence_end, Modifiers& m) const {
  const WellKnown& k = knowledge_.known;
  uint32_t a = m.end;
  if (m.place != kNoId || a + 1 >= sentence_end || !text_.InSet(a, k.infinitive)) return;
  ++a;
  if (text_.InSet(a, k.article) && a + 1 < sentence_end) ++a;
  for (const Symbol type : {k.t_city, k.t_country}) {
    if (const Mention* place = MentionOf(a, type)) m.place = place->entity;
  }
}

// The proper name that ends in an event noun: capital words of which one is more than a
// place or a nationality. Empty where it has none.
std::string Discourse::EventName(const Sentence& s, uint32_t atom, uint32_t end) const {
  const WellKnown& k = knowledge_.known;
  const auto capital = [&](uint32_t a) {
    const Atom& x = text_.atoms[a];
    return x.is_word() && x.word->script == Script::kLatin &&
           x.word->capitalisation >= Capitalisation::kInitial;
  };
  if (!capital(atom)) return "";
  bool own = false;
  uint32_t first = atom;
  // The first word of a sentence is capital in any case.
  for (uint32_t a = atom; a > s.first + 1;) {
    --a;
    if (!capital(a) || text_.InSet(a, k.function_word) || MentionOf(a, k.t_ordinal) != nullptr ||
        MentionOf(a, k.t_date) != nullptr) {
      break;
    }
    own = own || (MentionOf(a, k.t_city) == nullptr && MentionOf(a, k.t_country) == nullptr &&
                  MentionOf(a, k.t_nation) == nullptr);
    first = a;
  }
  return own ? std::string(text_.TextOf(first, end)) : "";
}

// "the meeting of the water commission": by whose it is. Empty where it has none.
std::string Discourse::BodyName(const Sentence& s, uint32_t atom, uint32_t end) const {
  constexpr uint32_t kReach = 4;
  const WellKnown& k = knowledge_.known;
  if (s.arabic || end + 2 >= s.end || text_.atoms[end].norm != "of") return "";
  uint32_t a = end + 1;
  if (!text_.InSet(a, k.definite_article)) return "";
  for (++a; a < s.end && a <= end + kReach; ++a) {
    if (text_.atoms[a].is_punctuation() || text_.InSet(a, k.function_word)) return "";
    if (text_.InSet(a, k.org_head) || text_.InSet(a, k.committee))
      return std::string(text_.TextOf(atom, a + 1));
  }
  return "";
}

}  // namespace sanad
