// The operator interface: batches of solutions pulled up a tree.
//
// An operator's columns are its plan node's schema, in that order. Errors and
// limits are the context's sticky status: Next() returns false at the end and
// on an error alike, and whoever drives the tree asks the context.

#ifndef SANAD_QUERY_EXECUTION_OPERATOR_H_
#define SANAD_QUERY_EXECUTION_OPERATOR_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "query/expression/batch.h"
#include "query/expression/query_context.h"
#include "query/plan/explain.h"
#include "query/plan/plan.h"

namespace sanad {

// Single-threaded.
class Operator {
 public:
  explicit Operator(QueryContext& context) : context_(context) {}
  virtual ~Operator() = default;
  Operator(const Operator&) = delete;
  Operator& operator=(const Operator&) = delete;

  // Replaces `batch` by the next solutions, at least one. False at the end or
  // when the context has an error.
  virtual bool Next(Batch& batch) = 0;
  // A hint: solutions whose first sorted column is below `key` are not needed
  // any more. May be ignored.
  virtual void SkipTo(TermId key) { (void)key; }

 protected:
  QueryContext& context() const { return context_; }

 private:
  QueryContext& context_;
};
using OperatorPtr = std::unique_ptr<Operator>;

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_OPERATOR_H_
