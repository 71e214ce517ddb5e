// A stand-in for the value of an id: ids whose terms are = have the same one.
// Different values may share one, so whoever matches by it still compares.

#ifndef SANAD_QUERY_EXPRESSION_VALUE_CLASS_H_
#define SANAD_QUERY_EXPRESSION_VALUE_CLASS_H_

#include "query/expression/query_context.h"

namespace sanad {

TermId ValueClass(TermId id, QueryContext& context);

}  // namespace sanad

#endif  // SANAD_QUERY_EXPRESSION_VALUE_CLASS_H_
