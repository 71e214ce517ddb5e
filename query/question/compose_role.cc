// Nouns for those who take part ("the two sides"), nouns for those who act for a
// party ("the Turkish delegation"), and verbs that stand for an event of their
// doers ("where did they meet"). Lexicon entries mark them by sets: `sides`,
// `members` and `eventVerb`.

#include <algorithm>
#include <utility>

#include "query/question/composer.h"

namespace sanad::question {

bool Composer::IsRole(const SymbolPtr& symbol, std::string_view set) {
  if (symbol == nullptr) return false;
  return std::any_of(symbol->links.begin(), symbol->links.end(), [&](const Link& link) {
    return std::find(link.sets.begin(), link.sets.end(), set) != link.sets.end();
  });
}

// "The two sides" are the objects of the property, whoever its subjects are;
// "delegation" its subjects, whose object an attribute names.
Phrase Composer::RolePhrase(const SymbolPtr& symbol) const {
  Phrase phrase = Unknown(symbol->text);
  phrase.role = symbol;
  auto node = std::make_shared<Node>(*phrase.node);
  node->plural = true;
  node->definite = true;
  for (const Link& link : symbol->links) {
    const Property* property = schema().FindProperty(link.term);
    if (property == nullptr) continue;
    if (IsRole(symbol, "members")) {
      node->types = schema().DomainOf(*property, {});
      break;
    }
    node->types = schema().RangeOf(*property, {});
    auto whole = std::make_shared<Node>();
    whole->types = schema().DomainOf(*property, {});
    auto condition = std::make_shared<Condition>();
    condition->relation.chains = {{Hop{property->iri, true, false}}};
    condition->relation.said = Said::kNoun;
    condition->relation.words = symbol->text;
    condition->target = whole;
    node->conditions = {condition};
    break;
  }
  phrase.node = node;
  return phrase;
}

// "Who led the Turkish delegation": who acts for Turkey and led something.
Phrases Composer::LeadMembers(const Phrase& head, const Phrase& members, const Via& via) {
  Phrases out;
  for (const Link& link : via.symbol->links) {
    const Property* property = schema().FindProperty(link.term);
    if (property == nullptr || link.subject_is != RelationSide::kObject) continue;
    if (schema().Fit(*property, {}, members.node->types) < 0) continue;
    if (!schema().Compatible(head.node->types, members.node->types)) continue;
    auto node = std::make_shared<Node>(*head.node);
    if (node->types.empty()) node->types = members.node->types;
    node->conditions.insert(node->conditions.end(), members.node->conditions.begin(),
                            members.node->conditions.end());
    auto whole = std::make_shared<Node>();
    whole->types = schema().DomainOf(*property, {});
    auto condition = std::make_shared<Condition>();
    condition->relation.chains = {{Hop{property->iri, true, false}}};
    condition->relation.said = Said::kVerb;
    condition->relation.words = via.symbol->text;
    condition->target = whole;
    condition->members = members.node;
    Phrase phrase = head;
    AddRank(phrase.rank, members.rank);
    phrase.node = With(node, via.negated ? Negate(condition) : ConditionPtr(condition));
    phrase.asked = condition->relation;
    phrase.next = members.next;
    out.push_back(std::move(phrase));
    break;
  }
  return out;
}

// The events that the doers of the verb take part in.
Phrases Composer::MeetingOf(const Phrase& subject, const SymbolPtr& verb) {
  Phrases out;
  if (verb == nullptr || subject.node == nullptr || subject.headless) return out;
  for (const Link& link : verb->links) {
    if (std::find(link.sets.begin(), link.sets.end(), "eventVerb") == link.sets.end()) continue;
    const Property* property = schema().FindProperty(link.term);
    if (property == nullptr) continue;
    std::vector<Phrase> doers = subject.joint != 0 ? subject.parts : std::vector<Phrase>{subject};
    auto node = std::make_shared<Node>();
    node->types = schema().DomainOf(*property, {});
    node->said_class = true;
    node->words = verb->text;
    Phrase phrase = subject;
    phrase.joint = 0;
    phrase.parts.clear();
    bool fits = !node->types.empty();
    for (const Phrase& doer : doers) {
      if (schema().Fit(*property, {}, doer.node->types) < 0 || doer.property != nullptr ||
          doer.node->is_value()) {
        fits = false;
        break;
      }
      if (IsRole(doer.role, "sides")) continue;  // Whoever they are.
      auto condition = std::make_shared<Condition>();
      condition->relation.chains = {{Hop{property->iri, false, false}}};
      condition->relation.said = Said::kPreposition;
      condition->relation.words = closed_words().WordFor("attended-by");
      condition->target = doer.node;
      node->conditions.push_back(condition);
    }
    if (!fits) continue;
    phrase.node = node;
    phrase.role = nullptr;
    phrase.owned = false;
    phrase.last_verb = verb;
    out.push_back(std::move(phrase));
    break;
  }
  return out;
}

}  // namespace sanad::question
