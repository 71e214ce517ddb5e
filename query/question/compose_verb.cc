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

Phrases Composer::VerbClause(const Phrase& gap, size_t at, size_t arguments, bool negated,
                             bool passive) {
  Phrases out;
  const SymbolPtr verb = items_[at].symbol;
  size_t next = arguments;
  const bool pronoun = Is(next, Category::kPronoun);
  const bool resumed = pronoun && items_[next].symbol->attached;
  auto attach = [&](const Phrase& argument, const std::string& preposition, Role role) {
    Via via{.said = Said::kVerb,
            .symbol = verb,
            .preposition = preposition,
            .negated = negated,
            .passive = passive,
            .head_role = role};
    for (Phrase& p : Attach(gap, argument, via)) {
      p.last_verb = verb;
      out.push_back(std::move(p));
    }
  };
  if (pronoun) {
    // "who led them": things of the question before.
    for (Phrase& antecedent : Antecedents(items_[next].symbol)) {
      antecedent.next = next + 1;
      attach(antecedent, "", passive ? Role::kOther : Role::kDoer);
    }
    ++next;
    if (!resumed && previous_ == nullptr) {
      // "rivers running through them": the pronoun is what the clause hangs on.
      Phrase phrase = gap;
      phrase.next = next;
      phrase.last_verb = verb;
      phrase.rank.detours += 1;
      out.push_back(std::move(phrase));
    }
  } else if (arabic() && next >= end_) {
    // The verb alone: its subject was said before.
    for (Phrase& antecedent : Antecedents(nullptr)) {
      antecedent.next = next;
      antecedent.rank.implicit += 1;
      attach(antecedent, "", Role::kOther);
    }
  }
  const Role gap_role = resumed || passive ? Role::kOther : Role::kDoer;
  if (IsCore(next) && gap_role == Role::kDoer && !negated) {
    // "preceded" is "was before": by what is said, by date or by number.
    for (const std::string_view set : {"before", "after"}) {
      if (!IsRole(verb, set)) continue;
      auto word = std::make_shared<Symbol>(*verb);
      word->category = Category::kTime;
      word->word = std::string(set);
      for (const Phrase& argument : Phrases(PhrasesAt(next))) {
        for (Phrase& p : AttachTime(gap, word, argument)) {
          p.last_verb = verb;
          out.push_back(std::move(p));
        }
      }
    }
    if (!out.empty()) return out;
  }
  if (IsCore(next)) {
    for (const Phrase& argument : Phrases(PhrasesAt(next))) attach(argument, "", gap_role);
  }
  if ((Is(next, Category::kPreposition) || Is(next, Category::kOf)) && IsCore(next + 1)) {
    const SymbolPtr& preposition = items_[next].symbol;
    const std::string word =
        preposition->attached ? preposition->word : Normalise(preposition->text);
    for (const Phrase& argument : Phrases(PhrasesAt(next + 1))) {
      attach(argument, word, word == "by" ? Role::kOther : gap_role);
    }
    // The verb may only carry the place or time that follows.
    if (verb->carrier) {
      for (const Phrase& argument : Phrases(PhrasesAt(next + 1))) {
        Via via{.said = Said::kPreposition, .symbol = preposition, .negated = negated};
        for (Phrase& p : Attach(gap, argument, via)) {
          p.rank.detours += 1;
          p.last_verb = verb;
          out.push_back(std::move(p));
        }
      }
    }
  }
  // "topics discussed in Riyadh": the place is that of what did it.
  if ((Is(next, Category::kPreposition) || Is(next, Category::kOf)) && IsCore(next + 1) &&
      !verb->carrier) {
    for (const Connection& c :
         connector_.ByLinks(verb->links, gap.node->types, {}, Role::kOther, "")) {
      NodePtr first = Narrow(gap.node, c.first);
      if (first == nullptr || c.relation.chains.size() != 1 || !c.relation.chains[0][0].inverse ||
          c.second.empty()) {
        continue;
      }
      Phrase doer = Unknown("");
      auto typed = std::make_shared<Node>(*doer.node);
      typed->types = c.second;
      doer.node = typed;
      doer.head_at = gap.head_at;
      for (const Phrase& argument : Phrases(PhrasesAt(next + 1))) {
        Via via{.said = Said::kPreposition, .symbol = items_[next].symbol};
        for (const Phrase& held : Attach(doer, argument, via)) {
          auto condition = std::make_shared<Condition>();
          condition->relation = c.relation;
          condition->relation.said = Said::kVerb;
          condition->relation.words = verb->text;
          condition->relation.preposition.clear();
          condition->relation.passive = passive;
          condition->target = held.node;
          Phrase phrase = gap;
          phrase.node = With(first, negated ? Negate(condition) : ConditionPtr(condition));
          phrase.rank.implicit += held.rank.implicit;
          phrase.rank.fuzzy += held.rank.fuzzy;
          phrase.rank.detours += held.rank.detours + 1;
          phrase.rank.far += held.rank.far;
          phrase.asked = condition->relation;
          phrase.last_verb = verb;
          phrase.next = argument.next;
          out.push_back(std::move(phrase));
        }
      }
    }
  }
  // Arabic: the preposition takes the pronoun: شاركت فيها ثلاث دول.
  if (Is(next, Category::kPreposition) && Is(next + 1, Category::kPronoun) && IsCore(next + 2)) {
    for (const Phrase& argument : Phrases(PhrasesAt(next + 2))) attach(argument, "", Role::kOther);
  }
  if (Is(next, Category::kHave) && IsCore(next + 1) && arabic()) {
    for (const Phrase& argument : Phrases(PhrasesAt(next + 1))) attach(argument, "", Role::kOther);
  }
  const bool timed =
      (Is(next, Category::kTime) || Is(next, Category::kBetween)) && IsCore(next + 1);
  if (timed) {
    Phrase held = gap;
    held.last_verb = verb;
    held.next = next;
    bool says = verb->carrier;
    for (const Link& link : verb->links) {
      const Property* property = schema().FindProperty(link.term);
      says |= property != nullptr && (schema().Fit(*property, gap.node->types, {}) >= 0 ||
                                      schema().Fit(*property, {}, gap.node->types) >= 0);
    }
    if (says) {
      Phrases timed_phrases;
      ModifiersOf(held, timed_phrases);
      for (Phrase& p : timed_phrases) {
        if (negated) {
          auto node = std::make_shared<Node>(*p.node);
          node->conditions.back() = Negate(node->conditions.back());
          p.node = node;
        }
        out.push_back(std::move(p));
      }
    }
  }
  const bool carries = verb->carrier && next < end_ && !Is(next, Category::kAnd) &&
                       !Is(next, Category::kOr) && !Is(next, Category::kComma);
  for (Phrase& p : carries ? Phrases() : BareVerb(gap, verb, negated, passive)) {
    p.next = next;
    // Something behind the verb that it could take makes the bare reading worse.
    if (!out.empty()) p.rank.implicit += 1;
    out.push_back(std::move(p));
  }
  return out;
}

