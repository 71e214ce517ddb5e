// Where the values of an interval lie among inlined ids.

#ifndef SANAD_STORAGE_ENCODING_INLINE_VALUE_H_
#define SANAD_STORAGE_ENCODING_INLINE_VALUE_H_

#include <utility>

#include "storage/encoding/term_id.h"

namespace sanad {

// Ids of one inlined kind whose values lie in a closed interval, [first, second];
// a few beside it may be among them, none inside it is left out. The bounds may
// be infinite.
//   kInteger, kDecimal, kDouble, kFloat: numbers. `single`: compared in single
//     precision, as with an xsd:float.
//   kDate, kDateTime: seconds since 1970-01-01T00:00:00Z.
// REQUIRES: a kind named above; neither bound is a NaN.
std::pair<TermId, TermId> InlineIdsBetween(TermKind kind, double low, double high, bool single);

}  // namespace sanad

#endif  // SANAD_STORAGE_ENCODING_INLINE_VALUE_H_
