// From plan nodes to operators.

#include <chrono>
#include <utility>

#include "query/execution/distinct.h"
#include "query/execution/execution_context.h"
#include "query/execution/extend.h"
#include "query/execution/filter.h"
#include "query/execution/group.h"
#include "query/execution/hash_join.h"
#include "query/execution/index_join.h"
#include "query/execution/leapfrog_join.h"
#include "query/execution/merge_join.h"
#include "query/execution/path.h"
#include "query/execution/read_ahead.h"
#include "query/execution/scan.h"
#include "query/execution/service.h"
#include "query/execution/service_loop.h"
#include "query/execution/slice.h"
#include "query/execution/sort.h"
#include "query/execution/subquery.h"
#include "query/execution/union.h"
#include "query/execution/values.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

// Counts what another operator yields.
class Profiled : public Operator {
 public:
  Profiled(QueryContext& context, OperatorPtr inner, ObservedRows& profile)
      : Operator(context), inner_(std::move(inner)), profile_(profile) {}
  bool Next(Batch& batch) override {
    const auto start = std::chrono::steady_clock::now();
    QueryContext::MemoryMeter* const outer = context().set_meter(&profile_.memory);
    const bool more = inner_->Next(batch);
    context().set_meter(outer);
    profile_.nanos += std::chrono::duration_cast<std::chrono::nanoseconds>(
                          std::chrono::steady_clock::now() - start)
                          .count();
    if (!more) return false;
    ++profile_.batches;
    for (size_t row = 0; row < batch.size; ++row) profile_.rows += batch.multiplicity_of(row);
    return true;
  }
  void SkipTo(TermId key) override { inner_->SkipTo(key); }

 private:
  OperatorPtr inner_;
  ObservedRows& profile_;
};

absl::StatusOr<std::vector<std::unique_ptr<Evaluator>>> CompileAll(
    const std::vector<const algebra::Expression*>& expressions, const PlanNode& input,
    BuildScope& scope) {
  std::vector<std::unique_ptr<Evaluator>> compiled;
  for (const auto* expression : expressions) {
    SANAD_ASSIGN_OR_RETURN(auto evaluator, CompileExpression(*expression, input.schema, scope));
    compiled.push_back(std::move(evaluator));
  }
  return compiled;
}

absl::StatusOr<OperatorPtr> BuildExtend(const PlanNode& node, OperatorPtr input,
                                        BuildScope& scope) {
  std::vector<VariableId> working = node.children[0]->schema;
  std::vector<Extend::Column> columns;
  for (const auto& [variable, expression] : node.bindings) {
    Extend::Column column;
    SANAD_ASSIGN_OR_RETURN(column.expression, CompileExpression(*expression, working, scope));
    column.target = working.size();
    working.push_back(variable);
    columns.push_back(std::move(column));
  }
  std::vector<size_t> outputs;
  for (VariableId variable : node.schema) {
    // The newest column of the name, should the algebra extend a bound variable.
    for (size_t c = working.size(); c-- > 0;) {
      if (working[c] == variable) {
        outputs.push_back(c);
        break;
      }
    }
  }
  return OperatorPtr(std::make_unique<Extend>(
      scope.execution.query, scope.execution.functions, std::move(input), std::move(columns),
      node.children[0]->schema.size(), working.size(), std::move(outputs)));
}

absl::StatusOr<Group::Input> BuildInput(const algebra::Expression& expression,
                                        const PlanNode& input, BuildScope& scope) {
  Group::Input out;
  if (expression.type == algebra::ExpressionType::kVariable) {
    for (size_t c = 0; c < input.schema.size(); ++c) {
      if (scope.plan.names[input.schema[c]] == expression.variable.name)
        out.column = static_cast<int>(c);
    }
  }
  if (out.column < 0) {
    SANAD_ASSIGN_OR_RETURN(out.expression, CompileExpression(expression, input.schema, scope));
  }
  return out;
}

