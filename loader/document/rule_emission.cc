// What a matched rule makes and states: things, terms of statements, and their
// status as the clause around the match gives it.

#include "loader/document/rule_engine.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "language/normalise.h"
#include "loader/document/atoms.h"
#include "loader/document/clauses.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

template <typename Container>
auto& At(Container& c, int32_t i) {
  return c[static_cast<size_t>(i)];
}

}  // namespace

void RuleEngine::Make(const CompiledRule& rule, const MakeClause& make, MatchResult& match) {
  const Binding* from = BindingOf(rule, match, make.from);
  if (from == nullptr || !from->bound || from->first >= from->end) return;
  Binding& out = match.bindings[static_cast<size_t>(rule.SlotOf(make.variable))];
  if (make.type == "Person") return MakePerson(*from, match, rule.source.makes.size() == 1, out);
  if (make.type == "Place") return MakePlace(*from, out);
  if (make.type == "Capital") return MakeCapital(*from, match, out);
  if (make.type == "Alias") return MakeAlias(*from, match, out);
  if (IsEventClass(make.type)) return MakeEvent(rule, make, *from, match, out);
  MakeThings(make, *from, out);
}

bool RuleEngine::IsEventClass(std::string_view type) const {
  return knowledge_.lexicon->IsSubOf(Term::Iri(Concat(SANAD_KG_NS, type)),
                                     Term::Iri(SANAD_KG_NS "Event"));
}

void RuleEngine::MakeEvent(const CompiledRule& rule, const MakeClause& make, const Binding& from,
                           const MatchResult& match, Binding& out) {
  Entity& event = At(text_.entities, discourse_.NewEvent(make.type, from.first, from.end));
  const StatementStatus status = StatusAt(knowledge_, text_, match.first, match.end);
  event.planned = status == StatementStatus::kPlanned || status == StatementStatus::kHoped ||
                  std::any_of(rule.source.emits.begin(), rule.source.emits.end(),
                              [](const EmitClause& emit) { return emit.status == "planned"; });
  event.cancelled = status == StatementStatus::kCancelled;
  if (event.planned) event.background = false;
  out = Binding{true, from.first, from.end, {event.mentions.back()}};
}

// A mention of nothing yet.
Mention RuleEngine::MentionOver(Symbol type, uint32_t first, uint32_t end) const {
  Mention mention;
  mention.type = type;
  mention.first = first;
  mention.end = end;
  mention.sentence = text_.atoms[first].sentence;
  return mention;
}

// `titled`: the match holds one name and its title.
void RuleEngine::MakePerson(const Binding& from, const MatchResult& match, bool titled,
                            Binding& out) {
  Mention mention = MentionOver(knowledge_.known.t_person, from.first, from.end);
  mention.entity = discourse_.PersonEntity(from.first, from.end);
  Mention full = mention;
  out = Binding{true, from.first, from.end, {text_.AddMention(std::move(mention))}};
  if (match.first >= full.first || !titled) return;
  // Title and name together name the person as well.
  full.first = match.first;
  full.end = match.end;
  text_.AddMention(std::move(full));
}

void RuleEngine::MakePlace(const Binding& from, Binding& out) {
  const WellKnown& k = knowledge_.known;
  for (const MentionId id : text_.mentions_at[from.first]) {
    const Symbol type = At(text_.mentions, id).type;
    if (type == k.t_city || type == k.t_country || type == k.t_place) return;
  }
  Mention mention = MentionOver(k.t_city, from.first, from.end);
  mention.entity = EntityByText("Place", "place", from.first, from.end);
  out = Binding{true, from.first, from.end, {text_.AddMention(std::move(mention))}};
}

// What a stretch of the text names in its own words, one entity a name.
EntityId RuleEngine::EntityByText(std::string_view type, std::string_view kind, uint32_t first,
                                  uint32_t end) {
  std::string name(text_.TextOf(first, end));
  // "the trade ministers, A and B": each of them is one.
  const SetHit* title = type == "Position" ? text_.HitAt(end - 1, knowledge_.known.title) : nullptr;
  if (title != nullptr && title->form != nullptr && name.ends_with('s') &&
      title->form->features.number == Number::kPlural) {
    name.pop_back();
  }
  Entity entity;
  entity.iri = Term::Iri(Concat(SANAD_ID_NS, kind, "/", IdentityName(name)));
  if (const EntityId known = text_.EntityOf(entity.iri); known != kNoId) return known;
  entity.type = type;
  entity.kind = kind;
  entity.label_is_text = true;
  (text_.sentences[text_.atoms[first].sentence].arabic ? entity.label_ar : entity.label_en) = name;
  return text_.AddEntity(std::move(entity));
}

