// Units of measure: amounts are compared in the unit of the property, and given in
// the unit that is asked for. Which units convert is data (qudt:hasUnit of properties,
// qudt:conversionMultiplier of units); what does not convert is refused.

#include <charconv>

#include "query/question/composer.h"
#include "storage/model/vocabulary.h"
#include "storage/model/xsd_number.h"

namespace sanad::question {
namespace {

Term DecimalOf(double value) {
  char buffer[64];
  const auto [end, error] =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, 9);
  std::string text = error == std::errc() ? std::string(buffer, end) : "0";
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
  }
  return Term::Literal(text, SANAD_XSD_NS "decimal");
}

}  // namespace

NodePtr Composer::InUnitOf(const NodePtr& value, const Property& property) const {
  if (value->unit.is_undefined()) return value;
  const std::optional<double> factor = schema().UnitFactor(value->unit, property.unit);
  const std::optional<double> amount = ParseDouble(value->literal.value());
  if (!factor.has_value() || !amount.has_value()) return nullptr;
  auto out = std::make_shared<Node>(*value);
  out->literal = DecimalOf(*amount * *factor);
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
  const Property* property = schema().FindProperty(ValueProperty(*meaning.focus));
  if (property == nullptr || !schema().UnitFactor(property->unit, unit).has_value()) return false;
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
