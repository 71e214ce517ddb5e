#include "loader/document/rule_engine.h"

#include <algorithm>
#include <utility>

#include "language/durations.h"
#include "language/normalise.h"
#include "loader/document/atoms.h"
#include "loader/document/clauses.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

constexpr uint32_t kSourceReach = 8;

template <typename Container>
auto& At(Container& c, int32_t i) {
  return c[static_cast<size_t>(i)];
}

}  // namespace

void RuleEngine::RunMentionRules(uint32_t sentence) {
  for (const CompiledRule& rule : knowledge_.mention_rules) RunRule(rule, sentence);
}

void RuleEngine::RunRelationRules(uint32_t sentence) {
  // A heading sums up what the text states.
  if (text_.sentences[sentence].span.is_heading && text_.sentences.size() > 1) return;
  FindAttributions(sentence);
  for (const CompiledRule& rule : knowledge_.relation_rules) RunRule(rule, sentence);
}

// Whether a sentence holds a phrase of the set; looked up once a sentence.
bool RuleEngine::SentenceHas(uint32_t index, Symbol set) {
  if (sets_of_ != index || sets_.empty()) {
    sets_.assign(knowledge_.symbols.size(), false);
    sets_of_ = index;
    for (uint32_t a = text_.sentences[index].first; a < text_.sentences[index].end; ++a) {
      for (const SetHit& hit : text_.hits[a]) sets_[hit.set] = true;
    }
  }
  return sets_[set];
}

bool RuleEngine::CanStart(const StartFilter& start, uint32_t at) const {
  if (start.any) return true;
  for (const Symbol set : start.sets) {
    if (text_.InSet(at, set)) return true;
  }
  for (const std::string& word : start.words) {
    if (text_.atoms[at].norm == word) return true;
  }
  if (start.types.empty()) return false;
  // An article may stand before a mention.
  if (text_.InSet(at, knowledge_.known.article)) return true;
  for (const MentionId id : text_.mentions_at[at]) {
    if (std::find(start.types.begin(), start.types.end(), At(text_.mentions, id).type) !=
        start.types.end())
      return true;
  }
  return false;
}

void RuleEngine::RunRule(const CompiledRule& rule, uint32_t index) {
  const Sentence& sentence = text_.sentences[index];
  if (!rule.source.language.empty() && (rule.source.language == "ar") != sentence.arabic) return;
  for (const Symbol set : rule.required) {
    if (!SentenceHas(index, set)) return;
  }
  for (uint32_t at = sentence.first; at < sentence.end;) {
    if (!CanStart(rule.start, at)) {
      ++at;
      continue;
    }
    std::optional<MatchResult> match = matcher_.MatchAt(rule, at);
    if (match && Apply(rule, *match)) {
      at = std::max(at + 1, rule.mention_phase ? match->end : EndOfLeadingPhrase(*match));
    } else {
      ++at;
    }
  }
}

// Where a match that began with a noun phrase left it: the phrase's own tail is no
// other match.
uint32_t RuleEngine::EndOfLeadingPhrase(const MatchResult& match) const {
  for (const Binding& binding : match.bindings) {
    if (!binding.bound || binding.first != match.first || binding.mentions.empty()) continue;
    const Mention& m = At(text_.mentions, binding.mentions.front());
    if (m.type == knowledge_.known.t_np && m.end <= match.end) return m.end;
  }
  return match.first + 1;
}