// Agreements, proposals and what else a phrase names.
void RuleEngine::MakeThings(const MakeClause& make, const Binding& from, Binding& out) {
  MentionIds items = from.mentions;
  if (items.empty()) {
    items.push_back(text_.AddMention(MentionOver(knowledge_.known.t_span, from.first, from.end)));
  }
  const Symbol type =
      make.type == "Agreement" ? knowledge_.known.t_outcome : knowledge_.symbols.Find(make.type);
  for (MentionId& id : items) {
    discourse_.PhraseEntity(id, make.type, make.always_new);
    if (type == 0 || At(text_.mentions, id).type == type) continue;
    Mention typed = At(text_.mentions, id);
    typed.type = type;
    typed.is_definite = false;  // This is its first mention.
    id = text_.AddMention(std::move(typed));
  }
  out = Binding{true, from.first, from.end, std::move(items)};
}

// "the government of Chad": another mention of what it names.
void RuleEngine::MakeAlias(const Binding& from, const MatchResult& match, Binding& out) {
  if (from.mentions.empty()) return;
  Mention mention = At(text_.mentions, from.mentions.front());
  mention.first = match.first;
  mention.end = match.end;
  // "the Dutch side" acts for its state.
  if (mention.type == knowledge_.known.t_nation) mention.type = knowledge_.known.t_country;
  out = Binding{true, match.first, match.end, {text_.AddMention(std::move(mention))}};
}

// States for their capitals. A list that holds a city which is none speaks of
// places, not of states.
std::vector<RuleEngine::Value> RuleEngine::StatesOf(const Binding& binding) {
  std::vector<Value> values = ValuesOf(binding);
  for (Value& value : values) {
    if (value.entity == kNoId || At(text_.entities, value.entity).type != "City") continue;
    const Term city = At(text_.entities, value.entity).iri;
    const std::vector<Term> states =
        knowledge_.lexicon->ObjectsOf(city, Term::Iri(SANAD_NS "capitalOf"));
    if (states.empty()) return {};
    value.entity = LexiconEntity(knowledge_, text_, states.front());
  }
  return values;
}

// "the Cuban capital": the city that the lexicon knows as that country's capital.
void RuleEngine::MakeCapital(const Binding& from, const MatchResult& match, Binding& out) {
  const EntityId country = CountryOf(from);
  if (country == kNoId) return;
  const auto it = knowledge_.capital_of.find(At(text_.entities, country).iri.value());
  if (it == knowledge_.capital_of.end()) return;
  Mention mention;
  mention.type = knowledge_.known.t_city;
  mention.first = match.first;
  mention.end = match.end;
  mention.sentence = text_.atoms[match.first].sentence;
  mention.entity = LexiconEntity(knowledge_, text_, it->second);
  out = Binding{true, match.first, match.end, {text_.AddMention(std::move(mention))}};
}

std::vector<RuleEngine::Value> RuleEngine::ValuesOf(const Binding& binding) {
  std::vector<Value> out;
  for (const MentionId id : binding.mentions) {
    const Mention& mention = At(text_.mentions, id);
    if (mention.type == knowledge_.known.t_party) {
      for (const EntityId party : discourse_.PartyAt(binding.first))
        out.push_back({party, Term(), "", "", PartyMention(id, party)});
      continue;
    }
    // A day that cannot be told, such as a weekday in a text without a date.
    if (mention.type == knowledge_.known.t_date && mention.value.is_undefined()) continue;
    if (!mention.value.is_undefined()) {
      Value value;
      value.literal = mention.value;
      SetWords(mention.first, mention.end, value);
      value.mention = id;
      out.push_back(std::move(value));
      continue;
    }
    EntityId entity =
        mention.entity != kNoId ? mention.entity : discourse_.PhraseEntity(id, "Topic", false);
    // A rule may have made the thing meant since the mention was read.
    if (mention.is_definite && (mention.type == knowledge_.known.t_outcome ||
                                mention.type == knowledge_.known.t_proposal)) {
      const EntityId last = discourse_.LastOf(mention.type, mention.first);
      if (last != kNoId) entity = last;
      // المذكرتان: the two named last.
      const EntityId other =
          IsDual(mention) ? discourse_.LastOf(mention.type, mention.first, last) : kNoId;
      if (other != kNoId && other != text_.Resolve(entity))
        out.push_back({other, Term(), "", "", id});
    }
    out.push_back({text_.Resolve(entity), Term(), "", "", id});
  }
  return out;
}

