// Follow-ups: pronouns stand for the things of the question before, a fragment
// ("and in …", "only those …", "and the …") changes or narrows it.

#include <algorithm>
#include <utility>

#include "query/question/composer.h"

namespace sanad::question {
namespace {

constexpr size_t kMostAntecedents = 6;

void CollectNodes(const NodePtr& node, std::vector<NodePtr>& out);

void CollectNodes(const Condition& condition, std::vector<NodePtr>& out) {
  CollectNodes(condition.target, out);
  for (const ConditionPtr& part : condition.parts) CollectNodes(*part, out);
}

// The node and those inside it, outer ones first.
void CollectNodes(const NodePtr& node, std::vector<NodePtr>& out) {
  if (node == nullptr || node->is_value() || out.size() >= kMostAntecedents) return;
  if (std::find(out.begin(), out.end(), node) != out.end()) return;
  out.push_back(node);
  for (const ConditionPtr& condition : node->conditions) CollectNodes(*condition, out);
  if (node->extreme.has_value()) CollectNodes(node->extreme->counted, out);
}

const Term* FirstProperty(const Condition& condition) {
  if (condition.type == Condition::kNot || condition.type == Condition::kAnd ||
      condition.type == Condition::kOr) {
    return condition.parts.empty() ? nullptr : FirstProperty(*condition.parts[0]);
  }
  if (condition.relation.chains.empty()) return nullptr;
  return &condition.relation.chains[0].front().property;
}

bool SameRelation(const Condition& a, const Condition& b) {
  const Term* x = FirstProperty(a);
  const Term* y = FirstProperty(b);
  return x != nullptr && y != nullptr && *x == *y;
}

// New conditions in the place of those that say the same of the node; the others
// behind the old ones. How many were replaced.
NodePtr Merge(const NodePtr& before, const NodePtr& after, size_t* replaced) {
  auto out = std::make_shared<Node>(*after);
  const size_t old = before->conditions.size();
  std::vector<ConditionPtr> fresh(out->conditions.begin() + static_cast<long>(old),
                                  out->conditions.end());
  out->conditions.resize(old);
  for (const ConditionPtr& condition : fresh) {
    auto at = std::find_if(out->conditions.begin(), out->conditions.end(),
                           [&](const ConditionPtr& c) { return SameRelation(*c, *condition); });
    if (at == out->conditions.end()) {
      out->conditions.push_back(condition);
    } else {
      *at = condition;
      ++*replaced;
    }
  }
  return out;
}

}  // namespace

Phrases Composer::Antecedents(const SymbolPtr& pronoun) {
  Phrases out;
  if (previous_ == nullptr) return out;
  std::vector<NodePtr> nodes;
  CollectNodes(previous_->focus, nodes);
  if (previous_->group != nullptr) CollectNodes(previous_->group, nodes);
  const bool person = pronoun != nullptr && pronoun->word == "person";
  const bool thing = pronoun != nullptr && pronoun->word == "thing";
  const Types persons = person || thing ? PersonTypes() : Types();
  for (size_t i = 0; i < nodes.size(); ++i) {
    // A thing of which nothing was said is nothing to speak of.
    if (nodes[i]->things.empty() && nodes[i]->words.empty() && nodes[i]->conditions.empty()) {
      continue;
    }
    const Types& types = nodes[i]->types;
    if (!persons.empty() && !types.empty() && schema().Compatible(types, persons) != person) {
      continue;
    }
    Phrase phrase;
    auto node = std::make_shared<Node>(*nodes[i]);
    node->definite = true;
    phrase.node = std::move(node);
    phrase.rank.far = static_cast<int>(i);  // What was asked for comes first.
    out.push_back(std::move(phrase));
  }
  return out;
}

// "their", "its" before a noun, or the pronoun alone.
Phrases Composer::PronounPhrases(size_t at) {
  Phrases out;
  for (Phrase& phrase : Antecedents(items_[at].symbol)) {
    phrase.head_at = at;
    phrase.next = at + 1;
    if (items_[at + 1 < items_.size() ? at + 1 : at].core) {
      for (const Phrase& owned : Phrases(PhrasesAt(at + 1))) {
        for (Phrase& p : Attach(owned, phrase, {.said = Said::kOf})) {
          p.next = owned.next;
          out.push_back(std::move(p));
        }
      }
    }
    for (Phrase& modified : Modified(phrase, 0)) out.push_back(std::move(modified));
  }
  return out;
}

// Modifiers said of the question's things: of what was asked for, else of a thing
// inside, replacing what was said in that respect unless it narrows.
Phrases Composer::ModifiedBefore(size_t at, bool narrows) {
  Phrases out;
  std::vector<NodePtr> nodes;
  CollectNodes(previous_->focus, nodes);
  for (size_t i = 0; i < nodes.size(); ++i) {
    Phrase start;
    start.node = nodes[i];
    start.next = at;
    start.head_at = at;
    Phrases found = Modified(start, 0);
    for (Phrase& clause : Clauses(start, at, 0)) found.push_back(std::move(clause));
    for (const Phrase& phrase : found) {
      if (phrase.next < end_ || phrase.next == at || phrase.node == nullptr) continue;
      for (Phrase& done : Finish(phrase)) {
        if (done.node->conditions.size() < nodes[i]->conditions.size()) continue;
        size_t replaced = 0;
        NodePtr merged = narrows ? done.node : Merge(nodes[i], done.node, &replaced);
        // A thing that has a name says which it is already.
        if (i > 0 && replaced == 0 && !nodes[i]->things.empty()) continue;
        done.node = ReplaceNode(previous_->focus, nodes[i], merged);
        done.rank.implicit += static_cast<int>(replaced == 0 ? i : 0);
        done.rank.far += static_cast<int>(i);
        out.push_back(std::move(done));
      }
    }
  }
  return out;
}

// "and the Lima summit?": in the place of a thing of its kind, the last one said.
Phrases Composer::Replaced(const Phrase& phrase) {
  Phrases out;
  if (phrase.headless) {
    // "and the shortest?": another extreme of the same things.
    if (phrase.extremes.empty()) return out;
    Phrase other = phrase;
    auto node = std::make_shared<Node>(*previous_->focus);
    node->extreme.reset();
    other.node = node;
    other.headless = false;
    return Finish(other);
  }
  std::vector<NodePtr> nodes;
  CollectNodes(previous_->focus, nodes);
  for (size_t i = nodes.size(); i-- > 0;) {
    const NodePtr& old = nodes[i];
    if (old->things.empty() && (i == 0 || !old->said_class)) continue;
    if (old->types.empty() || !schema().Compatible(old->types, phrase.node->types)) continue;
    NodePtr narrowed = Narrow(phrase.node, old->types);
    if (narrowed == nullptr) continue;
    auto fresh = std::make_shared<Node>(*narrowed);
    // What was asked of the thing is asked of this one.
    if (i == 0) {
      fresh->conditions.insert(fresh->conditions.end(), old->conditions.begin(),
                               old->conditions.end());
    }
    Phrase done = phrase;
    done.node = ReplaceNode(previous_->focus, old, fresh);
    done.rank.far += static_cast<int>(nodes.size() - 1 - i);
    out.push_back(std::move(done));
  }
  return out;
}

Phrases Composer::FollowUpAnswers() {
  Phrases out;
  // An English question word is a relative pronoun, too, but begins no follow-up.
  if (previous_ == nullptr || (!arabic() && Is(0, Category::kRelative))) return out;
  size_t at = 0;
  bool narrows = false;
  while (Is(at, Category::kAnd) || Is(at, Category::kOnly) || Is(at, Category::kDeterminer) ||
         Is(at, Category::kRelative) || Is(at, Category::kPronoun)) {
    narrows |= !Is(at, Category::kAnd);
    ++at;
  }
  const bool core = at < items_.size() && items_[at].core;
  const bool each =
      core && !items_[at].before.empty() && items_[at].before[0]->category == Category::kEach;
  if (!core || each) out = ModifiedBefore(at, narrows);
  if (at < items_.size() && items_[at].core) {
    for (const Phrase& phrase : Phrases(PhrasesAt(at))) {
      if (phrase.next < end_ || phrase.joint != 0 || phrase.property != nullptr) continue;
      for (Phrase& p : Replaced(phrase)) out.push_back(std::move(p));
    }
  }
  for (Phrase& phrase : out) {
    phrase.headless = false;
    phrase.next = end_;
  }
  return out;
}

// What is asked stays; of what, has changed.
std::optional<Meaning> Composer::FollowUpMeaning(const Phrase& phrase) {
  if (phrase.node == nullptr) return std::nullopt;
  Meaning meaning = *previous_;
  meaning.focus = meaning.form == AnswerForm::kYesNo ? phrase.node : InOrder(phrase.node, arabic());
  meaning.asked = phrase.asked;
  meaning.rank = phrase.rank;
  meaning.rank.misspellings += path_.misspellings;
  meaning.rank.words = path_.content_arcs;
  meaning.rank.distance += path_.distance;
  if (meaning.heading.empty()) meaning.heading = meaning.focus->words;
  return meaning;
}

}  // namespace sanad::question
