// Matching: which rules run on a sentence, where they may start, and how their
// arguments are found around a match. Conditions, emission and attribution are
// in files of their own.

#include "loader/document/rule_engine.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "loader/document/clauses.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

template <typename Container>
auto& At(Container& c, int32_t i) {
  return c[static_cast<size_t>(i)];
}

}  // namespace

void RuleEngine::RunMentionRules(uint32_t sentence) {
  RunRules(knowledge_.mention_rules, sentence);
}

void RuleEngine::RunRelationRules(uint32_t sentence) {
  // A heading sums up what the text states.
  if (text_.sentences[sentence].span.is_heading && text_.sentences.size() > 1) return;
  if (IsQuestion(text_, sentence)) return;
  FindAttributions(sentence);
  RunRules(knowledge_.relation_rules, sentence);
}

void RuleEngine::RunLeadRules() {
  constexpr uint32_t kNear = 2;  // Sentences to the one that names the event.
  const EntityId main = discourse_.MainEvent();
  if (main == kNoId) return;
  const Entity& event = At(text_.entities, main);
  if (event.background || event.aside || event.planned || event.mentions.empty()) return;
  const uint32_t named = At(text_.mentions, event.mentions.front()).sentence;
  for (uint32_t s = 0; s < text_.sentences.size(); ++s) {
    if (text_.sentences[s].span.is_heading) continue;
    if (NamesEvent(s) || named > s + kNear || text_.sentences[s].opens_entry) return;
    FindAttributions(s);
    RunRules(knowledge_.lead_rules, s);
    return;
  }
}

void RuleEngine::RunRules(const RuleList& list, uint32_t index) {
  const Sentence& sentence = text_.sentences[index];
  ends_.Read(text_, sentence);
  list.Candidates(sentence.arabic, ends_, candidates_);
  for (size_t word = 0; word < candidates_.size(); ++word) {
    for (uint64_t left = candidates_[word]; left != 0; left &= left - 1) {
      const size_t rule = 64 * word + static_cast<size_t>(std::countr_zero(left));
      const uint32_t end = list.EndOfStarts(rule, ends_, sentence.end);
      if (end > sentence.first) RunRule(list.rules()[rule], sentence.first, end);
    }
  }
}

bool RuleEngine::CanStart(const StartFilter& start, uint32_t at) const {
  if (start.any) return true;
  if (text_.hit_sets[at].MayMeet(start.set_filter)) {
    for (const Symbol set : start.sets) {
      if (text_.InSet(at, set)) return true;
    }
  }
  const Symbol literal = text_.atoms[at].literal;
  if (literal != 0 &&
      std::find(start.literals.begin(), start.literals.end(), literal) != start.literals.end()) {
    return true;
  }
  if (start.types.empty()) return false;
  // An article may stand before a mention.
  return text_.mention_types[at].MayMeet(start.types) || text_.InSet(at, knowledge_.known.article);
}

// Matches that begin in [first, end).
void RuleEngine::RunRule(const CompiledRule& rule, uint32_t first, uint32_t end) {
  for (uint32_t at = first; at < end;) {
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
    if (m.end <= match.end) return std::max(m.end, match.first + 1);
  }
  return match.first + 1;
}

bool RuleEngine::OverlapsPerson(const Binding& span) const {
  const std::vector<MentionId>& persons = text_.InOrder(knowledge_.known.t_person);
  const uint32_t sentence = text_.sentences[text_.atoms[span.first].sentence].first;
  auto at = std::lower_bound(
      persons.begin(), persons.end(), span.end,
      [&](MentionId id, uint32_t end) { return At(text_.mentions, id).first < end; });
  while (at != persons.begin()) {
    const Mention& person = At(text_.mentions, *--at);
    if (person.first < sentence) break;
    if (span.first < person.end) return true;
  }
  return false;
}

// "talks in Addis Ababa, officials said": the span is the name of a place or body.
bool RuleEngine::IsNamedOtherwise(const Binding& span) const {
  const WellKnown& k = knowledge_.known;
  const MentionIds& here = text_.mentions_at[span.first];
  return std::any_of(here.begin(), here.end(), [&](MentionId id) {
    const Mention& m = At(text_.mentions, id);
    const bool name = m.type == k.t_city || m.type == k.t_country || m.type == k.t_organization;
    return name && m.end == span.end;
  });
}