absl::StatusOr<OperatorPtr> BuildGroup(const PlanNode& node, OperatorPtr input, BuildScope& scope) {
  const PlanNode& child = *node.children[0];
  std::vector<Group::Input> keys;
  for (const auto& [variable, expression] : node.bindings) {
    SANAD_ASSIGN_OR_RETURN(auto key, BuildInput(*expression, child, scope));
    keys.push_back(std::move(key));
  }
  std::vector<Group::Measure> measures;
  for (const auto& [variable, expression] : node.aggregates) {
    Group::Measure measure;
    SANAD_ASSIGN_OR_RETURN(measure.aggregate, MakeAggregate(*expression, scope.execution.query));
    if (!expression->arguments.empty()) {
      SANAD_ASSIGN_OR_RETURN(measure.input, BuildInput(*expression->arguments[0], child, scope));
    } else {
      measure.distinct_rows = expression->distinct;
    }
    measures.push_back(std::move(measure));
  }
  std::vector<size_t> outputs;
  for (VariableId variable : node.schema) {
    for (size_t i = 0; i < node.bindings.size() + node.aggregates.size(); ++i) {
      const VariableId name = i < node.bindings.size()
                                  ? node.bindings[i].first
                                  : node.aggregates[i - node.bindings.size()].first;
      if (name != variable) continue;
      outputs.push_back(i);
      break;
    }
  }
  return OperatorPtr(std::make_unique<Group>(scope.execution.query, std::move(input),
                                             std::move(keys), std::move(measures),
                                             std::move(outputs), child.schema.size()));
}

absl::StatusOr<OperatorPtr> BuildJoin(const PlanNode& node, std::vector<OperatorPtr> inputs,
                                      BuildScope& scope) {
  QueryContext& context = scope.execution.query;
  std::unique_ptr<ProbeJoin> join;
  if (node.type == PlanType::kMergeJoin) {
    join = std::make_unique<MergeJoin>(context, node, std::move(inputs[0]), std::move(inputs[1]));
  } else if (node.type == PlanType::kIndexJoin) {
    join = std::make_unique<IndexJoin>(context, node, std::move(inputs[0]));
  } else {
    join = std::make_unique<HashJoin>(context, node, std::move(inputs[0]), std::move(inputs[1]));
  }
  if (scope.first_rows) join->StartSmall();
  SANAD_RETURN_IF_ERROR(join->Prepare(scope));
  return OperatorPtr(std::move(join));
}

absl::StatusOr<OperatorPtr> BuildSort(const PlanNode& node, OperatorPtr input, BuildScope& scope) {
  std::vector<Sort::Condition> conditions;
  for (const auto& [expression, descending] : node.sort) {
    SANAD_ASSIGN_OR_RETURN(auto compiled,
                           CompileExpression(*expression, node.children[0]->schema, scope));
    conditions.push_back({std::move(compiled), descending});
  }
  return OperatorPtr(
      std::make_unique<Sort>(scope.execution.query, node, std::move(input), std::move(conditions)));
}

OperatorPtr BuildScan(const PlanNode& node, BuildScope& scope) {
  auto scan = std::make_unique<Scan>(scope.execution.query, node);
  if (scope.first_rows) scan->StartSmall();
  return scan;
}

// True when the first rows of a child are all that the first rows of a node need.
bool FirstRowsOnly(const PlanNode& node, size_t child, bool first_rows) {
  switch (node.type) {
    case PlanType::kGroup:
    case PlanType::kSort:
      return false;
    case PlanType::kHashJoin:
      return first_rows && child == 0;
    case PlanType::kSlice:
      return first_rows || (node.limit < Batch::kCapacity && node.offset < Batch::kCapacity);
    default:
      return first_rows;
  }
}

// True where a child is read to its end, so that rows made ahead are not lost and
// a hint to skip is not missed.
bool ReadsAll(const PlanNode& node, size_t child) {
  switch (node.type) {
    case PlanType::kGroup:
    case PlanType::kSort:
    case PlanType::kDistinct:
    case PlanType::kFilter:
    case PlanType::kExtend:
    case PlanType::kUnion:
    case PlanType::kProject:
      return true;
    case PlanType::kHashJoin:
      return child == 1;
    default:
      return false;
  }
}

