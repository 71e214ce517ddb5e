// See plan_cache.h. Equal owners of a token mean the same state, also where the
// address of a state that has gone is used again.

#include "query/execution/plan_cache.h"

#include <utility>

namespace sanad {
namespace {

bool SameOwner(const std::weak_ptr<const void>& a, const std::weak_ptr<const void>& b) {
  return !a.owner_before(b) && !b.owner_before(a);
}

}  // namespace

std::shared_ptr<const PreparedPlan> PlanCache::Find(const QuadSource& source,
                                                    const QueryOptions& options) const {
  const std::weak_ptr<const void> state = source.state_token();
  const std::lock_guard lock(mutex_);
  const bool same = plan_ != nullptr && SameOwner(state, state_) &&
                    options.default_graph == default_graph_ && options.rewrite == rewrite_ &&
                    options.parameters == parameters_;
  return same ? plan_ : nullptr;
}

void PlanCache::Keep(const QuadSource& source, const QueryOptions& options,
                     std::shared_ptr<const PreparedPlan> plan) {
  std::weak_ptr<const void> state = source.state_token();
  if (state.expired()) return;
  const std::lock_guard lock(mutex_);
  state_ = std::move(state);
  default_graph_ = options.default_graph;
  rewrite_ = options.rewrite;
  parameters_ = options.parameters;
  plan_ = std::move(plan);
}

}  // namespace sanad
