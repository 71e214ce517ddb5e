// + - * / on numbers, dates, times and durations (SPARQL 1.1, section 17.3, and
// XPath's date operators as an extension).

#ifndef SANAD_QUERY_EXPRESSION_ARITHMETIC_H_
#define SANAD_QUERY_EXPRESSION_ARITHMETIC_H_

#include "query/algebra/algebra.h"
#include "query/expression/value.h"

namespace sanad {

// `type` is kAdd, kSubtract, kMultiply or kDivide.
Value Arithmetic(algebra::ExpressionType type, const Value& a, const Value& b,
                 QueryContext& context);

}  // namespace sanad

#endif  // SANAD_QUERY_EXPRESSION_ARITHMETIC_H_
