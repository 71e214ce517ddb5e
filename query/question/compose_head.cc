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

Phrase Valued(const SymbolPtr& symbol, Term literal, std::string_view datatype) {
  Phrase phrase;
  auto node = std::make_shared<Node>();
  node->literal = std::move(literal);
  node->types = {Term::Iri(datatype)};
  node->words = symbol->text;
  phrase.node = std::move(node);
  return phrase;
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
    (void)reader_.Scan({TermId(), type, id}, GraphScope::Union(), [&](const IdQuad&) {
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

Phrases Composer::HeadPhrases(const SymbolPtr& symbol) {
  Phrases out;
  auto node = std::make_shared<Node>();
  node->words = symbol->text;
  node->definite = symbol->definite;
  Phrase phrase;
  switch (symbol->category) {
    case Category::kClass: {
      for (const Link& link : symbol->links) {
        // Of a class and its sub-class under one name the wider one is meant.
        bool covered = false;
        for (const Link& other : symbol->links) {
          covered |= other.term != link.term && schema().IsSubClass(link.term, other.term) &&
                     QualityOf(other) <= QualityOf(link);
        }
        if (!covered) {
          for (const Term& type : WithInstances(link.term)) node->types.push_back(type);
        }
        node->plural |= link.features.number == Number::kPlural;
        if (link.features.number == Number::kDual) node->number = 2;
      }
      if (node->plural) node->number = 0;
      if (!arabic() && !node->words.empty() && node->words.back() == 's') node->plural = true;
      node->said_class = true;
      phrase.node = node;
      out.push_back(phrase);
      break;
    }
    case Category::kProperty: {
      if (IsRole(symbol, "sides") || IsRole(symbol, "members")) {
        out.push_back(RolePhrase(symbol));
        break;
      }
      if (!arabic() && !node->words.empty() && node->words.back() == 's') node->plural = true;
      phrase.node = node;
      phrase.property = symbol;
      out.push_back(phrase);
      break;
    }
    case Category::kEntity:
    case Category::kName: {
      int best = 10;
      bool document = false;
      for (const Link& link : symbol->links) {
        best = std::min(best, QualityOf(link));
        document |= IsDocumentThing(link.term);
      }
      for (const Link& link : symbol->links) {
        const int quality = QualityOf(link);
        // Labels that hold the words among others: for things without names of
        // their own always, for others only where nothing is named so.
        if (link.holding && best < 3 && !IsDocumentThing(link.term)) continue;
        NamedThing thing{link.term, Schema::TypesOf(reader_, reader_.Id(link.term)), quality};
        for (const Term& type : thing.types) {
          if (std::find(node->types.begin(), node->types.end(), type) == node->types.end()) {
            node->types.push_back(type);
          }
        }
        node->things.push_back(std::move(thing));
      }
      node->any_thing = symbol->category == Category::kName || best == 3;
      phrase.rank.fuzzy = best == 3 ? 1 : 0;
      phrase.node = node;
      if (!node->things.empty()) out.push_back(phrase);
      break;
    }
    case Category::kAdjective: {
      // "Russian": someone or something of that country.
      for (const Link& link : symbol->links) {
        NamedThing thing{link.term, Schema::TypesOf(reader_, reader_.Id(link.term)), 0};
        if (thing.types.empty() && vocabulary_.lexicon != nullptr) {
          thing.types = vocabulary_.lexicon->TypesOf(link.term);
        }
        for (const Term& type : thing.types) node->types.push_back(type);
        node->things.push_back(std::move(thing));
      }
      phrase.node = node;
      out.push_back(phrase);
      break;
    }
    case Category::kDate: {
      phrase = Valued(symbol, symbol->date.date.ToTerm(), SANAD_XSD_NS "date");
      auto dated = std::make_shared<Node>(*phrase.node);
      dated->date = symbol->date.date;
      dated->date_end = symbol->date.end;
      if (dated->literal.is_undefined()) {
        dated->literal = Term::String(symbol->text);  // A relative date: compared by its words.
      }
      phrase.node = dated;
      out.push_back(phrase);
      break;
    }
    case Category::kDuration: {
      phrase = symbol->unit.is_undefined()
                   ? Valued(symbol, symbol->duration.ToTerm(), SANAD_XSD_NS "duration")
                   : Valued(symbol, symbol->number.ToTerm(), SANAD_XSD_NS "decimal");
      auto lasting = std::make_shared<Node>(*phrase.node);
      lasting->unit = symbol->unit;
      lasting->comparator = symbol->comparator;
      phrase.node = lasting;
      out.push_back(phrase);
      break;
    }
    case Category::kNumber: {
      out.push_back(Valued(symbol, symbol->number.ToTerm(), SANAD_XSD_NS "decimal"));
      break;
    }
    default:
      break;
  }
  return out;
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
  for (const NamedThing& thing : narrowed->things) all &= !thing.types.empty();
  if (!all) return {};
  Phrase out = noun;
  auto node = std::make_shared<Node>(*narrowed);
  node->noun = noun.node->words;
  node->relative = noun.node->relative;
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
