// Plans are cheap (tens of microseconds), so each distinct binding gets its own:
// constants let the planner see exact counts.

#include "query/execution/subquery.h"

#include <algorithm>

#include "query/execution/row_index.h"

namespace sanad {

absl::StatusOr<std::unique_ptr<Subquery>> Subquery::Make(const algebra::Operator& pattern,
                                                         const GraphScope& active,
                                                         const Bindings& bindings,
                                                         ExecutionContext& execution,
                                                         bool first_rows) {
  auto subquery = std::unique_ptr<Subquery>(new Subquery());
  auto plan =
      MakePlan(pattern, execution.dataset, active, bindings, execution.query, execution.planner);
  if (!plan.ok()) return plan.status();
  subquery->plan_ = *std::move(plan);
  subquery->scope_ =
      std::make_unique<BuildScope>(BuildScope{execution, subquery->plan_, active, nullptr});
  subquery->scope_->first_rows = first_rows;
  auto root = BuildOperator(*subquery->plan_.root, *subquery->scope_);
  if (!root.ok()) return root.status();
  subquery->root_ = *std::move(root);
  return subquery;
}

namespace {

class SubstitutingExists : public ExistsEvaluator {
 public:
  SubstitutingExists(const algebra::Operator& pattern, const std::vector<std::string>& columns,
                     const GraphScope& active, ExecutionContext& execution)
      : pattern_(pattern),
        active_(active),
        execution_(execution),
        seen_(0),
        memory_(execution.query) {
    std::vector<std::string> names;
    MentionedVariables(pattern, names);
    for (size_t c = 0; c < columns.size(); ++c) {
      if (std::find(names.begin(), names.end(), columns[c]) == names.end()) continue;
      columns_.push_back(c);
      names_.push_back(columns[c]);
    }
    seen_ = RowIndex(columns_.size());
  }

  bool Evaluate(const Batch& batch, size_t row) override {
    keys_.clear();
    for (size_t column : columns_) keys_.push_back(batch.columns[column].data());
    const uint32_t known = seen_.size();
    const uint32_t number = seen_.FindOrAdd(keys_, row);
    if (number < known) return answers_[number];
    if ((known & 0x3FF) == 0 && !memory_.Set(seen_.bytes() + answers_.capacity() / 8)) return false;
    answers_.push_back(Run(batch, row));
    return answers_.back();
  }

 private:
  bool Run(const Batch& batch, size_t row) {
    if (execution_.query.Interrupted()) return false;
    Bindings bindings;
    for (size_t i = 0; i < columns_.size(); ++i) {
      const TermId id = batch.columns[columns_[i]][row];
      if (!id.is_undefined()) bindings.emplace_back(names_[i], id);
    }
    auto subquery = Subquery::Make(pattern_, active_, bindings, execution_, true);
    if (!subquery.ok()) {
      execution_.query.Fail(subquery.status());
      return false;
    }
    Batch result;
    return (*subquery)->Next(result);
  }

  const algebra::Operator& pattern_;
  GraphScope active_;
  ExecutionContext& execution_;
  std::vector<size_t> columns_;
  std::vector<std::string> names_;
  RowIndex seen_;
  std::vector<bool> answers_;
  std::vector<const TermId*> keys_;
  MemoryHold memory_;
};

}  // namespace

std::unique_ptr<ExistsEvaluator> MakeExistsEvaluator(const algebra::Operator& pattern,
                                                     const std::vector<std::string>& columns,
                                                     const GraphScope& active,
                                                     ExecutionContext& execution) {
  return std::make_unique<SubstitutingExists>(pattern, columns, active, execution);
}

GraphLoop::GraphLoop(const PlanNode& node, const Plan& plan, ExecutionContext& execution)
    : Operator(execution.query), node_(node), plan_(plan), execution_(execution) {
  for (const auto& [variable, expression] : node.bindings) {
    bindings_.emplace_back(plan.names[variable], execution.query.terms().Intern(expression->term));
  }
}

bool GraphLoop::OpenNextGraph() {
  if (!listed_) {
    listed_ = true;
    graphs_ = node_.scope.graphs;
    if (!node_.scope.restricted) {
      auto graphs = context().source().NamedGraphs(false);
      if (!graphs.ok()) {
        context().Fail(graphs.status());
        return false;
      }
      graphs_ = *std::move(graphs);
    }
  }
  if (next_ >= graphs_.size() || context().Interrupted()) return false;
  graph_ = graphs_[next_++];
  auto subquery = Subquery::Make(*node_.algebra, GraphScope::One(graph_), bindings_, execution_);
  if (!subquery.ok()) {
    context().Fail(subquery.status());
    return false;
  }
  current_ = *std::move(subquery);
  auto column_of = [&](VariableId variable) {
    const auto& names = current_->names();
    for (size_t c = 0; c < current_->node().schema.size(); ++c) {
      if (names[current_->node().schema[c]] == plan_.names[variable]) return static_cast<int>(c);
    }
    return -1;
  };
  columns_.clear();
  for (VariableId variable : node_.schema) columns_.push_back(column_of(variable));
  graph_column_ = column_of(node_.variable);
  return true;
}

bool GraphLoop::Next(Batch& batch) {
  while (!context().Interrupted()) {
    if (current_ == nullptr && !OpenNextGraph()) return false;
    if (!current_->Next(batch_)) {
      current_.reset();
      continue;
    }
    if (graph_column_ >= 0) {
      // The pattern binds the graph's variable itself: it must be this graph.
      selection_.clear();
      const auto& column = batch_.columns[static_cast<size_t>(graph_column_)];
      for (size_t row = 0; row < batch_.size; ++row) {
        if (column[row].is_undefined() || column[row] == graph_) {
          selection_.push_back(static_cast<uint32_t>(row));
        }
      }
      batch_.Keep(selection_);
      if (batch_.size == 0) continue;
    }
    batch.Reset(columns_.size());
    for (size_t c = 0; c < columns_.size(); ++c) {
      if (node_.schema[c] == node_.variable) {
        batch.columns[c].assign(batch_.size, graph_);
      } else if (columns_[c] >= 0) {
        batch.columns[c].swap(batch_.columns[static_cast<size_t>(columns_[c])]);
      } else {
        batch.columns[c].assign(batch_.size, TermId::Undefined());
      }
    }
    batch.multiplicity.swap(batch_.multiplicity);
    batch.size = batch_.size;
    return true;
  }
  return false;
}

}  // namespace sanad
