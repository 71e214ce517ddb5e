// Heads of noun phrases: what one word or name of the graph stands for, a class
// noun beside the name of one of its things, and narrowing by types.

#include <algorithm>
#include <utility>

#include "query/question/composer.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {
namespace {

int QualityOf(const Link& link) {
  if (link.holding || link.closeness == Closeness::kFuzzy) return 3;
  if (link.closeness >= Closeness::kInflected) return 2;
  return link.preferred_label ? 0 : 1;
}

// Things a document made have no name of their own: whatever their labels say
// among other words is meant.
bool IsDocumentThing(const Term& term) {
  return term.is_iri() && term.value().find('#') != std::string::npos &&
         (term.value().starts_with("file:") || term.value().find("#topic-") != std::string::npos ||
          term.value().find("#event-") != std::string::npos ||
          term.value().find("#outcome-") != std::string::npos ||
          term.value().find("#proposal-") != std::string::npos);
}

Phrase PhraseOf(NodePtr node) {
  Phrase phrase;
  phrase.node = std::move(node);
  return phrase;
}

// A node that only says its words.
std::shared_ptr<Node> Worded(const Symbol& symbol) {
  auto node = std::make_shared<Node>();
  node->words = symbol.text;
  node->definite = symbol.definite;
  return node;
}

Phrase Valued(const SymbolPtr& symbol, Term literal, std::string_view datatype) {
  auto node = std::make_shared<Node>();
  node->literal = std::move(literal);
  node->types = {Term::Iri(datatype)};
  node->words = symbol->text;
  return PhraseOf(std::move(node));
}

}  // namespace

// The class, or where nothing is of it those that the vocabulary calls close: a
// text that speaks of talks throughout is asked about a session of them.
Types Composer::WithInstances(const Term& cls) const {
  const TermId type = reader_.Id(iri::kRdfType);
  for (const Term& sub : schema().SubClasses(cls)) {
    const TermId id = reader_.Id(sub);
    if (id.is_undefined()) continue;
    bool any = false;
    reader_.Scan({TermId(), type, id}, GraphScope::Union(), [&](const IdQuad&) {
      any = true;
      return false;
    });
    if (any) return {cls};
  }
  const TermId close = reader_.Id(SANAD_SKOS_NS "closeMatch");
  Types out = {cls};
  if (close.is_undefined()) return out;
  for (const Term& other : reader_.TermsOf(reader_.Objects(reader_.Id(cls), close, true))) {
    if (schema().IsClass(other)) out.push_back(other);
  }
  return out;
}

// "Meetings": whatever is of the class.
Phrase Composer::ClassPhrase(const SymbolPtr& symbol) const {
  const std::shared_ptr<Node> node = Worded(*symbol);
  for (const Link& link : symbol->links) {
    // Of a class and its sub-class under one name the wider one is meant.
    const bool covered =
        std::any_of(symbol->links.begin(), symbol->links.end(), [&](const Link& other) {
          return other.term != link.term && schema().IsSubClass(link.term, other.term) &&
                 QualityOf(other) <= QualityOf(link);
        });
    if (!covered) {
      for (const Term& type : WithInstances(link.term)) node->types.push_back(type);
    }
    node->plural |= link.features.number == Number::kPlural;
    node->dual |= link.features.number == Number::kDual;
  }
  node->dual &= !node->plural;
  if (node->dual) node->number = 2;
  node->plural |= !arabic() && node->words.ends_with('s');
  node->said_class = true;
  return PhraseOf(node);
}

// "Population": a relation said by a noun, or a noun for those who take part.
Phrase Composer::NounPhrase(const SymbolPtr& symbol) const {
  if (IsRole(symbol, "sides") || IsRole(symbol, "members")) return RolePhrase(symbol);
  const std::shared_ptr<Node> node = Worded(*symbol);
  node->plural = !arabic() && node->words.ends_with('s');
  Phrase phrase = PhraseOf(node);
  phrase.property = symbol;
  return phrase;
}