bool RuleEngine::Apply(const CompiledRule& rule, MatchResult& match) {
  for (const CompiledArgument& argument : rule.arguments) {
    if (!BindArgument(rule, argument, match)) {
      Trace(rule, match, Concat("no argument @", argument.source->variable));
      return false;
    }
  }
  std::string failed;
  if (!ConditionsHold(rule, match, &failed)) {
    Trace(rule, match, Concat("condition ", failed, " does not hold"));
    return false;
  }
  for (const MakeClause& make : rule.source.makes) {
    if (rule.mention_phase && make.type == "Person") {
      // A name belongs to one person: the rule of highest priority made it.
      const Binding* from = BindingOf(rule, match, make.from);
      if (from == nullptr || !from->bound || from->first >= from->end) return false;
      for (const Mention& mention : text_.mentions) {
        if (mention.type == knowledge_.known.t_person && mention.first < from->end &&
            from->first < mention.end)
          return false;
      }
    }
    Make(rule, make, match);
  }
  for (const auto& [first, second] : rule.source.aliases) {
    const Binding* a = BindingOf(rule, match, first);
    const Binding* b = BindingOf(rule, match, second);
    if (a == nullptr || b == nullptr || a->mentions.empty() || b->mentions.empty()) continue;
    const EntityId from = text_.Resolve(At(text_.mentions, a->mentions.front()).entity);
    const EntityId to = text_.Resolve(At(text_.mentions, b->mentions.front()).entity);
    if (from != kNoId && to != kNoId && from != to) At(text_.entities, from).same_as = to;
  }
  Trace(rule, match, "fired");
  for (const EmitClause& emit : rule.source.emits) Emit(rule, emit, match);
  return true;
}

const Binding* RuleEngine::BindingOf(const CompiledRule& rule, const MatchResult& match,
                                     std::string_view variable) const {
  const int slot = rule.SlotOf(variable);
  return slot < 0 ? nullptr : &match.bindings[static_cast<size_t>(slot)];
}

// Arguments.

bool RuleEngine::Precedes(const std::vector<CompiledPreposition>& words, uint32_t atom) const {
  const uint32_t first = text_.sentences[text_.atoms[atom].sentence].first;
  for (const CompiledPreposition& p : words) {
    for (uint32_t a = atom; a > first && atom - a < 3;) {
      --a;
      if (p.set != 0) {
        const SetHit* hit = text_.HitAt(a, p.set);
        if (hit != nullptr && a + hit->count == atom) return true;
        // An article may stand between.
        if (hit != nullptr && a + hit->count + 1 == atom &&
            text_.InSet(atom - 1, knowledge_.known.article))
          return true;
      } else if (text_.atoms[a].norm == p.word &&
                 (a + 1 == atom ||
                  (a + 2 == atom && text_.InSet(a + 1, knowledge_.known.article)))) {
        return true;
      }
    }
  }
  return false;
}

bool RuleEngine::PrepositionHolds(const CompiledArgument& argument, uint32_t atom) const {
  if (!argument.prepositions.empty() && !Precedes(argument.prepositions, atom)) return false;
  return argument.exclude.empty() || !Precedes(argument.exclude, atom);
}

MentionId RuleEngine::FindArgument(const CompiledArgument& argument, const MatchResult& match,
                                   uint32_t& at) {
  const Argument& source = *argument.source;
  const Sentence& sentence = text_.sentences[text_.atoms[match.first].sentence];
  const auto usable = [&](uint32_t atom) -> MentionId {
    if (!PrepositionHolds(argument, atom)) return kNoId;
    const std::vector<MentionId> found = matcher_.MentionsAt(atom, argument.types);
    return found.empty() ? kNoId : found.front();
  };
  // Between a verb and its preposition: "returned A to B".
  for (uint32_t a = match.first + 1;
       a < match.end && source.side == ArgumentSide::kAny && source.prepositions.empty(); ++a) {
    for (const MentionId id : text_.mentions_at[a]) {
      const Mention& m = At(text_.mentions, id);
      if (m.type != knowledge_.known.t_np && m.entity != kNoId && m.end <= match.end &&
          std::find(argument.types.begin(), argument.types.end(), m.type) != argument.types.end()) {
        at = a;
        return id;
      }
    }
  }
  uint32_t after = match.end, before = match.first;
  bool go_after = source.side != ArgumentSide::kBefore,
       go_before = source.side != ArgumentSide::kAfter;
  for (uint32_t step = 0; step <= source.reach && (go_after || go_before); ++step) {
    if (go_before) {
      go_before = before > sentence.first &&
                  (source.whole_sentence || !IsBarrier(knowledge_, text_, before - 1));
      if (go_before) {
        --before;
        const MentionId id = usable(before);
        // A mention that reaches into the match is another thing.
        if (id != kNoId && At(text_.mentions, id).end <= match.first) {
          at = before;
          return id;
        }
      }
    }
    if (go_after) {
      const uint32_t a = after + step;
      go_after = a < sentence.end && (source.whole_sentence || !IsBarrier(knowledge_, text_, a));
      if (go_after) {
        const MentionId id = usable(a);
        if (id != kNoId) {
          at = a;
          return id;
        }
      }
    }
  }
  return kNoId;
}

