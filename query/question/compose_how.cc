// "How many …" and "how long …": counts, and values that an adjective of degree or
// a verb names.

#include <algorithm>
#include <utility>

#include "query/question/composer.h"

namespace sanad::question {

Phrases Composer::HowManyAnswers() {
  Phrases out;
  if (IsCore(0)) {
    for (const Phrase& phrase : Phrases(PhrasesAt(0))) {
      Close(phrase, out);
      if (phrase.next < end_ &&
          (Is(phrase.next, Category::kDo) || Is(phrase.next, Category::kBe))) {
        for (Phrase& p : SubjectClause(phrase, phrase.next + 1, false)) {
          for (Phrase& modified : Modified(p, 0)) out.push_back(std::move(modified));
        }
      }
      if (phrase.property != nullptr && Is(phrase.next, Category::kDo) && IsCore(phrase.next + 1)) {
        for (const Phrase& owner : Phrases(PhrasesAt(phrase.next + 1))) {
          if (!Is(owner.next, Category::kHave)) continue;
          for (Phrase& p : Own(phrase, owner)) {
            p.next = owner.next + 1;
            out.push_back(std::move(p));
          }
        }
      }
    }
    return Complete(out);
  }
  // "كم استمر الاجتماع": a value that the verb says.
  Phrases said = Clauses(Unknown(""), 0, 0);
  for (Phrase& phrase : said) {
    for (Phrase& modified : Modified(phrase, 0)) out.push_back(std::move(modified));
  }
  return Complete(out);
}

Phrases Composer::HowAnswers() {
  Phrases out;
  size_t next = 0;
  while (Is(next, Category::kBe) || Is(next, Category::kDo) || Is(next, Category::kAuxiliary))
    ++next;
  SymbolPtr verb;
  if (Is(next, Category::kVerb)) verb = items_[next++].symbol;
  if (!IsCore(next)) return out;
  for (const Phrase& subject : Phrases(PhrasesAt(next))) {
    size_t end = subject.next;
    while (Is(end, Category::kAuxiliary) || Is(end, Category::kBe)) ++end;
    SymbolPtr said = verb;
    if (said == nullptr && Is(end, Category::kVerb)) said = items_[end++].symbol;
    Phrase from = subject;
    from.next = end;
    for (const Phrase& owner : Modified(from, 0)) {
      size_t last = owner.next;
      // "in miles": the unit is not converted, so it must not be dropped either.
      if (last < end_) continue;
      std::vector<Connection> connections;
      if (syntax_.degree != nullptr) {
        std::vector<Link> links;
        for (const Link& link : syntax_.degree->links) {
          if (link.said_of.empty() || schema().Compatible(link.said_of, owner.node->types)) {
            links.push_back(link);
          }
        }
        for (const Link& link : links) {
          const Property* property = schema().FindProperty(link.term);
          if (property == nullptr || schema().Fit(*property, owner.node->types, {}) < 0) continue;
          Connection c;
          c.relation.chains = {{Hop{property->iri, false, false}}};
          c.first = schema().DomainOf(*property, {});
          c.second = schema().RangeOf(*property, owner.node->types);
          connections.push_back(std::move(c));
          break;
        }
      } else if (said != nullptr) {
        std::vector<Link> links;
        for (const Link& link : said->links) {
          const Property* property = schema().FindProperty(link.term);
          if (property != nullptr && property->datatype && link.value.is_undefined()) {
            links.push_back(link);
          }
        }
        connections = connector_.ByLinks(links, owner.node->types, {}, Role::kUnknown, "");
      } else if (!owner.node->types.empty()) {
        connections = connector_.ToFamily(owner.node->types, LiteralFamily::kDuration);
        if (connections.size() > 1) connections.resize(1);
        for (Connection& c : connections) c.detours = 50;
      }
      for (Connection& c : connections) {
        c.relation.said = Said::kNoun;
        c.relation.words = said == nullptr ? "" : said->text;
      }
      for (Phrase& p : ValueOf(owner, connections, last)) out.push_back(std::move(p));
    }
  }
  return Complete(out);
}

}  // namespace sanad::question