bool RuleEngine::Apply(const CompiledRule& rule, MatchResult& match) {
  for (const CompiledArgument& argument : rule.arguments) {
    if (!BindArgument(rule, argument, match)) {
      Trace(rule, match, Concat("no argument @", argument.source->variable));
      return false;
    }
  }
  std::string_view failed;
  if (!ConditionsHold(rule, match, &failed)) {
    Trace(rule, match, Concat("condition ", failed, " does not hold"));
    return false;
  }
  for (const MakeClause& make : rule.source.makes) {
    if (rule.mention_phase && make.type == "Person") {
      // A name belongs to one person: the rule of highest priority made it.
      const Binding* from = BindingOf(rule, match, make.from);
      if (from == nullptr || !from->bound || from->first >= from->end) return false;
      // عبد الأمير is no emir.
      if (match.first > 0 && text_.InSet(match.first - 1, knowledge_.known.name_head)) return false;
      if (OverlapsPerson(*from) || IsNamedOtherwise(*from)) return false;
    }
    if (NamesNoun(rule, make, match)) return false;
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

// "a meeting in P": the noun has named its event; no verb tells of another there.
bool RuleEngine::NamesNoun(const CompiledRule& rule, const MakeClause& make,
                           const MatchResult& match) const {
  const Binding* from = BindingOf(rule, match, make.from);
  if (from == nullptr || !from->bound || !IsEventClass(make.type)) return false;
  const Sentence& sentence = text_.sentences[text_.atoms[from->first].sentence];
  if (sentence.arabic || from->first == sentence.first) return false;
  return std::any_of(text_.mentions_at[from->first].begin(), text_.mentions_at[from->first].end(),
                     [&](MentionId id) {
                       const Mention& m = At(text_.mentions, id);
                       return m.type == knowledge_.known.t_event && m.entity != kNoId;
                     }) &&
         text_.InSet(from->first, knowledge_.known.event);
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
      } else if (text_.atoms[a].literal == p.literal &&
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

// An event that is only planned is not what a verb of the past tells of, where
// another can be meant.
bool RuleEngine::IsOnlyPlanned(const CompiledRule& rule, const MatchResult& match,
                               MentionId id) const {
  const Mention& mention = At(text_.mentions, id);
  if (mention.type != knowledge_.known.t_event || mention.entity == kNoId) return false;
  const Entity& event = At(text_.entities, text_.Resolve(mention.entity));
  const Binding* trigger = BindingOf(rule, match, "v");
  if (!event.planned || trigger == nullptr || !trigger->bound) return false;
  if (discourse_.FocusAt(match.first) == text_.Resolve(mention.entity)) return false;
  return StatusAt(knowledge_, text_, trigger->first, trigger->end) == StatementStatus::kAsserted;
}

// أعلن الوزير أن رئيس الحكومة سيزور …: behind أن another subject stands before the verb.
bool RuleEngine::OpensSubject(uint32_t that, uint32_t verb) const {
  if (that + 1 >= verb || !text_.InSet(that, knowledge_.known.nominal_that)) return false;
  return !phrases_.IsVerb(that + 1) && !text_.InSet(that + 1, knowledge_.known.function_word) &&
         phrases_.IsVerb(verb);
}

// Whether a phrase that the match holds as a variable covers an atom.
bool RuleEngine::InObject(const MatchResult& match, uint32_t atom) const {
  return std::any_of(match.bindings.begin(), match.bindings.end(), [&](const Binding& b) {
    return b.bound && !b.mentions.empty() && b.first <= atom && atom < b.end &&
           At(text_.mentions, b.mentions.front()).type == knowledge_.known.t_np;
  });
}

MentionId RuleEngine::FindArgument(const CompiledRule& rule, const CompiledArgument& argument,
                                   const MatchResult& match, uint32_t& at) {
  const Argument& source = *argument.source;
  const Sentence& sentence = text_.sentences[text_.atoms[match.first].sentence];
  const auto usable = [&](uint32_t atom) -> MentionId {
    if (!PrepositionHolds(argument, atom)) return kNoId;
    const MentionIds found = matcher_.MentionsAt(atom, argument.types);
    if (found.empty()) return kNoId;
    // What an aside tells does not reach out of it.
    if (InAside(knowledge_, text_, match.first) && !InAside(knowledge_, text_, atom)) return kNoId;
    return !source.fallback.empty() && IsOnlyPlanned(rule, match, found.front()) ? kNoId
                                                                                 : found.front();
  };
  // Between a verb and its preposition: "returned A to B".
  for (uint32_t a = match.first + 1; a < match.end && source.side == ArgumentSide::kAny; ++a) {
    if (!PrepositionHolds(argument, a) || InObject(match, a)) continue;
    for (const MentionId id : text_.mentions_at[a]) {
      const Mention& m = At(text_.mentions, id);
      if (m.type != knowledge_.known.t_np && (m.entity != kNoId || !m.value.is_undefined()) &&
          m.end <= match.end &&
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
                  (source.whole_sentence || (!IsBarrier(knowledge_, text_, before - 1) &&
                                             !OpensSubject(before - 1, match.first)));
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

bool RuleEngine::IsSpokenOf(EntityId entity) {
  for (; spoken_until_ < text_.statements.size(); ++spoken_until_) {
    spoken_of_.insert(text_.statements[spoken_until_].subject);
    spoken_of_.insert(text_.statements[spoken_until_].object);
  }
  return spoken_of_.contains(entity);
}

// The phrase, spoken of in some statement, that a match lies inside; the one found last
// of several.
EntityId RuleEngine::Enclosing(const MatchResult& match) {
  const WellKnown& k = knowledge_.known;
  MentionId found = kNoId;
  for (uint32_t a = text_.sentences[text_.atoms[match.first].sentence].first; a <= match.first;
       ++a) {
    for (const MentionId id : text_.mentions_at[a]) {
      const Mention& m = At(text_.mentions, id);
      const bool encloses = (m.type == k.t_np || m.type == k.t_span || m.type == k.t_outcome ||
                             m.type == k.t_proposal) &&
                            m.end >= match.end && m.end - m.first > match.end - match.first;
      if (encloses && id > found && m.entity != kNoId && IsSpokenOf(m.entity)) found = id;
    }
  }
  return found == kNoId ? kNoId : text_.Resolve(At(text_.mentions, found).entity);
}

// What the text last said someone signed.
EntityId RuleEngine::LastSigned() const {
  for (size_t i = text_.statements.size(); i-- > 0;) {
    const DocumentStatement& s = text_.statements[i];
    const bool told = !s.negated && s.status == StatementStatus::kAsserted;
    if (told && (s.property == "signedBy" || s.property == "signedOn"))
      return text_.Resolve(s.subject);
  }
  return kNoId;
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
  } else if (name == "it") {
    if (!IsSubjectless(match.first, match.end) || ItIsElsewhere(match.first)) return false;
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
  } else if (name == "signed") {
    type = knowledge_.known.t_outcome;
    entity = LastSigned();
  } else if (name == "enclosing") {
    type = knowledge_.known.t_np;
    entity = Enclosing(match);
  } else if (name == "government" || name == "host" || name == "other" || name == "country" ||
             name == "owner") {
    entity = discourse_.PartyFor(name, at);
    type = knowledge_.known.t_country;
  } else if (name == "party") {
    if (discourse_.principals().empty()) return false;
    type = knowledge_.known.t_party;
  }
  if (entity == kNoId && name != "party") return false;
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
  binding = Binding{true, match.first, match.end, {text_.AddImpliedMention(std::move(mention))}};
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
      const MentionIds items = matcher_.ListFrom(id, argument.types, end);
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

bool RuleEngine::BindArgument(const CompiledRule& rule, const CompiledArgument& argument,
                              MatchResult& match) {
  Binding& binding = match.bindings[static_cast<size_t>(argument.slot)];
  if (binding.bound) return true;
  uint32_t at = 0;
  const MentionId id = FindArgument(rule, argument, match, at);
  if (id == kNoId) {
    if (!argument.source->fallback.empty() && BindFallback(argument, match)) return true;
    return argument.source->optional;
  }
  MentionIds items{id};
  uint32_t end = At(text_.mentions, id).end;
  if (argument.source->list) {
    if (at < match.first) ListStart(argument, match, id, at);
    const MentionIds first = matcher_.MentionsAt(at, argument.types);
    items = matcher_.ListFrom(first.empty() ? id : first.front(), argument.types, end);
  }
  binding = Binding{true, at, end, std::move(items)};
  return true;
}

void RuleEngine::Trace(const CompiledRule& rule, const MatchResult& match, std::string_view what) {
  if (!text_.tracing) return;
  text_.trace +=
      Concat("  ", rule.source.name, " at \"",
             text_.TextOf(match.first, std::max(match.first + 1, match.end)), "\": ", what, "\n");
}

}  // namespace sanad