bool RuleEngine::IsSpokenOf(EntityId entity) const {
  return std::any_of(
      text_.statements.begin(), text_.statements.end(),
      [&](const DocumentStatement& s) { return s.object == entity || s.subject == entity; });
}

bool RuleEngine::BindFallback(const CompiledArgument& argument, MatchResult& match) {
  const std::string& name = argument.source->fallback;
  Binding& binding = match.bindings[static_cast<size_t>(argument.slot)];
  EntityId entity = kNoId;
  MentionId antecedent = kNoId;
  const uint32_t at = match.first;
  Symbol type = knowledge_.known.t_event;
  if (name == "focus") {
    entity = discourse_.FocusAt(at);
    antecedent = discourse_.FocusMention(at);
  } else if (name == "main") {
    entity = discourse_.MainEvent();
  } else if (name == "previous") {
    entity = discourse_.Previous(at);
  } else if (name == "person" || name == "he" || name == "she") {
    entity = discourse_.PersonBefore(at, name == "he" ? 1 : name == "she" ? 2 : 0);
    type = knowledge_.known.t_person;
  } else if (name == "outcome" || name == "proposal") {
    type = name == "outcome" ? knowledge_.known.t_outcome : knowledge_.known.t_proposal;
    entity = discourse_.LastOf(type, at);
  } else if (name == "enclosing") {
    // The phrase, spoken of in some statement, that the match lies inside.
    type = knowledge_.known.t_np;
    for (const Mention& m : text_.mentions) {
      if (m.entity != kNoId && IsSpokenOf(m.entity) && m.first <= match.first &&
          m.end >= match.end && m.end - m.first > match.end - match.first &&
          (m.type == type || m.type == knowledge_.known.t_outcome ||
           m.type == knowledge_.known.t_proposal)) {
        entity = text_.Resolve(m.entity);
      }
    }
  } else if (name == "government" || name == "host" || name == "other" || name == "country") {
    entity = discourse_.PartyFor(name, at);
    type = knowledge_.known.t_country;
  } else if (name == "party") {
    if (discourse_.principals().empty()) return false;
    type = knowledge_.known.t_party;
  }
  if (entity == kNoId && name != "party") return false;
  // The mention is empty: the text names the thing only earlier.
  Mention mention;
  mention.type = type;
  mention.first = match.first;
  mention.end = match.end;
  mention.sentence = text_.atoms[match.first].sentence;
  mention.entity = entity;
  mention.antecedent = antecedent;
  if (antecedent == kNoId && entity != kNoId && !At(text_.entities, entity).mentions.empty()) {
    mention.antecedent = At(text_.entities, entity).mentions.back();
  }
  const auto id = static_cast<MentionId>(text_.mentions.size());
  text_.mentions.push_back(std::move(mention));  // Not findable by place: it has none of its own.
  binding = Binding{true, match.first, match.end, {id}};
  return true;
}

// A list before its verb was found by its last item; this moves `at` to its first.
void RuleEngine::ListStart(const CompiledArgument& argument, const MatchResult& match,
                           MentionId last, uint32_t& at) {
  const uint32_t sentence = text_.sentences[text_.atoms[match.first].sentence].first;
  const EntityId entity = At(text_.mentions, last).entity;
  for (uint32_t a = at > sentence + 20 ? at - 20 : sentence; a < at; ++a) {
    for (const MentionId id : matcher_.MentionsAt(a, argument.types)) {
      uint32_t end = 0;
      const std::vector<MentionId> items = matcher_.ListFrom(id, argument.types, end);
      const bool holds = std::any_of(items.begin(), items.end(), [&](MentionId item) {
        return item == last || (entity != kNoId && At(text_.mentions, item).entity == entity);
      });
      if (holds && end <= match.first) {
        at = a;
        return;
      }
    }
  }
}

