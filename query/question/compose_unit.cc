// Units of measure: amounts are compared in the unit of the property, and given in
// the unit that is asked for. Which units convert is data (qudt:hasUnit of properties,
// qudt:conversionMultiplier of units); what does not convert is refused.

#include "query/question/composer.h"
#include "storage/model/vocabulary.h"
#include "storage/model/xsd_number.h"

namespace sanad::question {

NodePtr Composer::InUnitOf(const NodePtr& value, const Property& property) const {
  if (value->unit.is_undefined()) return value;
  const std::optional<Decimal> amount = DecimalOf(value->literal);
  if (!amount.has_value()) return nullptr;
  const std::optional<Decimal> converted = schema().Convert(*amount, value->unit, property.unit);
  if (!converted.has_value()) return nullptr;
  auto out = std::make_shared<Node>(*value);
  out->literal = Numeric::FromDecimal(*converted).ToTerm();
  out->unit = Term();
  return out;
}

NodePtr Composer::InUnitOf(const NodePtr& value, std::span<const Link> properties) const {
  if (value->unit.is_undefined()) return value;
  for (const Link& link : properties) {
    const Property* property = schema().FindProperty(link.term);
    if (property == nullptr) continue;
    if (NodePtr out = InUnitOf(value, *property)) return out;
  }
  return nullptr;
}

Term Composer::UnitAsked() const {
  if (items_.size() < 3) return Term();
  const size_t at = items_.size() - 2;
  if (!Is(at, Category::kPreposition) || !items_[at + 1].core) return Term();
  const Item& item = items_[at + 1];
  const bool in =
      items_[at].symbol->attached || closed_words().IsWordFor("in", items_[at].symbol->word);
  if (!in || item.heads.size() != 1 || !item.before.empty()) return Term();
  for (const Link& link : item.heads[0]->links) {
    if (schema().IsUnit(link.term)) return link.term;
  }
  return Term();
}

bool Composer::TakeUnit(const Term& unit, Meaning& meaning) const {
  if (unit.is_undefined()) return true;
  // Only these forms give values; elsewhere the unit would be left out.
  if (meaning.form != AnswerForm::kList && meaning.form != AnswerForm::kAggregate) return false;
  const Property* property = schema().FindProperty(ValueProperty(*meaning.focus));
  if (property == nullptr) return false;
  const std::optional<Decimal> zero = schema().Convert(Decimal(), property->unit, unit);
  if (!zero.has_value()) return false;
  // A sum is none of amounts that are counted from another zero.
  if (meaning.aggregate == "SUM" && !zero->is_zero()) return false;
  meaning.unit = unit;
  const SymbolPtr& preposition = items_[items_.size() - 2].symbol;
  const SymbolPtr& word = items_.back().heads[0];
  // The text of several words has what is attached before the first.
  meaning.unit_words = !preposition->attached ? preposition->text + " " + word->text
                       : word->count > 1      ? word->text
                                              : preposition->word + word->text;
  return true;
}

}  // namespace sanad::question
