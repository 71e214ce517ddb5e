// Small steps that all parts of the composer share: ranks, conditions, relations.

#include <algorithm>
#include <utility>

#include "query/question/composer.h"

namespace sanad::question {

void AddRank(Rank& rank, const Rank& other) {
  rank.misspellings += other.misspellings;
  rank.trivial += other.trivial;
  rank.implicit += other.implicit;
  rank.fuzzy += other.fuzzy;
  rank.words += other.words;
  rank.detours += other.detours;
  rank.far += other.far;
  rank.distance += other.distance;
}

void Append(Phrases&& more, Phrases& out) {
  for (Phrase& phrase : more) out.push_back(std::move(phrase));
}

NodePtr Composer::With(const NodePtr& node, ConditionPtr condition) {
  auto out = std::make_shared<Node>(*node);
  out->conditions.push_back(std::move(condition));
  return out;
}

NodePtr Composer::WithLastNegated(const NodePtr& node) {
  auto out = std::make_shared<Node>(*node);
  out->conditions.back() = Negate(out->conditions.back());
  return out;
}

ConditionPtr Composer::Negate(ConditionPtr condition) {
  auto out = std::make_shared<Condition>();
  out->type = Condition::kNot;
  out->parts = {std::move(condition)};
  return out;
}

}  // namespace sanad::question
