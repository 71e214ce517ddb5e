// One call fetches everything; rows are interned a batch at a time.

#include "query/execution/service.h"

#include <algorithm>

namespace sanad {

Service::Service(QueryContext& context, const PlanNode& node, const Plan& plan)
    : Operator(context), node_(node) {
  for (VariableId variable : node.schema) variables_.push_back(plan.names[variable]);
}

bool Service::Fetch() {
  fetched_ = true;
  const auto& client = context().options().service;
  absl::Status status = absl::UnimplementedError("SERVICE: no client was given");
  if (client) {
    auto rows =
        client(std::get<Term>(node_.algebra->graph), node_.algebra->service_text, variables_);
    status = rows.status();
    if (rows.ok()) rows_ = *std::move(rows);
  }
  if (status.ok()) return true;
  if (!node_.algebra->silent) {
    context().Fail(status);
    return false;
  }
  rows_.assign(1, std::vector<Term>(variables_.size()));
  return true;
}

bool Service::Next(Batch& batch) {
  if (!fetched_ && !Fetch()) return false;
  const size_t count = std::min(Batch::kCapacity, rows_.size() - next_);
  if (count == 0 || context().Interrupted()) return false;
  batch.Reset(variables_.size());
  for (size_t c = 0; c < variables_.size(); ++c) {
    batch.columns[c].clear();
    for (size_t i = 0; i < count; ++i) {
      const auto& row = rows_[next_ + i];
      batch.columns[c].push_back(c < row.size() ? context().terms().Intern(row[c]) : TermId());
    }
  }
  batch.size = count;
  next_ += count;
  return context().status().ok();
}

}  // namespace sanad