bool RuleEngine::BindArgument(const CompiledRule&, const CompiledArgument& argument,
                              MatchResult& match) {
  Binding& binding = match.bindings[static_cast<size_t>(argument.slot)];
  if (binding.bound) return true;
  uint32_t at = 0;
  const MentionId id = FindArgument(argument, match, at);
  if (id == kNoId) {
    if (!argument.source->fallback.empty() && BindFallback(argument, match)) return true;
    return argument.source->optional;
  }
  std::vector<MentionId> items{id};
  uint32_t end = At(text_.mentions, id).end;
  if (argument.source->list) {
    if (at < match.first) ListStart(argument, match, id, at);
    const std::vector<MentionId> first = matcher_.MentionsAt(at, argument.types);
    items = matcher_.ListFrom(first.empty() ? id : first.front(), argument.types, end);
  }
  binding = Binding{true, at, end, std::move(items)};
  return true;
}

// Conditions.

bool RuleEngine::ConditionsHold(const CompiledRule& rule, const MatchResult& match,
                                std::string* failed) {
  for (const Condition& condition : rule.source.conditions) {
    if (ConditionHolds(rule, condition, match) == condition.negated) {
      *failed = condition.name;
      return false;
    }
  }
  return true;
}

bool RuleEngine::ConditionHolds(const CompiledRule& rule, const Condition& condition,
                                const MatchResult& match) {
  const auto binding = [&](size_t i) -> const Binding* {
    return i < condition.arguments.size() ? BindingOf(rule, match, condition.arguments[i])
                                          : nullptr;
  };
  const auto mention = [&](size_t i) -> const Mention* {
    const Binding* b = binding(i);
    return b == nullptr || b->mentions.empty() ? nullptr : &At(text_.mentions, b->mentions.front());
  };
  const auto text_argument = [&](size_t i) -> std::string_view {
    return i < condition.arguments.size() ? std::string_view(condition.arguments[i]).substr(1)
                                          : std::string_view();
  };
  const std::string& name = condition.name;
  const Binding* b = binding(0);
  const uint32_t first = b != nullptr && b->bound ? b->first : match.first;
  const uint32_t end = b != nullptr && b->bound ? b->end : match.end;
  if (name == "bound") return b != nullptr && b->bound;
  if (name == "negated") return IsNegated(knowledge_, text_, first, end);
  if (name == "planned" || name == "future" || name == "hoped" || name == "cancelled" ||
      name == "postponed") {
    const StatementStatus status = StatusAt(knowledge_, text_, first, end);
    const Mention* m = mention(0);
    const Entity* e = m != nullptr && m->entity != kNoId
                          ? &At(text_.entities, text_.Resolve(m->entity))
                          : nullptr;
    if (name == "hoped") return status == StatementStatus::kHoped;
    if (name == "cancelled")
      return status == StatementStatus::kCancelled || (e != nullptr && e->cancelled);
    if (name == "postponed")
      return status == StatementStatus::kPostponed || (e != nullptr && e->postponed);
    if (name == "future") return IsFuture(knowledge_, text_, first);
    return status == StatementStatus::kPlanned ||
           (e != nullptr && (e->planned || e->cancelled || e->postponed));
  }
  if (name == "attributed") return Attributed(first);
  if (name == "in") return text_.InSet(first, knowledge_.symbols.Find(text_argument(1)));
  if (name == "has") {  // The clause holds a word of the set.
    const Symbol set = knowledge_.symbols.Find(text_argument(1));
    const uint32_t stop = ClauseEnd(knowledge_, text_, match.first);
    for (uint32_t a = ClauseBegin(knowledge_, text_, match.first); a < stop; ++a) {
      if (text_.InSet(a, set)) return true;
    }
    return false;
  }
  if (name == "infinitive") return first > 0 && text_.atoms[first - 1].norm == "to";
  if (name == "eventless") {  // The sentence names no event.
    const Sentence& sentence = text_.sentences[text_.atoms[match.first].sentence];
    for (uint32_t a = sentence.first; a < sentence.end; ++a) {
      for (const MentionId id : text_.mentions_at[a]) {
        if (At(text_.mentions, id).type == knowledge_.known.t_event) return false;
      }
    }
    return true;
  }
  if (name == "first_sentence") return text_.atoms[match.first].sentence <= 1;
  const Mention* m = mention(0);
  if (name == "single") return b != nullptr && b->end - b->first == 1;
  if (m == nullptr) return false;
  const auto entity_of = [&](const Mention* x) { return text_.Resolve(x->entity); };
  if (name == "range") return m->is_range;
  if (name == "elsewhere") {  // The event has another place already.
    const EntityId event = entity_of(m);
    const Mention* place = mention(1);
    return event != kNoId && place != nullptr && At(text_.entities, event).place != kNoId &&
           At(text_.entities, event).place != entity_of(place);
  }
  if (name == "placed")
    return entity_of(m) != kNoId && At(text_.entities, entity_of(m)).place != kNoId;
  if (name == "plural") return m->is_plural;
  if (name == "definite") return m->is_definite || m->is_demonstrative;
  if (name == "fresh") return m->is_fresh;
  if (name == "comparator")
    return m->comparator == static_cast<int>(Comparator::kMoreThan) ||
           m->comparator == static_cast<int>(Comparator::kAtLeast);
  const EntityId entity = text_.Resolve(m->entity);
  if (name == "known") return entity != kNoId;
  if (name == "eventful") {  // A phrase that holds an event: "two days of talks".
    for (uint32_t a = m->first; a < m->end; ++a) {
      if (text_.InSet(a, knowledge_.known.event)) return true;
    }
    return false;
  }
  if (name == "indefinite") return !text_.atoms[m->first].definite;
  if (name == "subject_first") return IsSubjectFirst(*m);
  if (name == "is") {
    if (entity == kNoId) return false;
    const std::string_view type = text_argument(1);
    const std::string& own = At(text_.entities, entity).type;
    return own == type || knowledge_.lexicon->IsSubOf(Term::Iri(Concat(SANAD_KG_NS, own)),
                                                      Term::Iri(Concat(SANAD_KG_NS, type)));
  }
  if (name == "same" || name == "different") {
    const Mention* other = mention(1);
    const bool same = other != nullptr && entity != kNoId && text_.Resolve(other->entity) == entity;
    return (name == "same") == same;
  }
  return false;
}

