// Extraction on all processors with its results in order. The threads live as long
// as the whole run: each keeps what it has learnt of words (language/token.h).

#include <sanad/extract.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace sanad {
namespace {

// Results that may wait for their turn, for each thread: a load takes them in batches.
constexpr size_t kAhead = 64;

class OrderedRun {
 public:
  OrderedRun(size_t count, const std::function<absl::StatusOr<Extraction>(size_t)>& extract,
             size_t threads)
      : count_(count), extract_(extract), slots_(std::min(count, threads * kAhead)) {
    for (size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(); });
  }
  ~OrderedRun() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      next_ = count_;
    }
    room_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  // The result of the document whose turn it is; waits for it.
  absl::StatusOr<Extraction> Take() {
    std::unique_lock<std::mutex> lock(mutex_);
    std::optional<absl::StatusOr<Extraction>>& slot = slots_[taken_ % slots_.size()];
    done_.wait(lock, [&] { return slot.has_value(); });
    absl::StatusOr<Extraction> result = std::move(*slot);
    slot.reset();
    ++taken_;
    lock.unlock();
    room_.notify_all();
    return result;
  }

 private:
  void Work() {
    for (;;) {
      std::unique_lock<std::mutex> lock(mutex_);
      room_.wait(lock, [&] { return next_ >= count_ || next_ < taken_ + slots_.size(); });
      if (next_ >= count_) return;
      const size_t index = next_++;
      lock.unlock();
      absl::StatusOr<Extraction> result = extract_(index);
      lock.lock();
      slots_[index % slots_.size()] = std::move(result);
      lock.unlock();
      done_.notify_one();
    }
  }

  const size_t count_;
  const std::function<absl::StatusOr<Extraction>(size_t)>& extract_;
  std::mutex mutex_;
  std::condition_variable room_, done_;
  std::vector<std::optional<absl::StatusOr<Extraction>>> slots_;  // By index, in a ring.
  size_t next_ = 0, taken_ = 0;
  std::vector<std::thread> threads_;
};

}  // namespace

void ExtractInOrder(size_t count, const std::function<absl::StatusOr<Extraction>(size_t)>& extract,
                    const std::function<bool(size_t, absl::StatusOr<Extraction>)>& take) {
  const size_t processors = std::max(1U, std::thread::hardware_concurrency());
  const size_t threads = std::min(processors, count);
  if (threads <= 1) {
    for (size_t i = 0; i < count; ++i) {
      if (!take(i, extract(i))) return;
    }
    return;
  }
  OrderedRun run(count, extract, threads);
  for (size_t i = 0; i < count; ++i) {
    if (!take(i, run.Take())) return;
  }
}

}  // namespace sanad
