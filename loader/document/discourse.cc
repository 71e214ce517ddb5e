#include "loader/document/discourse.h"

#include <algorithm>
#include <utility>

#include "language/normalise.h"
#include "loader/document/clauses.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

constexpr uint32_t kModifierReach = 6;
constexpr uint32_t kPlaceReach = 9;
constexpr uint32_t kPersonReach = 3;  // Sentences.

std::string_view LocalName(std::string_view iri) {
  const size_t at = iri.find_last_of("#/");
  return at == std::string_view::npos ? iri : iri.substr(at + 1);
}

// The class a noun of the lexicon denotes; empty if none.
std::string ClassOf(const Knowledge& knowledge, const SetHit& hit) {
  if (hit.entry == nullptr) return "";
  for (const Term& reference : hit.entry->references) {
    const VocabularyTerm* term = knowledge.lexicon->Vocabulary(reference);
    if (term != nullptr && term->is_class) return std::string(LocalName(reference.value()));
  }
  const VocabularyTerm* own = knowledge.lexicon->Vocabulary(hit.entry->iri);
  return own != nullptr && own->is_class ? std::string(LocalName(hit.entry->iri.value())) : "";
}

bool IsNoun(const SetHit& hit) {
  return hit.entry != nullptr && (hit.entry->part_of_speech == PartOfSpeech::kNoun ||
                                  hit.entry->part_of_speech == PartOfSpeech::kLabel);
}

bool IsPlural(const SetHit& hit, const Atom& atom) {
  if (hit.form != nullptr && hit.form->features.number == Number::kPlural) return true;
  if (hit.entry != nullptr && hit.entry->Feature("number") == "plural") return true;
  return atom.word->script == Script::kArabic && atom.norm.size() > 6 && atom.norm.ends_with("ات");
}

}  // namespace

const Mention* Discourse::MentionOf(uint32_t atom, Symbol type) const {
  if (atom >= text_.mentions_at.size()) return nullptr;
  for (const MentionId id : text_.mentions_at[atom]) {
    const Mention& mention = text_.mentions[static_cast<size_t>(id)];
    if (mention.type == type) return &mention;
  }
  return nullptr;
}

std::string Discourse::Label(uint32_t first, uint32_t end) const {
  std::string label(text_.TextOf(first, end));
  // "للصيد" is ل + الصيد: the article's alef is not written.
  const Atom& atom = text_.atoms[first];
  const std::string surface = Normalise(text_.TextOf(first, first + 1));
  if (atom.definite && atom.norm != surface && atom.norm == "ا" + surface) label.insert(0, "ا");
  return label;
}

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
    if (item == nullptr) continue;
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

void Discourse::FindLastNames() {
  const Symbol person = knowledge_.known.t_person;
  // Last name → person, and where it was first given in full.
  std::unordered_map<std::string, std::pair<EntityId, uint32_t>> names;
  std::vector<std::pair<uint32_t, uint32_t>> full;
  for (const Mention& mention : text_.mentions) {
    if (mention.type != person || mention.end - mention.first < 2) continue;
    full.emplace_back(mention.first, mention.end);
    const bool titled =
        std::any_of(text_.mentions.begin(), text_.mentions.end(), [&](const Mention& m) {
          return m.type == person && m.entity == mention.entity && m.first > mention.first &&
                 m.first < mention.end;
        });
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
    const bool inside = std::any_of(full.begin(), full.end(),
                                    [&](const auto& f) { return f.first <= a && a < f.second; });
    if (inside) continue;
    Mention mention;
    mention.type = person;
    mention.first = a;
    mention.end = a + 1;
    mention.sentence = text_.atoms[a].sentence;
    mention.entity = it->second.first;
    text_.AddMention(std::move(mention));
  }
}

std::vector<EntityId> Discourse::PartyAt(uint32_t atom) const {
  if (!text_.InSet(atom, knowledge_.known.they)) return principals_;
  // "They": the two persons named last, where there are two near by.
  std::vector<EntityId> persons;
  for (size_t i = 0; i < 2; ++i) {
    const Mention* best = nullptr;
    for (const Mention& m : text_.mentions) {
      if (m.type != knowledge_.known.t_person || m.entity == kNoId || m.first >= atom) continue;
      if (text_.atoms[atom].sentence - m.sentence > kPersonReach) continue;
      if (std::find(persons.begin(), persons.end(), m.entity) != persons.end()) continue;
      if (best == nullptr || m.first > best->first) best = &m;
    }
    if (best == nullptr) return principals_;
    persons.push_back(best->entity);
  }
  return persons;
}

