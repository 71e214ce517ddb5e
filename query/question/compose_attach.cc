// Attaching: a modifier to a head, an owner to a relational noun, a superlative
// to what it measures, dates and comparisons. Every attachment names the
// property that bears it, or fails.

#include <algorithm>
#include <utility>

#include "language/normalise.h"
#include "query/question/composer.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {
namespace {

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

bool IsFamily(const NodePtr& node, LiteralFamily family) {
  return node->is_value() && !node->types.empty() && FamilyOf(node->types[0].value()) == family;
}

bool HasRange(const Schema& schema, const Property& property, LiteralFamily family) {
  for (const Term& range : schema.RangeOf(property, {})) {
    if (FamilyOf(range.value()) == family) return true;
  }
  return false;
}

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
    if (out.empty() && via.said == Said::kAdjective) {
      // A nationality is what "of" or "from" the country would say.
      const std::string_view from = arabic() ? "من" : "from";
      if (vocabulary_.lexicon != nullptr) {
        std::vector<Token> tokens = Tokenise(from);
        std::vector<Link> links;
        for (const LexiconMatch& match : vocabulary_.lexicon->MatchAt(tokens, 0)) {
          if (match.entry->part_of_speech != PartOfSpeech::kPreposition) continue;
          for (const Term& reference : match.entry->references) {
            Link link;
            link.term = reference;
            links.push_back(link);
          }
        }
        out = connector_.ByLinks(links, first, second, Role::kUnknown, from);
        for (Connection& c : out) c.detours = 0;
      }
    }
    // Of names and compounds a place comes first: "Austin Texas", "Texas city".
    if (out.empty() &&
        (via.said == Said::kCompound || via.said == Said::kOf || via.said == Said::kHave) &&
        !first.empty() && !second.empty()) {
      std::vector<Link> places = PlaceLinks();
      out = connector_.ByLinks(places, first, second, Role::kUnknown, "");

      for (Connection& c : out) c.implicit = 1;
    }
    if (out.empty()) out = connector_.ByTypes(first, second);
  }
  for (Connection& c : out) {
    c.relation.said = verb ? Said::kVerb : via.said;
    if (via.symbol != nullptr) c.relation.words = via.symbol->text;
    if (!verb) c.relation.preposition.clear();
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

Phrases Composer::Attach(const Phrase& head, const Phrase& modifier, const Via& via) {
  if (--budget_ < 0 || head.node == nullptr || modifier.node == nullptr) return {};
  if (modifier.joint != 0) return AttachJoint(head, modifier, via);
  if (modifier.headless || head.headless) return {};
  Phrases out;
  if (head.property != nullptr && !head.owned && modifier.property == nullptr &&
      via.said != Said::kVerb && !modifier.node->is_value()) {
    out = Own(head, modifier);
  } else if (head.property != nullptr && !head.owned && modifier.property == nullptr &&
             !modifier.node->is_value()) {
    // "people live in": the verb says the noun's own relation.
    for (Phrase& p : Own(head, modifier)) {
      bool same = false;
      for (const Link& link : via.symbol->links) same |= link.term == p.value_property;
      if (same) out.push_back(std::move(p));
    }
  } else if (modifier.property != nullptr && !modifier.owned) {
    out = AttachProperty(head, modifier, via);
  } else if (modifier.node->is_value()) {
    out = AttachValue(head, modifier, via);
  } else {
    // Restrictive modifiers are said of kinds; of a name they only say which.
    for (const Connection& c : Connections(head, modifier, via)) {
      NodePtr target = Narrow(modifier.node, c.second);
      NodePtr first = Narrow(head.node, c.first);
      if (target == nullptr || first == nullptr) continue;
      Phrase phrase = head;
      phrase.rank.implicit += c.implicit;
      phrase.rank.detours += c.detours;
      if (!head.node->things.empty() && via.said != Said::kVerb) phrase.rank.detours += 2;
      AddRank(phrase.rank, modifier.rank);
      auto untyped = std::make_shared<Node>(*target);
      if (untyped->types.empty()) untyped->types = c.second;
      target = untyped;
      if (first->types.empty() && first->things.empty()) {
        auto typed = std::make_shared<Node>(*first);
        typed->types = c.first;
        first = typed;
      }
      if (modifier.most != 0) {
        if (first->extreme.has_value() || !first->things.empty()) continue;
        auto with = std::make_shared<Node>(*first);
        Extreme extreme;
        extreme.measure = c.relation;
        extreme.counted = target;
        extreme.direction = static_cast<int8_t>(modifier.most);
        extreme.said = via.said;
        with->extreme = extreme;
        phrase.node = with;
      } else {
        auto condition = std::make_shared<Condition>();
        condition->relation = c.relation;
        condition->target = target;
        if (modifier.bound.has_value() && modifier.node->things.empty()) {
          condition->type = Condition::kCount;
          condition->comparison = modifier.bound->first;
          condition->number = modifier.bound->second;
        }
        ConditionPtr done = condition;
        if (via.negated != modifier.no) done = Negate(condition);
        phrase.node = With(first, done);
      }
      phrase.asked = c.relation;
      phrase.next = modifier.next;
      out.push_back(std::move(phrase));
    }
  }
  for (Phrase& phrase : out) {
    phrase.next = std::max(modifier.next, phrase.next);
    if (modifier.group.has_value() && !phrase.group.has_value()) phrase.group = modifier.group;
  }
  if (out.empty()) Fail(head, modifier, modifier.next);
  return out;
}

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
    phrase.property = nullptr;
    phrase.value_property = property->iri;
    phrase.rank.detours += fit >= 3 ? 1 : 0;
    AddRank(phrase.rank, owner.rank);
    // "the highest point in states that …" asks for one over all of them.
    const bool many = target->things.empty() && (target->plural || owner.each);
    if (head.property->superlative_name && many && !head.node->plural && !owner.each) {
      phrase.rank.implicit += 2;
    }
    phrase.asked = condition->relation;
    phrase.next = owner.next;
    out.push_back(std::move(phrase));
  }
  return out;
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
    std::string words;
    for (const SymbolPtr& extreme : modifier.extremes) {
      direction = extreme->direction;
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
    condition->relation.chains.clear();
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

namespace {

Comparison ComparisonOf(std::string_view word) {
  if (word == "before") return Comparison::kLess;
  if (word == "until") return Comparison::kLessOrEqual;
  if (word == "from-time") return Comparison::kGreaterOrEqual;
  return Comparison::kGreater;
}

}  // namespace

Phrases Composer::AttachTime(const Phrase& head, const SymbolPtr& word, const Phrase& time) {
  Phrases out;
  if (head.node->is_value() || head.node->types.empty()) return out;
  const bool date = IsFamily(time.node, LiteralFamily::kDate);
  std::vector<ConditionPtr> ways;
  auto dates = connector_.ToFamily(head.node->types, LiteralFamily::kDate);
  Rank rank;
  if (date) {
    if (dates.empty()) return out;
    auto condition = std::make_shared<Condition>();
    condition->type = Condition::kCompare;
    condition->relation = dates[0].relation;
    // Held or else scheduled: any date the class is shown or declared with, best first.
    condition->target = time.node;
    condition->comparison = ComparisonOf(word->word);
    ways.push_back(condition);
  } else {
    // What the graph itself says, then dates, then numbers of a series.
    for (const Connection& c :
         connector_.ByLinks(word->links, head.node->types, time.node->types, Role::kUnknown, "")) {
      auto condition = std::make_shared<Condition>();
      condition->relation = c.relation;
      condition->target = time.node;
      ways.push_back(condition);
    }
    auto other_dates = connector_.ToFamily(time.node->types, LiteralFamily::kDate);
    if (!dates.empty() && !other_dates.empty()) {
      auto condition = std::make_shared<Condition>();
      condition->type = Condition::kCompare;
      condition->relation = dates[0].relation;
      condition->other = other_dates[0].relation;
      condition->target = time.node;
      condition->comparison = ComparisonOf(word->word);
      ways.push_back(condition);
    }
    const std::string_view marker = arabic() ? "رقم" : "number";
    for (const Connection& c : connector_.ToFamily(head.node->types, LiteralFamily::kNumber)) {
      const Property* property = schema().FindProperty(c.relation.chains[0][0].property);
      bool marked = false;
      for (const Term& label : reader_.TermsOf(
               reader_.Objects(reader_.Id(property->iri), reader_.Id(iri::kRdfsLabel), true))) {
        for (const Token& token : Tokenise(label.value())) marked |= token.normalised() == marker;
      }
      if (!marked || schema().Fit(*property, time.node->types, {}) < 0) continue;
      auto condition = std::make_shared<Condition>();
      condition->type = Condition::kCompare;
      condition->relation = c.relation;
      condition->other = c.relation;
      condition->target = time.node;
      condition->comparison = ComparisonOf(word->word);
      ways.push_back(condition);
      break;
    }
    if (ways.empty()) return out;
    AddRank(rank, time.rank);
  }
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
  AddRank(phrase.rank, rank);
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

Phrases Composer::Compare(const Phrase& head, const SymbolPtr& comparative, const Phrase& other) {
  Phrases out;
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

bool Composer::ApplyExtreme(Phrase& phrase, const SymbolPtr& extreme) {
  if (phrase.node->extreme.has_value() || !phrase.node->things.empty()) return false;
  Extreme out;
  out.direction = extreme->direction;
  out.first = phrase.first;
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
  for (const SymbolPtr& extreme : out.extremes) {
    if (!ApplyExtreme(out, extreme)) return {};
  }
  out.extremes.clear();
  if (!out.aggregate.empty() || out.number_of) return {out};
  return {out};
}

}  // namespace sanad::question