// What a name stands for.
Phrase Composer::NamePhrase(const SymbolPtr& symbol) const {
  const std::shared_ptr<Node> node = Worded(*symbol);
  int best = 10;
  for (const Link& link : symbol->links) best = std::min(best, QualityOf(link));
  for (const Link& link : symbol->links) {
    // Labels that hold the words among others: for things without names of
    // their own always, for others only where nothing is named so.
    if (link.holding && best < 3 && !IsDocumentThing(link.term)) continue;
    NamedThing thing{link.term, Schema::TypesOf(reader_, reader_.Id(link.term)), QualityOf(link)};
    // A word of the lexicon that names nothing in the graph may be of any kind.
    std::erase(thing.types, Term::Iri(SANAD_ONTOLEX_NS "LexicalEntry"));
    for (const Term& type : thing.types) {
      if (std::find(node->types.begin(), node->types.end(), type) == node->types.end()) {
        node->types.push_back(type);
      }
    }
    node->things.push_back(std::move(thing));
  }
  node->any_thing = symbol->category == Category::kName || best == 3;
  Phrase phrase = PhraseOf(node);
  phrase.rank.fuzzy = best == 3 ? 1 : 0;
  return phrase;
}

// "The foreign minister" is the position, and whoever holds it. A vocabulary marks the
// property from the one to the other with sanad:namesSubjects.
Phrases Composer::HoldersOf(const Phrase& name) const {
  Phrases out;
  const TermId yes = reader_.Id(Term::Boolean(true));
  for (const Term& marked :
       reader_.TermsOf(reader_.Subjects(reader_.Id(SANAD_NS "namesSubjects"), yes, true))) {
    const Property* property = schema().FindProperty(marked);
    if (property == nullptr) continue;
    auto held = std::make_shared<Node>(*name.node);
    std::erase_if(held->things, [&](const NamedThing& thing) {
      return thing.types.empty() || schema().Fit(*property, {}, thing.types) < 0;
    });
    if (held->things.empty()) continue;
    auto condition = std::make_shared<Condition>();
    condition->relation.chains = {{Hop{property->iri, false, false}}};
    condition->relation.said = Said::kNoun;
    condition->target = held;
    condition->implied = true;
    auto holder = std::make_shared<Node>();
    holder->words = name.node->words;
    holder->definite = name.node->definite;
    holder->types = schema().DomainOf(*property, {});
    holder->conditions = {condition};
    Phrase phrase = PhraseOf(holder);
    phrase.rank.fuzzy = name.rank.fuzzy;
    phrase.rank.detours = 1;
    out.push_back(std::move(phrase));
  }
  return out;
}

// "Russian": someone or something of that country.
Phrase Composer::AdjectivePhrase(const SymbolPtr& symbol) const {
  const std::shared_ptr<Node> node = Worded(*symbol);
  for (const Link& link : symbol->links) {
    NamedThing thing{link.term, Schema::TypesOf(reader_, reader_.Id(link.term)), 0};
    if (thing.types.empty() && vocabulary_.lexicon != nullptr) {
      thing.types = vocabulary_.lexicon->TypesOf(link.term);
    }
    for (const Term& type : thing.types) node->types.push_back(type);
    node->things.push_back(std::move(thing));
  }
  return PhraseOf(node);
}

// A relative date is compared by its words.
Phrase Composer::DatePhrase(const SymbolPtr& symbol) {
  const Phrase phrase = Valued(symbol, symbol->date.date.ToTerm(), SANAD_XSD_NS "date");
  auto dated = std::make_shared<Node>(*phrase.node);
  dated->date = symbol->date.date;
  dated->date_end = symbol->date.end;
  if (dated->literal.is_undefined()) dated->literal = Term::String(symbol->text);
  return PhraseOf(dated);
}

