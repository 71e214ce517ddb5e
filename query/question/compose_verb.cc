// Verbs and what stands around them, in the orders of both languages: gap verb
// object, gap subject verb (English), gap verb subject with a pronoun for the gap
// (Arabic).

#include <algorithm>
#include <utility>

#include "language/normalise.h"
#include "query/question/composer.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {

// A verb with nothing behind it: what it says exists.
Phrases Composer::BareVerb(const Phrase& gap, const SymbolPtr& verb, bool negated, bool passive) {
  Phrases out;
  for (const Link& link : verb->links) {
    // A state: "which round was cancelled".
    if (link.value.is_undefined()) continue;
    const Property* property = schema().FindProperty(link.term);
    if (property == nullptr || schema().Fit(*property, gap.node->types, {}) < 0) continue;
    auto target = std::make_shared<Node>();
    target->literal = link.value;
    target->types = {Term::Iri(link.value.datatype())};
    target->words = verb->text;
    auto condition = std::make_shared<Condition>();
    condition->relation.chains = {{Hop{property->iri, false, false}}};
    condition->relation.said = Said::kVerb;
    condition->relation.words = verb->text;
    condition->relation.passive = passive;
    condition->target = target;
    condition->words = "state";
    Phrase phrase = gap;
    phrase.node = With(gap.node, negated ? Negate(condition) : ConditionPtr(condition));
    phrase.asked = condition->relation;
    phrase.last_verb = verb;
    out.push_back(std::move(phrase));
  }
  for (const Connection& c : connector_.ByLinks(verb->links, gap.node->types, {},
                                                passive ? Role::kOther : Role::kDoer, "")) {
    const Property* property = schema().FindProperty(c.relation.chains[0][0].property);
    bool lexical = false;
    for (const Link& link : verb->links) {
      lexical |=
          link.from_lexicon && link.features.tense != Tense::kUnknown && link.term == property->iri;
    }
    // A noun label read as a verb says nothing by itself.
    if (property == nullptr || (property->datatype && !lexical)) continue;
    NodePtr first = Narrow(gap.node, c.first);
    if (first == nullptr) continue;
    auto target = std::make_shared<Node>();
    target->types = c.second;
    auto condition = std::make_shared<Condition>();
    condition->relation = c.relation;
    condition->relation.said = Said::kVerb;
    condition->relation.words = verb->text;
    condition->relation.passive = passive;
    condition->target = target;
    Phrase phrase = gap;
    phrase.node = With(first, negated ? Negate(condition) : ConditionPtr(condition));
    phrase.rank.implicit += 1;
    phrase.asked = condition->relation;
    phrase.last_verb = verb;
    out.push_back(std::move(phrase));
  }
  return out;
}

void Composer::Argue(const VerbUse& use, const Phrase& argument, const std::string& preposition,
                     Role role, Phrases& out) {
  Via via{.said = Said::kVerb,
          .symbol = use.verb,
          .preposition = preposition,
          .negated = use.negated,
          .passive = use.passive,
          .head_role = role};
  for (Phrase& p : Attach(use.gap, argument, via)) {
    p.last_verb = use.verb;
    out.push_back(std::move(p));
  }
}

// "who led them": things of the question before. "rivers running through them": the
// pronoun is what the clause hangs on.
void Composer::ArguePronoun(const VerbUse& use, size_t at, Phrases& out) {
  for (Phrase& antecedent : Antecedents(items_[at].symbol)) {
    antecedent.next = at + 1;
    Argue(use, antecedent, "", use.passive ? Role::kOther : Role::kDoer, out);
  }
  if (items_[at].symbol->attached || previous_ != nullptr) return;
  Phrase phrase = use.gap;
  phrase.next = at + 1;
  phrase.last_verb = use.verb;
  phrase.rank.detours += 1;
  out.push_back(std::move(phrase));
}

// "preceded" is "was before": by what is said, by date or by number.
Phrases Composer::Ordered(const VerbUse& use, size_t at) {
  Phrases out;
  for (const std::string_view set : {"before", "after"}) {
    if (!IsRole(use.verb, set)) continue;
    auto word = std::make_shared<Symbol>(*use.verb);
    word->category = Category::kTime;
    word->word = std::string(set);
    for (const Phrase& argument : Phrases(PhrasesAt(at))) {
      for (Phrase& p : AttachTime(use.gap, word, argument)) {
        p.last_verb = use.verb;
        out.push_back(std::move(p));
      }
    }
  }
  return out;
}