EntityId Discourse::PersonBefore(uint32_t atom, int gender) const {
  const Mention* best = nullptr;
  for (const Mention& mention : text_.mentions) {
    if (mention.type != knowledge_.known.t_person || mention.entity == kNoId ||
        mention.first >= atom)
      continue;
    if (text_.atoms[atom].sentence - mention.sentence > kPersonReach) continue;
    const int known = text_.entities[static_cast<size_t>(mention.entity)].gender;
    if (gender != 0 && known != 0 && known != gender) continue;
    if (best == nullptr || mention.first > best->first) best = &mention;
  }
  return best == nullptr ? kNoId : best->entity;
}

EntityId Discourse::LastOf(Symbol type, uint32_t atom) const {
  const Mention* best = nullptr;
  for (const Mention& mention : text_.mentions) {
    if (mention.type != type || mention.entity == kNoId || mention.first >= atom) continue;
    if (best == nullptr || mention.first > best->first) best = &mention;
  }
  return best == nullptr ? kNoId : text_.Resolve(best->entity);
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
    return kNoId;
  }
  if (word == "other") {
    EntityId person = kNoId;
    for (const Mention& m : text_.mentions) {
      if (m.type == knowledge_.known.t_person && m.entity != kNoId && m.first < atom &&
          entity(m.entity).country != kNoId)
        person = m.entity;
    }
    if (person == kNoId || principals_.size() != 2) return kNoId;
    if (entity(person).country == principals_[0]) return principals_[1];
    return entity(person).country == principals_[1] ? principals_[0] : kNoId;
  }
  const Mention* best = nullptr;
  for (const Mention& m : text_.mentions) {
    if (m.type == knowledge_.known.t_country && m.first < atom &&
        (best == nullptr || m.first > best->first))
      best = &m;
  }
  return best == nullptr ? kNoId : best->entity;
}

EntityId Discourse::PersonEntity(uint32_t first, uint32_t end) {
  const std::string name = Label(first, end);
  const Term iri = Term::Iri(Concat(SANAD_ID_NS "person/", IdentityName(name)));
  for (size_t i = 0; i < text_.entities.size(); ++i) {
    if (text_.entities[i].iri == iri) return static_cast<EntityId>(i);
  }
  Entity entity;
  entity.iri = iri;
  entity.type = "Person";
  entity.kind = "person";
  (text_.sentences[text_.atoms[first].sentence].arabic ? entity.label_ar : entity.label_en) = name;
  entity.label_is_text = true;
  return text_.AddEntity(std::move(entity));
}

EntityId Discourse::PhraseEntity(MentionId id, std::string_view type, bool always_new) {
  Mention& mention = text_.mentions[static_cast<size_t>(id)];
  if (mention.entity != kNoId) {
    Entity& entity = text_.entities[static_cast<size_t>(mention.entity)];
    if (entity.type == "Topic" && type != "Topic" && type != "Thing")
      entity.type = std::string(type);
    return mention.entity;
  }
  const std::string label = Label(mention.first, mention.end);
  const std::string key = Normalise(label);
  const auto it = phrase_entities_.find(key);
  if (it != phrase_entities_.end() && !always_new) {
    mention.entity = it->second;
    text_.entities[static_cast<size_t>(it->second)].mentions.push_back(id);
    return it->second;
  }
  static constexpr std::pair<std::string_view, std::string_view> kKinds[] = {
      {"Proposal", "proposal"},
      {"Agreement", "outcome"},
      {"Outcome", "outcome"},
      {"Topic", "topic"},
      {"Organization", "organization"}};
  Entity entity;
  entity.type = std::string(type);
  entity.kind = "thing";
  for (const auto& [name, kind] : kKinds) {
    const bool is =
        name == type || knowledge_.lexicon->IsSubOf(Term::Iri(Concat(SANAD_KG_NS, type)),
                                                    Term::Iri(Concat(SANAD_KG_NS, name)));
    if (is) entity.kind = std::string(kind);
  }
  entity.iri = entity.kind == "organization"
                   ? Term::Iri(Concat(SANAD_ID_NS "organization/", IdentityName(label)))
                   : Term::Iri(Concat(text_.document_iri, "#", entity.kind, "-",
                                      text_.atoms[mention.first].begin));
  for (size_t i = 0; i < text_.entities.size(); ++i) {
    if (text_.entities[i].iri == entity.iri && entity.kind == "organization") {
      mention.entity = static_cast<EntityId>(i);
      text_.entities[i].mentions.push_back(id);
      return mention.entity;
    }
  }
  (text_.sentences[mention.sentence].arabic ? entity.label_ar : entity.label_en) = label;
  entity.label_is_text = true;
  const EntityId created = text_.AddEntity(std::move(entity));
  text_.mentions[static_cast<size_t>(id)].entity = created;
  text_.entities[static_cast<size_t>(created)].mentions.push_back(id);
  phrase_entities_.emplace(key, created);
  return created;
}

