// Planning happens in Make(), so that EXPLAIN builds no operators.

#include "query/execution/running_query.h"

#include <algorithm>

#include "query/execution/read_ahead.h"
#include "query/plan/rewrite.h"
#include "storage/model/text.h"

namespace sanad {
RunningQuery::RunningQuery(std::shared_ptr<const algebra::QueryAlgebra> query,
                           const QuadSource& source, std::shared_ptr<const void> source_owner,
                           const QueryOptions& options, const PlannerOptions& planner)
    : algebra_(std::move(query)),
      source_owner_(std::move(source_owner)),
      context_(source, options),
      functions_{.query = context_, .base_iri = algebra_->base_iri, .labels = {}, .iri = {}},
      execution_{context_, functions_, dataset_, planner, std::max(0, options.threads)} {}

absl::StatusOr<std::unique_ptr<RunningQuery>> RunningQuery::Make(
    std::shared_ptr<const algebra::QueryAlgebra> query, const QuadSource& source,
    std::shared_ptr<const void> source_owner, const QueryOptions& options,
    const PlannerOptions& planner) {
  auto running = std::unique_ptr<RunningQuery>(
      new RunningQuery(std::move(query), source, std::move(source_owner), options, planner));
  if (running->context_.Interrupted()) return running->context_.status();
  running->dataset_ = DatasetOf(running->algebra_->dataset, running->context_);
  const algebra::Operator* root = running->algebra_->root.get();
  if (planner.rewrite) {
    running->rewritten_ = RewriteAlgebra(*running->algebra_);
    root = running->rewritten_.get();
  }
  SANAD_ASSIGN_OR_RETURN(running->plan_,
                         MakePlan(*root, running->dataset_, running->dataset_.default_scope, {},
                                  running->context_, planner));
  return running;
}

absl::Status RunningQuery::Open() {
  if (context_.options().profile) observed_.resize(static_cast<size_t>(plan_.node_count));
  scope_ = std::make_unique<BuildScope>(BuildScope{execution_, plan_, dataset_.default_scope,
                                                   observed_.empty() ? nullptr : &observed_});
  if (ShouldReadAhead(*plan_.root, *scope_)) {
    SANAD_ASSIGN_OR_RETURN(root_, ReadAhead::Make(*plan_.root, *scope_));
  } else {
    SANAD_ASSIGN_OR_RETURN(root_, BuildOperator(*plan_.root, *scope_));
  }
  return context_.status();
}

int RunningQuery::ColumnOfName(const std::string& name) const {
  for (size_t c = 0; c < plan_.root->schema.size(); ++c) {
    if (plan_.names[plan_.root->schema[c]] == name) return static_cast<int>(c);
  }
  return -1;
}

std::string RunningQuery::Print(PlanFormat format) {
  return PrintPlan(plan_, format, context_.terms(), observed_);
}

}  // namespace sanad
