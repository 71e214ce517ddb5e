// Persons and parties: last names that name a person again, "the two sides", and which
// party a word such as "the hosts" points to.

#include "loader/document/discourse.h"

#include <algorithm>
#include <utility>

#include <absl/container/flat_hash_set.h>
#include "language/normalise.h"
#include "loader/document/clauses.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

// Sentences.
constexpr uint32_t kPersonReach = 3;
constexpr uint32_t kMinistersReach = 8;

}  // namespace

void Discourse::Begin() {
  FindLastNames();
  FindPrincipals();
}

// Two parties named side by side: "A and B", "A–B", "between A and B", الحوار
// المغربي الإسباني.
void Discourse::FindPrincipals() {
  const WellKnown& k = knowledge_.known;
  const auto party = [&](uint32_t atom) -> const Mention* {
    for (const Symbol type : {k.t_country, k.t_organization, k.t_nation}) {
      if (const Mention* m = MentionOf(atom, type)) return m;
    }
    return nullptr;
  };
  for (uint32_t a = text_.dateline_end; a < text_.atoms.size(); ++a) {
    const Mention* item = party(a);
    if (item == nullptr || IsMediator(a)) continue;
    std::vector<EntityId> found{text_.Resolve(item->entity)};
    bool joined = false;
    while (item != nullptr && found.size() < 6) {
      uint32_t b = item->end;
      if (b >= text_.atoms.size() || text_.atoms[b].sentence != item->sentence) break;
      const SetHit* separator = text_.HitAt(b, k.separator);
      const bool comma = text_.atoms[b].norm == "," || text_.atoms[b].norm == "،";
      if (separator != nullptr || text_.InSet(b, k.dash)) {
        b += separator != nullptr ? separator->count : 1;
        joined = true;
      } else if (comma) {
        ++b;
      } else if (item->type == k.t_nation) {
        joined = true;
      } else {
        break;
      }
      if (b < text_.atoms.size() && text_.InSet(b, k.article)) ++b;
      const Mention* next = b < text_.atoms.size() ? party(b) : nullptr;
      if (next == nullptr || next->sentence != item->sentence) break;
      const EntityId entity = text_.Resolve(next->entity);
      if (std::find(found.begin(), found.end(), entity) != found.end()) break;
      found.push_back(entity);
      item = next;
    }
    if (joined && found.size() >= 2) {
      principals_ = std::move(found);
      return;
    }
  }
}

// Whether a word of mediating stands right before a name: "brokered by A and B".
bool Discourse::IsMediator(uint32_t atom) const {
  constexpr uint32_t kReach = 4;
  const uint32_t first = text_.sentences[text_.atoms[atom].sentence].first;
  for (uint32_t a = atom; a > first && atom - a < kReach;) {
    --a;
    for (const Symbol set : {knowledge_.known.mediation, knowledge_.known.auspices}) {
      const SetHit* hit = text_.HitAt(a, set);
      if (hit == nullptr || a + hit->count > atom) continue;
      // Only an article, or names of the same list, stand between.
      return a + hit->count == atom || text_.InSet(atom - 1, knowledge_.known.article) ||
             text_.InSet(atom - 1, knowledge_.known.separator);
    }
  }
  return false;
}

