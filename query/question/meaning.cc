#include "query/question/meaning.h"

#include <algorithm>

#include "storage/model/vocabulary.h"

namespace sanad::question {
namespace {

ConditionPtr ReplaceInside(const ConditionPtr& condition, const NodePtr& old,
                           const NodePtr& fresh) {
  auto out = std::make_shared<Condition>(*condition);
  out->target = ReplaceNode(out->target, old, fresh);
  for (ConditionPtr& part : out->parts) part = ReplaceInside(part, old, fresh);
  return out;
}

// 0: stands beside its noun, 1: is a clause, 2: stands behind all.
int PlaceOf(const Condition& condition, bool arabic) {
  const bool have = condition.relation.said == Said::kHave;
  switch (condition.type) {
    case Condition::kNot: {
      const Condition& denied = *condition.parts[0];
      return !arabic && denied.relation.said == Said::kHave ? 0 : 1;
    }
    case Condition::kRelated:
    case Condition::kCount:
      return condition.relation.said == Said::kVerb || condition.relation.object_gap ||
             (arabic && have);
    case Condition::kCompare:
      return condition.relation.said == Said::kVerb || condition.relation.said == Said::kAdjective;
    case Condition::kAnd:
    case Condition::kOr:
      return condition.parts.empty() || condition.words == "between" ||
                     condition.relation.said == Said::kTime
                 ? 0
                 : PlaceOf(*condition.parts[0], arabic);
    case Condition::kIs:
      return 1;
    case Condition::kDiffers:
      return arabic ? 2 : 0;
    default:
      return 0;
  }
}

ConditionPtr InOrderInside(const ConditionPtr& condition, bool arabic) {
  auto out = std::make_shared<Condition>(*condition);
  out->target = InOrder(out->target, arabic);
  for (ConditionPtr& part : out->parts) part = InOrderInside(part, arabic);
  return out;
}

}  // namespace

NodePtr InOrder(const NodePtr& node, bool arabic) {
  if (node == nullptr) return nullptr;
  auto out = std::make_shared<Node>(*node);
  for (ConditionPtr& condition : out->conditions) condition = InOrderInside(condition, arabic);
  std::stable_sort(out->conditions.begin(), out->conditions.end(),
                   [&](const ConditionPtr& a, const ConditionPtr& b) {
                     return PlaceOf(*a, arabic) < PlaceOf(*b, arabic);
                   });
  if (out->extreme.has_value()) out->extreme->counted = InOrder(out->extreme->counted, arabic);
  return out;
}

Meaning NumbersOf(const Meaning& meaning) {
  auto condition = std::make_shared<Condition>();
  condition->relation.chains = {{Hop{meaning.quantity, true, false}}};
  condition->relation.said = Said::kNoun;
  condition->target = meaning.focus;
  auto number = std::make_shared<Node>();
  number->types = {Term::Iri(SANAD_XSD_NS "decimal")};
  number->conditions = {condition};
  Meaning out = meaning;
  out.form = AnswerForm::kList;
  out.focus = number;
  return out;
}

NodePtr ReplaceNode(const NodePtr& node, const NodePtr& old, const NodePtr& fresh) {
  if (node == nullptr) return nullptr;
  if (node == old) return fresh;
  auto out = std::make_shared<Node>(*node);
  for (ConditionPtr& condition : out->conditions) condition = ReplaceInside(condition, old, fresh);
  if (out->extreme.has_value()) {
    out->extreme->counted = ReplaceNode(out->extreme->counted, old, fresh);
  }
  return out;
}

Term ValueProperty(const Node& focus) {
  for (const ConditionPtr& condition : focus.conditions) {
    if (condition->type != Condition::kRelated || condition->relation.chains.size() != 1) continue;
    const Chain& chain = condition->relation.chains[0];
    if (chain.size() == 1 && chain[0].inverse) return chain[0].property;
  }
  return Term();
}

Relation Reversed(const Relation& relation) {
  Relation out = relation;
  for (Chain& chain : out.chains) {
    std::reverse(chain.begin(), chain.end());
    for (Hop& hop : chain) hop.inverse = !hop.inverse;
  }
  return out;
}

}  // namespace sanad::question