bool RuleEngine::IsDual(const Mention& mention) const {
  const SetHit* noun = text_.HitAt(mention.first, mention.type);
  return noun != nullptr && noun->form != nullptr && noun->form->features.number == Number::kDual;
}

// "The two sides" names each of them by an earlier mention.
MentionId RuleEngine::PartyMention(MentionId party, EntityId entity) {
  Mention mention = At(text_.mentions, party);
  mention.entity = entity;
  mention.antecedent = kNoId;
  for (const MentionId id : At(text_.entities, entity).mentions) {
    if (At(text_.mentions, id).first < mention.first) mention.antecedent = id;
  }
  return text_.AddImpliedMention(std::move(mention));
}

EntityId RuleEngine::CountryOfEntity(EntityId entity) {
  if (entity == kNoId) return kNoId;
  const Entity& e = At(text_.entities, entity);
  if (e.type == "Country" || e.type == "Organization") return entity;
  if (e.country != kNoId) return e.country;
  for (const Term& country :
       knowledge_.lexicon->ObjectsOf(e.iri, Term::Iri(SANAD_KG_NS "inCountry"))) {
    return LexiconEntity(knowledge_, text_, country);
  }
  return kNoId;
}

EntityId RuleEngine::CountryOf(const Binding& binding) {
  for (const MentionId id : binding.mentions) {
    const EntityId country = CountryOfEntity(text_.Resolve(At(text_.mentions, id).entity));
    if (country != kNoId) return country;
  }
  // A plain span: the nationality or country it names first, before a posting.
  if (!binding.mentions.empty()) return kNoId;
  for (uint32_t a = binding.first; a < binding.end; ++a) {
    if (text_.InSet(a, knowledge_.known.posting)) return kNoId;
    // وزير المالية is no Malian.
    const SetHit* title = text_.HitAt(a, knowledge_.known.title);
    if (title != nullptr && title->count > 1) {
      a += title->count - 1;
      continue;
    }
    for (const MentionId id : text_.mentions_at[a]) {
      const Mention& m = At(text_.mentions, id);
      if (m.type == knowledge_.known.t_nation || m.type == knowledge_.known.t_country)
        return m.entity;
    }
  }
  return kNoId;
}

// The atoms from the first to the last that the bound variables of a term cover; first
// = end when there are none.
std::pair<uint32_t, uint32_t> RuleEngine::SpanOf(const CompiledRule& rule, const RuleTerm& term,
                                                 const MatchResult& match) const {
  uint32_t first = 0xFFFFFFFF, end = 0;
  for (const std::string& variable : term.variables) {
    const Binding* b = BindingOf(rule, match, variable);
    if (b == nullptr || !b->bound) continue;
    first = std::min(first, b->first);
    end = std::max(end, b->end);
  }
  return first < end ? std::pair(first, end) : std::pair(0U, 0U);
}

// The words of a span, in the language of its sentence.
void RuleEngine::SetWords(uint32_t first, uint32_t end, Value& value) const {
  (text_.sentences[text_.atoms[first].sentence].arabic ? value.ar : value.en) =
      text_.TextOf(first, end);
}

std::vector<RuleEngine::Value> RuleEngine::Evaluate(const CompiledRule& rule, const RuleTerm& term,
                                                    const MatchResult& match) {
  switch (term.kind) {
    case RuleTermKind::kVariable: {
      const Binding* b = BindingOf(rule, match, term.variables.front());
      return b == nullptr || !b->bound ? std::vector<Value>{} : ValuesOf(*b);
    }
    case RuleTermKind::kSpan: {
      const auto [first, end] = SpanOf(rule, term, match);
      if (first == end) return {};
      return {{EntityByText("Position", "position", first, end), Term(), "", "", kNoId}};
    }
    case RuleTermKind::kCountry: {
      for (const std::string& variable : term.variables) {
        const Binding* b = BindingOf(rule, match, variable);
        const EntityId country = b == nullptr || !b->bound ? kNoId : CountryOf(*b);
        if (country != kNoId)
          return {{country, Term(), "", "", b->mentions.empty() ? kNoId : b->mentions.front()}};
      }
      return {};
    }
    case RuleTermKind::kState: {
      const Binding* b = BindingOf(rule, match, term.variables.front());
      return b == nullptr || !b->bound ? std::vector<Value>{} : StatesOf(*b);
    }
    case RuleTermKind::kEndOf: {
      const Binding* b = BindingOf(rule, match, term.variables.front());
      if (b == nullptr || b->mentions.empty()) return {};
      const Mention& m = At(text_.mentions, b->mentions.front());
      Value value;
      value.literal = m.end_date.ToTerm();
      value.mention = b->mentions.front();
      return value.literal.is_undefined() ? std::vector<Value>{}
                                          : std::vector<Value>{std::move(value)};
    }
    case RuleTermKind::kText: {
      const auto [first, end] = SpanOf(rule, term, match);
      if (first == end) return {};
      Value value;
      value.literal = Term::String(text_.TextOf(first, end));
      SetWords(first, end, value);
      return {std::move(value)};
    }
    case RuleTermKind::kString:
      return {{kNoId, Term::String(term.text), term.text, "", kNoId}};
    case RuleTermKind::kInteger:
      return {{kNoId, Term::Literal(term.text, SANAD_XSD_NS "integer"), "", "", kNoId}};
    case RuleTermKind::kClass:
      return {{kNoId, Term::Iri(Concat(SANAD_KG_NS, term.text)), "", "", kNoId}};
  }
  return {};
}