void Discourse::FindLastNames() {
  const Symbol person = knowledge_.known.t_person;
  // Last name → person, and where it was first given in full.
  std::unordered_map<std::string, std::pair<EntityId, uint32_t>> names;
  std::vector<std::pair<uint32_t, uint32_t>> full;
  uint32_t longest = 0;
  for (const Mention& mention : text_.mentions) {
    if (mention.type != person || mention.end - mention.first < 2) continue;
    full.emplace_back(mention.first, mention.end);
    longest = std::max(longest, mention.end - mention.first);
    const bool titled = LastBetween(person, mention.first + 1, mention.end, [&](const Mention& m) {
                          return m.entity == mention.entity;
                        }) != nullptr;
    if (titled) continue;
    std::string last = text_.atoms[mention.end - 1].norm;
    for (uint32_t a = mention.end - 1; a > mention.first; --a) {
      if (!text_.atoms[a].is_word()) continue;
      last = text_.atoms[a].norm;
      break;
    }
    const auto [it, inserted] = names.emplace(last, std::make_pair(mention.entity, mention.end));
    if (!inserted && mention.end < it->second.second) it->second = {mention.entity, mention.end};
  }
  std::sort(full.begin(), full.end());
  for (uint32_t a = 0; a < text_.atoms.size(); ++a) {
    const auto it = names.find(text_.atoms[a].norm);
    if (it == names.end() || a < it->second.second) continue;
    if (text_.atoms[a].word->script == Script::kLatin &&
        text_.atoms[a].word->capitalisation < Capitalisation::kInitial) {
      continue;
    }
    bool inside = false;
    for (auto f = std::upper_bound(full.begin(), full.end(), std::make_pair(a, UINT32_MAX));
         f != full.begin() && (--f)->first + longest > a;) {
      inside = inside || a < f->second;
    }
    if (inside) continue;
    Mention mention;
    mention.type = person;
    // ولد امبارك, آل ثاني: the particle belongs to the name.
    const bool particle = a > text_.sentences[text_.atoms[a].sentence].first &&
                          text_.InSet(a - 1, knowledge_.known.name_particle);
    mention.first = particle ? a - 1 : a;
    mention.end = a + 1;
    mention.sentence = text_.atoms[a].sentence;
    mention.entity = it->second.first;
    if (a > 0 && text_.InSet(a - 1, knowledge_.known.honorific)) {  // "Mr Rahman"
      Mention polite = mention;
      polite.first = a - 1;
      text_.AddMention(std::move(polite));
    }
    text_.AddMention(std::move(mention));
  }
}

std::vector<EntityId> Discourse::PartyAt(uint32_t atom) const {
  const bool they = text_.InSet(atom, knowledge_.known.they);
  const bool ministers = text_.InSet(atom, knowledge_.known.party_persons);
  const SetHit* pair = text_.HitAt(atom, knowledge_.known.pair);
  const SetHit* phrase = text_.HitAt(atom, knowledge_.known.party);
  if (pair != nullptr && phrase != nullptr && pair->count == phrase->count) return PairBefore(atom);
  if (text_.InSet(atom, knowledge_.known.party_of_three) && principals_.size() != 3) return {};
  if (!they && !ministers) return principals_;
  // "The two countries met when they …": the party of the same sentence.
  const uint32_t sentence = text_.sentences[text_.atoms[atom].sentence].first;
  for (uint32_t a = sentence; they && a < atom; ++a) {
    const Mention* party = MentionOf(a, knowledge_.known.t_party);
    if (party != nullptr && !text_.InSet(a, knowledge_.known.they)) return PartyAt(a);
  }
  // "The two ministers": those of the two persons named last that are ministers.
  if (ministers) {
    const std::vector<EntityId> named = PersonsOfTitle(atom);
    if (named.size() == 2) return named;
  }
  // "They", "the two ministers": the two persons named last, where there are two
  // near by.
  std::vector<EntityId> persons;
  const uint32_t begin = SentencesBack(atom, they ? kPersonReach : kMinistersReach);
  for (size_t i = 0; i < 2; ++i) {
    const Mention* const best =
        LastBetween(knowledge_.known.t_person, begin, atom, [&](const Mention& m) {
          return std::find(persons.begin(), persons.end(), m.entity) == persons.end();
        });
    if (best == nullptr) return principals_;
    persons.push_back(best->entity);
  }
  return persons;
}

// "The two": the persons that the sentences before name, where these are two and name no
// two states or organisations; else the parties.
std::vector<EntityId> Discourse::PairBefore(uint32_t atom) const {
  const WellKnown& k = knowledge_.known;
  std::vector<EntityId> persons;
  const auto add = [&](std::vector<EntityId>& to, EntityId id) {
    if (std::find(to.begin(), to.end(), id) == to.end()) to.push_back(id);
  };
  const uint32_t own = text_.atoms[atom].sentence;
  for (uint32_t s = own + 1; s-- > 0 && own - s <= kPersonReach && persons.size() < 2;) {
    std::vector<EntityId> states;
    for (const Mention& m : text_.mentions) {
      if (m.sentence != s || m.first >= atom || m.entity == kNoId) continue;
      if (m.type == k.t_person) add(persons, m.entity);
      if (m.type == k.t_country || m.type == k.t_organization) add(states, m.entity);
    }
    if (persons.size() < 2 && states.size() >= 2) return principals_;
  }
  return persons.size() == 2 ? persons : principals_;
}

