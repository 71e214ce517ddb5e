// Comparison of values: the operators = and < of SPARQL 1.1 section 17.3, and
// the total order behind ORDER BY, MIN and MAX.

#ifndef SANAD_QUERY_EXPRESSION_COMPARE_H_
#define SANAD_QUERY_EXPRESSION_COMPARE_H_

#include <compare>
#include <optional>
#include <string>

#include "query/expression/value.h"
#include "storage/model/xsd_datetime.h"

namespace sanad {

// `a = b`. nullopt: a type error (two different literals of which one has an
// unknown datatype or an ill-formed value may or may not be equal).
std::optional<bool> Equal(const Value& a, const Value& b, QueryContext& context);

// The order of `a` and `b` for <, <=, >, >=. nullopt: a type error. Unordered:
// every comparison is false (NaN).
std::optional<std::partial_ordering> Order(const Value& a, const Value& b, QueryContext& context);

// What ORDER BY compares of one value. Unbound and errors come first, then blank
// nodes, IRIs, literals; literals by class (numbers, strings, language-tagged
// strings, booleans, dates and times, durations, others), within a class by
// value and then by lexical form.
struct SortKey {
  enum class Class : uint8_t {
    kUnbound,
    kBlankNode,
    kIri,
    kNumber,
    kString,
    kLangString,
    kBoolean,
    kDateTime,
    kDuration,
    kOther,
  };
  Class kind = Class::kUnbound;
  uint8_t subtype = 0;  // The type of date or time.
  Numeric number;       // Numbers and booleans; the instant of dates.
  std::string text;     // Lexical form or IRI.
  std::string suffix;   // Language or datatype.
};
SortKey SortKeyOf(const Value& value, QueryContext& context);
std::weak_ordering Compare(const SortKey& a, const SortKey& b);

}  // namespace sanad

#endif  // SANAD_QUERY_EXPRESSION_COMPARE_H_
