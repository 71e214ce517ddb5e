// Plans, builds, and wraps the query's form in its cursor.

#include "query/execution/execute.h"

#include "query/execution/cursors.h"
#include "storage/model/text.h"

namespace sanad {

namespace {

absl::StatusOr<std::unique_ptr<Cursor>> OpenCursor(std::unique_ptr<RunningQuery> running) {
  SANAD_RETURN_IF_ERROR(running->Open());
  switch (running->algebra().form) {
    case QueryForm::kAsk:
      return MakeAskCursor(std::move(running));
    case QueryForm::kConstruct:
      return MakeConstructCursor(std::move(running));
    case QueryForm::kDescribe:
      return MakeDescribeCursor(std::move(running));
    case QueryForm::kSelect:
      break;
  }
  return MakeSelectCursor(std::move(running));
}

PlannerOptions PlannerOptionsOf(const QueryOptions& options) {
  PlannerOptions planner;
  planner.rewrite = options.rewrite;
  return planner;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Cursor>> ExecuteAlgebra(
    std::shared_ptr<const algebra::QueryAlgebra> query, const QuadSource& source,
    std::shared_ptr<const void> source_owner, const QueryOptions& options,
    const PlannerOptions& planner) {
  SANAD_ASSIGN_OR_RETURN(
      auto running,
      RunningQuery::Make(std::move(query), source, std::move(source_owner), options, planner));
  return OpenCursor(std::move(running));
}

absl::StatusOr<std::unique_ptr<Cursor>> ExecutePrepared(
    const std::function<absl::StatusOr<std::shared_ptr<const algebra::QueryAlgebra>>()>& bind,
    PlanCache& plans, const QuadSource& source, std::shared_ptr<const void> source_owner,
    const QueryOptions& options) {
  const PlannerOptions planner = PlannerOptionsOf(options);
  std::unique_ptr<RunningQuery> running;
  if (auto prepared = plans.Find(source, options)) {
    SANAD_ASSIGN_OR_RETURN(running, RunningQuery::Make(std::move(prepared), source,
                                                       std::move(source_owner), options, planner));
    return OpenCursor(std::move(running));
  }
  SANAD_ASSIGN_OR_RETURN(auto query, bind());
  SANAD_ASSIGN_OR_RETURN(running, RunningQuery::Make(std::move(query), source,
                                                     std::move(source_owner), options, planner));
  // Nothing but planning has run so far.
  if (!running->context().terms().has_own_terms()) {
    plans.Keep(source, options, running->prepared());
  }
  return OpenCursor(std::move(running));
}

absl::StatusOr<std::unique_ptr<Cursor>> ExecuteAlgebra(
    std::shared_ptr<const algebra::QueryAlgebra> query, const QuadSource& source,
    std::shared_ptr<const void> source_owner, const QueryOptions& options) {
  return ExecuteAlgebra(std::move(query), source, std::move(source_owner), options,
                        PlannerOptionsOf(options));
}

absl::StatusOr<std::string> ExplainAlgebra(const algebra::QueryAlgebra& query,
                                           const QuadSource& source, const QueryOptions& options,
                                           PlanFormat format) {
  SANAD_ASSIGN_OR_RETURN(auto running,
                         RunningQuery::Make(std::shared_ptr<const algebra::QueryAlgebra>(
                                                std::shared_ptr<const void>(), &query),
                                            source, nullptr, options, PlannerOptionsOf(options)));
  return running->Print(format);
}

}  // namespace sanad
