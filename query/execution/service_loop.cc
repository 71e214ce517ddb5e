// Solutions are kept by endpoint for the whole query; the join is a loop, since
// what a service yields is small beside the cost of asking it.

#include "query/execution/service_loop.h"

#include <algorithm>

#include "storage/model/text.h"

namespace sanad {

ServiceLoop::ServiceLoop(QueryContext& context, const PlanNode& node, const Plan& plan,
                         OperatorPtr input)
    : Operator(context), node_(node), input_(std::move(input)), memory_(context) {
  const PlanNode& child = *node.children[0];
  const auto column_of_name = [&](const std::string& name) {
    for (size_t c = 0; c < child.schema.size(); ++c) {
      if (plan.names[child.schema[c]] == name) return static_cast<int>(c);
    }
    return -1;
  };
  endpoint_name_ = std::get<algebra::Variable>(node.algebra->graph).name;
  endpoint_column_ = column_of_name(endpoint_name_);
  variables_ = algebra::InScopeVariables(*node.algebra->left);
  for (size_t v = 0; v < variables_.size(); ++v) {
    const int column = column_of_name(variables_[v]);
    if (column >= 0) shared_.emplace_back(static_cast<size_t>(column), v);
  }
  for (VariableId variable : node.schema) {
    const std::string& name = plan.names[variable];
    const auto found = std::find(variables_.begin(), variables_.end(), name);
    outputs_.emplace_back(column_of_name(name), found == variables_.end()
                                                    ? -1
                                                    : static_cast<int>(found - variables_.begin()));
  }
}

absl::Status ServiceLoop::Fetch(TermId endpoint, Rows& rows) {
  const auto& client = context().options().service;
  if (!client)
    return absl::UnimplementedError("SERVICE: no client was given in the query's options");
  const Term term = endpoint.is_undefined() ? Term() : context().terms().Get(endpoint);
  if (!term.is_iri()) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, "SERVICE ?", endpoint_name_,
                      ": the patterns before it bind no IRI");
  }
  auto solutions = client(term, node_.algebra->service_text, variables_);
  if (!solutions.ok()) return solutions.status();
  for (const std::vector<Term>& solution : *solutions) {
    std::vector<TermId> ids(variables_.size());
    for (size_t v = 0; v < std::min(ids.size(), solution.size()); ++v) {
      ids[v] = context().terms().Intern(solution[v]);
    }
    rows.push_back(std::move(ids));
  }
  memory_.Add(rows.size() * (variables_.size() * sizeof(TermId) + sizeof(rows[0])));
  return absl::OkStatus();
}

const ServiceLoop::Rows* ServiceLoop::Solutions(TermId endpoint) {
  const auto [entry, is_new] = answers_.try_emplace(endpoint.bits());
  if (is_new) {
    const absl::Status status = Fetch(endpoint, entry->second);
    if (!status.ok()) {
      if (!node_.algebra->silent) {
        context().Fail(status);
        return nullptr;
      }
      entry->second.assign(1, std::vector<TermId>(variables_.size()));
    }
  }
  return &entry->second;
}

bool ServiceLoop::Compatible(const std::vector<TermId>& solution) const {
  return std::all_of(shared_.begin(), shared_.end(), [&](const auto& pair) {
    const TermId held = input_batch_.columns[pair.first][row_];
    const TermId fetched = solution[pair.second];
    return held.is_undefined() || fetched.is_undefined() || held == fetched;
  });
}

void ServiceLoop::Emit(const std::vector<TermId>& solution, Batch& batch) {
  for (size_t c = 0; c < outputs_.size(); ++c) {
    const auto [column, index] = outputs_[c];
    TermId value;
    if (column >= 0) value = input_batch_.columns[static_cast<size_t>(column)][row_];
    if (value.is_undefined() && index >= 0) value = solution[static_cast<size_t>(index)];
    batch.columns[c].push_back(value);
  }
  batch.SetMultiplicity(batch.size, input_batch_.multiplicity_of(row_));
  ++batch.size;
}

bool ServiceLoop::Next(Batch& batch) {
  batch.Reset(outputs_.size());
  for (auto& column : batch.columns) column.clear();
  while (batch.size < Batch::kCapacity && !context().Interrupted()) {
    if (row_ >= input_batch_.size) {
      if (batch.size > 0 || !input_->Next(input_batch_)) break;
      row_ = 0;
      next_solution_ = 0;
    }
    const TermId endpoint = endpoint_column_ < 0
                                ? TermId()
                                : input_batch_.columns[static_cast<size_t>(endpoint_column_)][row_];
    const Rows* solutions = Solutions(endpoint);
    if (solutions == nullptr) return false;
    for (; next_solution_ < solutions->size() && batch.size < Batch::kCapacity; ++next_solution_) {
      if (Compatible((*solutions)[next_solution_])) Emit((*solutions)[next_solution_], batch);
    }
    if (next_solution_ == solutions->size()) {
      ++row_;
      next_solution_ = 0;
    }
  }
  batch.FinishMultiplicity();
  return batch.size > 0 && context().status().ok();
}

}  // namespace sanad