// Arabic verb first: "ناقش الوزيران سبل …": a definite word, then an indefinite one,
// is the subject before the object's phrase.
bool RuleEngine::IsSubjectFirst(const Mention& m) const {
  if (!text_.atoms[m.first].definite || m.first + 1 >= m.end) return false;
  uint32_t a = m.first;
  while (a < m.end && text_.atoms[a].definite) ++a;
  return a < m.end && !text_.atoms[a].clitic && text_.atoms[a].is_word() &&
         !text_.InSet(a, knowledge_.known.preposition) &&
         !text_.InSet(a, knowledge_.known.relative) &&
         !text_.InSet(a, knowledge_.known.function_word) &&
         !text_.InSet(a, knowledge_.known.separator);
}

// Makes and emits.

void RuleEngine::Make(const CompiledRule& rule, const MakeClause& make, MatchResult& match) {
  const Binding* from = BindingOf(rule, match, make.from);
  Binding& out = match.bindings[static_cast<size_t>(rule.SlotOf(make.variable))];
  if (from == nullptr || !from->bound || from->first >= from->end) return;
  const auto is_event = knowledge_.lexicon->IsSubOf(Term::Iri(Concat(SANAD_KG_NS, make.type)),
                                                    Term::Iri(SANAD_KG_NS "Event"));
  if (is_event) {
    const EntityId event = discourse_.NewEvent(make.type, from->first, from->end);
    const StatementStatus status = StatusAt(knowledge_, text_, match.first, match.end);
    At(text_.entities, event).planned = status == StatementStatus::kPlanned;
    At(text_.entities, event).cancelled = status == StatementStatus::kCancelled;
    out = Binding{true, from->first, from->end, {At(text_.entities, event).mentions.back()}};
    return;
  }
  if (make.type == "Person" || make.type == "Place") {
    Mention mention;
    mention.type = knowledge_.symbols.Find(make.type);
    mention.first = from->first;
    mention.end = from->end;
    mention.sentence = text_.atoms[from->first].sentence;
    if (make.type == "Person") {
      mention.entity = discourse_.PersonEntity(from->first, from->end);
    } else {
      for (const MentionId id : text_.mentions_at[from->first]) {
        const Symbol type = At(text_.mentions, id).type;
        if (type == knowledge_.known.t_city || type == knowledge_.known.t_country ||
            type == mention.type)
          return;
      }
      Entity entity;
      const std::string name(text_.TextOf(from->first, from->end));
      entity.iri = Term::Iri(Concat(SANAD_ID_NS "place/", IdentityName(name)));
      entity.type = "Place";
      entity.kind = "place";
      entity.label_is_text = true;
      (text_.sentences[mention.sentence].arabic ? entity.label_ar : entity.label_en) = name;
      for (size_t i = 0; i < text_.entities.size(); ++i) {
        if (text_.entities[i].iri == entity.iri) mention.entity = static_cast<EntityId>(i);
      }
      if (mention.entity == kNoId) mention.entity = text_.AddEntity(std::move(entity));
      mention.type = knowledge_.known.t_city;
    }
    Mention full = mention;
    out = Binding{true, from->first, from->end, {text_.AddMention(std::move(mention))}};
    if (make.type == "Person" && match.first < full.first) {
      // Title and name together name the person as well.
      full.first = match.first;
      full.end = match.end;
      text_.AddMention(std::move(full));
    }
    return;
  }
  if (make.type == "Capital") {
    MakeCapital(*from, match, out);
    return;
  }
  std::vector<MentionId> items = from->mentions;
  if (items.empty()) {
    Mention mention;
    mention.type = knowledge_.known.t_span;
    mention.first = from->first;
    mention.end = from->end;
    mention.sentence = text_.atoms[from->first].sentence;
    items.push_back(text_.AddMention(std::move(mention)));
  }
  for (MentionId& id : items) {
    discourse_.PhraseEntity(id, make.type, make.always_new);
    const Symbol type =
        make.type == "Agreement" ? knowledge_.known.t_outcome : knowledge_.symbols.Find(make.type);
    if (type != 0 && At(text_.mentions, id).type != type) {
      Mention typed = At(text_.mentions, id);
      typed.type = type;
      typed.is_definite = false;  // This is its first mention.
      id = text_.AddMention(std::move(typed));
    }
  }
  out = Binding{true, from->first, from->end, std::move(items)};
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
    if (!mention.value.is_undefined()) {
      Value value;
      value.literal = mention.value;
      const std::string words(text_.TextOf(mention.first, mention.end));
      (text_.sentences[mention.sentence].arabic ? value.ar : value.en) = words;
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
    }
    out.push_back({text_.Resolve(entity), Term(), "", "", id});
  }
  return out;
}

