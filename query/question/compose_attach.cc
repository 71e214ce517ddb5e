// Attaching a modifier to a head. Every attachment names the property that bears
// it, or fails.

#include <algorithm>
#include <utility>

#include "language/normalise.h"
#include "query/question/composer.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {
namespace {

std::string WordOf(const SymbolPtr& symbol) {
  if (symbol == nullptr) return "";
  return symbol->attached ? symbol->word : Normalise(symbol->text);
}

}  // namespace

void Composer::Fail(const Phrase& left, const Phrase& right, size_t at) {
  if (failure_ == nullptr || static_cast<int>(at) <= failure_->progress) return;
  if (left.node == nullptr || right.node == nullptr) return;
  failure_->progress = static_cast<int>(at);
  failure_->left = left.node->words;
  failure_->right = right.node->words;
}

std::vector<Connection> Composer::Connections(const Phrase& head, const Phrase& modifier,
                                              const Via& via) {
  const Types& first = head.node->types;
  const Types& second = modifier.node->types;
  std::vector<Connection> out;
  const bool verb = via.symbol != nullptr && via.symbol->category == Category::kVerb;
  if (verb) {
    out = connector_.ByLinks(via.symbol->links, first, second, via.head_role, via.preposition);
    for (Connection& c : out) c.relation.passive = via.passive;
  } else {
    const std::string word = WordOf(via.symbol);
    if (via.symbol != nullptr && !via.symbol->links.empty()) {
      out = connector_.ByLinks(via.symbol->links, first, second, Role::kUnknown, word);
      for (Connection& c : out) c.detours = std::max(0, c.detours - 1);
    }
    if (out.empty() && head.last_verb != nullptr && !word.empty()) {
      std::vector<Link> links;
      for (const Link& link : head.last_verb->links) {
        if (link.preposition == word) links.push_back(link);
      }
      out = connector_.ByLinks(links, first, second, Role::kUnknown, word);
    }
    const bool acting = IsRole(head.role, "members") && via.said != Said::kPreposition;
    if (out.empty() && (via.said == Said::kAdjective || acting)) {
      // A nationality is what "of" or "from" the country would say.
      const std::vector<std::string>& from = closed_words().WordsFor("from");
      if (!from.empty()) {
        out = connector_.ByLinks(LinksOfPrepositions(from), first, second, Role::kUnknown, from[0]);
        for (Connection& c : out) c.detours = 0;
      }
    }
    // Of names and compounds a place comes first: "Austin Texas", "Texas city".
    if (out.empty() &&
        (via.said == Said::kCompound || via.said == Said::kOf || via.said == Said::kHave) &&
        !first.empty() && !second.empty()) {
      std::vector<Link> places = PlaceLinks();
      // A relation that no triple shows and no declaration bounds fits anything.
      std::erase_if(places, [&](const Link& link) {
        const Property* property = schema().FindProperty(link.term);
        return property == nullptr || (property->observed.empty() && property->domain.empty());
      });
      out = connector_.ByLinks(places, first, second, Role::kUnknown, "");
      for (Connection& c : out) c.implicit = 1;
      // What is counted is had by a relation that can have several.
      if (via.said == Said::kHave && (modifier.bound.has_value() || modifier.most != 0)) {
        std::erase_if(out, [&](const Connection& c) { return !MayBeMany(c.relation); });
      }
    }
    if (out.empty()) {
      out = connector_.ByTypes(first, second);
      // A preposition whose relations a lexicon names has others only where the data
      // shows them, but for one that is "of", too.
      const bool own_relations = via.said == Said::kPreposition && via.symbol != nullptr &&
                                 via.symbol->category == Category::kPreposition &&
                                 !closed_words().IsWordFor("of-too", word) &&
                                 std::any_of(via.symbol->links.begin(), via.symbol->links.end(),
                                             [](const Link& link) { return link.from_lexicon; });
      if (own_relations) {
        std::erase_if(out, [](const Connection& c) { return c.detours > 0; });
      }
      // "at", "in" of no relation of their own: taking part, rather than leading.
      const bool many = std::any_of(out.begin(), out.end(),
                                    [&](const Connection& c) { return IsMultivalued(c.relation); });
      if (via.said == Said::kPreposition && many) {
        std::erase_if(out, [&](const Connection& c) { return !IsMultivalued(c.relation); });
      }
    }
  }
  for (Connection& c : out) {
    c.relation.said = verb ? Said::kVerb : via.said;
    if (via.symbol != nullptr) c.relation.words = via.symbol->text;
    if (!verb) c.relation.preposition.clear();
    if (verb && c.relation.preposition.empty()) c.relation.preposition = via.preposition;
    if (verb && via.head_role == Role::kOther) c.relation.object_gap = true;
  }
  return out;
}

