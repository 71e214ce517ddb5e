#include "loader/document/clauses.h"

#include <algorithm>

namespace sanad {
namespace {

// How far before a trigger a negator or a marker of the future may stand.
constexpr uint32_t kNegatorReach = 5;
constexpr uint32_t kFutureReach = 9;
constexpr uint32_t kRequestReach = 13;
// How far behind a trigger the verb that cancels or postpones, or the word that lays
// a present verb in the future, may stand.
constexpr uint32_t kVerdictReach = 24;
constexpr uint32_t kNextReach = 12;

// The last atom of `set` in [begin, end), or kNoAtom.
constexpr uint32_t kNoAtom = 0xFFFFFFFF;
uint32_t LastHit(const AnnotatedText& text, uint32_t begin, uint32_t end, Symbol set) {
  for (uint32_t a = end; a-- > begin;) {
    const SetHit* hit = text.HitAt(a, set);
    // "6 May" is no modal verb.
    const Word& word = *text.atoms[a].word;
    const bool name = word.script == Script::kLatin &&
                      word.capitalisation >= Capitalisation::kInitial && a > 0 &&
                      text.atoms[a - 1].sentence == text.atoms[a].sentence;
    if (hit != nullptr && !name && a + hit->count <= end) return a;
  }
  return kNoAtom;
}

// A word of a plan that lies in [begin, end).
bool HasPlanWord(const Knowledge& knowledge, const AnnotatedText& text, uint32_t begin,
                 uint32_t end) {
  const WellKnown& k = knowledge.known;
  if (LastHit(text, begin, end, k.planned) != kNoAtom) return true;
  const uint32_t agreed = LastHit(text, begin, end, k.agreed_plan);
  return agreed != kNoAtom && IsPlanWord(knowledge, text, agreed);
}

// A verb of `set` in [begin, end) that is not one of the words for "another".
bool HasVerb(const Knowledge& knowledge, const AnnotatedText& text, uint32_t begin, uint32_t end,
             Symbol set) {
  for (uint32_t a = begin; a < end; ++a) {
    const SetHit* hit = text.HitAt(a, set);
    if (hit != nullptr && !text.InSet(a, knowledge.known.fresh) && !text.atoms[a].definite)
      return true;
  }
  return false;
}

// The day after which a present verb tells of what is to come: the report's own, else
// the last full one in front of the verb, not too far.
PartialDate Present(const Knowledge& knowledge, const AnnotatedText& text, uint32_t verb) {
  constexpr uint32_t kReach = 500;  // Atoms.
  if (text.document_date.full()) return text.document_date;
  if (!text.sentences[text.atoms[verb].sentence].arabic) return {};
  for (uint32_t a = verb; a > 0 && verb - a < kReach;) {
    for (const MentionId id : text.mentions_at[--a]) {
      const Mention& m = text.mentions[static_cast<size_t>(id)];
      if (m.type == knowledge.known.t_date && m.date.full())
        return m.is_range ? m.end_date : m.date;
    }
  }
  return {};
}

// يلتقي … الأسبوع المقبل: a verb of the present with "next" behind it.
bool IsPresentOfNext(const Knowledge& knowledge, const AnnotatedText& text, uint32_t first,
                     uint32_t end, uint32_t stop) {
  const bool present =
      std::any_of(text.hits[first].begin(), text.hits[first].end(), [&](const SetHit& hit) {
        return hit.set == knowledge.known.any_verb && hit.form != nullptr &&
               (hit.form->features.tense == Tense::kPresent ||
                hit.form->features.tense == Tense::kFuture);
      });
  if (!present) return false;
  for (uint32_t a = end; a < stop && a < end + kNextReach; ++a) {
    if (text.InSet(a, knowledge.known.next)) return true;
    for (const MentionId id : text.mentions_at[a]) {
      const Mention& m = text.mentions[static_cast<size_t>(id)];
      if (m.type != knowledge.known.t_date) continue;
      const std::optional<int> order = Compare(m.date, Present(knowledge, text, first));
      if (order.has_value() && *order > 0) return true;
    }
  }
  return false;
}

uint32_t WindowBegin(uint32_t clause, uint32_t first, uint32_t reach) {
  return std::max(clause, first > reach ? first - reach : 0U);
}

}  // namespace

bool IsBarrier(const Knowledge& knowledge, const AnnotatedText& text, uint32_t atom) {
  const Atom& a = text.atoms[atom];
  if (a.is_punctuation()) {
    return a.norm == ";" || a.norm == ":" || a.norm == "؛" || a.norm == "(" || a.norm == ")";
  }
  return text.InSet(atom, knowledge.known.barrier);
}

uint32_t ClauseBegin(const Knowledge& knowledge, const AnnotatedText& text, uint32_t atom) {
  const uint32_t first = text.sentences[text.atoms[atom].sentence].first;
  while (atom > first && !IsBarrier(knowledge, text, atom - 1)) --atom;
  return atom;
}

bool InAside(const Knowledge& knowledge, const AnnotatedText& text, uint32_t atom) {
  constexpr uint32_t kReach = 12;
  const Sentence& sentence = text.sentences[text.atoms[atom].sentence];
  if (!sentence.arabic) return false;
  const auto comma = [&](uint32_t a) { return text.atoms[a].norm == "،"; };
  uint32_t first = atom;
  while (first > sentence.first && !comma(first - 1)) --first;
  if (first == sentence.first || atom - first > kReach) return false;
  uint32_t end = atom;
  while (end < sentence.end && !comma(end)) ++end;
  if (end == sentence.end || end - first > kReach) return false;
  // وهو, و هما
  if (text.InSet(first, knowledge.known.aside_opening)) return true;
  return text.atoms[first].clitic && first + 1 < end &&
         (text.InSet(first + 1, knowledge.known.apposition) ||
          text.InSet(first + 1, knowledge.known.they));
}

uint32_t ClauseEnd(const Knowledge& knowledge, const AnnotatedText& text, uint32_t atom) {
  const uint32_t end = text.sentences[text.atoms[atom].sentence].end;
  ++atom;
  while (atom < end && !IsBarrier(knowledge, text, atom)) ++atom;
  return atom;
}

bool IsQuestion(const AnnotatedText& text, uint32_t sentence) {
  const Sentence& s = text.sentences[sentence];
  return s.end > s.first &&
         (text.atoms[s.end - 1].norm == "?" || text.atoms[s.end - 1].norm == "؟");
}

uint32_t SpeechBegin(const AnnotatedText& text, uint32_t sentence) {
  const Sentence& s = text.sentences[sentence];
  const bool label = s.first + 2 < s.end && text.atoms[s.first].is_word() &&
                     text.atoms[s.first].norm.size() == 1 && text.atoms[s.first + 1].norm == ":";
  // "Originally, it was …"
  const bool adverb = s.first + 2 < s.end && text.atoms[s.first].is_word() &&
                      (text.atoms[s.first + 1].norm == "," || text.atoms[s.first + 1].norm == "،");
  return label || adverb ? s.first + 2 : s.body;
}

bool IsNegated(const Knowledge& knowledge, const AnnotatedText& text, uint32_t first,
               uint32_t end) {
  const uint32_t clause = ClauseBegin(knowledge, text, first);
  const uint32_t begin = WindowBegin(clause, first, kNegatorReach);
  const uint32_t at = LastHit(text, begin, first, knowledge.known.negator);
  if (at == kNoAtom) {
    const SetHit* inside = first < end ? text.HitAt(first, knowledge.known.negator) : nullptr;
    return inside != nullptr;
  }
  if (text.InSet(at, knowledge.known.not_negator)) return false;
  if (InAside(knowledge, text, at) && !InAside(knowledge, text, first)) return false;
  // A comma between them starts another statement: "no text, and it covered …".
  for (uint32_t a = at; a < first; ++a) {
    if (text.atoms[a].is_punctuation() && (text.atoms[a].norm == "," || text.atoms[a].norm == "،"))
      return false;
    if (text.InSet(a, knowledge.known.after_clause)) return false;
  }
  return true;
}

bool IsPlanWord(const Knowledge& knowledge, const AnnotatedText& text, uint32_t atom) {
  const WellKnown& k = knowledge.known;
  if (text.InSet(atom, k.planned)) return true;
  if (!text.InSet(atom, k.agreed_plan)) return false;
  // The verb's phrase may hold the preposition itself ("اتفق على").
  for (uint32_t a = ClauseBegin(knowledge, text, atom); a < atom; ++a) {
    if (text.InSet(a, k.agree) || text.InSet(a, k.agreement_noun)) return true;
  }
  return false;
}

bool IsFuture(const Knowledge& knowledge, const AnnotatedText& text, uint32_t atom) {
  const uint32_t clause = ClauseBegin(knowledge, text, atom);
  const uint32_t begin = WindowBegin(clause, atom, kFutureReach);
  return LastHit(text, begin, atom, knowledge.known.future) != kNoAtom ||
         HasPlanWord(knowledge, text, begin, atom) ||
         IsPresentOfNext(knowledge, text, atom, atom + 1, ClauseEnd(knowledge, text, atom));
}

namespace {

// From where a request may bear on an atom: not over "…, and B welcomed it".
uint32_t RequestBegin(const Knowledge& knowledge, const AnnotatedText& text, uint32_t clause,
                      uint32_t first) {
  const uint32_t begin = WindowBegin(clause, first, kRequestReach);
  for (uint32_t a = first; a > begin + 1;) {
    --a;
    const bool comma = text.atoms[a - 1].norm == "," || text.atoms[a - 1].norm == "،";
    if (comma && text.InSet(a, knowledge.known.separator)) return a;
  }
  return begin;
}

}  // namespace

bool IsHearsay(const Knowledge& knowledge, const AnnotatedText& text, uint32_t end) {
  const uint32_t sentence = text.atoms[end - 1].sentence;
  // Behind the speaker's letter a capital makes no name: "Q: Reports say …".
  const uint32_t speech = SpeechBegin(text, sentence);
  const SetHit* first = text.HitAt(speech, knowledge.known.hearsay);
  return (first != nullptr && speech + first->count <= end) ||
         LastHit(text, text.sentences[sentence].first, end, knowledge.known.hearsay) != kNoAtom;
}

StatementStatus StatusAt(const Knowledge& knowledge, const AnnotatedText& text, uint32_t first,
                         uint32_t end) {
  const uint32_t clause = ClauseBegin(knowledge, text, first);
  const uint32_t stop = std::min(ClauseEnd(knowledge, text, first), end + kVerdictReach);
  const WellKnown& k = knowledge.known;
  // "is due to be signed … and to enter into force": a plan said once.
  const bool infinitive = first > clause && text.InSet(first - 1, k.infinitive);
  const uint32_t begin = infinitive ? clause : WindowBegin(clause, first, kFutureReach);
  if (HasVerb(knowledge, text, clause, stop, k.cancel)) return StatementStatus::kCancelled;
  if (HasVerb(knowledge, text, clause, stop, k.postpone)) return StatementStatus::kPostponed;
  // "If …", "called for …": what is only thought of or asked for.
  if (LastHit(text, begin, first, k.hope) != kNoAtom ||
      LastHit(text, clause, first, k.condition) != kNoAtom ||
      LastHit(text, RequestBegin(knowledge, text, clause, first), first, k.request) != kNoAtom) {
    return StatementStatus::kHoped;
  }
  if (LastHit(text, begin, std::min(stop, first + 1), k.future) != kNoAtom)
    return StatementStatus::kPlanned;
  const bool agreed = first > clause && IsPlanWord(knowledge, text, first - 1) &&
                      text.HitAt(first - 1, k.agreed_plan) != nullptr;  // اتفاق على عقد …
  if (agreed || HasPlanWord(knowledge, text, begin, first) ||
      IsPresentOfNext(knowledge, text, first, end, stop)) {
    return StatementStatus::kPlanned;
  }
  return StatementStatus::kAsserted;
}

}  // namespace sanad
