// "Which …", "who …", "list …" and bare noun phrases: the answer is the phrase
// itself, with what a main clause says of it.

#include <algorithm>
#include <utility>

#include "language/normalise.h"
#include "query/question/composer.h"

namespace sanad::question {

Phrases Composer::WhichAnswers() {
  Phrases out;
  if (items_.empty()) return out;
  if (IsCore(0)) {
    // "which state's capital": asks for the state, which is not what stands last.
    for (const SymbolPtr& head : items_[0].heads) {
      if (head->category == Category::kPossessive && syntax_.question_word != nullptr) return out;
    }
    for (const Phrase& phrase : Phrases(PhrasesAt(0))) {
      Close(phrase, out);
      if (phrase.next >= end_) continue;
      size_t next = phrase.next;
      while (Is(next, Category::kDo) || Is(next, Category::kAuxiliary) || Is(next, Category::kBe))
        ++next;
      if (syntax_.fronted_preposition != nullptr) Append(FrontedAnswers(phrase, next), out);
      // "which state is the largest city … in"
      if (Is(phrase.next, Category::kBe) || Is(phrase.next, Category::kDo)) {
        Phrases said = SubjectClause(phrase, phrase.next + 1, false);
        for (Phrase& p : Complete(said)) out.push_back(std::move(p));
      }
      // What length is the river; what position does X hold.
      if (phrase.property != nullptr && Is(phrase.next, Category::kBe) && IsCore(phrase.next + 1)) {
        for (const Phrase& owner : Phrases(PhrasesAt(phrase.next + 1))) {
          for (Phrase& p : Own(phrase, owner)) {
            for (Phrase& done : Finish(p)) out.push_back(std::move(done));
          }
        }
      }
    }
    return Complete(out);
  }
  size_t next = 0;
  while (Is(next, Category::kBe) || Is(next, Category::kAuxiliary) ||
         Is(next, Category::kRelative) || Is(next, Category::kThere)) {
    ++next;
  }
  if (IsCore(next) && (next > 0 || items_.size() > 0)) {
    for (const Phrase& phrase : Phrases(PhrasesAt(next))) Close(phrase, out);
  }
  Phrases said = Clauses(Unknown(""), 0, 0);
  if (next > 0 && (Is(next, Category::kVerb) || Is(next, Category::kNegation))) {
    for (Phrase& p : Clauses(Unknown(""), next, 0)) said.push_back(std::move(p));
  }
  for (const Phrase& phrase : said) {
    for (Phrase& modified : Modified(phrase, 0)) {
      for (Phrase& done : Finish(modified)) out.push_back(std::move(done));
    }
  }
  return Complete(out);
}

// "In which city were the talks held", في أي مدينة عُقدت المحادثات: what the phrase is to
// the subject behind it, by the preposition in front of the question word.
Phrases Composer::FrontedAnswers(const Phrase& phrase, size_t next) {
  Phrases out;
  SymbolPtr before;
  if (Is(next, Category::kVerb)) before = items_[next++].symbol;
  if (!IsCore(next)) return out;
  Via via{.said = Said::kPreposition,
          .symbol = syntax_.fronted_preposition,
          .preposition = Normalise(syntax_.fronted_preposition->text),
          .head_role = Role::kDoer};
  for (const Phrase& subject : Phrases(PhrasesAt(next))) {
    size_t end = subject.next;
    SymbolPtr verb = before;
    while (end < end_ && (Is(end, Category::kAuxiliary) || Is(end, Category::kBe) ||
                          (verb == nullptr && Is(end, Category::kVerb)))) {
      if (Is(end, Category::kVerb)) verb = items_[end].symbol;
      ++end;
    }
    if (end < end_) continue;
    if (verb == nullptr) {
      AskFronted(phrase, subject, via, end, out);
      continue;
    }
    Via by_verb = via;
    by_verb.said = Said::kVerb;
    by_verb.symbol = verb;
    const size_t before_verb = out.size();
    AskFronted(phrase, subject, by_verb, end, out);
    if (out.size() > before_verb) continue;
    // A verb with no relation by this preposition says something by itself.
    for (const Phrase& told : BareVerb(subject, verb, false, true)) {
      AskFronted(phrase, told, via, end, out);
    }
  }
  return out;
}

// Adds the readings of `asked` as what `subject` is related to.
void Composer::AskFronted(const Phrase& asked, const Phrase& subject, const Via& via, size_t end,
                          Phrases& out) {
  for (const Connection& c : Connections(subject, asked, via)) {
    NodePtr target = Narrow(subject.node, c.first);
    if (target == nullptr) continue;
    auto condition = std::make_shared<Condition>();
    condition->relation = Reversed(c.relation);
    condition->relation.object_gap = true;
    condition->relation.words = via.symbol->text;
    condition->target = target;
    Phrase p = asked;
    p.node = With(asked.node, condition);
    p.rank.implicit += c.implicit + subject.rank.implicit;
    p.rank.detours += c.detours + subject.rank.detours;
    p.rank.fuzzy += subject.rank.fuzzy;
    p.next = end;
    out.push_back(std::move(p));
  }
}

Phrases Composer::FirstShown(const Phrase& named) {
  for (const Term& term : schema().ShownWith(named.node->types)) {
    const Property* property = schema().FindProperty(term);
    if (property == nullptr || schema().Fit(*property, named.node->types, {}) < 0) continue;
    Connection connection;
    connection.relation.chains = {{Hop{term, false, false}}};
    connection.relation.said = Said::kNoun;
    connection.first = named.node->types;
    connection.second = schema().RangeOf(*property, named.node->types);
    return ValueOf(named, {connection}, named.next);
  }
  return {};
}

Phrases Composer::WhoAnswers() {
  Phrases out;
  size_t next = 0;
  while (Is(next, Category::kBe) || Is(next, Category::kAuxiliary)) ++next;
  // "من الأشخاص الذين …", "who are the people who …", "who is the ambassador".
  if (IsCore(next)) {
    const Types persons = PersonTypes();
    for (const Phrase& phrase : Phrases(PhrasesAt(next))) {
      Phrases closed;
      Close(phrase, closed);
      for (Phrase& p : Complete(closed)) {
        const bool named = !p.node->things.empty() && p.node->conditions.empty();
        if (named) {
          // A name for a name says nothing; who holds it does.
          Phrase who = Unknown(p.node->words);
          auto typed = std::make_shared<Node>(*who.node);
          typed->types = persons;
          who.node = typed;
          // "Who is X": what the vocabulary shows of people first, their position.
          if (!persons.empty() && schema().Compatible(p.node->types, persons) &&
              !p.node->types.empty()) {
            for (Phrase& shown : FirstShown(p)) {
              out.push_back(std::move(shown));
              p.rank.trivial = 1;
            }
          } else if (!persons.empty()) {
            for (Phrase& holder : Attach(who, p, {.said = Said::kBe})) {
              holder.next = p.next;
              out.push_back(std::move(holder));
              p.rank.trivial = 1;
            }
          }
        } else if (!persons.empty() && !p.node->types.empty() &&
                   !schema().Compatible(p.node->types, persons)) {
          p.rank.implicit += 1;
        }
        out.push_back(std::move(p));
      }
    }
  }
  // People, or the parties that people act for.
  Phrase someone = Unknown("");
  const Types persons = PersonTypes();
  if (!persons.empty()) {
    const std::vector<Term> wider = schema().SuperClasses(persons[0]);
    auto typed = std::make_shared<Node>(*someone.node);
    typed->types = {wider.size() > 2 ? wider[1] : wider[0]};
    someone.node = typed;
  }
  Phrases said = Clauses(someone, 0, 0);
  for (const Phrase& phrase : said) {
    for (Phrase& modified : Modified(phrase, 0)) {
      for (Phrase& done : Finish(modified)) out.push_back(std::move(done));
    }
  }
  return Complete(out);
}

}  // namespace sanad::question