// "… the Mississippi runs through", "… did the talks address", "… does Colorado have".
Phrases Composer::SubjectClause(const Phrase& gap, size_t at, bool negated) {
  Phrases out;
  if (!IsCore(at)) return out;
  for (const Phrase& subject : Phrases(PhrasesAt(at))) {
    size_t next = subject.next;
    bool passive = false;
    bool denied = negated;
    while (Is(next, Category::kAuxiliary) || Is(next, Category::kDo) || Is(next, Category::kBe) ||
           Is(next, Category::kNegation)) {
      passive |= Is(next, Category::kBe);
      denied ^= Is(next, Category::kNegation);
      ++next;
    }
    if (Is(next, Category::kVerb)) {
      const SymbolPtr verb = items_[next].symbol;
      size_t end = next + 1;
      if (Is(end, Category::kPronoun)) ++end;
      std::string preposition;
      size_t with_preposition = end;
      if ((Is(end, Category::kPreposition) || Is(end, Category::kOf)) && !IsCore(end + 1)) {
        preposition = Normalise(items_[end].symbol->text);
        with_preposition = end + 1;
      }
      Via via{.said = Said::kVerb,
              .symbol = verb,
              .preposition = preposition,
              .negated = denied,
              .passive = passive,
              .head_role = passive ? Role::kDoer : Role::kOther};
      for (Phrase& p : Attach(gap, subject, via)) {
        p.next = with_preposition;
        p.last_verb = verb;
        out.push_back(std::move(p));
      }
      // "what position does X hold": the verb says the noun's own relation.
      if (gap.property != nullptr && !gap.owned) {
        for (Phrase& p : Own(gap, subject)) {
          bool same = false;
          for (const Link& link : verb->links) same |= link.term == p.value_property;
          if (!same) continue;
          p.next = with_preposition;
          out.push_back(std::move(p));
        }
      }
    }
    if (Is(next, Category::kHave)) {
      Via via{.said = Said::kHave, .symbol = nullptr, .negated = denied};
      Phrases had = Attach(gap, subject, via);
      for (Phrase& p : had) {
        p.next = next + 1;
        out.push_back(std::move(p));
      }
    }
    // "which state is Mount Whitney in"
    if ((Is(next, Category::kPreposition) || Is(next, Category::kOf)) && next + 1 >= end_) {
      Via via{.said = Said::kPreposition, .symbol = items_[next].symbol, .negated = denied};
      for (const Connection& c : Connections(subject, gap, via)) {
        Relation back;
        for (Chain chain : c.relation.chains) {
          std::reverse(chain.begin(), chain.end());
          for (Hop& hop : chain) hop.inverse = !hop.inverse;
          back.chains.push_back(std::move(chain));
        }
        back.said = Said::kPreposition;
        back.words = via.symbol->text;
        back.object_gap = true;
        NodePtr target = Narrow(subject.node, c.first);
        if (target == nullptr) continue;
        auto condition = std::make_shared<Condition>();
        condition->relation = back;
        condition->target = target;
        Phrase phrase = gap;
        phrase.node = With(gap.node, condition);
        phrase.rank.implicit += c.implicit;
        phrase.rank.detours += c.detours + 1;
        phrase.rank.fuzzy += subject.rank.fuzzy;
        phrase.next = next + 1;
        out.push_back(std::move(phrase));
      }
    }
  }
  return out;
}

}  // namespace sanad::question
