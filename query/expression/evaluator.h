// Evaluates an expression over the rows of a batch.
//
// An expression is compiled once against the columns of its input. Where it is
// deterministic and reads one column it is evaluated once per distinct id of
// that column (string functions and regular expressions included). Errors are
// values, with the three-valued logic of SPARQL 1.1 section 17.2.

#ifndef SANAD_QUERY_EXPRESSION_EVALUATOR_H_
#define SANAD_QUERY_EXPRESSION_EVALUATOR_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include <absl/status/statusor.h>
#include "query/algebra/algebra.h"
#include "query/expression/batch.h"
#include "query/expression/function.h"
#include "query/expression/value.h"

namespace sanad {

// Decides EXISTS for a row; the executor provides it.
class ExistsEvaluator {
 public:
  virtual ~ExistsEvaluator() = default;
  virtual bool Evaluate(const Batch& batch, size_t row) = 0;
};

// What an expression is compiled against. Outlives the evaluator.
struct ExpressionScope {
  FunctionContext& functions;
  // Makes the evaluator of an EXISTS pattern for rows of these columns.
  std::function<absl::StatusOr<std::unique_ptr<ExistsEvaluator>>(
      const algebra::Operator& pattern, const std::vector<std::string>& columns)>
      make_exists;
};

// Single-threaded.
class Evaluator {
 public:
  // `columns` names the input's columns; other variables are unbound. Errors:
  // Unimplemented for a built-in function that does not exist.
  static absl::StatusOr<std::unique_ptr<Evaluator>> Compile(const algebra::Expression& expression,
                                                            const std::vector<std::string>& columns,
                                                            ExpressionScope& scope);
  ~Evaluator();

  Value Evaluate(const Batch& batch, size_t row);
  // The ids of all rows' values, undefined for errors.
  void EvaluateColumn(const Batch& batch, std::vector<TermId>& out);
  // The rows whose effective boolean value is true, rising.
  void Select(const Batch& batch, std::vector<uint32_t>& selection);
  // False when two evaluations on one solution may differ.
  bool deterministic() const { return deterministic_; }

  struct Node;

 private:
  explicit Evaluator(FunctionContext& functions);
  bool RowIsTrue(const Batch& batch, size_t row);

  FunctionContext& functions_;
  std::unique_ptr<Node> root_;
  bool deterministic_ = true;
  bool has_exists_ = false;
  int only_column_ = -1;  // The one column read; -1: none, -2: several.
  absl::flat_hash_map<uint64_t, uint64_t> memo_;
};

// True when the effective value of every row is the same whatever the row is:
// no variables, no EXISTS, deterministic.
bool IsConstant(const algebra::Expression& expression);

}  // namespace sanad

#endif  // SANAD_QUERY_EXPRESSION_EVALUATOR_H_