// A duration, or an amount of a unit.
Phrase Composer::QuantityPhrase(const SymbolPtr& symbol) {
  const Phrase phrase = symbol->unit.is_undefined()
                            ? Valued(symbol, symbol->duration.ToTerm(), SANAD_XSD_NS "duration")
                            : Valued(symbol, symbol->number.ToTerm(), SANAD_XSD_NS "decimal");
  auto amount = std::make_shared<Node>(*phrase.node);
  amount->unit = symbol->unit;
  amount->comparator = symbol->comparator;
  return PhraseOf(amount);
}

Phrases Composer::HeadPhrases(const SymbolPtr& symbol) {
  switch (symbol->category) {
    case Category::kClass:
      return {ClassPhrase(symbol)};
    case Category::kProperty:
      return {NounPhrase(symbol)};
    case Category::kEntity:
    case Category::kName: {
      Phrase phrase = NamePhrase(symbol);
      if (phrase.node->things.empty()) return {};
      Phrases out = HoldersOf(phrase);
      out.insert(out.begin(), std::move(phrase));
      return out;
    }
    case Category::kAdjective:
      return {AdjectivePhrase(symbol)};
    case Category::kDate:
      return {DatePhrase(symbol)};
    case Category::kQuantity:
      return {QuantityPhrase(symbol)};
    case Category::kNumber:
      return {Valued(symbol, symbol->number.ToTerm(), SANAD_XSD_NS "decimal")};
    default:
      return {};
  }
}

// A class noun and a name side by side: the name, when it is one of the class.
Phrases Composer::Apposition(const Phrase& noun, const Phrase& name) {
  if (name.node->things.empty() || !noun.node->things.empty()) return {};
  if (!noun.node->conditions.empty() || noun.owned) return {};
  Types wanted = noun.node->types;
  if (noun.property != nullptr) {
    for (const Link& link : noun.property->links) {
      if (const Property* property = schema().FindProperty(link.term)) {
        for (const Term& range : schema().RangeOf(*property, {})) wanted.push_back(range);
      }
    }
  }
  if (wanted.empty()) return {};
  NodePtr narrowed = Narrow(name.node, wanted);
  if (narrowed == nullptr) return {};
  bool all = true;
  // What only the lexicon knows is of no class, and may be of any.
  for (const NamedThing& thing : narrowed->things)
    all &= !thing.types.empty() || thing.quality == 3;
  if (!all) return {};
  Phrase out = noun;
  auto node = std::make_shared<Node>(*narrowed);
  node->noun = noun.node->words;
  node->relative = noun.node->relative;
  node->plural = noun.node->plural;
  out.node = node;
  out.rank.fuzzy += name.rank.fuzzy;
  return {out};
}

NodePtr Composer::Narrow(const NodePtr& node, const Types& types) const {
  if (node == nullptr) return nullptr;
  if (node->is_value()) return node;
  if (node->things.empty()) {
    if (!node->types.empty() || types.empty()) {
      return schema().Compatible(node->types, types) ? node : nullptr;
    }
    return node;
  }
  auto out = std::make_shared<Node>(*node);
  std::erase_if(out->things, [&](const NamedThing& thing) {
    return !thing.types.empty() && !schema().Compatible(thing.types, types);
  });
  if (out->things.empty()) return nullptr;
  if (!out->any_thing) {
    // The best way of naming wins where types leave several.
    int best = 10;
    bool document = false;
    for (const NamedThing& thing : out->things) {
      best = std::min(best, thing.quality);
      document |= IsDocumentThing(thing.term);
    }
    if (document) {
      out->any_thing = true;
    } else {
      std::erase_if(out->things, [&](const NamedThing& thing) { return thing.quality > best; });
    }
  }
  out->types.clear();
  for (const NamedThing& thing : out->things) {
    for (const Term& type : thing.types) {
      if (std::find(out->types.begin(), out->types.end(), type) == out->types.end()) {
        out->types.push_back(type);
      }
    }
  }
  return out;
}

}  // namespace sanad::question
