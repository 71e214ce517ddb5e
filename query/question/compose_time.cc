// Before, after, since, until, between: dates, and things that have dates or
// numbers in a series.

#include <algorithm>
#include <utility>

#include "query/question/composer.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {
namespace {

bool IsFamily(const NodePtr& node, LiteralFamily family) {
  return node->is_value() && !node->types.empty() && FamilyOf(node->types[0].value()) == family;
}

Comparison ComparisonOf(std::string_view word) {
  if (word == "before") return Comparison::kLess;
  if (word == "until") return Comparison::kLessOrEqual;
  if (word == "from-time") return Comparison::kGreaterOrEqual;
  return Comparison::kGreater;
}

}  // namespace

// Held or scheduled: sub-properties of the date that the class shows first count too.
std::vector<ConditionPtr> Composer::WaysToDate(const Phrase& head, const SymbolPtr& word,
                                               const Phrase& time) {
  const auto dates = connector_.ToFamily(head.node->types, LiteralFamily::kDate);
  if (dates.empty()) return {};
  auto condition = std::make_shared<Condition>();
  condition->type = Condition::kCompare;
  condition->relation = dates[0].relation;
  condition->target = time.node;
  condition->comparison = ComparisonOf(word->word);
  return {condition};
}

// What the graph itself says, then dates, then numbers of a series.
std::vector<ConditionPtr> Composer::WaysToThing(const Phrase& head, const SymbolPtr& word,
                                                const Phrase& time) {
  std::vector<ConditionPtr> ways;
  for (const Connection& c :
       connector_.ByLinks(word->links, head.node->types, time.node->types, Role::kUnknown, "")) {
    auto condition = std::make_shared<Condition>();
    condition->relation = c.relation;
    condition->target = time.node;
    ways.push_back(condition);
  }
  auto compare = [&](const Relation& from, const Relation& to) {
    auto condition = std::make_shared<Condition>();
    condition->type = Condition::kCompare;
    condition->relation = from;
    condition->other = to;
    condition->target = time.node;
    condition->comparison = ComparisonOf(word->word);
    ways.push_back(condition);
  };
  const auto dates = connector_.ToFamily(head.node->types, LiteralFamily::kDate);
  const auto other_dates = connector_.ToFamily(time.node->types, LiteralFamily::kDate);
  if (!dates.empty() && !other_dates.empty()) compare(dates[0].relation, other_dates[0].relation);
  for (const Connection& c : connector_.ToFamily(head.node->types, LiteralFamily::kNumber)) {
    const Property* property = schema().FindProperty(c.relation.chains[0][0].property);
    if (!IsNumbering(*property, false) || schema().Fit(*property, time.node->types, {}) < 0)
      continue;
    compare(c.relation, c.relation);
    break;
  }
  return ways;
}

Phrases Composer::AttachTime(const Phrase& head, const SymbolPtr& word, const Phrase& time) {
  Phrases out;
  if (head.node->is_value() || head.node->types.empty()) return out;
  const std::vector<ConditionPtr> ways = IsFamily(time.node, LiteralFamily::kDate)
                                             ? WaysToDate(head, word, time)
                                             : WaysToThing(head, word, time);
  if (ways.empty()) return out;
  ConditionPtr done = ways[0];
  if (ways.size() > 1) {
    auto any = std::make_shared<Condition>();
    any->type = Condition::kOr;
    any->parts = ways;
    any->words = word->text;
    done = any;
  }
  auto said = std::make_shared<Condition>(*done);
  said->words = word->text;
  said->relation.said = Said::kTime;
  said->target = time.node;
  Phrase phrase = head;
  phrase.node = With(head.node, said);
  if (!time.node->is_value()) AddRank(phrase.rank, time.rank);
  if (!head.node->things.empty()) phrase.rank.detours += 2;
  phrase.next = time.next;
  out.push_back(std::move(phrase));
  return out;
}

Phrases Composer::AttachBetween(const Phrase& head, const SymbolPtr& word, const Phrase& from,
                                const Phrase& to) {
  if (head.node->is_value() || !from.node->is_value() || !to.node->is_value()) {
    // "talks between A and B": both take part.
    if (from.node->is_value() || to.node->is_value()) return {};
    Phrases out;
    const Via via{.said = Said::kPreposition, .symbol = word};
    for (const Phrase& first : Attach(head, from, via)) {
      for (Phrase& both : Attach(first, to, via)) {
        both.next = to.next;
        out.push_back(std::move(both));
      }
    }
    return out;
  }
  if (!IsFamily(from.node, LiteralFamily::kDate)) return {};
  auto dates = connector_.ToFamily(head.node->types, LiteralFamily::kDate);
  if (dates.empty()) return {};
  auto both = std::make_shared<Condition>();
  both->type = Condition::kAnd;
  auto start_node = std::make_shared<Node>(*from.node);
  if (start_node->date.year == 0) start_node->date.year = to.node->date.year;
  if (start_node->date.month == 0) start_node->date.month = to.node->date.month;
  for (int side = 0; side < 2; ++side) {
    auto condition = std::make_shared<Condition>();
    condition->type = Condition::kCompare;
    condition->relation = dates[0].relation;
    condition->target = side == 0 ? NodePtr(start_node) : to.node;
    condition->comparison = side == 0 ? Comparison::kGreaterOrEqual : Comparison::kLessOrEqual;
    both->parts.push_back(condition);
  }
  both->words = "between";
  both->text = Concat(from.node->words, arabic() ? " و" : " and ", to.node->words);
  Phrase phrase = head;
  phrase.node = With(head.node, both);
  phrase.next = to.next;
  return {phrase};
}

}  // namespace sanad::question
