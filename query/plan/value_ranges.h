// The ids that a filter on a value leaves: FILTER(?v < 10 && ?v >= 2.5).
//
// Inlined numbers, dates and times sort by value within their kind, so a
// comparison with a constant leaves one range of each kind it compares with, and
// all literals of a datatype that lie in the dictionary. The ranges may hold more
// than passes, never less: the filter itself stays.

#ifndef SANAD_QUERY_PLAN_VALUE_RANGES_H_
#define SANAD_QUERY_PLAN_VALUE_RANGES_H_

#include <string_view>
#include <vector>

#include "query/algebra/algebra.h"
#include "storage/quad_source.h"

namespace sanad {

// Ranges for a variable under all of the conditions together, sorted and disjoint;
// empty where they tell nothing.
std::vector<IdRange> ValueRanges(const std::vector<const algebra::Expression*>& conditions,
                                 std::string_view variable);

}  // namespace sanad

#endif  // SANAD_QUERY_PLAN_VALUE_RANGES_H_
