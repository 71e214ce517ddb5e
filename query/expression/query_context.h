// What one running query shares among its operators: the source, the limits
// (deadline, cancel token, memory), the sticky error, the query's own dictionary.
//
// Operators call Interrupted() once a batch and every few thousand steps inside
// long loops; the first limit that is passed becomes status(), and every
// operator then ends.

#ifndef SANAD_QUERY_EXPRESSION_QUERY_CONTEXT_H_
#define SANAD_QUERY_EXPRESSION_QUERY_CONTEXT_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>

#include <absl/status/status.h>
#include <absl/time/time.h>
#include <sanad/query.h>
#include "query/expression/term_dictionary.h"
#include "storage/quad_source.h"

namespace sanad {

// Rows after which a loop over more than a batch of them calls Interrupted() again.
inline constexpr size_t kInterruptRows = 0x10000;

// Single-threaded, but for the cancel token: a helper thread has a context of its
// own, with the account of memory in common. Outlives the operators.
class QueryContext {
 public:
  // `source` outlives the context.
  QueryContext(const QuadSource& source, const QueryOptions& options);

  // The context of a helper thread of another's query: its source, limits and
  // account of memory; a status and a dictionary of its own, in which no term may
  // be interned. Ends with Cancelled once `stop` is true; `stop` outlives it.
  QueryContext(const QueryContext& other, const std::atomic<bool>& stop);

  const QuadSource& source() const { return source_; }
  const QueryOptions& options() const { return options_; }
  TermDictionary& terms() { return terms_; }

  // True when the query must end: an error stands, or a limit has been passed.
  bool Interrupted();
  // True when the query was cancelled or its deadline has passed. Thread-safe.
  bool PastLimit() const;
  const absl::Status& status() const { return status_; }
  // Keeps the first error.
  void Fail(absl::Status status);

  // Accounts for memory held by operators. False, with status() set to
  // ResourceExhausted, past the limit.
  bool Charge(uint64_t bytes);
  void Release(uint64_t bytes) {
    memory_->used.fetch_sub(bytes, std::memory_order_relaxed);
    if (meter_ != nullptr) meter_->now -= static_cast<int64_t>(bytes);
  }
  uint64_t peak_memory() const { return memory_->peak.load(std::memory_order_relaxed); }

  // What one operator holds is metered while it runs.
  struct MemoryMeter {
    int64_t now = 0;
    int64_t peak = 0;
  };
  // Returns the meter before.
  MemoryMeter* set_meter(MemoryMeter* meter) { return std::exchange(meter_, meter); }

  // The instant that NOW() gives, the same for the whole query.
  absl::Time now() const { return now_; }
  // Random numbers of RAND(), UUID(), STRUUID().
  uint64_t NextRandom();
  // A label for a fresh blank node of this query.
  std::string FreshBlankNodeLabel();

 private:
  struct Memory {
    std::atomic<uint64_t> used{0}, peak{0};
  };

  const QuadSource& source_;
  QueryOptions options_;
  absl::Time now_;
  int64_t deadline_nanos_;  // Monotonic clock; the largest value: none.
  const std::atomic<bool>* stop_ = nullptr;
  std::shared_ptr<Memory> memory_;  // Shared with the contexts of helper threads.
  MemoryMeter* meter_ = nullptr;
  uint64_t random_state_;
  uint64_t blank_nodes_ = 0;
  uint64_t blank_node_seed_ = 0;
  absl::Status status_;
  TermDictionary terms_;
};

// The memory one operator holds; released when it dies.
class MemoryHold {
 public:
  explicit MemoryHold(QueryContext& context) : context_(context) {}
  ~MemoryHold() { context_.Release(bytes_); }
  MemoryHold(const MemoryHold&) = delete;
  MemoryHold& operator=(const MemoryHold&) = delete;
  // Sets the bytes held now. False past the query's limit.
  bool Set(uint64_t bytes) {
    if (bytes <= bytes_) {
      context_.Release(bytes_ - bytes);
      bytes_ = bytes;
      return true;
    }
    const uint64_t more = bytes - bytes_;
    bytes_ = bytes;
    return context_.Charge(more);
  }
  bool Add(uint64_t bytes) { return Set(bytes_ + bytes); }
  uint64_t bytes() const { return bytes_; }

 private:
  QueryContext& context_;
  uint64_t bytes_ = 0;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXPRESSION_QUERY_CONTEXT_H_
