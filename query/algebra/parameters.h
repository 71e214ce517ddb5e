// Parameters of a prepared query: its variables bound before it runs.

#ifndef SANAD_QUERY_ALGEBRA_PARAMETERS_H_
#define SANAD_QUERY_ALGEBRA_PARAMETERS_H_

#include <map>
#include <set>
#include <string>

#include <absl/status/status.h>
#include "query/algebra/algebra.h"

namespace sanad::algebra {

using Parameters = std::map<std::string, Term>;

// Puts the terms in place of the variables; columns keep their names and hold
// the term. A variable that a subquery does not project is another one and
// stays. Errors: InvalidArgument for a name that the query does not use or
// that it assigns itself (AS, GROUP BY … AS), and for an undefined term. With
// `used`, names that the query uses are added to it and unused ones are no
// error: of a request of several operations, one must use each.
absl::Status BindParameters(const Parameters& parameters, QueryAlgebra& query,
                            std::set<std::string>* used = nullptr);

}  // namespace sanad::algebra

#endif  // SANAD_QUERY_ALGEBRA_PARAMETERS_H_
