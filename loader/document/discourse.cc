// Sentence by sentence: which mentions of events, outcomes, proposals and parties
// stand there, and what is spoken of when the sentence has ended.

#include "loader/document/discourse.h"

#include <algorithm>
#include <utility>

#include "language/normalise.h"
#include "loader/document/clauses.h"
#include "loader/document/discourse_nouns.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

std::string_view LocalName(std::string_view iri) {
  const size_t at = iri.find_last_of("#/");
  return at == std::string_view::npos ? iri : iri.substr(at + 1);
}

}  // namespace

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
  const EntityId known = entity.kind == "organization" ? text_.EntityOf(entity.iri) : kNoId;
  if (known != kNoId) {
    mention.entity = known;
    text_.entities[static_cast<size_t>(known)].mentions.push_back(id);
    return known;
  }
  (text_.sentences[mention.sentence].arabic ? entity.label_ar : entity.label_en) = label;
  entity.label_is_text = true;
  const EntityId created = text_.AddEntity(std::move(entity));
  text_.mentions[static_cast<size_t>(id)].entity = created;
  text_.entities[static_cast<size_t>(created)].mentions.push_back(id);
  phrase_entities_.emplace(key, created);
  return created;
}

// "an agreement that lifts the ceiling": the clause tells of the thing, it does not
// name it. The phrase without it.
MentionId Discourse::BeforeRelative(MentionId phrase, uint32_t noun_end) {
  if (phrase == kNoId) return phrase;
  const Mention whole = text_.mentions[static_cast<size_t>(phrase)];
  for (uint32_t a = noun_end; a < whole.end; ++a) {
    if (!text_.InSet(a, knowledge_.known.relative)) continue;
    Mention shorter = whole;
    shorter.end = a;
    shorter.entity = kNoId;
    return text_.AddMention(std::move(shorter));
  }
  return phrase;
}

