// Clauses: what is said of a phrase by a verb, by "have" and by "be", and clauses
// joined by "and" and "or".

#include <algorithm>
#include <utility>

#include "query/question/composer.h"

namespace sanad::question {

// "whose lowest point is sea level": the value or thing at the end of a relational
// noun.
void Composer::EquateProperty(const Phrase& gap, const Phrase& other, Phrase phrase, bool negated,
                              Phrases& out) {
  Types range;
  for (const Link& link : gap.property->links) {
    if (const Property* property = schema().FindProperty(link.term)) {
      for (const Term& type : schema().RangeOf(*property, {})) range.push_back(type);
    }
  }
  const NodePtr narrowed = Narrow(other.node, range);
  if (narrowed == nullptr || (narrowed->things.empty() && !narrowed->is_value())) return;
  phrase.node = WithIdentity(gap.node, narrowed, negated);
  out.push_back(std::move(phrase));
}

NodePtr Composer::WithIdentity(const NodePtr& node, const NodePtr& target, bool negated) {
  auto condition = std::make_shared<Condition>();
  condition->type = Condition::kIs;
  condition->target = target;
  return With(node, negated ? Negate(condition) : ConditionPtr(condition));
}

// The same variable: types, conditions and extreme of both; null where each has an
// extreme.
NodePtr Composer::Unified(const Node& a, const Node& b) const {
  auto node = std::make_shared<Node>(b);
  if (a.extreme.has_value() && node->extreme.has_value()) return nullptr;
  if (a.extreme.has_value()) node->extreme = a.extreme;
  node->conditions.insert(node->conditions.end(), a.conditions.begin(), a.conditions.end());
  if (node->words.empty()) node->words = a.words;
  if (!a.types.empty()) {
    Types both;
    for (const Term& type : node->types) {
      if (schema().Compatible({type}, a.types)) both.push_back(type);
    }
    node->types = both.empty() ? a.types : both;
  }
  node->things = a.things;
  return node;
}

// X is, or is not, one of what `other` says: "is X the largest city", "who is X".
void Composer::Identify(const Phrase& gap, const Phrase& other, Phrase said, bool negated,
                        Phrases& out) {
  if (other.group.has_value() || !other.aggregate.empty()) return;
  const NodePtr target =
      other.node->things.empty() ? other.node : Narrow(other.node, gap.node->types);
  if (target == nullptr) return;
  // "Is New York a city": the city of that name, if there is one.
  NodePtr subject = gap.node->things.empty() ? gap.node : Narrow(gap.node, target->types);
  if (subject == nullptr) {
    subject = gap.node;
    said.rank.fuzzy += 1;
    said.rank.implicit += 1;
  }
  said.node = WithIdentity(subject, target, negated);
  // "Who is X": that X is X is for where nothing else is known.
  if (!negated && gap.node->words.empty() && gap.node->conditions.empty()) said.rank.fuzzy += 1;
  out.push_back(std::move(said));
}

// X is Y: both are one.
Phrases Composer::Equate(const Phrase& gap, const Phrase& other, bool denied) {
  Phrases out;
  const bool negated = denied != other.no;
  if (other.joint != 0 || other.most != 0) return out;
  Phrase phrase = gap;
  phrase.next = other.next;
  phrase.rank.implicit += other.rank.implicit;
  phrase.rank.fuzzy += other.rank.fuzzy;
  phrase.rank.detours += other.rank.detours;
  phrase.rank.trivial += other.rank.trivial;
  if (other.headless && !other.extremes.empty() && !negated) {
    phrase.extremes = other.extremes;
    phrase.first = other.first;
    if (phrase.property != nullptr && !phrase.owned) return {phrase};
    return Finish(phrase);
  }
  if (gap.property != nullptr && !gap.owned) {
    // A relational noun without owner, and its owner: "what length is the river".
    const bool owner = other.property == nullptr && !negated && !other.node->things.empty();
    if (owner) Append(Own(gap, other), out);
    EquateProperty(gap, other, std::move(phrase), negated, out);
    return out;
  }
  if (other.property != nullptr && !other.owned) return out;
  if (other.node->is_value()) return out;
  if (!other.node->things.empty() || negated || !gap.node->things.empty()) {
    for (const Phrase& said : Finish(other)) Identify(gap, said, phrase, negated, out);
    return out;
  }
  if (!schema().Compatible(gap.node->types, other.node->types)) return out;
  phrase.node = Unified(*gap.node, *other.node);
  if (phrase.node == nullptr) return out;
  phrase.value_property = other.value_property;
  phrase.owned = other.owned;
  phrase.group = other.group;
  phrase.aggregate = other.aggregate;
  return {phrase};
}

Phrases Composer::BeClause(const Phrase& gap, size_t at, bool negated) {
  Phrases out;
  size_t next = at;
  bool denied = negated;
  while (Is(next, Category::kBe) || Is(next, Category::kAuxiliary) ||
         Is(next, Category::kNegation) || Is(next, Category::kThere) ||
         Is(next, Category::kMentioned)) {
    denied ^= Is(next, Category::kNegation);
    ++next;
  }
  if (next >= end_ || next == at) {
    if (next == at) return Clause(gap, at, 0);
    Phrase phrase = gap;
    phrase.next = next;
    return {phrase};
  }
  auto keep = [&](Phrases&& phrases) { Append(std::move(phrases), out); };
  if (Is(next, Category::kVerb)) keep(VerbClause(gap, next, next + 1, denied, true));
  if (IsCore(next)) {
    for (const Phrase& other : Phrases(PhrasesAt(next))) keep(Equate(gap, other, denied));
    // "is Russian": an adjective by itself.
    const Item& item = items_[next];
    if (item.heads.size() == 1 && item.heads[0]->category == Category::kAdjective) {
      for (const Phrase& adjective : HeadPhrases(item.heads[0])) {
        for (Phrase& p : Attach(gap, adjective, {.said = Said::kAdjective, .negated = denied})) {
          p.next = next + 1;
          out.push_back(std::move(p));
        }
      }
    }
    for (Phrase& p : SubjectClause(gap, next, denied)) out.push_back(std::move(p));
  }
  if (Is(next, Category::kComparative) &&
      (Is(next + 1, Category::kThan) || Is(next + 1, Category::kPreposition) ||
       Is(next + 1, Category::kOf)) &&
      IsCore(next + 2)) {
    for (const Phrase& other : Phrases(PhrasesAt(next + 2))) {
      for (Phrase& p : Compare(gap, items_[next].symbol, other)) {
        if (denied) p.node = WithLastNegated(p.node);
        out.push_back(std::move(p));
      }
    }
  }
  if (!Is(next, Category::kVerb)) {
    Phrase from = gap;
    from.next = next;
    Phrases modified;
    ModifiersOf(from, modified);
    for (Phrase& p : modified) {
      if (denied && p.node->conditions.size() > gap.node->conditions.size()) {
        p.node = WithLastNegated(p.node);
      }
      out.push_back(std::move(p));
    }
  }
  return out;
}

Phrases Composer::Clause(const Phrase& gap, size_t at, size_t depth) {
  Phrases out;
  if (--budget_ < 0 || depth > 12 || at >= end_) return out;
  size_t next = at;
  bool negated = false;
  bool said_have = false;
  while (Is(next, Category::kAuxiliary) || Is(next, Category::kDo) ||
         Is(next, Category::kNegation) || Is(next, Category::kMentioned)) {
    negated ^= Is(next, Category::kNegation);
    ++next;
  }
  auto keep = [&](Phrases&& phrases) { Append(std::move(phrases), out); };
  if (next >= end_) {
    Phrase phrase = gap;
    phrase.next = next;
    if (next > at && !negated) out.push_back(std::move(phrase));
    return out;
  }
  if (Is(next, Category::kBe) || Is(next, Category::kThere)) {
    keep(BeClause(gap, next, negated));
  }
  if (Is(next, Category::kVerb)) keep(VerbClause(gap, next, next + 1, negated, false));
  if (Is(next, Category::kHave)) {
    said_have = true;
    if (IsCore(next + 1)) {
      for (const Phrase& had : Phrases(PhrasesAt(next + 1))) {
        keep(Attach(gap, had, {.said = Said::kHave, .negated = negated}));
      }
    }
    keep(HaveMore(gap, next + 1, negated));
    // "Has the round been held", "have been led by": the auxiliary.
    if (Is(next + 1, Category::kBe) || Is(next + 1, Category::kVerb)) {
      keep(Clause(gap, next + 1, depth + 1));
    }
  }
  if (IsCore(next)) {
    keep(SubjectClause(gap, next, negated));
    // Arabic leaves "is" out: what follows says what it is.
    if (negated) {
      for (const Phrase& other : Phrases(PhrasesAt(next))) keep(Equate(gap, other, true));
    }
  }
  if (!said_have && out.empty() && next > at) {
    // Auxiliaries before a modifier: "will be in Rome".
    Phrase from = gap;
    from.next = next;
    if (!negated) ModifiersOf(from, out);
  }
  return out;
}

// A clause and those joined to it: "… and were led by …", "… or …".
Phrases Composer::Clauses(const Phrase& gap, size_t at, size_t depth) {
  Phrases firsts = Clause(gap, at, depth);
  Prune(firsts);
  Phrases out = firsts;
  for (const Phrase& first : firsts) {
    size_t next = first.next;
    bool any = false;
    bool joined = false;
    while (Is(next, Category::kAnd) || Is(next, Category::kOr) || Is(next, Category::kComma)) {
      any |= Is(next, Category::kOr);
      joined = true;
      ++next;
    }
    if (!joined) continue;
    if (Is(next, Category::kRelative)) ++next;
    Phrase from = first;
    from.next = next;
    Phrases more = Clauses(from, next, depth + 1);
    if (more.empty() && (Is(next, Category::kPreposition) || Is(next, Category::kTime))) {
      ModifiersOf(from, more);
    }
    for (Phrase& p : more) {
      if (any) {
        // The conditions that the two clauses added are alternatives.
        const size_t before = gap.node->conditions.size();
        const size_t middle = first.node->conditions.size();
        if (p.node->conditions.size() <= middle || middle <= before ||
            p.node->extreme.has_value()) {
          continue;
        }
        auto side = [&](size_t from_index, size_t to_index) {
          auto all = std::make_shared<Condition>();
          all->type = Condition::kAnd;
          all->parts.assign(p.node->conditions.begin() + static_cast<long>(from_index),
                            p.node->conditions.begin() + static_cast<long>(to_index));
          return all->parts.size() == 1 ? all->parts[0] : ConditionPtr(all);
        };
        auto either = std::make_shared<Condition>();
        either->type = Condition::kOr;
        either->words = "or";
        either->parts = {side(before, middle), side(middle, p.node->conditions.size())};
        auto node = std::make_shared<Node>(*p.node);
        node->conditions.resize(before);
        node->conditions.push_back(either);
        p.node = node;
      }
      out.push_back(std::move(p));
    }
  }
  Prune(out);
  return out;
}

}  // namespace sanad::question