// "The two sides" names each of them by an earlier mention.
MentionId RuleEngine::PartyMention(MentionId party, EntityId entity) {
  Mention mention = At(text_.mentions, party);
  mention.entity = entity;
  mention.antecedent = kNoId;
  for (const MentionId id : At(text_.entities, entity).mentions) {
    if (At(text_.mentions, id).first < mention.first) mention.antecedent = id;
  }
  text_.mentions.push_back(std::move(mention));
  return static_cast<MentionId>(text_.mentions.size()) - 1;
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
    if (text_.InSet(a, knowledge_.symbols.Find("posting"))) return kNoId;
    for (const MentionId id : text_.mentions_at[a]) {
      const Mention& m = At(text_.mentions, id);
      if (m.type == knowledge_.known.t_nation || m.type == knowledge_.known.t_country)
        return m.entity;
    }
  }
  return kNoId;
}

RuleEngine::Value RuleEngine::SpanValue(const CompiledRule& rule, const RuleTerm& term,
                                        const MatchResult& match) {
  uint32_t first = 0xFFFFFFFF, end = 0;
  for (const std::string& variable : term.variables) {
    const Binding* b = BindingOf(rule, match, variable);
    if (b == nullptr || !b->bound) continue;
    first = std::min(first, b->first);
    end = std::max(end, b->end);
  }
  Value value;
  if (first >= end) return value;
  const std::string name(text_.TextOf(first, end));
  Entity entity;
  entity.iri = Term::Iri(Concat(SANAD_ID_NS "position/", IdentityName(name)));
  entity.type = "Position";
  entity.kind = "position";
  entity.label_is_text = true;
  (text_.sentences[text_.atoms[first].sentence].arabic ? entity.label_ar : entity.label_en) = name;
  for (size_t i = 0; i < text_.entities.size(); ++i) {
    if (text_.entities[i].iri == entity.iri) {
      value.entity = static_cast<EntityId>(i);
      return value;
    }
  }
  value.entity = text_.AddEntity(std::move(entity));
  return value;
}