Phrases Composer::AttachJoint(const Phrase& head, const Phrase& modifier, const Via& via) {
  Phrases firsts = Attach(head, modifier.parts[0], via);
  Phrases out;
  for (const Phrase& first : firsts) {
    if (first.node->conditions.empty() || first.node->extreme.has_value()) continue;
    std::vector<ConditionPtr> parts = {first.node->conditions.back()};
    Rank rank = first.rank;
    bool complete = true;
    for (size_t i = 1; i < modifier.parts.size() && complete; ++i) {
      Phrases more = Attach(head, modifier.parts[i], via);
      complete = !more.empty() && !more[0].node->conditions.empty() &&
                 more[0].node->conditions.size() == first.node->conditions.size();
      if (complete) {
        parts.push_back(more[0].node->conditions.back());
        rank.implicit += more[0].rank.implicit - head.rank.implicit;
        rank.detours += more[0].rank.detours - head.rank.detours;
      }
    }
    if (!complete) continue;
    auto joined = std::make_shared<Condition>();
    const bool owned = head.property != nullptr;
    joined->type = modifier.joint == '|' || owned ? Condition::kOr : Condition::kAnd;
    joined->parts = std::move(parts);
    joined->words = modifier.joint == '|' ? "or" : "and";
    auto node = std::make_shared<Node>(*first.node);
    node->conditions.back() = joined;
    Phrase phrase = first;
    phrase.node = node;
    phrase.rank = rank;
    phrase.next = modifier.next;
    out.push_back(std::move(phrase));
  }
  return out;
}

bool Composer::IsLiteral(const Phrase& phrase) const {
  if (!phrase.owned || phrase.value_property.is_undefined()) return false;
  const Property* property = schema().FindProperty(phrase.value_property);
  return property != nullptr && property->datatype;
}

bool Composer::IsMultivalued(const Relation& relation) const {
  const Property* property = schema().FindProperty(relation.chains[0][0].property);
  return property != nullptr && property->multivalued;
}

bool Composer::MayBeMany(const Relation& relation) const {
  for (const Chain& chain : relation.chains) {
    for (const Hop& hop : chain) {
      const Property* property = schema().FindProperty(hop.property);
      if (hop.inverse || property == nullptr || property->multivalued) return true;
    }
  }
  return false;
}

// "under the chairmanship of X": the head has X as its chair.
Phrases Composer::AttachReversed(const Phrase& head, const Phrase& modifier, const Via& via) {
  if (head.property != nullptr || modifier.node->conditions.empty()) return {};
  if (!schema().Compatible(head.node->types, modifier.node->types)) return {};
  auto condition = std::make_shared<Condition>(*modifier.node->conditions.back());
  const std::string noun = condition->relation.words;
  condition->relation.said = Said::kPreposition;
  condition->relation.words = via.symbol->attached ? Concat(via.symbol->word, noun)
                              : arabic()           ? Concat(via.symbol->text, " ", noun)
                                                   : Concat(via.symbol->text, " the ", noun, " of");
  Phrase phrase = head;
  phrase.node = With(head.node, via.negated ? Negate(condition) : ConditionPtr(condition));
  AddRank(phrase.rank, modifier.rank);
  phrase.asked = condition->relation;
  phrase.next = modifier.next;
  return {phrase};
}

// "People live in": the verb says the noun's own relation.
Phrases Composer::OwnBySaying(const Phrase& head, const Phrase& modifier, const Via& via) {
  Phrases out;
  if (via.negated) return out;
  for (Phrase& phrase : Own(head, modifier)) {
    const bool same =
        std::any_of(via.symbol->links.begin(), via.symbol->links.end(),
                    [&](const Link& link) { return link.term == phrase.value_property; });
    if (same) out.push_back(std::move(phrase));
  }
  return out;
}

