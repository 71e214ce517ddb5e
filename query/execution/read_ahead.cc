// One mutex and one condition for both sides: a batch of some 2,000 rows is worth
// far more than the lock.

#include "query/execution/read_ahead.h"

#include <algorithm>
#include <new>
#include <utility>

#include "storage/model/text.h"

namespace sanad {
namespace {

constexpr size_t kMostReady = 16;

}  // namespace

bool CanReadAhead(const PlanNode& node) {
  switch (node.type) {
    case PlanType::kNothing:
    case PlanType::kUnit:
    case PlanType::kScan:
    case PlanType::kMergeJoin:
    case PlanType::kIndexJoin:
    case PlanType::kHashJoin:
    case PlanType::kLeapfrogJoin:
    case PlanType::kUnion:
    case PlanType::kProject:
    case PlanType::kDistinct:
    case PlanType::kSlice:
      break;
    default:
      return false;
  }
  return node.conditions.empty() && node.value_keys.empty() &&
         std::all_of(node.children.begin(), node.children.end(),
                     [](const PlanPtr& child) { return CanReadAhead(*child); });
}

bool ShouldReadAhead(const PlanNode& node, const BuildScope& scope) {
  const ExecutionContext& execution = scope.execution;
  return execution.helpers > 0 && scope.profile == nullptr &&
         node.cost >= execution.planner.helper_cost && CanReadAhead(node);
}

ReadAhead::ReadAhead(BuildScope& scope)
    : Operator(scope.execution.query),
      helper_context_(scope.execution.query, stop_),
      helper_execution_{helper_context_, scope.execution.functions, scope.execution.dataset,
                        scope.execution.planner},
      helper_scope_{helper_execution_, scope.plan, scope.active, nullptr},
      memory_(scope.execution.query) {}

absl::StatusOr<OperatorPtr> ReadAhead::Make(const PlanNode& node, BuildScope& scope) {
  --scope.execution.helpers;
  auto made = std::unique_ptr<ReadAhead>(new ReadAhead(scope));
  SANAD_ASSIGN_OR_RETURN(made->source_, BuildOperator(node, made->helper_scope_));
  return OperatorPtr(std::move(made));
}

ReadAhead::~ReadAhead() {
  stop_.store(true, std::memory_order_relaxed);
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    ended_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

// One batch; running out of memory becomes the helper's status, since nothing
// above its thread could catch it.
bool ReadAhead::Produce(Batch& batch) {
  try {
    return source_->Next(batch);
  } catch (const std::bad_alloc&) {
    helper_context_.Fail(absl::ResourceExhaustedError("the machine has no memory left"));
    return false;
  }
}

void ReadAhead::Run() {
  while (true) {
    Batch batch;
    {
      std::unique_lock<std::mutex> lock(mutex_);
      changed_.wait(lock, [&] { return ended_ || ready_.size() < kMostReady; });
      if (ended_) return;
      if (!spare_.empty()) {
        batch = std::move(spare_.back());
        spare_.pop_back();
      }
    }
    const bool more = Produce(batch);
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (more) {
        ready_.push_back(std::move(batch));
      } else {
        ended_ = true;
      }
    }
    changed_.notify_all();
    if (!more) return;
  }
}

bool ReadAhead::Next(Batch& batch) {
  if (context().Interrupted()) return false;
  if (!thread_.joinable()) {
    if (source_ == nullptr) return false;
    thread_ = std::thread([this] { Run(); });
  }
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [&] { return ended_ || !ready_.empty(); });
  if (ready_.empty()) {
    lock.unlock();
    thread_.join();
    source_.reset();
    if (!helper_context_.status().ok()) context().Fail(helper_context_.status());
    return false;
  }
  std::swap(batch, ready_.front());
  spare_.push_back(std::move(ready_.front()));
  ready_.pop_front();
  lock.unlock();
  changed_.notify_all();
  return memory_.Set(batch.bytes() * kMostReady);
}

}  // namespace sanad
