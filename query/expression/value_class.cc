// IRIs, blank nodes and plain strings are = only to themselves. Numbers are
// classed by their value as a double; every other literal (dates, durations,
// unknown datatypes, language tags in any case) shares one class.

#include "query/expression/value_class.h"

#include <bit>

#include "query/expression/value.h"

namespace sanad {

TermId ValueClass(TermId id, QueryContext& context) {
  switch (id.kind()) {
    case TermKind::kNone:
    case TermKind::kBlankNode:
    case TermKind::kIri:
    case TermKind::kTripleTerm:
    case TermKind::kString:
    case TermKind::kShortString:
      return id;
    case TermKind::kQueryLocal: {
      const Term& term = context.terms().Get(id);
      if (!term.is_literal() || IsSimpleLiteral(term)) return id;
      break;
    }
    default:
      break;
  }
  if (const auto number = Value::Of(id).AsNumeric(context)) {
    double value = number->ToDouble();
    if (value == 0) value = 0;  // -0 and 0 are equal.
    return TermId(TermKind::kDouble, std::bit_cast<uint64_t>(value) >> 4);
  }
  return TermId(TermKind::kTypedLiteral, 0);
}

}  // namespace sanad