std::vector<RuleEngine::Value> RuleEngine::Evaluate(const CompiledRule& rule, const RuleTerm& term,
                                                    const MatchResult& match) {
  switch (term.kind) {
    case RuleTermKind::kVariable: {
      const Binding* b = BindingOf(rule, match, term.variables.front());
      return b == nullptr || !b->bound ? std::vector<Value>{} : ValuesOf(*b);
    }
    case RuleTermKind::kSpan: {
      Value value = SpanValue(rule, term, match);
      return value.entity == kNoId ? std::vector<Value>{} : std::vector<Value>{std::move(value)};
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
      uint32_t first = 0xFFFFFFFF, end = 0;
      for (const std::string& variable : term.variables) {
        const Binding* b = BindingOf(rule, match, variable);
        if (b == nullptr || !b->bound) continue;
        first = std::min(first, b->first);
        end = std::max(end, b->end);
      }
      if (first >= end) return {};
      const std::string words(text_.TextOf(first, end));
      Value value;
      value.literal = Term::String(words);
      (text_.sentences[text_.atoms[first].sentence].arabic ? value.ar : value.en) = words;
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
  if (!emit.plain) {
    // The trigger, by convention bound to v, is what a clause denies or plans.
    const Binding* trigger = BindingOf(rule, match, "v");
    const bool bound = trigger != nullptr && trigger->bound;
    const uint32_t first = bound ? trigger->first : match.first;
    const uint32_t end = bound ? trigger->end : match.end;
    s.status = StatusAt(knowledge_, text_, first, end);
    s.negated = IsNegated(knowledge_, text_, first, end) ||
                IsNegated(knowledge_, text_, match.first, match.end);
    if (object.mention != kNoId && !s.negated) {
      const Mention& o = At(text_.mentions, object.mention);
      s.negated = o.first > match.first && o.first - match.first < 8 && o.first > 0 &&
                  (text_.InSet(o.first, knowledge_.known.negator) ||
                   text_.InSet(o.first - 1, knowledge_.known.negator) ||
                   (o.first > 1 && text_.InSet(o.first - 2, knowledge_.known.negator) &&
                    text_.HitAt(o.first - 2, knowledge_.known.negator)->count == 2));
    }
    const Entity& e = At(text_.entities, s.subject);
    if (e.kind == "event" && s.status == StatementStatus::kAsserted) {
      if (e.planned) s.status = StatementStatus::kPlanned;
      if (e.cancelled) s.status = StatementStatus::kCancelled;
    }
    for (const AttributionScope& scope : attributions_) {
      if (match.first >= scope.first && match.first < scope.end) {
        s.attributed_to = scope.source;
        if (scope.claim && s.status == StatementStatus::kAsserted)
          s.status = StatementStatus::kClaimed;
      }
    }
  }
  if (emit.force_negated) s.negated = true;
  if (!emit.status.empty()) {
    static constexpr std::pair<std::string_view, StatementStatus> kNames[] = {
        {"planned", StatementStatus::kPlanned},     {"hoped", StatementStatus::kHoped},
        {"claimed", StatementStatus::kClaimed},     {"cancelled", StatementStatus::kCancelled},
        {"postponed", StatementStatus::kPostponed}, {"asserted", StatementStatus::kAsserted}};
    for (const auto& [name, status] : kNames) {
      if (name == emit.status) s.status = status;
    }
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

// What a statement tells of its event serves coreference from there on.
void RuleEngine::NoteEvent(const DocumentStatement& s) {
  if (s.property == "represents" && s.object != kNoId) {
    Entity& person = At(text_.entities, s.subject);
    if (person.country == kNoId) person.country = s.object;
  }
  Entity& e = At(text_.entities, s.subject);
  if (e.kind != "event" || s.negated) return;
  if (s.property == "heldIn" && e.place == kNoId) e.place = s.object;
  if ((s.property == "heldOn" || s.property == "scheduledFor" || s.property == "startedOn") &&
      e.date.empty()) {
    if (const std::optional<PartialDate> date = PartialDateOf(s.value)) e.date = *date;
  }
  if (s.property == "participant" && s.object != kNoId) e.participants.push_back(s.object);
  if (s.property == "status" && s.value.value() == "cancelled") e.cancelled = true;
  if (s.property == "status" && s.value.value() == "planned") e.planned = true;
}

// Attribution.

bool RuleEngine::Attributed(uint32_t atom) const {
  return std::any_of(attributions_.begin(), attributions_.end(),
                     [&](const AttributionScope& s) { return s.first <= atom && atom < s.end; });
}

EntityId RuleEngine::SourceOf(uint32_t say, uint32_t say_end, uint32_t scope) const {
  const WellKnown& k = knowledge_.known;
  const auto source_at = [&](uint32_t a) -> EntityId {
    for (const MentionId id : text_.mentions_at[a]) {
      const Mention& m = At(text_.mentions, id);
      if (m.entity == kNoId) continue;
      if (m.type == k.t_person || m.type == k.t_country || m.type == k.t_organization)
        return text_.Resolve(m.entity);
      if (m.type == k.t_city) {  // A capital speaks for its country.
        for (const Term& country : knowledge_.lexicon->ObjectsOf(
                 At(text_.entities, m.entity).iri, Term::Iri(SANAD_KG_NS "inCountry"))) {
          return LexiconEntity(knowledge_, text_, country);
        }
      }
    }
    return kNoId;
  };
  EntityId person = kNoId;
  for (uint32_t a = say_end; a < scope && a < say_end + 16; ++a) {
    const EntityId e = source_at(a);
    if (e == kNoId) continue;
    if (At(text_.entities, e).type == "Person") return e;
    if (person == kNoId) person = e;
  }
  if (person != kNoId) return person;
  const uint32_t first = text_.sentences[text_.atoms[say].sentence].first;
  for (uint32_t a = say; a > first && say - a < kSourceReach;) {
    --a;
    const EntityId e = source_at(a);
    if (e != kNoId) return e;
  }
  return kNoId;
}

void RuleEngine::FindAttributions(uint32_t index) {
  attributions_.clear();
  const Sentence& sentence = text_.sentences[index];
  const Symbol that = knowledge_.symbols.Find("that");
  const Symbol about = knowledge_.symbols.Find("say-about");
  for (uint32_t a = sentence.first; a < sentence.end; ++a) {
    const SetHit* say = text_.HitAt(a, knowledge_.known.say);
    const SetHit* speak = text_.HitAt(a, about);
    if (say == nullptr && speak == nullptr) continue;
    // "United States" holds no verb.
    const Word& word = *text_.atoms[a].word;
    if (word.script == Script::kLatin && word.capitalisation >= Capitalisation::kInitial) continue;
    AttributionScope scope;
    const uint32_t say_end = a + (say != nullptr ? say->count : speak->count);
    if (speak != nullptr && say == nullptr) {
      scope.first = say_end;
    } else {
      uint32_t t = say_end;
      const uint32_t reach = sentence.arabic ? 16 : 4;
      while (t < sentence.end && t < say_end + reach && !text_.InSet(t, that)) ++t;
      const bool found = t < sentence.end && text_.InSet(t, that);
      if (!found && !text_.InSet(a, knowledge_.symbols.Find("say-bare"))) continue;
      scope.first = found ? t + 1 : say_end;
      if (!found && say_end < sentence.end && text_.atoms[say_end].is_punctuation()) continue;
    }
    scope.end = scope.first;
    while (scope.end < sentence.end &&
           !(text_.atoms[scope.end].is_punctuation() && text_.atoms[scope.end].norm == ";") &&
           !text_.InSet(scope.end, knowledge_.known.barrier)) {
      ++scope.end;
    }
    scope.source = SourceOf(a, say_end, scope.first);
    scope.claim = text_.InSet(a, knowledge_.known.claim);
    if (scope.source != kNoId) attributions_.push_back(scope);
  }
}

void RuleEngine::Trace(const CompiledRule& rule, const MatchResult& match, std::string_view what) {
  if (!text_.tracing) return;
  text_.trace +=
      Concat("  ", rule.source.name, " at \"",
             text_.TextOf(match.first, std::max(match.first + 1, match.end)), "\": ", what, "\n");
}

}  // namespace sanad
