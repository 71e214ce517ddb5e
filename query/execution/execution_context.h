// What the operators of one running query are built from.

#ifndef SANAD_QUERY_EXECUTION_EXECUTION_CONTEXT_H_
#define SANAD_QUERY_EXECUTION_EXECUTION_CONTEXT_H_

#include <string>
#include <vector>

#include "query/execution/operator.h"
#include "query/expression/evaluator.h"
#include "query/plan/planner.h"

namespace sanad {

struct ExecutionContext {
  QueryContext& query;
  FunctionContext& functions;
  const Dataset& dataset;
  PlannerOptions planner;
  int helpers = 0;  // Helper threads that operators may still take.
};

// One tree of operators under construction: the plan it comes from, the graphs
// its EXISTS patterns are matched in, where its profile goes.
struct BuildScope {
  ExecutionContext& execution;
  const Plan& plan;
  GraphScope active;
  std::vector<ObservedRows>* profile = nullptr;  // By PlanNode::number; null: not measured.
  // The consumer may stop after a few rows (ASK, EXISTS, LIMIT): scans and joins
  // begin with small batches, so that what feeds the first rows is little.
  bool first_rows = false;
  // Whether there is a row is all that is asked: which one comes first is not seen.
  bool asks = false;
};

// Makes the operator of a plan node and those below it. `scope` and its plan
// outlive the operator. Errors: Unimplemented.
absl::StatusOr<OperatorPtr> BuildOperator(const PlanNode& node, BuildScope& scope);

// Compiles conditions against the columns of a schema.
absl::StatusOr<std::unique_ptr<Evaluator>> CompileExpression(const algebra::Expression& expression,
                                                             const std::vector<VariableId>& schema,
                                                             BuildScope& scope);

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_EXECUTION_CONTEXT_H_