// Outcomes and proposals: a definite noun is the last one, another a new phrase.
uint32_t Discourse::AddClassMention(uint32_t atom, const SetHit& hit, Symbol type) {
  const Sentence& s = text_.sentences[text_.atoms[atom].sentence];
  const bool any = atom > s.first && text_.InSet(atom - 1, knowledge_.known.any);
  // "… , which is a proposal that B welcomed" names the one before.
  const bool apposed = atom > s.first && text_.InSet(atom - 1, knowledge_.known.apposition);
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
          text_.InSet(a, knowledge_.known.separator) || text_.InSet(a, knowledge_.known.including))
        break;
      if (text_.InSet(a, knowledge_.known.definite_article) ||
          text_.InSet(a, knowledge_.known.demonstrative)) {
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
  EntityId last = LastOf(type, atom);
  // "Without any agreement" denies the one claimed; "no statement" is another thing.
  if (any && last != kNoId && !NamesNoun(last, atom)) {
    last = kNoId;
    definite = text_.atoms[atom].definite;
  }
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
  const MentionId phrase = BeforeRelative(phrases_.At(first), atom + hit.count);
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

// Whether the label of an outcome or proposal holds the noun at an atom.
bool Discourse::NamesNoun(EntityId entity, uint32_t atom) const {
  const Entity& e = text_.entities[static_cast<size_t>(entity)];
  const Atom& own = text_.atoms[atom];
  const std::string_view noun = own.definite ? WithoutArticle(own.norm) : own.norm;
  const std::string label =
      Normalise(text_.sentences[text_.atoms[atom].sentence].arabic ? e.label_ar : e.label_en);
  for (size_t at = label.find(noun); at != std::string::npos; at = label.find(noun, at + 1)) {
    const size_t end = at + noun.size();
    if (end == label.size() || static_cast<unsigned char>(label[end]) < 0x80) return true;
  }
  return false;
}

// "The document was signed by …": what was agreed last.
void Discourse::AddDocument(uint32_t atom) {
  const Sentence& s = text_.sentences[text_.atoms[atom].sentence];
  const bool definite =
      text_.atoms[atom].definite ||
      (atom > s.first && text_.InSet(atom - 1, knowledge_.known.definite_article));
  const EntityId agreed = definite ? LastOf(knowledge_.known.t_outcome, atom) : kNoId;
  if (agreed == kNoId) return;
  AddMentionAgain(agreed, knowledge_.known.t_outcome, atom);
  text_.mentions.back().is_definite = true;
}

// "It will run for ten years": the first agreement of the sentence before, where that
// speaks of no event.
void Discourse::AddItForOutcome(uint32_t sentence) {
  const uint32_t it = SpeechBegin(text_, sentence);
  if (sentence == 0 || !text_.InSet(it, knowledge_.known.pronoun_event)) return;
  // "It was their third meeting."
  constexpr uint32_t kReach = 6;
  for (uint32_t a = it + 1; a < text_.sentences[sentence].end && a <= it + kReach; ++a) {
    if (phrases_.IsVerb(a) || text_.InSet(a, knowledge_.known.preposition)) break;
    if (text_.InSet(a, knowledge_.known.event)) return;
  }
  const MentionId agreed = text_.FirstIn(sentence - 1, knowledge_.known.t_outcome);
  if (agreed == kNoId || text_.FirstIn(sentence - 1, knowledge_.known.t_event) != kNoId) return;
  const EntityId entity = text_.Resolve(text_.mentions[static_cast<size_t>(agreed)].entity);
  if (entity != kNoId) AddMentionAgain(entity, knowledge_.known.t_outcome, it);
}

// "the previous one", "a second one", where the text last spoke of an event.
bool Discourse::OneIsEvent(uint32_t atom) const {
  const WellKnown& k = knowledge_.known;
  const uint32_t sentence = text_.atoms[atom].sentence;
  if (!text_.InSet(atom, k.one) || atom == text_.sentences[sentence].first || focus_ == kNoId ||
      event_mentions_.empty()) {
    return false;
  }
  if (!text_.InSet(atom - 1, k.fresh) && MentionOf(atom - 1, k.t_ordinal) == nullptr) return false;
  // What was agreed since then is what "one" means.
  constexpr uint32_t kReach = 3;  // Sentences.
  const uint32_t last = text_.mentions[static_cast<size_t>(event_mentions_.back())].sentence;
  if (sentence - last > kReach) return false;
  for (uint32_t between = last; between <= sentence; ++between) {
    if (text_.FirstIn(between, k.t_outcome) != kNoId) return false;
  }
  return true;
}

void Discourse::AddParty(uint32_t atom, const SetHit& hit) {
  Mention mention;
  mention.type = knowledge_.known.t_party;
  mention.first = atom;
  mention.end = atom + hit.count;
  mention.sentence = text_.atoms[atom].sentence;
  text_.AddMention(std::move(mention));
}

// قصر المؤتمرات, لجنة الحوار, خط اتصال: what a hall, a body or a line is for is no event.
bool Discourse::NamesPurpose(uint32_t atom) const {
  const Atom& own = text_.atoms[atom];
  if (atom > 0 && text_.InSet(atom, knowledge_.known.call) &&
      text_.InSet(atom - 1, knowledge_.known.contact_head))
    return true;
  if (!own.definite || atom == 0 || text_.atoms[atom - 1].sentence != own.sentence) return false;
  const bool hall = text_.InSet(atom - 1, knowledge_.known.venue) && own.norm.ends_with("ات");
  return hall || text_.InSet(atom - 1, knowledge_.known.committee);
}

// عرض الوزير …, وطلب السفير …: a word that may be noun or verb is the verb where it opens
// an Arabic sentence and a person follows.
bool Discourse::OpensAsVerb(uint32_t sentence, uint32_t atom) const {
  const Sentence& s = text_.sentences[sentence];
  if (phrases_.IsMarkedPassive(atom)) return true;
  // الذي عقد في …
  if (s.arabic && atom > s.first && text_.InSet(atom - 1, knowledge_.known.relative) &&
      text_.InSet(atom, knowledge_.known.any_verb)) {
    return true;
  }
  const bool opens = atom == s.body || (atom == s.body + 1 && text_.atoms[s.body].clitic) ||
                     text_.InSet(atom - 1, knowledge_.known.dash);
  return s.arabic && opens && text_.InSet(atom, knowledge_.known.any_verb) && atom + 1 < s.end &&
         MentionOf(atom + 1, knowledge_.known.t_person) != nullptr;
}

void Discourse::ReadSentence(uint32_t sentence) {
  const Sentence& s = text_.sentences[sentence];
  const WellKnown& k = knowledge_.known;
  main_override_ = kNoId;
  if (text_.StartsParagraph(sentence)) LeaveBackground();
  if (s.opens_entry) {
    focus_ = kNoId;
    focus_mention_ = kNoId;
  }
  if (s.timed) LeavePart();
  // A heading sums up; what it names is introduced by the text.
  if (s.span.is_heading && text_.sentences.size() > 1) return;
  AddPronouns(sentence);
  AddCapital(sentence);
  AddTitles(sentence);
  AddOrganizations(sentence);
  AddItForOutcome(sentence);
  const Symbol outcome = k.t_outcome, proposal = k.t_proposal;
  uint32_t inside_until = 0;  // An outcome's own phrase names no further outcome.
  for (uint32_t a = s.first; a < s.end;) {
    const SetHit* event = text_.HitAt(a, k.event);
    if (const SetHit* press = text_.HitAt(a, k.press)) {
      a += press->count;
      continue;
    }
    if (event != nullptr && (InAside(knowledge_, text_, a) || NamesPurpose(a))) {
      a += event->count;
      continue;
    }
    if (event != nullptr && IsNoun(*event) && !OnlyModifies(a, *event)) {
      a = std::max(a + 1, AddEventMention(sentence, a, *event));
      continue;
    }
    if (const uint32_t end = AddNumberedEvent(sentence, a); end > a) {
      a = end;
      continue;
    }
    if (const SetHit* party = text_.HitAt(a, k.party)) AddParty(a, *party);
    if (const SetHit* they = text_.HitAt(a, k.they)) AddParty(a, *they);
    if (text_.InSet(a, k.document)) AddDocument(a);
    if (OneIsEvent(a)) {
      a = std::max(a + 1, AddEventMention(sentence, a, SetHit{k.event, 1, nullptr, nullptr}));
      continue;
    }
    for (const Symbol type : {proposal, outcome}) {
      const SetHit* hit = a >= inside_until ? text_.HitAt(a, type) : nullptr;
      if (hit != nullptr && IsNoun(*hit) && !OpensAsVerb(sentence, a))
        inside_until = std::max(inside_until, AddClassMention(a, *hit, type));
    }
    ++a;
  }
  OverrideMain(sentence);
}

// Which event a sentence speaks of where it is not the document's main one.
void Discourse::OverrideMain(uint32_t sentence) {
  const Sentence& s = text_.sentences[sentence];
  const WellKnown& k = knowledge_.known;
  for (uint32_t a = s.first; a < s.end; ++a) {
    if (text_.InSet(a, k.this_time)) main_override_ = MainEvent();
  }
  if (main_override_ == kNoId) main_override_ = EventAtOpening(sentence);
  // "It will focus on …": the event named last, planned or not.
  if (main_override_ == kNoId && !event_mentions_.empty() && SpeaksOfPlan(sentence)) {
    main_override_ =
        text_.Resolve(text_.mentions[static_cast<size_t>(event_mentions_.back())].entity);
  }
}

// "the conference room", "a follow-up round": another noun behind an English one is what
// is spoken of.
bool Discourse::OnlyModifies(uint32_t atom, const SetHit& hit) const {
  const Sentence& s = text_.sentences[text_.atoms[atom].sentence];
  const uint32_t next = atom + hit.count;
  if (s.arabic || next >= s.end) return false;
  const SetHit* head = text_.HitAt(next, knowledge_.known.event);
  return text_.InSet(next, knowledge_.known.room) || (head != nullptr && IsNoun(*head));
}

// "A round is due in May. The presidents are not expected to attend."
bool Discourse::SpeaksOfPlan(uint32_t sentence) const {
  const Sentence& s = text_.sentences[sentence];
  const Mention& last = text_.mentions[static_cast<size_t>(event_mentions_.back())];
  if (s.arabic || last.sentence + 1 != sentence ||
      !text_.entities[static_cast<size_t>(text_.Resolve(last.entity))].planned) {
    return false;
  }
  for (uint32_t a = s.first; a < s.end; ++a) {
    if (text_.InSet(a, knowledge_.known.future)) return true;
  }
  return false;
}

// Whether an event is an earlier one of the report's own series, or looked back to.
bool Discourse::IsLookBack(EntityId event) const {
  const Entity& e = text_.entities[static_cast<size_t>(text_.Resolve(event))];
  if (e.background) return true;
  const EntityId main = MainEvent();
  if (main == kNoId || main == text_.Resolve(event) || e.planned || e.cancelled) return false;
  const Entity& own = text_.entities[static_cast<size_t>(main)];
  const PartialDate& told = own.date.year == 0 ? text_.document_date : own.date;
  const bool of_another_year = e.date.year != 0 && e.date.year < told.year;
  return of_another_year || (e.ordinal != 0 && e.ordinal < own.ordinal);
}

// "In Lima the envoys took up …": the event held at the place that opens the sentence,
// where that names no event itself and does not look back.
EntityId Discourse::EventAtOpening(uint32_t sentence) const {
  const Sentence& s = text_.sentences[sentence];
  const WellKnown& k = knowledge_.known;
  if (s.arabic || s.body + 1 >= s.end || !text_.InSet(s.body, k.in)) return kNoId;
  const Mention* const place = MentionOf(s.body + 1, k.t_city);
  if (place == nullptr || text_.FirstIn(sentence, k.t_event) != kNoId) return kNoId;
  for (size_t i = events_.size(); i-- > 0;) {
    const Entity& e = text_.entities[static_cast<size_t>(text_.Resolve(events_[i]))];
    if (e.place != place->entity || e.planned || e.cancelled) continue;
    // "In Lima they had discussed visas"
    return !IsBackground(sentence) || IsLookBack(events_[i]) ? text_.Resolve(events_[i]) : kNoId;
  }
  return kNoId;
}

// After a look back ("they had met in …") a new paragraph takes up the report's own
// event again.
void Discourse::LeaveBackground() {
  if (focus_ == kNoId || !IsLookBack(focus_)) return;
  focus_ = MainEvent();
  if (focus_ == kNoId) return;
  const auto& mentions = text_.entities[static_cast<size_t>(focus_)].mentions;
  focus_mention_ = mentions.empty() ? kNoId : mentions.back();
}

bool Discourse::IsPlanned(EntityId event) const {
  return text_.entities[static_cast<size_t>(text_.Resolve(event))].planned;
}

// A live blog's entry speaks of the meeting again, not of its session named before.
void Discourse::LeavePart() {
  if (focus_ == kNoId ||
      text_.entities[static_cast<size_t>(text_.Resolve(focus_))].type != "Session")
    return;
  const EntityId main = MainEvent();
  const auto& mentions = text_.entities[static_cast<size_t>(main)].mentions;
  focus_ = main;
  focus_mention_ = mentions.empty() ? kNoId : mentions.back();
}

// Whether the first event that a sentence names is this one.
bool Discourse::Opens(uint32_t sentence, EntityId event) const {
  const MentionId first = text_.FirstIn(sentence, knowledge_.known.t_event);
  return first != kNoId &&
         text_.Resolve(text_.mentions[static_cast<size_t>(first)].entity) == event;
}

void Discourse::EndSentence(uint32_t sentence) {
  MentionId last = kNoId;
  for (size_t i = event_mentions_.size(); last == kNoId && i-- > 0;) {
    const Mention& mention = text_.mentions[static_cast<size_t>(event_mentions_[i])];
    if (mention.sentence < sentence) break;
    const Entity& e = text_.entities[static_cast<size_t>(text_.Resolve(mention.entity))];
    const bool unreal = e.planned || e.cancelled;
    // "the fourth round of talks which they began in May"
    if (!e.background && IsLookBack(mention.entity) && Opens(sentence, MainEvent())) continue;
    if (focus_ != kNoId && unreal && !mention.is_demonstrative && !IsPlanned(focus_)) continue;
    if (mention.sentence == sentence && !mention.is_aside) last = event_mentions_[i];
  }
  const bool of_plan =
      main_override_ != kNoId && focus_ != kNoId && IsPlanned(main_override_) && !IsPlanned(focus_);
  if (main_override_ != kNoId && !of_plan) {
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
