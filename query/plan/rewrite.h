// Algebra rewrites: each in a file of its own, applied in turn. They keep the
// multiset of solutions, and their order where the query asks for one.
// QueryOptions::rewrite = false leaves them all out.

#ifndef SANAD_QUERY_PLAN_REWRITE_H_
#define SANAD_QUERY_PLAN_REWRITE_H_

#include "query/algebra/algebra.h"

namespace sanad {

// A rewritten copy of the query's operators.
algebra::OperatorPtr RewriteAlgebra(const algebra::QueryAlgebra& query);

// FILTER(?x = <iri>) and FILTER(sameTerm(?x, term)) put the constant into the
// patterns below, where ?x is bound by every solution; an extension keeps ?x.
algebra::OperatorPtr RewriteEquality(algebra::OperatorPtr op);

// A join with a union of patterns, where the other side names a subject or
// object, is done in each branch, and an optional pattern is restricted to what
// such a left side can match: the planner then starts from the named term.
algebra::OperatorPtr RewriteSelective(algebra::OperatorPtr op);

}  // namespace sanad

#endif  // SANAD_QUERY_PLAN_REWRITE_H_
