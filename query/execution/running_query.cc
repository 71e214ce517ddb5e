// Planning happens in Make(), so that EXPLAIN builds no operators.

#include "query/execution/running_query.h"

#include <algorithm>

#include "query/execution/read_ahead.h"
#include "query/plan/rewrite.h"
#include "storage/model/text.h"

namespace sanad {

RunningQuery::RunningQuery(std::shared_ptr<const PreparedPlan> prepared, const QuadSource& source,
                           std::shared_ptr<const void> source_owner, const QueryOptions& options,
                           const PlannerOptions& planner)
    : prepared_(std::move(prepared)),
      source_owner_(std::move(source_owner)),
      context_(source, options),
      functions_{
          .query = context_, .base_iri = prepared_->algebra->base_iri, .labels = {}, .iri = {}},
      execution_{context_, functions_, prepared_->dataset, planner, std::max(0, options.threads)} {}

absl::StatusOr<std::unique_ptr<RunningQuery>> RunningQuery::Make(
    std::shared_ptr<const algebra::QueryAlgebra> query, const QuadSource& source,
    std::shared_ptr<const void> source_owner, const QueryOptions& options,
    const PlannerOptions& planner) {
  auto prepared = std::make_shared<PreparedPlan>();
  prepared->algebra = std::move(query);
  auto running = std::unique_ptr<RunningQuery>(
      new RunningQuery(prepared, source, std::move(source_owner), options, planner));
  QueryContext& context = running->context_;
  if (context.Interrupted()) return context.status();
  prepared->dataset = DatasetOf(prepared->algebra->dataset, context);
  const algebra::Operator* root = prepared->algebra->root.get();
  if (planner.rewrite) {
    prepared->rewritten = RewriteAlgebra(*prepared->algebra);
    root = prepared->rewritten.get();
  }
  SANAD_ASSIGN_OR_RETURN(
      prepared->plan,
      MakePlan(*root, prepared->dataset, prepared->dataset.default_scope, {}, context, planner));
  return running;
}

absl::StatusOr<std::unique_ptr<RunningQuery>> RunningQuery::Make(
    std::shared_ptr<const PreparedPlan> prepared, const QuadSource& source,
    std::shared_ptr<const void> source_owner, const QueryOptions& options,
    const PlannerOptions& planner) {
  auto running = std::unique_ptr<RunningQuery>(
      new RunningQuery(std::move(prepared), source, std::move(source_owner), options, planner));
  if (running->context_.Interrupted()) return running->context_.status();
  return running;
}

absl::Status RunningQuery::Open() {
  if (context_.options().profile) observed_.resize(static_cast<size_t>(plan().node_count));
  scope_ = std::make_unique<BuildScope>(BuildScope{execution_, plan(), dataset().default_scope,
                                                   observed_.empty() ? nullptr : &observed_});
  scope_->asks = scope_->first_rows = algebra().form == QueryForm::kAsk;
  const PlanNode& root = *plan().root;
  if (ShouldReadAhead(root, *scope_)) {
    SANAD_ASSIGN_OR_RETURN(root_, ReadAhead::Make(root, *scope_));
  } else {
    SANAD_ASSIGN_OR_RETURN(root_, BuildOperator(root, *scope_));
  }
  return context_.status();
}

int RunningQuery::ColumnOfName(const std::string& name) const {
  for (size_t c = 0; c < plan().root->schema.size(); ++c) {
    if (plan().names[plan().root->schema[c]] == name) return static_cast<int>(c);
  }
  return -1;
}

std::string RunningQuery::Print(PlanFormat format) {
  return PrintPlan(plan(), format, context_.terms(), observed_);
}

}  // namespace sanad
