// Extraction on all processors with its results in order. The threads live as long
// as the whole run: each keeps what it has learnt of words (language/token.h).

#include "loader/document/extract_in_order.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace sanad {
namespace {

// Results that may wait for their turn, for each thread: a load takes them in batches.
constexpr size_t kAhead = 64;

// About what a result takes: its texts, and its quads, whose terms are strings.
size_t BytesOf(const absl::StatusOr<Extraction>& result) {
  if (!result.ok()) return 0;
  size_t bytes = result->text.size() + result->trace.size() +
                 result->statements.size() * sizeof(ExtractedStatement);
  for (const Quad& quad : result->quads) {
    bytes += sizeof(Quad);
    for (const Term* term : {&quad.subject, &quad.predicate, &quad.object, &quad.graph}) {
      bytes += term->value().size();
    }
  }
  return bytes;
}

class OrderedRun {
 public:
  OrderedRun(size_t count, const std::function<absl::StatusOr<Extraction>(size_t)>& extract,
             size_t threads, size_t most_waiting)
      : count_(count),
        most_waiting_(most_waiting),
        extract_(extract),
        slots_(std::min(count, threads * kAhead)) {
    threads_.reserve(threads);
    try {
      for (size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(); });
    } catch (const std::system_error&) {
      // Those there are do the work.
    }
  }
  ~OrderedRun() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      next_ = count_;
    }
    room_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  bool has_threads() const { return !threads_.empty(); }

  // The result of the document whose turn it is; waits for it. REQUIRES: has_threads().
  absl::StatusOr<Extraction> Take() {
    std::unique_lock<std::mutex> lock(mutex_);
    std::optional<Waiting>& slot = slots_[taken_ % slots_.size()];
    done_.wait(lock, [&] { return slot.has_value(); });
    absl::StatusOr<Extraction> result = std::move(slot->result);
    waiting_ -= slot->bytes;
    slot.reset();
    ++taken_;
    lock.unlock();
    room_.notify_all();
    return result;
  }

 private:
  struct Waiting {
    absl::StatusOr<Extraction> result;
    size_t bytes;
  };

  // The document whose turn it is always may: the others wait for it.
  bool MayBegin() const {
    return next_ == taken_ || (next_ < taken_ + slots_.size() && waiting_ < most_waiting_);
  }

  void Work() {
    for (;;) {
      std::unique_lock<std::mutex> lock(mutex_);
      room_.wait(lock, [&] { return next_ >= count_ || MayBegin(); });
      if (next_ >= count_) return;
      const size_t index = next_++;
      lock.unlock();
      absl::StatusOr<Extraction> result = extract_(index);
      const size_t bytes = BytesOf(result);
      lock.lock();
      waiting_ += bytes;
      slots_[index % slots_.size()] = Waiting{std::move(result), bytes};
      lock.unlock();
      done_.notify_one();
    }
  }

  const size_t count_, most_waiting_;
  const std::function<absl::StatusOr<Extraction>(size_t)>& extract_;
  std::mutex mutex_;
  std::condition_variable room_, done_;
  std::vector<std::optional<Waiting>> slots_;  // By index, in a ring.
  size_t waiting_ = 0;                         // Bytes of the slots.
  size_t next_ = 0, taken_ = 0;
  std::vector<std::thread> threads_;
};

}  // namespace

void internal::ExtractInOrderWithin(
    const OrderedLimits& limits, size_t count,
    const std::function<absl::StatusOr<Extraction>(size_t)>& extract,
    const std::function<bool(size_t, absl::StatusOr<Extraction>)>& take) {
  const size_t processors = std::max(1U, std::thread::hardware_concurrency());
  const size_t threads = std::min(limits.threads == 0 ? processors : limits.threads, count);
  std::optional<OrderedRun> run;
  if (threads > 1) run.emplace(count, extract, threads, limits.waiting_bytes);
  const bool ahead = run.has_value() && run->has_threads();
  for (size_t i = 0; i < count; ++i) {
    if (!take(i, ahead ? run->Take() : extract(i))) return;
  }
}

void ExtractInOrder(size_t count, const std::function<absl::StatusOr<Extraction>(size_t)>& extract,
                    const std::function<bool(size_t, absl::StatusOr<Extraction>)>& take) {
  internal::ExtractInOrderWithin({}, count, extract, take);
}

}  // namespace sanad