// Events.

EntityId Discourse::NewEvent(std::string_view type, uint32_t first, uint32_t end) {
  Entity entity;
  entity.type = std::string(type);
  entity.kind = "event";
  entity.series = type == "MeetingSeries";
  entity.iri = Term::Iri(Concat(text_.document_iri, "#event-", text_.atoms[first].begin));
  const EntityId event = text_.AddEntity(std::move(entity));
  events_.push_back(event);
  Mention mention;
  mention.type = knowledge_.known.t_event;
  mention.first = first;
  mention.end = end;
  mention.sentence = text_.atoms[first].sentence;
  mention.entity = event;
  const MentionId id = text_.AddMention(std::move(mention));
  const auto at = std::upper_bound(
      event_mentions_.begin(), event_mentions_.end(), first,
      [&](uint32_t f, MentionId m) { return f < text_.mentions[static_cast<size_t>(m)].first; });
  event_mentions_.insert(at, id);
  return event;
}

EntityId Discourse::MainEvent() const {
  for (const EntityId event : events_) {
    const Entity& e = text_.entities[static_cast<size_t>(text_.Resolve(event))];
    if (!e.planned && !e.cancelled && !e.series) return text_.Resolve(event);
  }
  return events_.empty() ? kNoId : text_.Resolve(events_.front());
}

MentionId Discourse::FocusMention(uint32_t atom) const {
  if (main_override_ != kNoId) return kNoId;
  const uint32_t sentence = text_.atoms[atom].sentence;
  MentionId best = kNoId;
  for (const MentionId id : event_mentions_) {
    const Mention& mention = text_.mentions[static_cast<size_t>(id)];
    if (mention.sentence == sentence && mention.first <= atom) best = id;
  }
  return best != kNoId ? best : focus_mention_;
}

EntityId Discourse::FocusAt(uint32_t atom) const {
  if (main_override_ != kNoId) return main_override_;
  const MentionId mention = FocusMention(atom);
  if (mention != kNoId) return text_.Resolve(text_.mentions[static_cast<size_t>(mention)].entity);
  return text_.Resolve(focus_);
}

EntityId Discourse::Previous(uint32_t atom) const {
  const EntityId focus = FocusAt(atom);
  for (size_t i = event_mentions_.size(); i-- > 0;) {
    const Mention& mention = text_.mentions[static_cast<size_t>(event_mentions_[i])];
    if (mention.first < atom && text_.Resolve(mention.entity) != focus)
      return text_.Resolve(mention.entity);
  }
  return kNoId;
}

void Discourse::ReadEnglishModifiers(uint32_t begin, uint32_t atom, Modifiers& m) const {
  const WellKnown& k = knowledge_.known;
  m.first = atom;
  for (uint32_t a = atom; a > begin && atom - a < kModifierReach;) {
    --a;
    const Atom& x = text_.atoms[a];
    if (x.is_punctuation() && x.norm != "-") break;
    if (text_.InSet(a, k.demonstrative)) {
      m.demonstrative = true;
      m.first = a;
      break;
    }
    if (text_.InSet(a, k.article)) {
      (x.norm == "the" ? m.definite : m.indefinite) = true;
      m.first = a;
      break;
    }
    if (const Mention* ordinal = MentionOf(a, k.t_ordinal)) m.ordinal = ordinal->ordinal;
    if (text_.InSet(a, k.fresh)) m.fresh = true;
    if (text_.InSet(a, k.other_part)) m.part = true;
    for (const Symbol type : {k.t_city, k.t_country}) {
      if (const Mention* place = MentionOf(a, type)) m.place = place->entity;
    }
    if (text_.InSet(a, k.preposition) || phrases_.IsVerb(a) || text_.InSet(a, k.np_stop)) break;
    m.first = a;
  }
  m.copula = m.first > begin && text_.InSet(m.first - 1, k.copula);
}

