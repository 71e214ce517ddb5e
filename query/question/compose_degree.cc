// Comparatives and superlatives: the property an adjective of degree measures, or
// a date for "latest" and "earliest".

#include <algorithm>
#include <utility>

#include "query/question/composer.h"
#include "storage/model/text.h"

namespace sanad::question {

Phrases Composer::Compare(const Phrase& head, const SymbolPtr& comparative, const Phrase& other) {
  Phrases out;
  // "a population greater than that of Ohio": the value with another's is not compared.
  if (head.property != nullptr && !head.owned && !other.node->is_value()) return out;
  for (const Link& link : comparative->links) {
    const Property* property = schema().FindProperty(link.term);
    if (property == nullptr || schema().Fit(*property, head.node->types, {}) < 0) continue;
    if (!link.said_of.empty() && !schema().Compatible(link.said_of, head.node->types)) continue;
    auto condition = std::make_shared<Condition>();
    condition->type = Condition::kCompare;
    condition->relation.chains = {{Hop{property->iri, false, false}}};
    condition->relation.said = Said::kAdjective;
    condition->relation.words = comparative->text;
    condition->comparison = link.direction < 0 ? Comparison::kLess : Comparison::kGreater;
    condition->words = comparative->text;
    NodePtr target = other.node;
    if (!target->is_value() &&
        !(other.owned && FamilyOf(target->types.empty() ? "" : target->types[0].value()) !=
                             LiteralFamily::kNone)) {
      if (schema().Fit(*property, target->types, {}) < 0) continue;
      target = Narrow(target, schema().DomainOf(*property, {}));
      if (target == nullptr) continue;
      condition->other.chains = condition->relation.chains;
    }
    if (target->is_value()) target = InUnitOf(target, *property);
    if (target == nullptr) continue;
    condition->target = target;
    NodePtr first = Narrow(head.node, schema().DomainOf(*property, {}));
    if (first == nullptr) continue;
    Phrase phrase = head;
    phrase.node = With(first, condition);
    AddRank(phrase.rank, other.rank);
    phrase.asked = condition->relation;
    phrase.next = other.next;
    out.push_back(std::move(phrase));
    break;
  }
  return out;
}

// "have a larger population than Ohio", "لها عدد سكان أكبر من …": what is had, compared
// with what another thing has of it. `at`: behind the word for having.
Phrases Composer::HaveMore(const Phrase& gap, size_t at, bool negated) {
  Phrases out;
  if (Is(at, Category::kDeterminer)) ++at;
  const bool before = Is(at, Category::kComparative);
  const size_t noun_at = before ? at + 1 : at;
  if (noun_at >= end_ || !items_[noun_at].core) return out;
  for (const Phrase& noun : Cores(items_[noun_at])) {
    size_t than = noun_at + 1;
    SymbolPtr comparative = before ? items_[at].symbol : nullptr;
    // Arabic says it behind the noun, as it says a superlative.
    if (!before && noun.extremes.size() == 1 && arabic()) comparative = noun.extremes[0];
    if (!before && noun.extremes.empty() && Is(than, Category::kComparative)) {
      comparative = items_[than++].symbol;
    }
    if (comparative == nullptr || noun.property == nullptr || !Is(than, Category::kThan)) continue;
    auto measure = std::make_shared<Symbol>(*comparative);
    measure->links = noun.property->links;
    for (Link& link : measure->links) {
      link.direction = comparative->direction;
      link.said_of.clear();
    }
    measure->text = before ? Concat(comparative->text, " ", noun.property->text)
                           : Concat(noun.property->text, " ", comparative->text);
    for (const Phrase& other : Phrases(PhrasesAt(than + 1))) {
      for (Phrase& phrase : Compare(gap, measure, other)) {
        auto node = std::make_shared<Node>(*phrase.node);
        auto had = std::make_shared<Condition>(*node->conditions.back());
        had->relation.said = Said::kHave;
        node->conditions.back() = negated ? Negate(had) : ConditionPtr(had);
        phrase.node = node;
        out.push_back(std::move(phrase));
      }
    }
  }
  return out;
}

SymbolPtr Composer::TakeSuperlative(const std::vector<SymbolPtr>& symbols, size_t& at) {
  const auto is = [&](size_t i, Category category) {
    return i < symbols.size() && symbols[i]->category == category;
  };
  const size_t first = is(at, Category::kOrdinal) ? at + 1 : at;
  const bool most = is(first, Category::kMost) && is(first + 1, Category::kDegree);
  if (!most && !is(first, Category::kSuperlative)) return nullptr;
  const size_t last = most ? first + 1 : first;
  auto superlative = std::make_shared<Symbol>(*symbols[last]);
  if (most) {
    superlative->category = Category::kSuperlative;
    superlative->direction =
        static_cast<int8_t>(symbols[first]->direction * (superlative->direction < 0 ? -1 : 1));
  }
  if (first > at) superlative->number = symbols[at]->number;
  superlative->text = symbols[at]->text;
  for (size_t i = at + 1; i <= last; ++i) {
    superlative->text = Concat(superlative->text, " ", symbols[i]->text);
  }
  at = last;
  return superlative;
}

int64_t Composer::PlaceOf(const Symbol& superlative) {
  return superlative.number.value > 1 ? static_cast<int64_t>(superlative.number.value) : 1;
}

bool Composer::ApplyExtreme(Phrase& phrase, const SymbolPtr& extreme) {
  if (phrase.node->extreme.has_value() || !phrase.node->things.empty()) return false;
  Extreme out;
  out.direction = extreme->direction;
  out.first = phrase.first;
  out.place = PlaceOf(*extreme);
  if (out.first > 1 && out.place > 1) return false;
  out.words = extreme->text;
  auto node = std::make_shared<Node>(*phrase.node);
  bool found = false;
  if (!phrase.value_property.is_undefined()) {
    const Property* property = schema().FindProperty(phrase.value_property);
    if (property != nullptr && property->datatype) found = true;  // The value itself.
  }
  const bool by_date = extreme->word == "latest" || extreme->word == "earliest";
  if (!found && by_date) {
    auto dates = connector_.ToFamily(phrase.node->types, LiteralFamily::kDate);
    if (!dates.empty()) {
      out.measure = dates[0].relation;
      found = true;
    }
  }
  int best = 10;
  for (const Link& link : extreme->links) {
    if (found && !out.measure.chains.empty() && by_date) break;
    const Property* property = schema().FindProperty(link.term);
    if (property == nullptr) continue;
    if (!link.said_of.empty() && !phrase.node->types.empty() &&
        !schema().Compatible(link.said_of, phrase.node->types)) {
      continue;
    }
    int fit = schema().Fit(*property, phrase.node->types, {});
    if (phrase.node->types.empty()) fit = 5;
    if (fit < 0) continue;
    if (fit >= best) continue;
    best = fit;
    out.measure.chains = {{Hop{property->iri, false, false}}};
    out.direction = link.direction != 0 ? link.direction : extreme->direction;
    if (extreme->direction != 0 && link.direction != 0 && extreme->direction != link.direction) {
      out.direction = extreme->direction;
    }
    if (node->types.empty() && node->things.empty()) node->types = schema().DomainOf(*property, {});
    found = true;
  }
  if (!found) return false;
  node->extreme = out;
  phrase.node = node;
  return true;
}

Phrases Composer::Finish(const Phrase& phrase) {
  Phrase out = phrase;
  if ((out.property != nullptr && !out.owned) || out.headless) return {out};
  if (out.role != nullptr) return {out};  // "the negotiators first": of what they do.
  for (const SymbolPtr& extreme : out.extremes) {
    if (!ApplyExtreme(out, extreme)) return {};
  }
  out.extremes.clear();
  if (!out.aggregate.empty() || out.number_of) return {out};
  return {out};
}

}  // namespace sanad::question
