// Read-ahead: runs the operators below it on a helper thread, which keeps a few
// batches ready. Scans and joins then overlap with what consumes them: grouping,
// sorting, building a hash table, turning ids into terms.
//
// The rows come in the order in which the operators give them, so results are
// those of a run without helpers. Only operators that touch no terms may run
// below: the query's dictionary belongs to the query's own thread.

#ifndef SANAD_QUERY_EXECUTION_READ_AHEAD_H_
#define SANAD_QUERY_EXECUTION_READ_AHEAD_H_

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include <absl/base/thread_annotations.h>
#include "query/execution/execution_context.h"

namespace sanad {

// The helper thread starts with the first Next() and ends with the operator at
// the latest. Deadline, cancel token and memory limit hold in it as they do in
// the query's thread.
class ReadAhead : public Operator {
 public:
  // REQUIRES: `scope` and `node` outlive the operator; CanReadAhead(node).
  static absl::StatusOr<OperatorPtr> Make(const PlanNode& node, BuildScope& scope);
  ~ReadAhead() override;
  bool Next(Batch& batch) override;

 private:
  explicit ReadAhead(BuildScope& scope);
  void Run();
  bool Produce(Batch& batch);

  std::atomic<bool> stop_{false};
  QueryContext helper_context_;
  ExecutionContext helper_execution_;
  BuildScope helper_scope_;
  OperatorPtr source_;
  std::thread thread_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Batch> ready_;   // Guarded by mutex_.
  std::vector<Batch> spare_;  // Guarded by mutex_: batches to be filled again.
  bool ended_ = false;        // Guarded by mutex_: the helper makes no more.
  MemoryHold memory_;
};

// True when the operators of a plan touch no terms.
bool CanReadAhead(const PlanNode& node);
// True when it may pay: the plan below is estimated to take long, helpers are
// left, and nobody measures operators.
bool ShouldReadAhead(const PlanNode& node, const BuildScope& scope);

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_READ_AHEAD_H_
