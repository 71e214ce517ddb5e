// Physical plans: which operator runs where, over which columns, in which order.
//
// A plan is a tree of nodes apart from the algebra. Expressions are borrowed from
// the algebra the plan was made from, which the plan keeps. Each node carries
// its columns, which of them are bound in every solution, how its rows are
// sorted, and the estimates that EXPLAIN prints.

#ifndef SANAD_QUERY_PLAN_PLAN_H_
#define SANAD_QUERY_PLAN_PLAN_H_

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "query/algebra/algebra.h"
#include "storage/quad_source.h"

namespace sanad {

// A variable of one plan; its name is in Plan::names.
using VariableId = uint32_t;
inline constexpr VariableId kNoVariable = ~VariableId{0};

enum class PlanType : uint8_t {
  kNothing,       // No solutions.
  kUnit,          // One empty solution.
  kScan,          // An index range.
  kCount,         // One solution: the exact count of a pattern.
  kMergeJoin,     // Both children sorted by `key`.
  kIndexJoin,     // children[1] is a scan, looked up by `key` for each batch.
  kHashJoin,      // children[1] is built; with no certain shared column a nested loop.
  kLeapfrogJoin,  // Scans, each sorted by those of `keys` that it has.
  kFilter,
  kUnion,
  kExtend,
  kValues,
  kGroup,
  kSort,  // With `limit`: the first rows only.
  kProject,
  kDistinct,
  kSlice,
  kPath,
  kGraphLoop,  // Evaluates its algebra once for each named graph.
  kService,
};

// What a join does with the rows of its left child.
enum class JoinMode : uint8_t {
  kInner,
  kLeft,   // OPTIONAL.
  kSemi,   // EXISTS.
  kAnti,   // NOT EXISTS.
  kMinus,  // MINUS: as kAnti, but a match must share a bound variable.
};

struct ScanPlan {
  IdPattern pattern;
  // The variable at subject, predicate, object and graph; kNoVariable where the
  // position is constant or nobody reads it.
  std::array<VariableId, 4> variables = {kNoVariable, kNoVariable, kNoVariable, kNoVariable};
  std::vector<std::pair<int, int>> equal;  // Positions that must hold the same id.
  Order order = Order::kSpo;
  GraphScope scope;
  std::vector<IdRange> ranges;
  int columns = 3;
};

// A node without those below it.
struct PlanFields {
  PlanType type = PlanType::kNothing;
  JoinMode mode = JoinMode::kInner;

  std::vector<VariableId> schema;
  std::vector<bool> certain;      // By column: bound in every solution.
  std::vector<VariableId> order;  // Rows are sorted by the ids of these.
  double rows = 0;                // Estimated.
  double cost = 0;                // Estimated nanoseconds, children included.
  int number = 0;                 // Position in the plan, for profiles.

  ScanPlan scan;                 // kScan, kCount.
  VariableId key = kNoVariable;  // Merge and index joins.
  std::vector<VariableId> keys;  // kLeapfrogJoin: the join variables, outermost first.
  // kHashJoin: pairs of left and right columns that a condition wants equal by
  // value; rows are matched by a hash of the value and the condition checked.
  std::vector<std::pair<VariableId, VariableId>> value_keys;
  std::vector<const algebra::Expression*> conditions;  // kFilter; joins: of OPTIONAL.
  std::vector<std::pair<VariableId, const algebra::Expression*>>
      bindings;  // kExtend; kGroup: keys.
  std::vector<std::pair<VariableId, const algebra::Expression*>> aggregates;  // kGroup.
  std::vector<std::vector<TermId>> values;                                    // kValues, by row.
  std::vector<std::pair<const algebra::Expression*, bool>> sort;  // kSort: expression, descending.
  uint64_t offset = 0;                                            // kSlice.
  uint64_t limit = ~uint64_t{0};                                  // kSlice, kSort, kDistinct.
  const algebra::Operator* algebra = nullptr;                     // kPath, kGraphLoop, kService.
  GraphScope scope;                                               // kPath; kGraphLoop: the graphs.
  std::vector<VariableId> substituted;                            // kPath: ends bound from outside.
  VariableId variable = kNoVariable;                              // kGraphLoop; kCount: the result.
};

struct PlanNode : PlanFields {
  std::vector<std::unique_ptr<PlanNode>> children;
};
using PlanPtr = std::unique_ptr<PlanNode>;
// A copy of a node and those below it.
PlanPtr ClonePlan(const PlanNode& node);

// A plan with what it borrows from.
struct Plan {
  std::shared_ptr<const void> owner;  // Of the expressions.
  std::vector<std::string> names;     // By VariableId.
  PlanPtr root;
  int node_count = 0;
  // The graphs that EXISTS patterns are matched in.
  std::map<const algebra::Operator*, GraphScope> exists_scopes;
};

// The column of a variable in a node's schema, or -1.
int ColumnOf(const PlanNode& node, VariableId variable);
// True when the variable is bound in every solution of the node.
bool IsCertain(const PlanNode& node, VariableId variable);
// Variables in both schemas, in the order of `a`.
std::vector<VariableId> SharedVariables(const PlanNode& a, const PlanNode& b);

// The name of an operator as EXPLAIN prints it ("index join").
std::string_view PlanTypeName(PlanType type);

}  // namespace sanad

#endif  // SANAD_QUERY_PLAN_PLAN_H_
