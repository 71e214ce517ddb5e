// The list of rewrites.

#include "query/plan/rewrite.h"

namespace sanad {

algebra::OperatorPtr RewriteAlgebra(const algebra::QueryAlgebra& query) {
  algebra::OperatorPtr op = algebra::Clone(*query.root);
  op = RewriteEquality(std::move(op));
  op = RewriteSelective(std::move(op));
  return op;
}

}  // namespace sanad