// The head with a condition, or an extreme, that a connection to the modifier bears;
// nothing where the types leave none.
std::optional<Phrase> Composer::Joined(const Phrase& head, const Phrase& modifier, const Via& via,
                                       const Connection& connection) const {
  const NodePtr narrowed = Narrow(modifier.node, connection.second);
  const NodePtr first = Narrow(head.node, connection.first);
  if (narrowed == nullptr || first == nullptr) return std::nullopt;
  auto target = std::make_shared<Node>(*narrowed);
  if (target->types.empty()) target->types = connection.second;
  auto node = std::make_shared<Node>(*first);
  if (node->types.empty() && node->things.empty()) node->types = connection.first;
  Phrase phrase = head;
  if (modifier.most != 0) {
    if (node->extreme.has_value() || !node->things.empty()) return std::nullopt;
    Extreme extreme;
    extreme.measure = connection.relation;
    extreme.counted = target;
    extreme.direction = static_cast<int8_t>(modifier.most);
    extreme.said = via.said;
    node->extreme = extreme;
    phrase.node = node;
    return phrase;
  }
  auto condition = std::make_shared<Condition>();
  condition->relation = connection.relation;
  condition->target = target;
  if (modifier.bound.has_value() && modifier.node->things.empty()) {
    condition->type = Condition::kCount;
    condition->comparison = modifier.bound->first;
    condition->number = modifier.bound->second;
  }
  const bool negated = via.negated != modifier.no;
  phrase.node = With(node, negated ? Negate(condition) : ConditionPtr(condition));
  return phrase;
}

// A thing to a thing, by every connection of theirs.
Phrases Composer::AttachThing(const Phrase& head, const Phrase& modifier, const Via& via) {
  Phrases out;
  for (const Connection& connection : Connections(head, modifier, via)) {
    std::optional<Phrase> phrase = Joined(head, modifier, via, connection);
    if (!phrase.has_value()) continue;
    phrase->rank.implicit += connection.implicit;
    phrase->rank.detours += connection.detours;
    // Restrictive modifiers are said of kinds; of a name they only say which.
    if (!head.node->things.empty() && via.said != Said::kVerb) {
      phrase->rank.detours += 2;
      // Of the only thing of a name it would say nothing new.
      const Node& named = *phrase->node;
      if (named.things.size() == 1 && !named.any_thing) phrase->rank.implicit += 1;
    }
    AddRank(phrase->rank, modifier.rank);
    phrase->asked = connection.relation;
    phrase->next = modifier.next;
    out.push_back(*std::move(phrase));
  }
  return out;
}

Phrases Composer::Attach(const Phrase& head, const Phrase& modifier, const Via& via) {
  if (--budget_ < 0 || head.node == nullptr || modifier.node == nullptr) return {};
  if (modifier.joint != 0) return AttachJoint(head, modifier, via);
  if (modifier.headless || head.headless) return {};
  if (modifier.role != nullptr && !modifier.extremes.empty()) return {};
  if (IsRole(modifier.role, "members") && via.symbol != nullptr &&
      via.symbol->category == Category::kVerb) {
    if (Phrases led = LeadMembers(head, modifier, via); !led.empty()) return led;
  }
  if (IsLiteral(head) && !modifier.node->is_value()) return {};
  if (modifier.reversed && via.said == Said::kPreposition && via.symbol != nullptr) {
    Phrases under = AttachReversed(head, modifier, via);
    if (!under.empty()) return under;
  }
  Phrases out;
  const bool seeks_owner = head.property != nullptr && !head.owned &&
                           modifier.property == nullptr && !modifier.node->is_value();
  if (seeks_owner) {
    out = via.said == Said::kVerb ? OwnBySaying(head, modifier, via) : Own(head, modifier);
  } else if (modifier.property != nullptr && !modifier.owned) {
    out = AttachProperty(head, modifier, via);
  } else if (modifier.node->is_value()) {
    out = AttachValue(head, modifier, via);
  } else {
    out = AttachThing(head, modifier, via);
  }
  if (IsRole(modifier.role, "sides") && via.said == Said::kVerb) {
    Append(AttachWhole(head, modifier, via), out);
  }
  for (Phrase& phrase : out) {
    phrase.next = std::max(modifier.next, phrase.next);
    if (modifier.group.has_value() && !phrase.group.has_value()) phrase.group = modifier.group;
  }
  if (out.empty()) Fail(head, modifier, modifier.next);
  return out;
}