absl::StatusOr<OperatorPtr> BuildNode(const PlanNode& node, BuildScope& scope) {
  QueryContext& context = scope.execution.query;
  std::vector<OperatorPtr> inputs;
  const bool first_rows = scope.first_rows;
  for (const auto& child : node.children) {
    if (node.type == PlanType::kIndexJoin && !inputs.empty()) break;
    scope.first_rows = FirstRowsOnly(node, inputs.size(), first_rows);
    const bool ahead = ReadsAll(node, inputs.size()) && ShouldReadAhead(*child, scope);
    SANAD_ASSIGN_OR_RETURN(auto input,
                           ahead ? ReadAhead::Make(*child, scope) : BuildOperator(*child, scope));
    inputs.push_back(std::move(input));
  }
  scope.first_rows = first_rows;
  switch (node.type) {
    case PlanType::kNothing:
    case PlanType::kUnit:
      return OperatorPtr(std::make_unique<Constant>(context, node.schema.size(),
                                                    node.type == PlanType::kUnit ? 1 : 0));
    case PlanType::kScan:
      return BuildScan(node, scope);
    case PlanType::kCount:
      return OperatorPtr(std::make_unique<CountScan>(context, node));
    case PlanType::kMergeJoin:
    case PlanType::kIndexJoin:
    case PlanType::kHashJoin:
      return BuildJoin(node, std::move(inputs), scope);
    case PlanType::kLeapfrogJoin:
      return OperatorPtr(std::make_unique<LeapfrogJoin>(context, node, std::move(inputs)));
    case PlanType::kFilter: {
      SANAD_ASSIGN_OR_RETURN(auto conditions,
                             CompileAll(node.conditions, *node.children[0], scope));
      OperatorPtr filter =
          std::make_unique<Filter>(context, std::move(inputs[0]), std::move(conditions));
      if (node.schema == node.children[0]->schema) return filter;
      inputs[0] = std::move(filter);
      return OperatorPtr(std::make_unique<Project>(context, node, std::move(inputs)));
    }
    case PlanType::kUnion:
    case PlanType::kProject:
      return OperatorPtr(
          std::make_unique<Union>(context, node, std::move(inputs), scope.asks && first_rows));
    case PlanType::kExtend:
      return BuildExtend(node, std::move(inputs[0]), scope);
    case PlanType::kValues:
      return OperatorPtr(std::make_unique<Values>(context, node));
    case PlanType::kGroup:
      return BuildGroup(node, std::move(inputs[0]), scope);
    case PlanType::kSort:
      return BuildSort(node, std::move(inputs[0]), scope);
    case PlanType::kDistinct:
      return OperatorPtr(std::make_unique<Distinct>(context, node, std::move(inputs[0])));
    case PlanType::kSlice: {
      OperatorPtr slice = std::make_unique<Slice>(context, node, std::move(inputs[0]));
      if (node.schema == node.children[0]->schema) return slice;
      inputs[0] = std::move(slice);
      return OperatorPtr(std::make_unique<Project>(context, node, std::move(inputs)));
    }
    case PlanType::kPath:
      return OperatorPtr(
          std::make_unique<PathOperator>(context, node, scope.plan, std::move(inputs[0])));
    case PlanType::kGraphLoop:
      return OperatorPtr(std::make_unique<GraphLoop>(node, scope.plan, scope.execution));
    case PlanType::kService:
      if (!inputs.empty()) {
        return OperatorPtr(
            std::make_unique<ServiceLoop>(context, node, scope.plan, std::move(inputs[0])));
      }
      return OperatorPtr(std::make_unique<Service>(context, node, scope.plan));
  }
  return absl::InternalError("a plan node without an operator");
}

}  // namespace

absl::StatusOr<OperatorPtr> BuildOperator(const PlanNode& node, BuildScope& scope) {
  SANAD_ASSIGN_OR_RETURN(OperatorPtr built, BuildNode(node, scope));
  if (scope.profile == nullptr) return built;
  return OperatorPtr(std::make_unique<Profiled>(
      scope.execution.query, std::move(built), (*scope.profile)[static_cast<size_t>(node.number)]));
}

absl::StatusOr<std::unique_ptr<Evaluator>> CompileExpression(const algebra::Expression& expression,
                                                             const std::vector<VariableId>& schema,
                                                             BuildScope& scope) {
  std::vector<std::string> columns;
  for (VariableId variable : schema) columns.push_back(scope.plan.names[variable]);
  ExpressionScope expression_scope{
      scope.execution.functions,
      [&](const algebra::Operator& pattern, const std::vector<std::string>& names)
          -> absl::StatusOr<std::unique_ptr<ExistsEvaluator>> {
        auto found = scope.plan.exists_scopes.find(&pattern);
        const GraphScope& active =
            found == scope.plan.exists_scopes.end() ? scope.active : found->second;
        return MakeExistsEvaluator(pattern, names, active, scope.execution);
      }};
  return Evaluator::Compile(expression, columns, expression_scope);
}

}  // namespace sanad