// The two persons named last before an atom whose office holds the noun there, a
// counterpart of such a person among them.
std::vector<EntityId> Discourse::PersonsOfTitle(uint32_t atom) const {
  const WellKnown& k = knowledge_.known;
  const SetHit* party = text_.HitAt(atom, k.party_persons);
  const uint32_t noun = atom + (party == nullptr ? 1 : party->count) - 1;
  std::string stem(Bare(noun));
  // الوزيران, الوزيرين, ministers: without the ending of their number.
  for (const std::string_view ending : {"ان", "ين", "s"}) {
    if (stem.size() > ending.size() + 4 && stem.ends_with(ending)) {
      stem.resize(stem.size() - ending.size());
      break;
    }
  }
  const bool arabic = text_.sentences[text_.atoms[atom].sentence].arabic;
  absl::flat_hash_set<EntityId> holders;
  for (const DocumentStatement& s : text_.statements) {
    if (s.property != "holdsPosition" || s.object == kNoId) continue;
    const Entity& office = text_.entities[static_cast<size_t>(s.object)];
    if (Normalise(arabic ? office.label_ar : office.label_en).find(stem) != std::string::npos)
      holders.insert(s.subject);
  }
  std::vector<EntityId> out;
  for (size_t i = 0; i < 2; ++i) {
    const Mention* const last = LastBetween(k.t_person, 0, atom, [&](const Mention& m) {
      return std::find(out.begin(), out.end(), m.entity) == out.end() &&
             (holders.contains(m.entity) || IsCounterpart(m));
    });
    if (last == nullptr) break;
    out.push_back(last->entity);
  }
  return out;
}

EntityId Discourse::PersonBefore(uint32_t atom, int gender) const {
  const auto fits = [&](const Mention& mention) {
    const int known = text_.entities[static_cast<size_t>(mention.entity)].gender;
    return gender == 0 || known == 0 || known == gender;
  };
  // "He" at the opening of a sentence takes up the one that the sentence before began with.
  const uint32_t sentence = text_.atoms[atom].sentence;
  const Mention* best = nullptr;
  if (gender != 0 && !text_.sentences[sentence].arabic && atom == SpeechBegin(text_, sentence)) {
    best = FirstBetween(knowledge_.known.t_person, SentencesBack(atom, 1),
                        text_.sentences[sentence].first, fits);
  }
  if (best == nullptr)
    best = LastBetween(knowledge_.known.t_person, SentencesBack(atom, kPersonReach), atom, fits);
  return best == nullptr ? kNoId : best->entity;
}

EntityId Discourse::LastOf(Symbol type, uint32_t atom, EntityId but) const {
  const Mention* const best = LastBetween(type, 0, atom, [&](const Mention& mention) {
    return but == kNoId || text_.Resolve(mention.entity) != but;
  });
  return best == nullptr ? kNoId : text_.Resolve(best->entity);
}

const Mention* Discourse::LastBetween(Symbol type, uint32_t begin, uint32_t end,
                                      absl::FunctionRef<bool(const Mention&)> fits) const {
  const std::vector<MentionId>& all = text_.InOrder(type);
  auto at = std::lower_bound(all.begin(), all.end(), end, [&](MentionId id, uint32_t first) {
    return text_.mentions[static_cast<size_t>(id)].first < first;
  });
  const Mention* best = nullptr;
  while (at != all.begin()) {
    const Mention& mention = text_.mentions[static_cast<size_t>(*--at)];
    // Of several at one atom, the first that was found.
    if (mention.first < begin || (best != nullptr && mention.first != best->first)) break;
    if (mention.entity != kNoId && fits(mention)) best = &mention;
  }
  return best;
}

