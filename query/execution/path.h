// Path operator: for each input solution, the solutions of a property path whose
// ends are constants, bound by the solution, or free.

#ifndef SANAD_QUERY_EXECUTION_PATH_H_
#define SANAD_QUERY_EXECUTION_PATH_H_

#include <utility>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include "query/execution/execution_context.h"
#include "query/execution/path_search.h"

namespace sanad {

class PathOperator : public Operator {
 public:
  PathOperator(QueryContext& context, const PlanNode& node, const Plan& plan, OperatorPtr input);
  bool Next(Batch& batch) override;

 private:
  struct End {
    TermId constant;  // Undefined: a variable.
    int input = -1;   // Its column in the input, or -1.
    int output = -1;  // Its column in the output, or -1.
    // EXISTS puts the outer solution's term in the pattern: it counts as written.
    bool substituted = false;
    bool is_term() const { return substituted || !constant.is_undefined(); }
  };
  void Solve(TermId subject, TermId object);
  bool MayBind(const End& end, TermId value, const End& other, TermId other_value);
  const std::vector<TermId>& Reached(TermId node, bool forward);

  OperatorPtr input_;
  const algebra::Path& path_;
  const GraphScope& scope_;
  const bool matches_no_step_;
  PathSearch search_;
  End subject_, object_;
  bool same_variable_ = false;
  std::vector<int> copies_;  // The input column of each output column, or -1.
  Batch input_batch_;
  size_t row_ = 0;
  std::vector<std::pair<TermId, TermId>> pairs_;  // Solutions of the current row.
  size_t next_pair_ = 0;
  bool row_solved_ = false;
  absl::flat_hash_map<uint64_t, std::vector<TermId>> memo_;  // By node, of one direction.
  size_t memo_size_ = 0;
  bool memo_forward_ = true;
  absl::flat_hash_map<uint64_t, bool> in_graph_;  // Of nodes that the input binds.
  std::vector<TermId> starts_;
  bool have_starts_ = false;
  MemoryHold memory_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_PATH_H_