// "What did the two sides discuss", where nobody is known to have taken part: what
// was discussed at all.
Phrases Composer::AttachWhole(const Phrase& head, const Phrase& sides, const Via& via) {
  Phrases out;
  for (const ConditionPtr& part : sides.node->conditions) {
    if (part->target == nullptr || part->target->types.empty()) continue;
    Phrase whole = sides;
    auto node = std::make_shared<Node>(*part->target);
    node->words = sides.node->words;
    node->plural = true;
    node->definite = true;
    whole.node = node;
    whole.role = nullptr;
    for (Phrase& phrase : AttachThing(head, whole, via)) {
      phrase.rank.fuzzy += 1;
      out.push_back(std::move(phrase));
    }
    break;
  }
  return out;
}

Phrases Composer::AttachValue(const Phrase& head, const Phrase& modifier, const Via& via) {
  Phrases out;
  const NodePtr& value = modifier.node;
  const LiteralFamily family =
      value->types.empty() ? LiteralFamily::kNone : FamilyOf(value->types[0].value());
  auto condition = std::make_shared<Condition>();
  condition->target = value;
  condition->text = value->words;
  if (family == LiteralFamily::kDate) {
    condition->type = Condition::kInDate;
  } else {
    condition->type = Condition::kCompare;
    condition->comparison = value->comparator == Comparator::kMoreThan   ? Comparison::kGreater
                            : value->comparator == Comparator::kLessThan ? Comparison::kLess
                            : value->comparator == Comparator::kAtLeast
                                ? Comparison::kGreaterOrEqual
                            : value->comparator == Comparator::kAtMost ? Comparison::kLessOrEqual
                                                                       : Comparison::kEqual;
  }
  // "a population of 5 million": the value itself.
  if (head.property != nullptr && !head.owned) {
    condition->relation.said = Said::kOf;
    condition->target = InUnitOf(value, head.property->links);
    if (condition->target == nullptr) return out;
    Phrase phrase = head;
    phrase.node = With(head.node, condition);
    phrase.next = modifier.next;
    return {phrase};
  }
  std::vector<Connection> connections;
  if (via.symbol != nullptr && !via.symbol->links.empty()) {
    const std::string word =
        via.symbol->category == Category::kVerb ? via.preposition : WordOf(via.symbol);
    connections =
        connector_.ByLinks(via.symbol->links, head.node->types, value->types, Role::kUnknown, word);
  }
  if (connections.empty() && head.last_verb != nullptr) {
    connections = connector_.ByLinks(head.last_verb->links, head.node->types, value->types,
                                     Role::kUnknown, WordOf(via.symbol));
  }
  if (connections.empty() && (via.symbol == nullptr || via.symbol->category != Category::kVerb ||
                              family == LiteralFamily::kDate)) {
    if (family != LiteralFamily::kDate && family != LiteralFamily::kDuration) return out;
    connections = connector_.ToFamily(head.node->types, family);
    if (connections.size() > 1) connections.resize(1);
    for (Connection& c : connections) c.detours = 0;
  }
  for (const Connection& c : connections) {
    auto done = std::make_shared<Condition>(*condition);
    const Property* measured = schema().FindProperty(c.relation.chains[0].back().property);
    done->target = measured == nullptr ? value : InUnitOf(value, *measured);
    if (done->target == nullptr) continue;
    done->relation = c.relation;
    done->relation.said = via.symbol == nullptr ? Said::kCompound : via.said;
    if (via.symbol != nullptr) done->relation.words = via.symbol->text;
    NodePtr first = Narrow(head.node, c.first);
    if (first == nullptr) continue;
    Phrase phrase = head;
    phrase.node = With(first, via.negated ? Negate(done) : ConditionPtr(done));
    phrase.rank.implicit += c.implicit;
    phrase.rank.detours += c.detours;
    phrase.asked = done->relation;
    phrase.next = modifier.next;
    out.push_back(std::move(phrase));
  }
  return out;
}

}  // namespace sanad::question
