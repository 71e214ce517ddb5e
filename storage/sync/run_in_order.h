// Work on many things on several threads, with the results in order.

#ifndef SANAD_STORAGE_SYNC_RUN_IN_ORDER_H_
#define SANAD_STORAGE_SYNC_RUN_IN_ORDER_H_

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace sanad {

struct OrderedLimits {
  size_t threads = 0;    // 0: the processors. Fewer where the system gives no more.
  size_t waiting = 256;  // Results that wait for their turn, for each thread.
  // Of those, in bytes. Beyond it only the thing whose turn it is begins, so that as
  // much again as there are threads may be added.
  size_t waiting_bytes = size_t{128} << 20;
};

// The functions of one run. The threads live as long as it: what they keep for
// themselves (language/token.h) serves all that they do.
template <typename Result>
struct OrderedWork {
  std::function<Result(size_t)> work;             // On any thread.
  std::function<size_t(const Result&)> bytes_of;  // About what a result takes.
  std::function<bool(size_t, Result)> take;       // On the caller's; false ends the run.
};

namespace internal {

template <typename Result>
class OrderedRun {
 public:
  OrderedRun(const OrderedLimits& limits, size_t count, const OrderedWork<Result>& functions)
      : count_(count),
        most_waiting_(limits.waiting_bytes),
        functions_(functions),
        slots_(std::min(count, limits.threads * limits.waiting)) {
    threads_.reserve(limits.threads);
    try {
      for (size_t i = 0; i < limits.threads; ++i) threads_.emplace_back([this] { Work(); });
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

  // The result whose turn it is; waits for it. REQUIRES: has_threads().
  Result Take() {
    std::unique_lock<std::mutex> lock(mutex_);
    std::optional<Waiting>& slot = slots_[taken_ % slots_.size()];
    done_.wait(lock, [&] { return slot.has_value(); });
    Result result = std::move(slot->result);
    waiting_ -= slot->bytes;
    slot.reset();
    ++taken_;
    lock.unlock();
    room_.notify_all();
    return result;
  }

 private:
  struct Waiting {
    Result result;
    size_t bytes;
  };

  // The one whose turn it is always may: the others wait for it.
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
      Result result = functions_.work(index);
      const size_t bytes = functions_.bytes_of(result);
      lock.lock();
      waiting_ += bytes;
      slots_[index % slots_.size()] = Waiting{std::move(result), bytes};
      lock.unlock();
      done_.notify_one();
    }
  }

  const size_t count_, most_waiting_;
  const OrderedWork<Result>& functions_;
  std::mutex mutex_;
  std::condition_variable room_, done_;
  std::vector<std::optional<Waiting>> slots_;  // By index, in a ring.
  size_t waiting_ = 0;                         // Bytes of the slots.
  size_t next_ = 0, taken_ = 0;
  std::vector<std::thread> threads_;
};

}  // namespace internal

// Calls `work` with 0, 1, … count - 1, on several threads at a time, and `take` with
// each result in that order, on the calling thread. Ends early, with what is running,
// when `take` returns false. With one thread, or where none can begin, all runs on the
// caller's.
template <typename Result>
void RunInOrder(OrderedLimits limits, size_t count, const OrderedWork<Result>& functions) {
  if (limits.threads == 0) limits.threads = std::max(1U, std::thread::hardware_concurrency());
  limits.threads = std::min(limits.threads, count);
  std::optional<internal::OrderedRun<Result>> run;
  if (limits.threads > 1) run.emplace(limits, count, functions);
  const bool ahead = run.has_value() && run->has_threads();
  for (size_t i = 0; i < count; ++i) {
    if (!functions.take(i, ahead ? run->Take() : functions.work(i))) return;
  }
}

}  // namespace sanad

#endif  // SANAD_STORAGE_SYNC_RUN_IN_ORDER_H_
