// Limits of a running query. The monotonic clock is read at each check: a read
// costs some 25 ns against a batch of 2,048 rows.

#include "query/expression/query_context.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <random>

#include "storage/model/text.h"

namespace sanad {
namespace {

int64_t MonotonicNanos() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

int64_t DeadlineOf(absl::Duration timeout) {
  constexpr int64_t kNever = std::numeric_limits<int64_t>::max();
  if (timeout >= absl::Hours(24 * 365)) return kNever;
  const int64_t nanos = absl::ToInt64Nanoseconds(timeout);
  return MonotonicNanos() + (nanos < 0 ? 0 : nanos);
}

uint64_t Seed() {
  std::random_device device;
  return (uint64_t{device()} << 32) ^ device();
}

}  // namespace

QueryContext::QueryContext(const QuadSource& source, const QueryOptions& options)
    : source_(source),
      options_(options),
      now_(absl::Now()),
      deadline_nanos_(DeadlineOf(options.timeout)),
      memory_(std::make_shared<Memory>()),
      random_state_(0),
      terms_(source, *this) {}

QueryContext::QueryContext(const QueryContext& other, const std::atomic<bool>& stop)
    : source_(other.source_),
      options_(other.options_),
      now_(other.now_),
      deadline_nanos_(other.deadline_nanos_),
      stop_(&stop),
      memory_(other.memory_),
      random_state_(0),
      terms_(source_, *this) {}

bool QueryContext::PastLimit() const {
  return options_.cancel.cancelled() || (deadline_nanos_ != std::numeric_limits<int64_t>::max() &&
                                         MonotonicNanos() >= deadline_nanos_);
}

bool QueryContext::Interrupted() {
  if (!status_.ok()) return true;
  if (stop_ != nullptr && stop_->load(std::memory_order_relaxed)) {
    status_ = absl::CancelledError("the query ended before its helper");
    return true;
  }
  if (options_.cancel.cancelled()) {
    status_ = absl::CancelledError("the query was cancelled");
    return true;
  }
  if (deadline_nanos_ != std::numeric_limits<int64_t>::max() &&
      MonotonicNanos() >= deadline_nanos_) {
    status_ = MakeStatus(absl::StatusCode::kDeadlineExceeded, "the query ran past its limit of ",
                         absl::FormatDuration(options_.timeout),
                         "; raise the timeout or narrow the query");
    return true;
  }
  return false;
}

void QueryContext::Fail(absl::Status status) {
  if (status_.ok()) status_ = std::move(status);
}

bool QueryContext::Charge(uint64_t bytes) {
  const uint64_t used = memory_->used.fetch_add(bytes, std::memory_order_relaxed) + bytes;
  uint64_t peak = memory_->peak.load(std::memory_order_relaxed);
  while (used > peak && !memory_->peak.compare_exchange_weak(peak, used)) continue;
  if (meter_ != nullptr) {
    meter_->now += static_cast<int64_t>(bytes);
    meter_->peak = std::max(meter_->peak, meter_->now);
  }
  if (used <= options_.memory_limit) return true;
  Fail(MakeStatus(absl::StatusCode::kResourceExhausted, "the query needs more than its ",
                  options_.memory_limit >> 20,
                  " MiB of memory; raise the memory limit or narrow the query"));
  return false;
}

uint64_t QueryContext::NextRandom() {
  if (random_state_ == 0) random_state_ = Seed() | 1;
  // SplitMix64 (Steele, Lea and Flood, 2014).
  uint64_t z = (random_state_ += 0x9E3779B97F4A7C15u);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

std::string QueryContext::FreshBlankNodeLabel() {
  // The seed keeps blank nodes of different queries apart when their results
  // are stored.
  if (blank_node_seed_ == 0) blank_node_seed_ = NextRandom() | 1;
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string label = "q";
  for (int shift = 60; shift >= 0; shift -= 4) label += kDigits[blank_node_seed_ >> shift & 15];
  label += 'x';
  label += std::to_string(blank_nodes_++);
  return label;
}

}  // namespace sanad
