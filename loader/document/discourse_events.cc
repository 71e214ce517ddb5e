// Events: what a noun such as "the second session" names, by its modifiers, place,
// date and the event spoken of.

#include "loader/document/discourse.h"

#include <algorithm>
#include <utility>

#include "language/normalise.h"
#include "loader/document/clauses.h"
#include "loader/document/discourse_nouns.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

constexpr uint32_t kAsideReach = 7;
constexpr uint32_t kVerbReach = 16;
constexpr uint32_t kVerbBefore = 4;
constexpr uint32_t kPlanReach = 4;
constexpr uint32_t kBackgroundReach = 8;
constexpr uint32_t kVerdictWords = 3;

bool IsPlural(const SetHit& hit, const Atom& atom) {
  if (hit.form != nullptr && hit.form->features.number == Number::kPlural) return true;
  if (hit.entry != nullptr && hit.entry->Feature("number") == "plural") return true;
  return atom.word->script == Script::kArabic && atom.norm.size() > 6 && atom.norm.ends_with("ات");
}

}  // namespace

EntityId Discourse::NewEvent(std::string_view type, uint32_t first, uint32_t end) {
  Entity entity;
  entity.type = std::string(type);
  entity.kind = "event";
  entity.series = type == "MeetingSeries";
  entity.iri = Term::Iri(Concat(text_.document_iri, "#event-", text_.atoms[first].begin));
  // "A and B had met": told again by the next item of the list.
  if (const EntityId told = text_.EntityOf(entity.iri); told != kNoId) return told;
  entity.background = IsBackground(text_.atoms[first].sentence);
  // "On the sidelines, A met B": told by a verb behind the words.
  const uint32_t opening = text_.sentences[text_.atoms[first].sentence].first;
  for (uint32_t a = opening; a < first && a < opening + kAsideReach; ++a)
    entity.aside = entity.aside || (focus_ != kNoId && text_.InSet(a, knowledge_.known.sidelines));
  const bool aside = entity.aside;
  const EntityId event = text_.AddEntity(std::move(entity));
  events_.push_back(event);
  Mention mention;
  mention.is_aside = aside;
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

// Whether a sentence looks back: وكانت … قد عُقدت, "they had first met".
bool Discourse::IsBackground(uint32_t sentence) const {
  const Sentence& s = text_.sentences[sentence];
  for (uint32_t a = s.body; a < s.end && a < s.body + kBackgroundReach; ++a) {
    if (text_.InSet(a, knowledge_.known.background)) return true;
    if (IsPastPerfect(a)) return true;
  }
  return false;
}

// "A and B had failed to … when they met in …", where nobody says so and no relative
// clause tells it.
bool Discourse::IsPastPerfect(uint32_t atom) const {
  const WellKnown& k = knowledge_.known;
  const Sentence& s = text_.sentences[text_.atoms[atom].sentence];
  if (!text_.InSet(atom, k.past_aux) || s.arabic || atom + 1 >= s.end) return false;
  for (uint32_t a = s.first; a < s.end; ++a) {
    if (text_.InSet(a, k.say) || (a < atom && text_.InSet(a, k.relative))) return false;
  }
  return text_.InSet(atom + 1, k.any_verb);
}

// Whether another event is named before a mention in its sentence.
bool Discourse::FollowsMention(MentionId id) const {
  const Mention& own = text_.mentions[static_cast<size_t>(id)];
  for (size_t i = event_mentions_.size(); i-- > 0;) {
    const Mention& m = text_.mentions[static_cast<size_t>(event_mentions_[i])];
    if (m.sentence < own.sentence) break;
    if (m.sentence == own.sentence && m.first < own.first && !m.is_aside) return true;
  }
  return false;
}

// Whether a verb of receiving or meeting someone named stands before an atom, and no
// event since: استقبل الوزير … نظيره …، وتناول اللقاء.
bool Discourse::IsToldByVerb(uint32_t sentence, uint32_t atom) const {
  const WellKnown& k = knowledge_.known;
  const Sentence& s = text_.sentences[sentence];
  if (!s.arabic || !text_.InSet(atom, k.told_noun)) return false;
  if (text_.InSet(atom - 1, k.aside) && !text_.InSet(atom - 1, k.during)) return false;
  bool told = false;
  for (uint32_t a = s.body; a < atom; ++a) {
    const Mention* event = MentionOf(a, k.t_event);
    if (event != nullptr && !event->is_aside) return false;
    if (!text_.InSet(a, k.receive) && !text_.InSet(a, k.meet)) continue;
    if (IsFuture(knowledge_, text_, a)) return false;
    for (uint32_t b = a + 1; b < atom && b <= a + kVerbBefore; ++b)
      told = told || MentionOf(b, k.t_person) != nullptr;
  }
  return told;
}

// أجرى الوزير محادثات مع نظيره: talks with someone, held by a verb, are new ones.
bool Discourse::HeldWithOthers(uint32_t sentence, uint32_t atom, uint32_t end) const {
  constexpr uint32_t kWith = 3;
  const WellKnown& k = knowledge_.known;
  const Sentence& s = text_.sentences[sentence];
  if (!s.arabic) return false;
  bool held = false;
  for (uint32_t a = atom; !held && a > s.body && atom - a < kVerbBefore + 2;)
    held = text_.InSet(--a, k.hold);
  for (uint32_t a = end; held && a < s.end && a < end + kWith; ++a) {
    if (text_.InSet(a, k.with)) return true;
  }
  return false;
}

EntityId Discourse::MainEvent() const {
  for (const EntityId event : events_) {
    const Entity& e = text_.entities[static_cast<size_t>(text_.Resolve(event))];
    if (!e.planned && !e.cancelled && !e.series && !e.background && !e.aside)
      return text_.Resolve(event);
  }
  return events_.empty() ? kNoId : text_.Resolve(events_.front());
}

MentionId Discourse::FocusMention(uint32_t atom) const {
  if (main_override_ != kNoId) return kNoId;
  const uint32_t sentence = text_.atoms[atom].sentence;
  for (size_t i = event_mentions_.size(); i-- > 0;) {
    const Mention& mention = text_.mentions[static_cast<size_t>(event_mentions_[i])];
    if (mention.sentence < sentence) break;
    if (mention.sentence == sentence && mention.first <= atom && !mention.is_aside)
      return event_mentions_[i];
  }
  return focus_mention_;
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

bool Discourse::Fits(EntityId event, const Modifiers& m) const {
  if (event == kNoId) return false;
  const Entity& e = text_.entities[static_cast<size_t>(text_.Resolve(event))];
  // "The talks" are no visit, nor is a visit talks.
  if (m.is_meeting && (e.type == "Visit" || e.type == "Event")) return false;
  if (m.is_visit && e.type != "Visit") return false;
  if (m.is_other && (e.type != "Event")) return false;
  if (m.ordinal > 1 && e.series) return false;
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

// The event last named in which who is named close behind an atom is said to take part.
EntityId Discourse::EventWith(uint32_t atom) const {
  constexpr uint32_t kReach = 4;
  const uint32_t end = std::min(text_.sentences[text_.atoms[atom].sentence].end, atom + kReach);
  for (size_t i = events_.size(); i-- > 0;) {
    const EntityId event = text_.Resolve(events_[i]);
    const auto& with = text_.entities[static_cast<size_t>(event)].participants;
    for (uint32_t a = atom; a < end; ++a) {
      for (const MentionId id : text_.mentions_at[a]) {
        const EntityId named = text_.mentions[static_cast<size_t>(id)].entity;
        if (named != kNoId && std::find(with.begin(), with.end(), named) != with.end())
          return event;
      }
    }
  }
  return kNoId;
}

// "It had soured a summit in July": before the event spoken of.
bool Discourse::IsEarlier(const PartialDate& date) const {
  if (focus_ == kNoId || date.empty()) return false;
  const std::optional<int> order =
      Compare(date, text_.entities[static_cast<size_t>(text_.Resolve(focus_))].date);
  return order.has_value() && *order < 0;
}

// "… since a failed meeting in P in May": an event that only dates what is told, not
// where the sentence opens with it.
bool Discourse::IsBesides(uint32_t sentence, const Modifiers& m) const {
  const uint32_t opening = text_.sentences[sentence].first;
  const bool own = m.place != kNoId || !m.date.empty();
  return !text_.sentences[sentence].arabic && m.indefinite && own && m.first > opening + 1 &&
         text_.InSet(m.first - 1, knowledge_.known.since);
}

EntityId Discourse::ResolveEvent(const Modifiers& m, std::string_view type, bool plural,
                                 bool series, uint32_t first, uint32_t end) {
  const EntityId focus = FocusAt(first);
  const auto fresh = [&] { return NewEvent(type, first, end); };
  for (size_t i = events_.size(); i-- > 0 && !m.name.empty();) {
    const EntityId event = text_.Resolve(events_[i]);
    const Entity& e = text_.entities[static_cast<size_t>(event)];
    if (Normalise(e.name) == Normalise(m.name) && Fits(event, m)) return event;
  }
  for (size_t i = events_.size(); i-- > 0 && m.aside && m.definite && m.place != kNoId;) {
    const EntityId event = text_.Resolve(events_[i]);
    if (text_.entities[static_cast<size_t>(event)].place == m.place && Fits(event, m)) return event;
  }
  if (focus == kNoId || m.aside || !m.name.empty()) return fresh();
  if (m.own) {
    const EntityId main = MainEvent();
    if (main != kNoId && Fits(main, m)) return main;
  }
  const Entity& spoken_of = text_.entities[static_cast<size_t>(focus)];
  if (m.proximal && (spoken_of.background || (spoken_of.type == "Session" && type != "Session"))) {
    // "This round" after a look back, or behind one of its sessions, is the report's own.
    const EntityId main = MainEvent();
    if (main != kNoId && Fits(main, m)) return main;
  }
  if (m.possessed && text_.InSet(m.end, knowledge_.known.by_event)) {
    // "the minister's meeting with the envoy": one that he is told to have taken part in.
    const EntityId known = EventWith(m.end + 1);
    return known != kNoId ? known : fresh();
  }
  if (m.demonstrative || (m.copula && (m.definite || m.possessed) && !m.fresh)) {
    if (Fits(focus, m)) return focus;
    for (size_t i = events_.size(); i-- > 0;) {
      if (Fits(events_[i], m)) return text_.Resolve(events_[i]);
    }
    return m.ordinal != 0 || m.place != kNoId ? fresh() : focus;
  }
  if (m.part && m.definite) return fresh();
  if (m.told && m.is_meeting && m.ordinal == 0 && m.place == kNoId) return fresh();
  if (m.others || (m.fresh && !plural)) return fresh();
  if (m.fresh && (m.place != kNoId || !m.date.empty())) return fresh();
  if (m.ordinal != 0) {
    for (size_t i = events_.size(); i-- > 0;) {
      const EntityId event = text_.Resolve(events_[i]);
      const Entity& e = text_.entities[static_cast<size_t>(event)];
      const bool kind = m.kind.empty() || e.type == m.kind;
      if (e.ordinal == m.ordinal && kind && Fits(event, m)) return event;
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
    // Of another kind, or in another city than the report's: not the one spoken of.
    const Entity& spoken = text_.entities[static_cast<size_t>(focus)];
    const bool elsewhere = text_.dateline_place != kNoId && m.place != text_.dateline_place;
    if (m.named && (spoken.type != type || (spoken.place == kNoId && elsewhere))) return fresh();
    return focus;
  }
  if (m.indefinite && !plural && !series) return fresh();
  // A definite noun names what is spoken of; where that is only planned and
  // the report has a main event, the main event.
  const Entity& e = text_.entities[static_cast<size_t>(focus)];
  if (e.planned && !IsFuture(knowledge_, text_, first)) return MainEvent();
  if (e.type == "Session" && type == "Meeting") {
    // "The meeting" behind one of its sessions.
    for (size_t i = events_.size(); i-- > 0;) {
      const EntityId event = text_.Resolve(events_[i]);
      const Entity& whole = text_.entities[static_cast<size_t>(event)];
      if (whole.type == "Meeting" && !whole.planned && !whole.background && Fits(event, m))
        return event;
    }
  }
  if (Fits(focus, m)) return focus;
  for (size_t i = events_.size(); i-- > 0;) {
    if (Fits(events_[i], m)) return text_.Resolve(events_[i]);
  }
  return fresh();
}

// "postponed the visit", إلغاء الاجتماع: the word before the noun tells.
StatementStatus Discourse::StatusByNoun(uint32_t first) const {
  const WellKnown& k = knowledge_.known;
  const uint32_t begin = text_.sentences[text_.atoms[first].sentence].first;
  for (uint32_t a = first; a > begin && first - a < kVerdictWords;) {
    --a;
    if (text_.InSet(a, k.postponing) || text_.InSet(a, k.postpone))
      return StatementStatus::kPostponed;
    if (text_.InSet(a, k.cancelling) || text_.InSet(a, k.cancel))
      return StatementStatus::kCancelled;
    if (text_.InSet(a, k.attempt)) {
      // فشلت جهود عقد لقاء
      for (uint32_t b = begin; b < a; ++b) {
        if (text_.InSet(b, k.collapse)) return StatementStatus::kCancelled;
      }
      return StatementStatus::kHoped;
    }
    if (!text_.InSet(a, k.article) && !text_.InSet(a, k.preposition) && !text_.atoms[a].clitic &&
        !text_.InSet(a, k.happen))
      break;
  }
  return StatementStatus::kAsserted;
}

// "the third round will be held": the verb behind the noun tells.
StatementStatus Discourse::StatusOfNew(uint32_t atom, uint32_t end) const {
  const StatementStatus status = StatusAt(knowledge_, text_, atom, end);
  if (status != StatementStatus::kAsserted) return status;
  const WellKnown& k = knowledge_.known;
  // An Arabic verb stands before its noun.
  const uint32_t clause = ClauseBegin(knowledge_, text_, atom);
  for (uint32_t a = atom; a > clause && atom - a < kVerbBefore;) {
    --a;
    const SetHit* verb = text_.HitAt(a, k.happen);
    if (verb != nullptr && text_.sentences[text_.atoms[a].sentence].arabic)
      return StatusAt(knowledge_, text_, a, a + verb->count);
  }
  const uint32_t stop = std::min(ClauseEnd(knowledge_, text_, atom), end + kVerbReach);
  // "A round is due in May."
  for (uint32_t a = end; a < stop && a < end + kPlanReach; ++a) {
    if (text_.InSet(a, k.happen)) break;
    if (IsPlanWord(knowledge_, text_, a) || text_.InSet(a, k.future)) {
      return StatementStatus::kPlanned;
    }
  }
  for (uint32_t a = end; a < stop; ++a) {
    if (const SetHit* verb = text_.HitAt(a, knowledge_.known.happen))
      return StatusAt(knowledge_, text_, a, a + verb->count);
  }
  return status;
}

// سلسلة من خمس جولات
bool Discourse::IsOfSeries(uint32_t sentence, uint32_t atom) const {
  constexpr uint32_t kReach = 3;
  const uint32_t first = text_.sentences[sentence].first;
  for (uint32_t a = atom; a > first && atom - a < kReach;) {
    const SetHit* series = text_.HitAt(--a, knowledge_.known.series_of);
    if (series != nullptr) return a + series->count + 1 >= atom;
  }
  return false;
}

uint32_t Discourse::AddEventMention(uint32_t sentence, uint32_t atom, const SetHit& hit) {
  Modifiers m = ReadModifiers(sentence, atom, hit.count);
  const bool plural = IsPlural(hit, text_.atoms[atom]);
  // "mere routine discussions": a bare plural beside the event spoken of.
  const bool bare = plural && !m.definite && !m.demonstrative && !m.fresh && m.ordinal == 0 &&
                    m.place == kNoId && m.date.empty();
  m.others = bare && HeldWithOthers(sentence, atom, m.end);
  m.of_series = IsOfSeries(sentence, atom);
  if (bare && !m.others && !m.of_series && focus_ != kNoId) return m.end;
  std::string type = ClassOf(knowledge_, hit);
  if (m.of_series) type = "MeetingSeries";
  if (hit.entry == nullptr) type = text_.entities[static_cast<size_t>(text_.Resolve(focus_))].type;
  m.is_meeting = !type.empty() && type != "Visit" && type != "Event";
  m.is_visit = type == "Visit";
  m.is_other = type == "Event";
  if (m.is_visit) ReadDestination(text_.sentences[sentence].end, m);
  m.name = EventName(text_.sentences[sentence], atom, m.end);
  if (m.name.empty() && m.definite) m.name = BodyName(text_.sentences[sentence], atom, m.end);
  m.plural = plural;
  return AddEvent(sentence, atom, type, m);
}

// Takes note of the event that a noun, or its number alone, names. One past the mention.
uint32_t Discourse::AddEvent(uint32_t sentence, uint32_t atom, std::string_view type,
                             const Modifiers& m) {
  const bool series = type == "MeetingSeries";
  const bool besides = focus_ != kNoId && IsBesides(sentence, m);
  const size_t before = events_.size();
  const EntityId event =
      ResolveEvent(m, type.empty() ? "Event" : type, m.plural, series, atom, m.end);
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
  mention.is_plural = m.plural && type != "Talks" && !series;
  mention.is_definite = m.definite;
  mention.is_demonstrative = m.demonstrative;
  mention.is_fresh = m.fresh;
  // "The meeting follows up the Jeddah summit": the meeting stays spoken of.
  const bool fresh = events_.size() > before;
  mention.is_aside = m.aside || (fresh && (besides || (m.named && FollowsMention(id))));
  mention.ordinal = m.ordinal;
  Entity& e = text_.entities[static_cast<size_t>(event)];
  if (m.ordinal != 0 && e.ordinal == 0) e.ordinal = m.ordinal;
  if (m.of_series && e.ordinal == 0) {
    e.type = "MeetingSeries";
    e.series = true;
  }
  if (e.name.empty()) e.name = m.name;
  if (m.place != kNoId && e.place == kNoId) e.place = m.place;
  if (!m.date.empty() && e.date.empty()) e.date = m.date;
  if (events_.size() > before && !IsQuestion(text_, sentence)) {
    StatementStatus status = StatusByNoun(m.first);
    if (status == StatementStatus::kAsserted) status = StatusOfNew(atom, m.end);
    e.planned = status == StatementStatus::kPlanned || status == StatementStatus::kHoped;
    e.cancelled = status == StatementStatus::kCancelled;
    e.postponed = status == StatementStatus::kPostponed;
    if (e.planned || e.cancelled || e.postponed) e.background = false;
    e.aside = m.aside;
    const bool real = !e.planned && !e.cancelled && !e.postponed;
    e.background = e.background || (real && (besides || (m.indefinite && IsEarlier(m.date))));
  }
  return m.end;
}

}  // namespace sanad