void RuleEngine::Emit(const CompiledRule& rule, const EmitClause& emit, const MatchResult& match) {
  const std::vector<Value> subjects = Evaluate(rule, emit.subject, match);
  if (subjects.empty()) return;
  const std::vector<Value> objects = Evaluate(rule, emit.object, match);
  const auto is_range = [&](const Value& value) {
    return value.mention != kNoId && At(text_.mentions, value.mention).is_range;
  };
  // What was held from one day to another began on the first and ended on the last.
  if (emit.property == "heldOn" && objects.size() == 1 && is_range(objects.front())) {
    EmitClause bound = emit;
    Value last = objects.front();
    last.literal = At(text_.mentions, last.mention).end_date.ToTerm();
    for (const Value& subject : subjects) {
      if (subject.entity == kNoId) continue;
      bound.property = "startedOn";
      AddStatement(rule, bound, match, subject, objects.front());
      bound.property = "endedOn";
      AddStatement(rule, bound, match, subject, last);
    }
    return;
  }
  for (const Value& subject : subjects) {
    if (subject.entity == kNoId) continue;
    for (const Value& object : objects) AddStatement(rule, emit, match, subject, object);
  }
}

void RuleEngine::AddStatement(const CompiledRule& rule, const EmitClause& emit,
                              const MatchResult& match, const Value& subject, const Value& object) {
  DocumentStatement s;
  s.subject = text_.Resolve(subject.entity);
  s.property = emit.property;
  s.object = text_.Resolve(object.entity);
  s.value = object.literal;
  s.value_en = object.en;
  s.value_ar = object.ar;
  s.sentence = text_.atoms[match.first].sentence;
  s.subject_mention = subject.mention;
  s.object_mention = object.mention;
  s.rule = rule.source.name;
  if (s.subject == s.object || (s.object == kNoId && s.value.is_undefined())) return;
  if (!emit.plain) ReadClause(rule, match, s);
  if (s.object_mention != kNoId && At(text_.mentions, s.object_mention).is_to_come) PlanDate(s);
  // "denied that he would visit": neither planned nor asserted, nothing is told.
  const bool told = s.status == StatementStatus::kAsserted || s.status == StatementStatus::kClaimed;
  if (!told && Denied(match.first)) return;
  if (emit.force_negated) s.negated = true;
  s.status = KindOf(kStatusWords, emit.status).value_or(s.status);
  // Who holds an office, and where a town lies, is so whoever tells.
  const std::string& kind = At(text_.entities, s.subject).kind;
  const bool told_of = kind == "event" || kind == "proposal" || kind == "outcome";
  if (told_of && s.status == StatementStatus::kAsserted &&
      IsHearsay(knowledge_, text_, match.end)) {
    s.status = StatementStatus::kClaimed;
  }
  if (!emit.attributed_to.empty()) {
    const Binding* b = BindingOf(rule, match, emit.attributed_to);
    if (b != nullptr && !b->mentions.empty())
      s.attributed_to = text_.Resolve(At(text_.mentions, b->mentions.front()).entity);
  }
  const auto key = std::make_tuple(s.subject, s.property, s.object,
                                   s.value.is_undefined() ? "" : s.value.ToString(), s.negated);
  if (!stated_.emplace(key, static_cast<uint32_t>(text_.statements.size())).second) return;
  NoteEvent(s);
  text_.statements.push_back(std::move(s));
}

// What a text tells of a day to come is only planned.
void RuleEngine::PlanDate(DocumentStatement& s) {
  static constexpr std::string_view kHappened[] = {"heldOn", "startedOn", "endedOn", "signedOn",
                                                   "resumedOn"};
  if (std::find(std::begin(kHappened), std::end(kHappened), s.property) == std::end(kHappened))
    return;
  if (s.status == StatementStatus::kAsserted) s.status = StatementStatus::kPlanned;
  if (s.property == "heldOn" || s.property == "startedOn") s.property = "scheduledFor";
}

