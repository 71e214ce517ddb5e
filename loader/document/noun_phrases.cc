#include "loader/document/noun_phrases.h"

#include <algorithm>
#include <utility>

#include "loader/document/clauses.h"

namespace sanad {
namespace {

constexpr uint32_t kMaxPhrase = 24;
constexpr uint32_t kFieldReach = 8;

bool EndsWith(std::string_view text, std::string_view ending) {
  return text.size() >= ending.size() && text.substr(text.size() - ending.size()) == ending;
}

bool IsComma(const Atom& atom) { return atom.norm == "," || atom.norm == "،"; }

// Arabic relational adjectives end in ي or يه; English ones in these endings.
bool LooksLikeAdjective(const Atom& atom) {
  if (atom.word->script == Script::kArabic)
    return EndsWith(atom.norm, "ي") || EndsWith(atom.norm, "يه");
  for (const std::string_view ending : {"al", "ic", "ive", "ary", "ous", "able"}) {
    if (atom.norm.size() > ending.size() + 2 && EndsWith(atom.norm, ending)) return true;
  }
  return false;
}

}  // namespace

bool NounPhrases::HasMention(uint32_t atom, Symbol type) const {
  if (atom >= text_.mentions_at.size()) return false;
  for (const MentionId id : text_.mentions_at[atom]) {
    if (text_.mentions[static_cast<size_t>(id)].type == type) return true;
  }
  return false;
}

bool NounPhrases::IsVerb(uint32_t atom) const {
  const SetHit* hit = text_.HitAt(atom, knowledge_.known.any_verb);
  const Atom& own = text_.atoms[atom];
  // "… and paved the way": a word no lexicon knows, with the shape of a past tense
  // and an object behind it.
  if (hit == nullptr && own.word->script == Script::kLatin && EndsWith(own.norm, "ed") &&
      own.norm.size() > 4 && own.word->capitalisation == Capitalisation::kLower &&
      atom + 1 < text_.atoms.size() && text_.InSet(atom + 1, knowledge_.known.article)) {
    return true;
  }
  if (hit == nullptr || hit->form == nullptr) return false;
  const Tense tense = hit->form->features.tense;
  const Atom& a = text_.atoms[atom];
  if (a.word->script == Script::kArabic) {
    if (a.definite) return false;
    if (tense == Tense::kPresent || tense == Tense::kFuture) return true;
    // توصلت إلى, and behind a conjunction وتوصلا إلى: endings that no verbal noun has.
    const bool feminine =
        EndsWith(a.norm, "ت") && !EndsWith(a.norm, "ات") && !EndsWith(a.norm, "يت");
    const bool joined = atom > 0 && text_.atoms[atom - 1].clitic &&
                        text_.InSet(atom - 1, knowledge_.known.separator);
    const bool dual = EndsWith(a.norm, "ا") && hit->count > 1 && joined;
    if (a.norm.size() > 8 && (feminine || dual)) return true;
    // Unvowelled, short forms and those in ت are verbal nouns as often as verbs.
    return a.norm.size() > 6 && a.norm.compare(0, 2, "ت") != 0 && !EndsWith(a.norm, "ه");
  }
  if (tense != Tense::kPast && tense != Tense::kParticiple) return false;
  // "kidnapped soldiers": a participle before its noun.
  const uint32_t next = atom + hit->count;
  if (next >= text_.atoms.size() || text_.atoms[next].sentence != a.sentence) return true;
  const Atom& n = text_.atoms[next];
  const bool noun_follows = n.is_word() && !text_.InSet(next, knowledge_.known.function_word) &&
                            !text_.InSet(next, knowledge_.known.preposition) &&
                            !text_.InSet(next, knowledge_.known.article) &&
                            n.word->capitalisation == Capitalisation::kLower;
  const bool after_noun = atom > 0 && text_.atoms[atom - 1].is_word() &&
                          !text_.InSet(atom - 1, knowledge_.known.function_word) &&
                          !text_.InSet(atom - 1, knowledge_.known.preposition) &&
                          !text_.InSet(atom - 1, knowledge_.known.article);
  // "They also addressed …": an adverb stands before a verb.
  const bool after_adverb = atom > 0 && text_.InSet(atom - 1, knowledge_.known.also);
  return !noun_follows || after_noun || after_adverb;
}

// عُثر عليها, عُرض على: a word with the mark of the passive on its first letter, and a
// particle behind it.
bool NounPhrases::IsMarkedPassive(uint32_t atom) const {
  constexpr std::string_view kDamma = "\u064F", kMeem = "م", kTied = "ه";
  constexpr size_t kLetter = 2;
  const Atom& a = text_.atoms[atom];
  if (a.is_punctuation() || a.word->script != Script::kArabic || a.definite || a.clitic)
    return false;
  const std::string_view surface = text_.TextOf(atom, atom + 1);
  if (surface.size() < 4 * kLetter || surface.substr(kLetter, kDamma.size()) != kDamma)
    return false;
  if (a.norm.starts_with(kMeem) || EndsWith(a.norm, kTied)) return false;
  if (HasMention(atom, knowledge_.known.t_country) || HasMention(atom, knowledge_.known.t_city))
    return false;
  return atom + 1 < text_.atoms.size() && (text_.InSet(atom + 1, knowledge_.known.preposition) ||
                                           text_.InSet(atom + 1, knowledge_.known.resumptive));
}

// Whether a verb that states a relation stands here in a form of the past.
bool NounPhrases::IsRelationVerb(uint32_t atom) const {
  return std::any_of(text_.hits[atom].begin(), text_.hits[atom].end(), [&](const SetHit& hit) {
    const bool past = hit.form != nullptr && hit.form->features.tense == Tense::kPast;
    return past && std::find(relations_.begin(), relations_.end(), hit.set) != relations_.end();
  });
}

bool NounPhrases::CanStart(uint32_t atom) const {
  if (atom >= text_.atoms.size()) return false;
  const Atom& a = text_.atoms[atom];
  const WellKnown& k = knowledge_.known;
  if (a.is_punctuation() || a.clitic) return false;
  if (text_.InSet(atom, k.function_word) || text_.InSet(atom, k.preposition) ||
      text_.InSet(atom, k.np_stop) || text_.InSet(atom, k.barrier) ||
      text_.InSet(atom, k.relative) || text_.InSet(atom, k.demonstrative)) {
    return false;
  }
  if (HasMention(atom, k.t_date)) return false;
  // استعراض …، وبحث …: another verbal noun begins.
  if (atom > 0 && text_.atoms[atom - 1].clitic && text_.InSet(atom - 1, k.separator) &&
      !a.definite && text_.InSet(atom, k.discussing)) {
    return false;
  }
  // …، والاتفاق على …: what was agreed is no topic beside those discussed.
  if (atom > 1 && text_.atoms[atom - 1].clitic && text_.atoms[atom - 2].norm == "،" && a.definite &&
      text_.InSet(atom, k.agreement_noun) && text_.InSet(atom + 1, k.about)) {
    return false;
  }
  // "reviewed A and discussed B": behind the conjunction another verb begins.
  if (atom > 0 && text_.InSet(atom - 1, k.separator) && a.word->script == Script::kLatin &&
      IsRelationVerb(atom)) {
    return false;
  }
  return !IsVerb(atom) && !IsMarkedPassive(atom);
}

bool NounPhrases::JoinsInside(uint32_t first, uint32_t atom, uint32_t behind) const {
  if (behind >= text_.atoms.size() || atom == first ||
      text_.atoms[behind].sentence != text_.atoms[first].sentence) {
    return false;
  }
  const Atom& left = text_.atoms[atom - 1];
  const Atom& right = text_.atoms[behind];
  // "the first on trade and the second on transit"
  if (HasMention(behind, knowledge_.known.t_ordinal)) return false;
  // "between Cairo and Ankara"
  for (uint32_t a = atom > 6 ? std::max(first, atom - 6) : first; a < atom; ++a) {
    if (!text_.InSet(a, knowledge_.known.between)) continue;
    bool joined = false;
    for (uint32_t b = a + 1; b < atom; ++b)
      joined = joined || text_.InSet(b, knowledge_.known.separator);
    if (!joined) return true;
  }
  // "in the fields of trade and farming"
  for (uint32_t a = atom > kFieldReach ? std::max(first, atom - kFieldReach) : first; a < atom;
       ++a) {
    if (text_.InSet(a, knowledge_.known.fields)) return true;
  }
  // Two places: "embassies in Washington and Moscow"
  const auto place_ends = [&](uint32_t end) {
    for (uint32_t a = end > 3 ? end - 3 : 0; a < end; ++a) {
      for (const MentionId id : text_.mentions_at[a]) {
        const Mention& m = text_.mentions[static_cast<size_t>(id)];
        if (m.end == end &&
            (m.type == knowledge_.known.t_city || m.type == knowledge_.known.t_country))
          return true;
      }
    }
    return false;
  };
  const bool right_place =
      HasMention(behind, knowledge_.known.t_city) || HasMention(behind, knowledge_.known.t_country);
  if (place_ends(atom) && right_place && atom > first + 1) return true;
  // "political and economic pressures", "السياسية والاقتصادية"
  if (left.word->script == Script::kArabic) {
    return left.definite == right.definite && LooksLikeAdjective(left) &&
           LooksLikeAdjective(right) && atom > first + 1;
  }
  return LooksLikeAdjective(left) && LooksLikeAdjective(right);
}

bool NounPhrases::Stops(uint32_t first, uint32_t atom) const {
  const WellKnown& k = knowledge_.known;
  const Atom& a = text_.atoms[atom];
  if (a.is_punctuation()) {
    const bool joins =
        (a.norm == "-" || a.norm == "'" || a.norm == "%" || a.norm == "." || a.norm == "/") &&
        !a.space_before;
    return !joins;
  }
  if (text_.InSet(atom, k.np_stop) || text_.InSet(atom, k.barrier)) return true;
  if (HasMention(atom, k.t_date)) return true;
  if (atom > first && text_.InSet(atom, k.worth) && !text_.InSet(first, k.grant)) return true;
  // تفاهم توصلت إليه …: a clause about an indefinite noun.
  const bool feminine = EndsWith(a.norm, "ت") && !EndsWith(a.norm, "ات");
  if (atom > first && feminine && !a.definite && !text_.atoms[first].definite &&
      text_.InSet(atom + 1, k.resumptive)) {
    return true;
  }
  // "… by means of a meeting": what the event is told by, not what is spoken of.
  if (text_.InSet(atom, k.by_event) && text_.InSet(atom + 1, k.event)) return true;
  if (text_.InSet(atom, k.preposition) && atom + 1 < text_.atoms.size() &&
      (HasMention(atom + 1, k.t_date) || text_.InSet(atom + 1, k.np_stop))) {
    return true;
  }
  // وُقعت الاتفاقية عن الهند, جاءت الاتفاقية ثمرة لقاء: for whom, and out of what
  if (atom == first + 1 && (a.norm == "عن" || text_.InSet(atom, k.fruit)) &&
      text_.atoms[first].definite && text_.InSet(first, k.t_outcome)) {
    return true;
  }
  // اتفاق مؤقت نص على …
  const SetHit* include = atom > first ? text_.HitAt(atom, k.include) : nullptr;
  if (include != nullptr && include->count > 1 && a.word->script == Script::kArabic &&
      !a.definite && text_.InSet(first, k.t_outcome)) {
    return true;
  }
  // ما لا يقل عن 300
  if (atom > first + 1 && text_.atoms[atom - 2].norm == "ما" && text_.atoms[atom - 1].norm == "لا")
    return false;
  return atom > first && IsVerb(atom);
}

// دراسة بيئية مشتركة: with an adjective of its own, an Arabic noun is no mere head of what
// follows.
bool NounPhrases::IsOwnNoun(uint32_t atom, uint32_t count) const {
  const uint32_t next = atom + count;
  if (text_.atoms[atom].word->script != Script::kArabic || text_.atoms[atom].definite) return false;
  if (next >= text_.atoms.size() || text_.atoms[next].sentence != text_.atoms[atom].sentence)
    return true;
  const Atom& behind = text_.atoms[next];
  return behind.is_punctuation() || behind.clitic ||
         (!behind.definite && LooksLikeAdjective(behind));
}

uint32_t NounPhrases::SkipLightHead(uint32_t atom) const {
  for (int i = 0; i < 3; ++i) {
    const SetHit* article = text_.HitAt(atom, knowledge_.known.article);
    if (article != nullptr) atom += article->count;
    const SetHit* light = text_.HitAt(atom, knowledge_.known.light_head);
    if (light == nullptr || IsOwnNoun(atom, light->count)) return atom;
    atom += light->count;
  }
  return atom;
}

uint32_t NounPhrases::EndOf(uint32_t first) const {
  const uint32_t sentence_end = text_.sentences[text_.atoms[first].sentence].end;
  const uint32_t limit = std::min(sentence_end, first + kMaxPhrase);
  const WellKnown& k = knowledge_.known;
  uint32_t a = first;
  uint32_t verbs_allowed_until = 0;
  while (a < limit) {
    const SetHit* separator = text_.HitAt(a, k.separator);
    if (separator != nullptr) {
      if (!JoinsInside(first, a, a + separator->count)) break;
      a += separator->count + 1;
      continue;
    }
    if (a > first && text_.InSet(a, k.relative)) {
      // A relative clause whose verb states a relation ends the phrase.
      const uint32_t verb = a + 1;
      if (verb < limit && text_.InSet(verb, k.any_verb)) break;
      verbs_allowed_until = a + 3;
      ++a;
      continue;
    }
    if (a >= verbs_allowed_until && Stops(first, a)) break;
    if (text_.atoms[a].is_punctuation() && IsComma(text_.atoms[a])) break;
    ++a;
  }
  const bool dated =
      a < sentence_end &&
      (HasMention(a, k.t_date) ||
       (text_.InSet(a, k.preposition) && a + 1 < sentence_end && HasMention(a + 1, k.t_date)));
  // Trailing particles, prepositions and adverbs belong to what follows.
  while (a > first + 1 && (text_.InSet(a - 1, k.preposition) || text_.atoms[a - 1].clitic ||
                           text_.InSet(a - 1, k.article) || text_.InSet(a - 1, k.np_trim) ||
                           text_.InSet(a - 1, k.relative) || text_.atoms[a - 1].is_punctuation())) {
    --a;
  }
  return dated ? WithoutPlace(first, a) : a;
}

// "signed a deal on ports in Lima on 2 May": place and date belong to the signing.
uint32_t NounPhrases::WithoutPlace(uint32_t first, uint32_t end) const {
  constexpr uint32_t kLongestName = 3;
  const WellKnown& k = knowledge_.known;
  for (uint32_t a = std::max(first + 2, end > kLongestName ? end - kLongestName : 0); a < end;
       ++a) {
    if (!text_.InSet(a - 1, k.in)) continue;
    for (const MentionId id : text_.mentions_at[a]) {
      const Mention& m = text_.mentions[static_cast<size_t>(id)];
      if (m.end == end && (m.type == k.t_city || m.type == k.t_country)) return a - 1;
    }
  }
  return end;
}

MentionId NounPhrases::At(uint32_t atom) {
  const auto it = cache_.find(atom);
  if (it != cache_.end()) return it->second;
  MentionId& out = cache_[atom];
  out = kNoId;
  if (atom >= text_.atoms.size()) return out;
  const uint32_t first = SkipLightHead(atom);
  if (!CanStart(first) || text_.atoms[first].sentence != text_.atoms[atom].sentence) return out;
  const uint32_t end = EndOf(first);
  if (end <= first) return out;
  const WellKnown& k = knowledge_.known;
  for (const MentionId id : text_.mentions_at[first]) {  // A bare duration or number is a value.
    const Mention& m = text_.mentions[static_cast<size_t>(id)];
    const bool value = m.type == k.t_duration || m.type == k.t_number || m.type == k.t_ordinal;
    if (value && m.end == end) return out;
  }
  if (end == first + 1 && text_.InSet(first, k.np_trim)) return out;  // An adverb.
  if (first != atom) {  // The phrase without its article is the mention.
    const auto inner = cache_.find(first);
    if (inner != cache_.end() && inner->second != kNoId) return cache_[atom] = inner->second;
  }
  Mention mention;
  mention.type = knowledge_.known.t_np;
  mention.first = first;
  mention.end = end;
  mention.sentence = text_.atoms[first].sentence;
  mention.is_definite =
      text_.InSet(atom, knowledge_.known.definite_article) || text_.atoms[first].definite;
  const MentionId id = text_.AddMention(std::move(mention));
  cache_[first] = id;
  return cache_[atom] = id;
}

}  // namespace sanad