const Mention* Discourse::FirstBetween(Symbol type, uint32_t begin, uint32_t end,
                                       absl::FunctionRef<bool(const Mention&)> fits) const {
  const std::vector<MentionId>& all = text_.InOrder(type);
  auto at = std::lower_bound(all.begin(), all.end(), begin, [&](MentionId id, uint32_t first) {
    return text_.mentions[static_cast<size_t>(id)].first < first;
  });
  for (; at != all.end(); ++at) {
    const Mention& mention = text_.mentions[static_cast<size_t>(*at)];
    if (mention.first >= end) break;
    if (mention.entity != kNoId && fits(mention)) return &mention;
  }
  return nullptr;
}

uint32_t Discourse::SentencesBack(uint32_t atom, uint32_t count) const {
  const uint32_t sentence = text_.atoms[atom].sentence;
  return text_.sentences[sentence - std::min(sentence, count)].first;
}

EntityId Discourse::PartyFor(std::string_view word, uint32_t atom) const {
  const auto entity = [&](EntityId id) -> const Entity& {
    return text_.entities[static_cast<size_t>(id)];
  };
  if (word == "government") {
    EntityId state = kNoId;
    for (const EntityId p : principals_) {
      if (entity(p).type != "Country") continue;
      if (state != kNoId) return kNoId;
      state = p;
    }
    return state;
  }
  if (word == "host") {
    EntityId place = text_.dateline_place;
    if (const EntityId event = FocusAt(atom); event != kNoId && entity(event).place != kNoId)
      place = entity(event).place;
    if (place == kNoId) return kNoId;
    for (const Term& country :
         knowledge_.lexicon->ObjectsOf(entity(place).iri, Term::Iri(SANAD_KG_NS "inCountry"))) {
      for (const EntityId p : principals_) {
        if (entity(p).iri == country) return p;
      }
    }
    // A hall has no country of its own; the report's city does.
    if (place != text_.dateline_place && text_.dateline_place != kNoId) {
      for (const Term& country : knowledge_.lexicon->ObjectsOf(
               entity(text_.dateline_place).iri, Term::Iri(SANAD_KG_NS "inCountry"))) {
        for (const EntityId p : principals_) {
          if (entity(p).iri == country) return p;
        }
      }
    }
    return kNoId;
  }
  if (word == "other") {
    const Mention* const person =
        LastBetween(knowledge_.known.t_person, 0, atom,
                    [&](const Mention& m) { return entity(m.entity).country != kNoId; });
    if (person == nullptr || principals_.size() != 2) return kNoId;
    const EntityId country = entity(person->entity).country;
    if (country == principals_[0]) return principals_[1];
    return country == principals_[1] ? principals_[0] : kNoId;
  }
  if (word == "owner") {
    if (const EntityId owner = OwnerAt(atom); owner != kNoId) return owner;
  }
  const Mention* const best =
      LastBetween(knowledge_.known.t_country, 0, atom, [](const Mention&) { return true; });
  return best == nullptr ? kNoId : best->entity;
}

// "Its": the state or organisation named last in the sentence before the word, else the
// first of the sentence before.
EntityId Discourse::OwnerAt(uint32_t atom) const {
  const auto any = [](const Mention&) { return true; };
  const uint32_t first = text_.sentences[text_.atoms[atom].sentence].first;
  const Mention* own = nullptr;
  const Mention* before = nullptr;
  for (const Symbol type : {knowledge_.known.t_country, knowledge_.known.t_organization}) {
    const Mention* const last = LastBetween(type, first, atom, any);
    if (last != nullptr && (own == nullptr || last->first > own->first)) own = last;
    const Mention* const opening = FirstBetween(type, SentencesBack(atom, 1), first, any);
    if (opening != nullptr && (before == nullptr || opening->first < before->first))
      before = opening;
  }
  const Mention* owner = own != nullptr ? own : before;
  return owner == nullptr ? kNoId : owner->entity;
}

EntityId Discourse::PersonEntity(uint32_t first, uint32_t end) {
  const std::string name = Label(first, end);
  const Term iri = Term::Iri(Concat(SANAD_ID_NS "person/", IdentityName(name)));
  if (const EntityId known = text_.EntityOf(iri); known != kNoId) return known;
  Entity entity;
  entity.iri = iri;
  entity.type = "Person";
  entity.kind = "person";
  (text_.sentences[text_.atoms[first].sentence].arabic ? entity.label_ar : entity.label_en) = name;
  entity.label_is_text = true;
  return text_.AddEntity(std::move(entity));
}

}  // namespace sanad