// Negation, status and source, from the clause around a match and the event.
void RuleEngine::ReadClause(const CompiledRule& rule, const MatchResult& match,
                            DocumentStatement& s) const {
  // The trigger, by convention bound to v, is what a clause denies or plans.
  const Binding* trigger = BindingOf(rule, match, "v");
  const bool bound = trigger != nullptr && trigger->bound;
  const uint32_t first = bound ? trigger->first : match.first;
  const uint32_t end = bound ? trigger->end : match.end;
  s.status = StatusAt(knowledge_, text_, first, end);
  s.negated = IsNegated(knowledge_, text_, first, end) ||
              IsNegated(knowledge_, text_, match.first, match.end) ||
              IsObjectNegated(s.object_mention, match.first);
  const Entity& e = At(text_.entities, s.subject);
  // "did not attend the talks in P": they were held there all the same.
  if (s.negated && e.kind == "event" && s.property != "participant" && StaysAway(match.first))
    s.negated = false;
  if (e.kind == "event" && s.status == StatementStatus::kAsserted) {
    if (e.planned) s.status = StatementStatus::kPlanned;
    if (e.postponed && !TakesPlace(match.first)) s.status = StatementStatus::kPostponed;
    if (e.cancelled) s.status = StatementStatus::kCancelled;
  }
  for (const AttributionScope& scope : attributions_) {
    if (!scope.Holds(match.first)) continue;
    s.attributed_to = scope.source;
    if (scope.denied) s.negated = true;
    if (scope.claim && s.status == StatementStatus::kAsserted) s.status = StatementStatus::kClaimed;
  }
}

// وخلالها بحث الطرفان …: what is told of the course of an event that was put off before.
bool RuleEngine::TakesPlace(uint32_t atom) const {
  for (uint32_t a = text_.sentences[text_.atoms[atom].sentence].first; a < atom; ++a) {
    if (text_.InSet(a, knowledge_.known.during_it)) return true;
  }
  return false;
}

// Whether the verb before an atom tells of who is at an event or is not.
bool RuleEngine::StaysAway(uint32_t atom) const {
  constexpr uint32_t kReach = 4;
  const uint32_t clause = ClauseBegin(knowledge_, text_, atom);
  for (uint32_t a = atom; a > clause && atom - a < kReach;) {
    --a;
    const SetHit* hit = text_.HitAt(a, knowledge_.known.attend);
    if (hit != nullptr && a + hit->count <= atom) return true;
  }
  return false;
}

// "reached no agreement": a negator right before what stands behind the match.
bool RuleEngine::IsObjectNegated(MentionId object, uint32_t match) const {
  constexpr uint32_t kReach = 8;
  if (object == kNoId) return false;
  const uint32_t first = At(text_.mentions, object).first;
  const Symbol negator = knowledge_.known.negator;
  if (first <= match || first - match >= kReach) return false;
  if (text_.InSet(first, negator) || text_.InSet(first - 1, negator)) return true;
  const SetHit* two = first > 1 ? text_.HitAt(first - 2, negator) : nullptr;
  return two != nullptr && two->count == 2;
}

// What a statement tells of its event serves coreference from there on.
void RuleEngine::NoteEvent(const DocumentStatement& s) {
  if (s.property == "represents" && s.object != kNoId) {
    Entity& person = At(text_.entities, s.subject);
    if (person.country == kNoId) person.country = s.object;
  }
  Entity& e = At(text_.entities, s.subject);
  if (e.kind != "event" || s.negated) return;
  // A city names the event rather than a hall in it.
  const bool hall = e.place != kNoId && At(text_.entities, e.place).type == "Venue";
  if (s.property == "heldIn" && (e.place == kNoId || hall)) e.place = s.object;
  if ((s.property == "heldOn" || s.property == "scheduledFor" || s.property == "startedOn") &&
      e.date.empty()) {
    if (const std::optional<PartialDate> date = PartialDateOf(s.value)) e.date = *date;
  }
  if (s.property == "roundNumber" && e.ordinal == 0)
    e.ordinal = std::atoi(std::string(s.value.value()).c_str());
  if (s.property == "participant" && s.object != kNoId) e.participants.push_back(s.object);
  if (s.property == "status" && s.value.value() == "cancelled") e.cancelled = true;
  if (s.property == "status" && s.value.value() == "planned") e.planned = true;
}

}  // namespace sanad
