// Plans, builds, and wraps the query's form in its cursor.

#include "query/execution/execute.h"

#include "query/execution/cursors.h"
#include "storage/model/text.h"

namespace sanad {

absl::StatusOr<std::unique_ptr<Cursor>> ExecuteAlgebra(
    std::shared_ptr<const algebra::QueryAlgebra> query, const QuadSource& source,
    std::shared_ptr<const void> source_owner, const QueryOptions& options,
    const PlannerOptions& planner) {
  const QueryForm form = query->form;
  SANAD_ASSIGN_OR_RETURN(
      auto running,
      RunningQuery::Make(std::move(query), source, std::move(source_owner), options, planner));
  SANAD_RETURN_IF_ERROR(running->Open());
  switch (form) {
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

absl::StatusOr<std::unique_ptr<Cursor>> ExecuteAlgebra(
    std::shared_ptr<const algebra::QueryAlgebra> query, const QuadSource& source,
    std::shared_ptr<const void> source_owner, const QueryOptions& options) {
  PlannerOptions planner;
  planner.rewrite = options.rewrite;
  return ExecuteAlgebra(std::move(query), source, std::move(source_owner), options, planner);
}

absl::StatusOr<std::string> ExplainAlgebra(const algebra::QueryAlgebra& query,
                                           const QuadSource& source, const QueryOptions& options,
                                           PlanFormat format) {
  PlannerOptions planner;
  planner.rewrite = options.rewrite;
  SANAD_ASSIGN_OR_RETURN(auto running,
                         RunningQuery::Make(std::shared_ptr<const algebra::QueryAlgebra>(
                                                std::shared_ptr<const void>(), &query),
                                            source, nullptr, options, planner));
  return running->Print(format);
}

}  // namespace sanad