// A preposition behind the verb, at `at`.
void Composer::ArguePreposition(const VerbUse& use, size_t at, Role gap_role, Phrases& out) {
  const SymbolPtr& preposition = items_[at].symbol;
  const std::string word = preposition->attached ? preposition->word : Normalise(preposition->text);
  const bool doer = closed_words().IsWordFor("by", word);
  for (const Phrase& argument : Phrases(PhrasesAt(at + 1))) {
    Argue(use, argument, word, doer ? Role::kOther : gap_role, out);
  }
  if (!use.verb->carrier) return PlaceOfDoer(use, at, out);
  // The verb may only carry the place or time that follows.
  for (const Phrase& argument : Phrases(PhrasesAt(at + 1))) {
    Via via{.said = Said::kPreposition, .symbol = preposition, .negated = use.negated};
    for (Phrase& p : Attach(use.gap, argument, via)) {
      p.rank.detours += 1;
      p.last_verb = use.verb;
      out.push_back(std::move(p));
    }
  }
}

// What is given and to whom, as an argument of the verb.
void Composer::ArgueGiven(const VerbUse& use, const Phrase& thing, const Phrase& recipient,
                          size_t next, Phrases& out) {
  if (recipient.node->things.empty() || thing.joint != 0) return;
  auto to = std::make_shared<Symbol>();
  to->category = Category::kPreposition;
  to->text = std::string(closed_words().WordFor("to"));
  to->word = to->text;
  to->links = LinksOfPrepositions(closed_words().WordsFor("to"));
  if (to->links.empty()) return;
  for (Phrase& given : AttachThing(thing, recipient, {.symbol = to})) {
    given.rank = thing.rank;
    AddRank(given.rank, recipient.rank);
    given.next = next;
    Argue(use, given, "", Role::kDoer, out);
  }
}

// "Who offered Peru a ferry", "من عرض على بيرو عبّارة", "who offered
// a ferry to Peru".
void Composer::ArgueRecipient(const VerbUse& use, size_t at, Phrases& out) {
  const auto to = [&](size_t i) {
    return Is(i, Category::kPreposition) &&
           closed_words().IsWordFor("recipient", Normalise(items_[i].symbol->text));
  };
  const size_t first = to(at) ? at + 1 : at;
  if (!IsCore(first)) return;
  for (const Phrase& one : Phrases(PhrasesAt(first))) {
    const bool behind = first == at && to(one.next);
    const size_t second = behind ? one.next + 1 : one.next;
    if (!IsCore(second) || (arabic() && first == at && !behind)) continue;
    for (const Phrase& other : Phrases(PhrasesAt(second))) {
      ArgueGiven(use, behind ? one : other, behind ? other : one, other.next, out);
    }
  }
}

// "topics discussed in Riyadh", "discussed after May": the place and time of what did it.
void Composer::PlaceOfDoer(const VerbUse& use, size_t at, Phrases& out) {
  for (const Connection& c :
       connector_.ByLinks(use.verb->links, use.gap.node->types, {}, Role::kOther, "")) {
    NodePtr first = Narrow(use.gap.node, c.first);
    const Chain& own = c.relation.chains[0];  // Not what leads on to it.
    if (first == nullptr || own.size() != 1 || !own[0].inverse || c.second.empty()) continue;
    Phrase doer = Unknown("");
    auto typed = std::make_shared<Node>(*doer.node);
    typed->types = c.second;
    doer.node = typed;
    doer.head_at = use.gap.head_at;
    doer.next = at;
    Phrases done;
    if (Is(at, Category::kPreposition) || Is(at, Category::kOf)) {
      for (const Phrase& argument : Phrases(PhrasesAt(at + 1))) {
        const Via via{.said = Said::kPreposition, .symbol = items_[at].symbol};
        Append(Attach(doer, argument, via), done);
      }
    } else {
      ModifiersOf(doer, done);
    }
    for (const Phrase& held : done) {
      auto condition = std::make_shared<Condition>();
      condition->relation = c.relation;
      condition->relation.chains = {own};
      condition->relation.said = Said::kVerb;
      condition->relation.words = use.verb->text;
      condition->relation.preposition.clear();
      condition->relation.passive = use.passive;
      condition->target = held.node;
      Phrase phrase = use.gap;
      phrase.node = With(first, use.negated ? Negate(condition) : ConditionPtr(condition));
      phrase.rank.implicit += held.rank.implicit;
      phrase.rank.fuzzy += held.rank.fuzzy;
      phrase.rank.detours += held.rank.detours + 1;
      phrase.rank.far += held.rank.far;
      phrase.asked = condition->relation;
      phrase.last_verb = use.verb;
      phrase.next = held.next;
      out.push_back(std::move(phrase));
    }
  }
}

