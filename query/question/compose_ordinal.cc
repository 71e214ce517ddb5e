// Places in an order: "second round", "round 2", "first meeting", "the next
// meeting".

#include <algorithm>
#include <utility>

#include "query/question/composer.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {
namespace {

// "first" by date.
SymbolPtr Earliest(const SymbolPtr& ordinal) {
  auto symbol = std::make_shared<Symbol>(*ordinal);
  symbol->category = Category::kSuperlative;
  symbol->word = "earliest";
  symbol->direction = -1;
  symbol->links.clear();
  return symbol;
}

}  // namespace

// Whether a property gives things their number, as its labels say: the first of
// them, or others, too.
bool Composer::IsNumbering(const Property& property, bool other_labels) const {
  for (std::string_view predicate : {iri::kRdfsLabel, iri::kSkosAltLabel}) {
    if (predicate == iri::kSkosAltLabel && !other_labels) break;
    for (const Term& label :
         reader_.TermsOf(reader_.Objects(reader_.Id(property.iri), reader_.Id(predicate), true))) {
      for (const Token& token : Tokenise(label.value())) {
        if (closed_words().IsWordFor("number", token.normalised())) return true;
      }
    }
  }
  return false;
}

// "second round", "round 2", "first meeting": by a property that numbers things
// of the class, or for first and last by date.
Phrases Composer::WithOrdinal(const Phrase& phrase, const SymbolPtr& ordinal) {
  if (phrase.node == nullptr || phrase.property != nullptr) return {};
  Phrases out;
  if (phrase.role != nullptr) {
    if (ordinal->number.value != 1) return {};
    out.push_back(phrase);
    out.back().extremes.push_back(Earliest(ordinal));
    return out;
  }
  bool declared = false;
  Term number = ordinal->number.ToTerm();
  for (const Property* property : schema().properties()) {
    if (!property->datatype || schema().Fit(*property, phrase.node->types, {}) < 0) continue;
    bool numbers = false;
    for (const Term& range : schema().RangeOf(*property, {})) {
      numbers |= FamilyOf(range.value()) == LiteralFamily::kNumber;
    }
    if (!numbers) continue;
    if (!IsNumbering(*property, true)) continue;
    // A number of things of this class before a number of anything.
    if (declared && property->domain.empty()) continue;
    if (!declared && !property->domain.empty()) {
      out.clear();
      declared = true;
    }
    auto target = std::make_shared<Node>();
    target->literal = number;
    target->types = {Term::Iri(SANAD_XSD_NS "integer")};
    target->words = ordinal->text;
    auto condition = std::make_shared<Condition>();
    condition->type = Condition::kRelated;
    condition->relation.chains = {{Hop{property->iri, false, false}}};
    condition->relation.said = Said::kAdjective;
    condition->relation.words = ordinal->text;
    condition->target = target;
    Phrase with = phrase;
    with.node = With(phrase.node, condition);
    out.push_back(std::move(with));
  }
  const bool first = ordinal->number.value == 1;
  if (first) {
    Phrase earliest = phrase;
    earliest.extremes.push_back(Earliest(ordinal));
    earliest.rank.implicit += out.empty() ? 0 : 1;
    out.push_back(std::move(earliest));
  }
  return out;
}

// "next", "upcoming": what is planned, where the graph says of things of the kind
// that they are; else the latest.
Phrase Composer::Coming(const Phrase& phrase, const SymbolPtr& word) {
  Phrase out = phrase;
  // The word's own states ("cancelled"), else what is planned.
  std::vector<std::pair<Term, Term>> states;
  for (const Link& link : word->links) {
    if (!link.value.is_undefined()) states.emplace_back(link.term, link.value);
  }
  if (states.empty()) {
    const Term planned = Term::String("planned");
    for (const Term& property : reader_.TermsOf(reader_.PropertiesTaking(planned))) {
      states.emplace_back(property, planned);
    }
  }
  for (const auto& [term, value] : states) {
    const Property* property = schema().FindProperty(term);
    if (property == nullptr || schema().Fit(*property, phrase.node->types, {}) < 0) continue;
    auto target = std::make_shared<Node>();
    target->literal = value;
    target->types = {Term::Iri(value.datatype())};
    target->words = word->text;
    auto condition = std::make_shared<Condition>();
    condition->relation.chains = {{Hop{property->iri, false, false}}};
    condition->relation.said = Said::kAdjective;
    condition->relation.words = word->text;
    condition->target = target;
    out.node = With(phrase.node, condition);
    return out;
  }
  auto latest = std::make_shared<Symbol>(*word);
  latest->category = Category::kSuperlative;
  latest->word = "latest";
  latest->direction = 1;
  out.extremes.push_back(latest);
  return out;
}

}  // namespace sanad::question