void Discourse::ReadArabicModifiers(uint32_t begin, uint32_t atom, uint32_t end,
                                    Modifiers& m) const {
  const WellKnown& k = knowledge_.known;
  m.first = atom;
  m.definite = text_.atoms[atom].definite;
  if (atom > begin && text_.InSet(atom - 1, k.demonstrative)) {
    m.demonstrative = true;
    m.first = atom - 1;
  }
  m.copula = m.first > begin && text_.InSet(m.first - 1, k.copula);
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

// The place and date that belong to the noun: nothing between them starts a topic
// or another phrase.
void Discourse::ReadPlaceAndDate(uint32_t from, uint32_t sentence_end, Modifiers& m) const {
  const WellKnown& k = knowledge_.known;
  const Symbol in = knowledge_.symbols.Find("in"), about = knowledge_.symbols.Find("about");
  const Symbol addresses = knowledge_.symbols.Find("addresses");
  for (uint32_t a = from; a < sentence_end && a < from + kPlaceReach; ++a) {
    const bool date = MentionOf(a, k.t_date) != nullptr ||
                      (a + 1 < sentence_end && MentionOf(a + 1, k.t_date) != nullptr);
    if (IsBarrier(knowledge_, text_, a) || text_.InSet(a, k.separator) ||
        text_.InSet(a, addresses) || text_.InSet(a, k.between) || text_.atoms[a].norm == "ل" ||
        text_.atoms[a].norm == "," || text_.atoms[a].norm == "،" ||
        (text_.InSet(a, about) && !date)) {
      break;
    }
    const SetHit* event = text_.HitAt(a, k.event);
    if (event != nullptr && IsNoun(*event) && a > from + 2) break;
    if (m.place == kNoId && a > from && text_.InSet(a - 1, in)) {
      for (const Symbol type : {k.t_city, k.t_country}) {
        if (const Mention* place = MentionOf(a, type)) m.place = place->entity;
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
  return m;
}

bool Discourse::Fits(EntityId event, const Modifiers& m) const {
  if (event == kNoId) return false;
  const Entity& e = text_.entities[static_cast<size_t>(text_.Resolve(event))];
  if (m.ordinal != 0 && e.ordinal != 0 && m.ordinal != e.ordinal) return false;
  if (m.place != kNoId && e.place != kNoId && m.place != e.place) return false;
  if (!m.date.empty() && !e.date.empty()) {
    const PartialDate& a = m.date;
    const PartialDate& b = e.date;
    const bool differ = (a.year && b.year && a.year != b.year) ||
                        (a.month && b.month && a.month != b.month) ||
                        (a.day && b.day && a.day != b.day);
    if (differ) return false;
  }
  return true;
}

EntityId Discourse::ResolveEvent(const Modifiers& m, std::string_view type, bool plural,
                                 bool series, uint32_t first, uint32_t end) {
  const EntityId focus = FocusAt(first);
  const auto fresh = [&] { return NewEvent(type, first, end); };
  if (focus == kNoId) return fresh();
  if (m.demonstrative || (m.copula && m.definite && !m.fresh)) {
    if (Fits(focus, m)) return focus;
    for (size_t i = events_.size(); i-- > 0;) {
      if (Fits(events_[i], m)) return text_.Resolve(events_[i]);
    }
    return m.ordinal != 0 || m.place != kNoId ? fresh() : focus;
  }
  if (m.part && m.definite) return fresh();
  if (m.fresh && !plural) return fresh();
  if (m.fresh && (m.place != kNoId || !m.date.empty())) return fresh();
  if (m.ordinal != 0) {
    for (size_t i = events_.size(); i-- > 0;) {
      const EntityId event = text_.Resolve(events_[i]);
      if (text_.entities[static_cast<size_t>(event)].ordinal == m.ordinal && Fits(event, m))
        return event;
    }
    return fresh();
  }
  if (m.place != kNoId || !m.date.empty()) {
    for (size_t i = events_.size(); i-- > 0;) {
      const EntityId event = text_.Resolve(events_[i]);
      const Entity& e = text_.entities[static_cast<size_t>(event)];
      const bool same_place = m.place != kNoId && e.place == m.place;
      const bool same_date = !m.date.empty() && e.date == m.date;
      if ((same_place || same_date) && Fits(event, m) && m.definite) return event;
    }
    if (!Fits(focus, m) || m.indefinite) return fresh();
    return focus;
  }
  if (m.indefinite && !plural && !series) return fresh();
  // A definite noun names what is spoken of; where that is only planned and
  // the report has a main event, the main event.
  const Entity& e = text_.entities[static_cast<size_t>(focus)];
  if (e.planned && !IsFuture(knowledge_, text_, first)) return MainEvent();
  return focus;
}

// "the third round will be held": the verb behind the noun tells.
StatementStatus Discourse::StatusOfNew(uint32_t atom, uint32_t end) const {
  const StatementStatus status = StatusAt(knowledge_, text_, atom, end);
  if (status != StatementStatus::kAsserted) return status;
  const uint32_t stop = std::min(ClauseEnd(knowledge_, text_, atom), end + 8);
  const Symbol hold = knowledge_.symbols.Find("hold");
  for (uint32_t a = end; a < stop; ++a) {
    if (const SetHit* verb = text_.HitAt(a, hold))
      return StatusAt(knowledge_, text_, a, a + verb->count);
  }
  return status;
}

uint32_t Discourse::AddEventMention(uint32_t sentence, uint32_t atom, const SetHit& hit) {
  const Modifiers m = ReadModifiers(sentence, atom, hit.count);
  const bool plural = IsPlural(hit, text_.atoms[atom]);
  // "mere routine discussions": a bare plural beside the event spoken of.
  const bool bare = plural && !m.definite && !m.demonstrative && !m.fresh && m.ordinal == 0 &&
                    m.place == kNoId && m.date.empty();
  if (bare && focus_ != kNoId) return m.end;
  std::string type = ClassOf(knowledge_, hit);
  const bool series = type == "MeetingSeries";
  const size_t before = events_.size();
  const EntityId event =
      ResolveEvent(m, type.empty() ? "Event" : type, plural, series, atom, m.end);
  Entity& entity = text_.entities[static_cast<size_t>(event)];
  MentionId id = kNoId;
  if (events_.size() > before) {
    id = entity.mentions.back();
    if (m.part) main_override_ = kNoId;
  } else {
    Mention mention;
    mention.type = knowledge_.known.t_event;
    mention.first = atom;
    mention.end = m.end;
    mention.sentence = sentence;
    mention.entity = event;
    mention.antecedent = entity.mentions.empty() ? kNoId : entity.mentions.back();
    id = text_.AddMention(std::move(mention));
    event_mentions_.push_back(id);
  }
  Mention& mention = text_.mentions[static_cast<size_t>(id)];
  mention.is_plural = plural && type != "Talks" && !series;
  mention.is_definite = m.definite;
  mention.is_demonstrative = m.demonstrative;
  mention.is_fresh = m.fresh;
  mention.ordinal = m.ordinal;
  Entity& e = text_.entities[static_cast<size_t>(event)];
  if (m.ordinal != 0 && e.ordinal == 0) e.ordinal = m.ordinal;
  if (m.place != kNoId && e.place == kNoId) e.place = m.place;
  if (!m.date.empty() && e.date.empty()) e.date = m.date;
  if (events_.size() > before) {
    const StatementStatus status = StatusOfNew(atom, m.end);
    e.planned = status == StatementStatus::kPlanned;
    e.cancelled = status == StatementStatus::kCancelled;
    e.postponed = status == StatementStatus::kPostponed;
  }
  return m.end;
}

// Outcomes and proposals: a definite noun is the last one, another a new phrase.
uint32_t Discourse::AddClassMention(uint32_t atom, const SetHit& hit, Symbol type) {
  const Sentence& s = text_.sentences[text_.atoms[atom].sentence];
  const bool any = atom > s.first && text_.InSet(atom - 1, knowledge_.symbols.Find("any"));
  // "… , which is a proposal that B welcomed" names the one before.
  const bool apposed =
      atom > s.first && text_.InSet(atom - 1, knowledge_.symbols.Find("apposition"));
  bool definite = text_.atoms[atom].definite || any || apposed;
  uint32_t first = atom;
  if (s.arabic) {
    definite =
        definite || (atom > s.first && text_.InSet(atom - 1, knowledge_.known.demonstrative));
  } else {
    for (uint32_t a = atom; a > s.first && atom - a < 5;) {
      --a;
      const Atom& x = text_.atoms[a];
      if ((x.is_punctuation() && x.norm != "-") || text_.InSet(a, knowledge_.known.preposition) ||
          text_.InSet(a, knowledge_.known.separator) ||
          text_.InSet(a, knowledge_.symbols.Find("including")))
        break;
      if (x.norm == "the" || text_.InSet(a, knowledge_.known.demonstrative)) {
        definite = true;
        break;
      }
      if (text_.InSet(a, knowledge_.known.article) || phrases_.IsVerb(a) ||
          text_.InSet(a, knowledge_.known.np_stop) ||
          text_.InSet(a, knowledge_.known.function_word)) {
        break;
      }
      first = a;
    }
  }
  const EntityId last = LastOf(type, atom);
  Mention mention;
  mention.type = type;
  mention.first = first;
  mention.sentence = text_.atoms[atom].sentence;
  if (definite && last != kNoId) {
    mention.end = atom + hit.count;
    mention.entity = last;
    mention.is_definite = true;
    text_.AddMention(std::move(mention));
    return atom + hit.count;
  }
  mention.is_definite = definite;
  const MentionId phrase = phrases_.At(first);
  if (phrase == kNoId) return atom + 1;
  const std::string name = ClassOf(knowledge_, hit);
  mention.end = text_.mentions[static_cast<size_t>(phrase)].end;
  mention.entity =
      PhraseEntity(phrase, name.empty() ? knowledge_.symbols.NameOf(type) : name, false);
  text_.entities[static_cast<size_t>(mention.entity)].type =
      name.empty() ? knowledge_.symbols.NameOf(type) : name;
  const uint32_t end = mention.end;
  text_.AddMention(std::move(mention));
  return end;
}

void Discourse::AddParty(uint32_t atom, const SetHit& hit) {
  Mention mention;
  mention.type = knowledge_.known.t_party;
  mention.first = atom;
  mention.end = atom + hit.count;
  mention.sentence = text_.atoms[atom].sentence;
  text_.AddMention(std::move(mention));
}

void Discourse::AddPronouns(uint32_t sentence) {
  const Sentence& s = text_.sentences[sentence];
  for (uint32_t a = s.first; a < s.end; ++a) {
    const bool he = text_.InSet(a, knowledge_.known.he), she = text_.InSet(a, knowledge_.known.she);
    if (!he && !she) continue;
    const EntityId person = PersonBefore(a, he ? 1 : 2);
    if (person == kNoId) continue;
    text_.entities[static_cast<size_t>(person)].gender = he ? 1 : 2;
    Mention mention;
    mention.type = knowledge_.known.t_person;
    mention.first = a;
    mention.end = a + 1;
    mention.sentence = sentence;
    mention.entity = person;
    const auto& mentions = text_.entities[static_cast<size_t>(person)].mentions;
    mention.antecedent = mentions.empty() ? kNoId : mentions.back();
    text_.AddMention(std::move(mention));
  }
}

// "The minister": the person last given that title.
void Discourse::AddTitles(uint32_t sentence) {
  const Sentence& s = text_.sentences[sentence];
  const Symbol title = knowledge_.symbols.Find("title");
  for (uint32_t a = s.first; a < s.end; ++a) {
    if (!text_.InSet(a, title)) continue;
    const bool definite =
        s.arabic ? text_.atoms[a].definite : a > s.first && text_.atoms[a - 1].norm == "the";
    bool named = false;
    for (uint32_t b = a > s.first + 4 ? a - 4 : s.first; b < s.end && b < a + 7; ++b) {
      named = named || MentionOf(b, knowledge_.known.t_person) != nullptr;
    }
    if (!definite || named) continue;
    std::string word = text_.atoms[a].norm;
    if (s.arabic && word.starts_with("ال")) word.erase(0, std::string_view("ال").size());
    EntityId person = kNoId;
    for (const DocumentStatement& statement : text_.statements) {
      if (statement.property != "holdsPosition" || statement.object == kNoId ||
          statement.sentence > sentence)
        continue;
      const Entity& position = text_.entities[static_cast<size_t>(statement.object)];
      const std::string label = Normalise(s.arabic ? position.label_ar : position.label_en);
      if (!label.empty() && label.find(word) != std::string::npos) person = statement.subject;
    }
    if (person == kNoId) continue;
    Mention mention;
    mention.type = knowledge_.known.t_person;
    mention.first = a;
    mention.end = a + 1;
    mention.sentence = sentence;
    mention.entity = person;
    const auto& mentions = text_.entities[static_cast<size_t>(person)].mentions;
    mention.antecedent = mentions.empty() ? kNoId : mentions.back();
    text_.AddMention(std::move(mention));
  }
}

void Discourse::ReadSentence(uint32_t sentence) {
  const Sentence& s = text_.sentences[sentence];
  const WellKnown& k = knowledge_.known;
  main_override_ = kNoId;
  // A heading sums up; what it names is introduced by the text.
  if (s.span.is_heading && text_.sentences.size() > 1) return;
  AddPronouns(sentence);
  AddTitles(sentence);
  const Symbol outcome = k.t_outcome, proposal = k.t_proposal;
  uint32_t inside_until = 0;  // An outcome's own phrase names no further outcome.
  for (uint32_t a = s.first; a < s.end;) {
    const SetHit* event = text_.HitAt(a, k.event);
    if (const SetHit* press = text_.HitAt(a, knowledge_.symbols.Find("pressNoun"))) {
      a += press->count;
      continue;
    }
    if (event != nullptr && IsNoun(*event)) {
      a = std::max(a + 1, AddEventMention(sentence, a, *event));
      continue;
    }
    if (const SetHit* party = text_.HitAt(a, k.party)) AddParty(a, *party);
    if (const SetHit* they = text_.HitAt(a, k.they)) AddParty(a, *they);
    for (const Symbol type : {proposal, outcome}) {
      const SetHit* hit = a >= inside_until ? text_.HitAt(a, type) : nullptr;
      if (hit != nullptr && IsNoun(*hit))
        inside_until = std::max(inside_until, AddClassMention(a, *hit, type));
    }
    ++a;
  }
  for (uint32_t a = s.first; a < s.end; ++a) {
    if (text_.InSet(a, k.this_time)) main_override_ = MainEvent();
  }
  // "It will focus on …": the event named last, planned or not.
  if (main_override_ == kNoId && text_.InSet(s.first, k.pronoun_event) &&
      !event_mentions_.empty()) {
    const Mention& last = text_.mentions[static_cast<size_t>(event_mentions_.back())];
    if (last.sentence + 1 == sentence) main_override_ = text_.Resolve(last.entity);
  }
}

void Discourse::EndSentence(uint32_t sentence) {
  MentionId last = kNoId;
  bool demonstrative = false;
  for (const MentionId id : event_mentions_) {
    const Mention& mention = text_.mentions[static_cast<size_t>(id)];
    if (mention.sentence != sentence) continue;
    const Entity& e = text_.entities[static_cast<size_t>(text_.Resolve(mention.entity))];
    if (focus_ != kNoId && (e.planned || e.cancelled) && !mention.is_demonstrative) continue;
    last = id;
    demonstrative = mention.is_demonstrative;
  }
  (void)demonstrative;
  if (main_override_ != kNoId) {
    focus_ = main_override_;
    const auto& mentions = text_.entities[static_cast<size_t>(focus_)].mentions;
    focus_mention_ = mentions.empty() ? kNoId : mentions.back();
  } else if (last != kNoId) {
    focus_ = text_.Resolve(text_.mentions[static_cast<size_t>(last)].entity);
    focus_mention_ = last;
  }
  main_override_ = kNoId;
}

}  // namespace sanad
