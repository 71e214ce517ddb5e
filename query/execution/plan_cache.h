// Plans kept with a prepared query.
//
// A plan holds for one state of one store: counts chose its order, ids of terms
// stand in it, and a pattern without rows may have ended it. So the plan last
// made is kept with the token of its state and what else it depends on, and any
// commit makes the next execution plan anew. Plans that name ids of the query's
// own dictionary are not kept, since each execution numbers its own.

#ifndef SANAD_QUERY_EXECUTION_PLAN_CACHE_H_
#define SANAD_QUERY_EXECUTION_PLAN_CACHE_H_

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include <sanad/query.h>
#include "query/plan/planner.h"

namespace sanad {

// A plan with all that it was made from. Immutable once made.
struct PreparedPlan {
  std::shared_ptr<const algebra::QueryAlgebra> algebra;  // Parameters bound.
  algebra::OperatorPtr rewritten;
  Dataset dataset;
  Plan plan;
};

// Thread-safe.
class PlanCache {
 public:
  // The plan kept for this state and these options, or null.
  std::shared_ptr<const PreparedPlan> Find(const QuadSource& source,
                                           const QueryOptions& options) const;
  void Keep(const QuadSource& source, const QueryOptions& options,
            std::shared_ptr<const PreparedPlan> plan);

 private:
  mutable std::mutex mutex_;  // Guards the rest.
  std::weak_ptr<const void> state_;
  DefaultGraph default_graph_ = DefaultGraph::kUnion;
  bool rewrite_ = true;
  std::map<std::string, Term> parameters_;
  std::shared_ptr<const PreparedPlan> plan_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_PLAN_CACHE_H_
