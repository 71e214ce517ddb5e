// Relational nouns: "the population of …", "with the largest population", "whose
// capital is …": an owner to a noun, and a noun said of its owner.

#include <algorithm>
#include <utility>

#include "query/question/composer.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {
namespace {

bool HasRange(const Schema& schema, const Property& property, LiteralFamily family) {
  for (const Term& range : schema.RangeOf(property, {})) {
    if (FamilyOf(range.value()) == family) return true;
  }
  return false;
}

}  // namespace

Phrases Composer::Own(const Phrase& head, const Phrase& owner) {
  Phrases out;
  if (owner.no || owner.most != 0 || owner.headless || owner.joint != 0) return out;
  if (owner.bound.has_value() && !owner.node->definite) return out;
  std::vector<std::tuple<int, const Property*, bool>> fits;
  int best = 10;
  for (const Link& link : head.property->links) {
    const Property* property = schema().FindProperty(link.term);
    if (property == nullptr) continue;
    int forward = schema().Fit(*property, owner.node->types, {});
    bool inverse = true;  // From the value back to its owner.
    if (forward < 0) {
      forward = schema().Fit(*property, {}, owner.node->types);
      if (forward >= 0) forward += 3;
      inverse = false;
    }
    if (forward < 0) continue;
    best = std::min(best, forward);
    fits.emplace_back(forward, property, inverse);
  }
  for (const auto& [fit, property, inverse] : fits) {
    if (fit > best) continue;
    Types owner_types =
        inverse ? schema().DomainOf(*property, {}) : schema().RangeOf(*property, {});
    NodePtr target = Narrow(owner.node, owner_types.empty() ? owner.node->types : owner_types);
    if (target == nullptr) continue;
    Types value = inverse ? schema().RangeOf(*property, owner.node->types)
                          : schema().DomainOf(*property, owner.node->types);
    NodePtr narrowed = head.node->things.empty() ? head.node : Narrow(head.node, value);
    if (narrowed == nullptr) continue;
    auto node = std::make_shared<Node>(*narrowed);
    if (node->things.empty()) node->types = value;
    auto condition = std::make_shared<Condition>();
    condition->relation.chains = {{Hop{property->iri, inverse, property->transitive}}};
    condition->relation.said = Said::kNoun;
    condition->relation.words = head.property->text;
    condition->target = target;
    node->conditions.push_back(condition);
    Phrase phrase = head;
    phrase.node = node;
    phrase.owned = true;
    phrase.reversed = !inverse;
    phrase.property = nullptr;
    phrase.value_property = property->iri;
    phrase.rank.detours += fit >= 3 ? 1 : 0;
    AddRank(phrase.rank, owner.rank);
    // "the highest point in states that …" asks for one over all of them.
    const bool many = target->things.empty() && (target->plural || owner.each);
    if (head.property->superlative_name && many && !head.node->plural && !owner.each) {
      phrase.rank.trivial += 1;  // Nothing says how to choose it.
    }
    phrase.asked = condition->relation;
    phrase.next = owner.next;
    out.push_back(std::move(phrase));
  }
  return out;
}

// The number that stands before a noun, as a comparison of the noun's value.
ConditionPtr Composer::ComparedWith(const Phrase& bounded) const {
  auto number = std::make_shared<Node>();
  number->literal = Term::Integer(bounded.bound->second);
  number->types = {Term::Iri(SANAD_XSD_NS "decimal")};
  auto condition = std::make_shared<Condition>();
  condition->type = Condition::kCompare;
  condition->comparison = bounded.bound->first;
  condition->relation.said = Said::kNoun;  // The noun says it.
  for (const SymbolPtr& symbol : items_[bounded.head_at].before) {
    if (symbol->category != Category::kBound && symbol->category != Category::kNumber) continue;
    if (!number->words.empty()) number->words += " ";
    number->words += symbol->text;
  }
  condition->target = number;
  return condition;
}

Phrases Composer::AttachProperty(const Phrase& head, const Phrase& modifier, const Via& via) {
  Phrases out;
  if (head.node->is_value()) return out;
  for (const Link& link : modifier.property->links) {
    const Property* property = schema().FindProperty(link.term);
    if (property == nullptr || schema().Fit(*property, head.node->types, {}) < 0) continue;
    Relation relation;
    relation.chains = {{Hop{property->iri, false, property->transitive}}};
    relation.said = via.said == Said::kVerb ? Said::kVerb : Said::kHave;
    relation.words = modifier.property->text;
    Phrase phrase = head;
    AddRank(phrase.rank, modifier.rank);
    phrase.next = modifier.next;
    phrase.asked = relation;
    NodePtr first = Narrow(head.node, schema().DomainOf(*property, {}));
    if (first == nullptr) continue;
    if (first->types.empty() && first->things.empty()) {
      auto typed = std::make_shared<Node>(*first);
      typed->types = schema().DomainOf(*property, {});
      first = typed;
    }
    const bool numeric = HasRange(schema(), *property, LiteralFamily::kNumber) ||
                         HasRange(schema(), *property, LiteralFamily::kDuration) ||
                         HasRange(schema(), *property, LiteralFamily::kDate);
    int direction = modifier.most;
    int64_t place = 1;
    std::string words;
    for (const SymbolPtr& extreme : modifier.extremes) {
      direction = extreme->direction;
      place = PlaceOf(*extreme);
      words = extreme->text;
    }
    const bool unrestricted = modifier.node->things.empty() && modifier.node->conditions.empty() &&
                              !modifier.bound.has_value();
    if (direction == 0 && modifier.property->superlative_name && numeric && unrestricted) {
      direction = modifier.property->direction;
      phrase.rank.implicit += 1;
    }
    if (direction != 0) {
      if (!numeric || first->extreme.has_value() || via.negated || !first->things.empty()) continue;
      auto with = std::make_shared<Node>(*first);
      Extreme extreme;
      extreme.measure = relation;
      extreme.direction = static_cast<int8_t>(direction);
      extreme.first = modifier.first;
      extreme.place = place;
      if (extreme.first > 1 && extreme.place > 1) continue;
      extreme.said = Said::kHave;
      extreme.words = words.empty() ? (direction > 0 ? "most" : "least") : words;
      extreme.measure_words = modifier.property->text;
      with->extreme = extreme;
      phrase.node = with;
      out.push_back(std::move(phrase));
      continue;
    }
    auto target = std::make_shared<Node>(*modifier.node);
    if (target->types.empty()) target->types = schema().RangeOf(*property, head.node->types);
    auto condition = std::make_shared<Condition>();
    condition->relation = relation;
    condition->target = target;
    if (modifier.bound.has_value() && !property->datatype) {
      condition->type = Condition::kCount;
      condition->comparison = modifier.bound->first;
      condition->number = modifier.bound->second;
    } else if (modifier.bound.has_value()) {
      // "more than 500 inhabitants": the value is compared.
      const ConditionPtr compared = ComparedWith(modifier);
      target->words = Concat(compared->target->words, " ", target->words);
      target->plural = true;
      condition->target = With(target, compared);
    }
    const bool negated = via.negated != modifier.no;
    if (unrestricted && !negated &&
        (modifier.property->superlative_name || modifier.node->definite)) {
      phrase.rank.trivial += 1;  // Everything of the kind has one.
    }
    phrase.node = With(first, negated ? Negate(condition) : ConditionPtr(condition));
    out.push_back(std::move(phrase));
  }
  return out;
}

}  // namespace sanad::question