// "was held after March": a time behind the verb, where the verb says anything of the
// gap at all.
void Composer::ArgueTime(const VerbUse& use, size_t at, Phrases& out) {
  if (!SaysAnything(use.verb, use.gap.node->types)) return;
  // A verb that only carries the time, or says it, adds nothing to it; any other does.
  const bool says_time = use.verb->carrier || !AskedOfVerb(use.verb, true).empty();
  if (!says_time) PlaceOfDoer(use, at, out);
  Phrases told = says_time ? Phrases{use.gap} : BareVerb(use.gap, use.verb, false, use.passive);
  for (Phrase& held : told) {
    held.last_verb = use.verb;
    held.next = at;
    Phrases timed;
    ModifiersOf(held, timed);
    for (Phrase& p : timed) {
      if (use.negated) p.node = WithLastNegated(p.node);
      out.push_back(std::move(p));
    }
  }
}

Phrases Composer::VerbClause(const Phrase& gap, size_t at, size_t arguments, bool negated,
                             bool passive) {
  Phrases out;
  const VerbUse use{gap, items_[at].symbol, negated, passive};
  size_t next = arguments;
  const bool pronoun = Is(next, Category::kPronoun);
  const bool resumed = pronoun && items_[next].symbol->attached;
  if (pronoun) {
    ArguePronoun(use, next, out);
    ++next;
  } else if (arabic() && next >= end_) {
    // The verb alone: its subject was said before.
    for (Phrase& antecedent : Antecedents(nullptr)) {
      antecedent.next = next;
      antecedent.rank.implicit += 1;
      Argue(use, antecedent, "", Role::kOther, out);
    }
  }
  const Role gap_role = resumed || passive ? Role::kOther : Role::kDoer;
  if (IsCore(next) && gap_role == Role::kDoer && !negated) {
    for (Phrase& p : Ordered(use, next)) out.push_back(std::move(p));
    if (!out.empty()) return out;
  }
  const auto argue_all = [&](size_t argument_at, Role role) {
    for (const Phrase& argument : Phrases(PhrasesAt(argument_at))) {
      Argue(use, argument, "", role, out);
    }
  };
  const bool preposition = Is(next, Category::kPreposition) || Is(next, Category::kOf);
  if (IsCore(next)) {
    argue_all(next, gap_role);
    // Arabic: the subject stands behind the verb, "ماذا اقترحت روسيا".
    const bool asked = gap.node->words.empty() && gap.node->types.empty() && !gap.node->said_class;
    if (arabic() && asked && !pronoun && gap_role == Role::kDoer) {
      Phrases objects;
      for (const Phrase& argument : Phrases(PhrasesAt(next))) {
        Argue(use, argument, "", Role::kOther, objects);
      }
      for (Phrase& p : objects) p.rank.detours += 1;
      Append(std::move(objects), out);
    }
  }
  if (preposition && IsCore(next + 1)) ArguePreposition(use, next, gap_role, out);
  if (gap_role == Role::kDoer) ArgueRecipient(use, next, out);
  // Arabic: the preposition takes the pronoun: شاركت فيها ثلاث دول.
  if (Is(next, Category::kPreposition) && Is(next + 1, Category::kPronoun) && IsCore(next + 2)) {
    const std::string word = Normalise(items_[next].symbol->text);
    for (const Phrase& argument : Phrases(PhrasesAt(next + 2))) {
      Argue(use, argument, "", Role::kOther, out);
      Argue(use, argument, word, Role::kOther, out);
    }
  }
  if (Is(next, Category::kHave) && IsCore(next + 1) && arabic()) argue_all(next + 1, Role::kOther);
  if ((Is(next, Category::kTime) || Is(next, Category::kBetween)) && IsCore(next + 1)) {
    ArgueTime(use, next, out);
  }
  const bool carries = use.verb->carrier && next < end_ && !Is(next, Category::kAnd) &&
                       !Is(next, Category::kOr) && !Is(next, Category::kComma);
  for (Phrase& p : carries ? Phrases() : BareVerb(gap, use.verb, negated, passive)) {
    p.next = next;
    // Something behind the verb that it could take makes the bare reading worse.
    if (!out.empty()) p.rank.implicit += 1;
    out.push_back(std::move(p));
  }
  return out;
}

