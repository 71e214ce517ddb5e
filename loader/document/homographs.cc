// Names that two places share once marks are left out: عمّان and عُمان.
//
// Each such mention is decided by, in this order: the marks it is written with, the
// noun before it ("the sultanate of"), which country's names the document holds
// otherwise, and its slot: what something happens "in", or a dateline, is a city.

#include "loader/document/homographs.h"

#include <algorithm>
#include <vector>

#include "language/text.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

bool IsMark(char32_t c) { return (c >= 0x64B && c <= 0x65F) || c == 0x670; }

struct MarkedLetter {
  char32_t letter = 0;
  std::vector<char32_t> marks;
};

std::vector<MarkedLetter> MarkedLetters(std::string_view text) {
  std::vector<MarkedLetter> out;
  for (size_t i = 0; i < text.size();) {
    const char32_t c = NextCodePoint(text, i);
    if (!IsMark(c)) {
      out.push_back({c, {}});
    } else if (!out.empty()) {
      out.back().marks.push_back(c);
    }
  }
  return out;
}

// How many marks of `surface` stand on the same letters of `label`, from the end,
// so that an article or particle before the name does not count.
size_t SharedMarks(std::string_view surface, std::string_view label) {
  const std::vector<MarkedLetter> a = MarkedLetters(surface), b = MarkedLetters(label);
  size_t shared = 0;
  for (size_t i = 1; i <= std::min(a.size(), b.size()); ++i) {
    const MarkedLetter &x = a[a.size() - i], &y = b[b.size() - i];
    for (const char32_t mark : x.marks)
      shared += std::find(y.marks.begin(), y.marks.end(), mark) != y.marks.end();
  }
  return shared;
}

class Homographs {
 public:
  Homographs(const Knowledge& knowledge, AnnotatedText& text)
      : knowledge_(knowledge), text_(text) {}

  void Run() {
    std::vector<Pair> undecided;
    for (uint32_t a = 0; a < text_.atoms.size(); ++a) {
      Pair pair;
      if (!PairAt(a, pair)) continue;
      const MentionId chosen = ByMarks(pair);
      const MentionId other = chosen != kNoId ? chosen : ByNoun(pair);
      if (other == kNoId) {
        undecided.push_back(pair);
      } else {
        Keep(pair, other);
      }
    }
    for (const Pair& pair : undecided) {
      const size_t city = Evidence(CountryOf(pair.city), undecided);
      const size_t country = Evidence(EntityOf(pair.country).iri, undecided);
      const bool as_city = city == country ? InCitySlot(pair.first) : city > country;
      Keep(pair, as_city ? pair.city : pair.country);
    }
  }

 private:
  struct Pair {
    uint32_t first = 0;
    MentionId city = kNoId, country = kNoId;
  };

  const Mention& At(MentionId id) const { return text_.mentions[static_cast<size_t>(id)]; }
  const Entity& EntityOf(MentionId id) const {
    return text_.entities[static_cast<size_t>(At(id).entity)];
  }

  // The country that the lexicon puts a city in.
  Term CountryOf(MentionId city) const {
    for (const Term& country :
         knowledge_.lexicon->ObjectsOf(EntityOf(city).iri, Term::Iri(SANAD_KG_NS "inCountry")))
      return country;
    return Term();
  }

  // A city and a country of the same words, the city in another country.
  bool PairAt(uint32_t atom, Pair& pair) const {
    pair.first = atom;
    for (const MentionId id : text_.mentions_at[atom]) {
      if (At(id).type == knowledge_.known.t_city) pair.city = id;
      if (At(id).type == knowledge_.known.t_country) pair.country = id;
    }
    return pair.city != kNoId && pair.country != kNoId &&
           At(pair.city).end == At(pair.country).end &&
           CountryOf(pair.city) != EntityOf(pair.country).iri;
  }

  MentionId ByMarks(const Pair& pair) const {
    const std::string_view surface = text_.TextOf(pair.first, At(pair.city).end);
    const size_t city = SharedMarks(surface, EntityOf(pair.city).label_ar);
    const size_t country = SharedMarks(surface, EntityOf(pair.country).label_ar);
    if (city == country) return kNoId;
    return city > country ? pair.city : pair.country;
  }

  MentionId ByNoun(const Pair& pair) const {
    if (pair.first == 0) return kNoId;
    const WellKnown& k = knowledge_.known;
    if (text_.InSet(pair.first - 1, k.state_noun)) return pair.country;
    const bool city =
        text_.InSet(pair.first - 1, k.capital) || text_.InSet(pair.first - 1, k.city_noun);
    return city ? pair.city : kNoId;
  }

  // How often the document names a country otherwise: itself, its people, its cities.
  size_t Evidence(const Term& country, const std::vector<Pair>& undecided) const {
    size_t count = 0;
    for (uint32_t a = 0; a < text_.mentions_at.size(); ++a) {
      const bool open = std::any_of(undecided.begin(), undecided.end(),
                                    [&](const Pair& p) { return p.first == a; });
      if (open) continue;
      for (const MentionId id : text_.mentions_at[a]) {
        if (At(id).entity == kNoId) continue;
        const bool named = EntityOf(id).iri == country;
        count += named || (At(id).type == knowledge_.known.t_city && CountryOf(id) == country);
      }
    }
    return count;
  }

  bool InCitySlot(uint32_t atom) const {
    const Sentence& sentence = text_.sentences[text_.atoms[atom].sentence];
    if (atom > sentence.first) return text_.InSet(atom - 1, knowledge_.known.in);
    if (atom + 1 >= sentence.end) return false;
    const std::string& next = text_.atoms[atom + 1].norm;
    return next == "," || next == "،" || text_.InSet(atom + 1, knowledge_.known.dash);
  }

  void Keep(const Pair& pair, MentionId chosen) {
    const MentionId dropped = chosen == pair.city ? pair.country : pair.city;
    auto& here = text_.mentions_at[pair.first];
    here.erase(std::remove(here.begin(), here.end(), dropped), here.end());
    // It stays in the list of mentions, as nothing of its own.
    Mention& mention = text_.mentions[static_cast<size_t>(dropped)];
    auto& of_entity = text_.entities[static_cast<size_t>(mention.entity)].mentions;
    of_entity.erase(std::remove(of_entity.begin(), of_entity.end(), dropped), of_entity.end());
    mention.type = 0;
    mention.entity = kNoId;
  }

  const Knowledge& knowledge_;
  AnnotatedText& text_;
};

}  // namespace

void ResolveHomographs(const Knowledge& knowledge, AnnotatedText& text) {
  Homographs(knowledge, text).Run();
}

}  // namespace sanad