// Whose relation the clause's verb says: "the Mississippi runs through".
struct Composer::SubjectVerb {
  size_t next = 0;  // Behind the subject and its auxiliaries.
  bool passive = false, negated = false;
};

void Composer::VerbOfSubject(const Phrase& gap, const Phrase& subject, const SubjectVerb& said,
                             Phrases& out) {
  const SymbolPtr verb = items_[said.next].symbol;
  size_t end = said.next + 1;
  if (Is(end, Category::kPronoun)) ++end;
  std::string preposition;
  if ((Is(end, Category::kPreposition) || Is(end, Category::kOf)) && !IsCore(end + 1)) {
    preposition = Normalise(items_[end].symbol->text);
    ++end;
  }
  Via via{.said = Said::kVerb,
          .symbol = verb,
          .preposition = preposition,
          .negated = said.negated,
          .passive = said.passive,
          .head_role = said.passive ? Role::kDoer : Role::kOther};
  for (Phrase& p : Attach(gap, subject, via)) {
    p.next = end;
    p.last_verb = verb;
    out.push_back(std::move(p));
  }
  if (gap.property == nullptr || gap.owned) return;
  // "what position does X hold": the verb says the noun's own relation.
  for (Phrase& p : Own(gap, subject)) {
    const bool same = std::any_of(verb->links.begin(), verb->links.end(),
                                  [&](const Link& link) { return link.term == p.value_property; });
    if (!same) continue;
    p.next = end;
    out.push_back(std::move(p));
  }
}

// "which state is Mount Whitney in"
void Composer::EndingInPreposition(const Phrase& gap, const Phrase& subject,
                                   const SubjectVerb& said, Phrases& out) {
  Via via{.said = Said::kPreposition, .symbol = items_[said.next].symbol, .negated = said.negated};
  for (const Connection& c : Connections(subject, gap, via)) {
    NodePtr target = Narrow(subject.node, c.first);
    if (target == nullptr) continue;
    auto condition = std::make_shared<Condition>();
    condition->relation.chains = Reversed(c.relation).chains;
    condition->relation.said = Said::kPreposition;
    condition->relation.words = via.symbol->text;
    condition->relation.object_gap = true;
    condition->target = target;
    Phrase phrase = gap;
    phrase.node = With(gap.node, condition);
    phrase.rank.implicit += c.implicit;
    phrase.rank.detours += c.detours + 1;
    phrase.rank.fuzzy += subject.rank.fuzzy;
    phrase.next = said.next + 1;
    out.push_back(std::move(phrase));
  }
}

// "… the Mississippi runs through", "… did the talks address", "… does Colorado have".
Phrases Composer::SubjectClause(const Phrase& gap, size_t at, bool negated) {
  Phrases out;
  if (!IsCore(at)) return out;
  for (const Phrase& subject : Phrases(PhrasesAt(at))) {
    SubjectVerb said{.next = subject.next, .negated = negated};
    while (Is(said.next, Category::kAuxiliary) || Is(said.next, Category::kDo) ||
           Is(said.next, Category::kBe) || Is(said.next, Category::kNegation)) {
      said.passive |= Is(said.next, Category::kBe);
      said.negated ^= Is(said.next, Category::kNegation);
      ++said.next;
    }
    if (Is(said.next, Category::kVerb)) VerbOfSubject(gap, subject, said, out);
    if (Is(said.next, Category::kHave)) {
      for (Phrase& p : Attach(gap, subject, {.said = Said::kHave, .negated = said.negated})) {
        p.next = said.next + 1;
        out.push_back(std::move(p));
      }
    }
    if ((Is(said.next, Category::kPreposition) || Is(said.next, Category::kOf)) &&
        said.next + 1 >= end_) {
      EndingInPreposition(gap, subject, said, out);
    }
  }
  return out;
}

}  // namespace sanad::question
