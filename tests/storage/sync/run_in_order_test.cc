// Every result once and in order, whatever threads there are; what waits is bounded.

#include "storage/sync/run_in_order.h"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace sanad {
namespace {

std::string Numbered(size_t i) { return std::to_string(i); }
size_t BytesOf(const std::string& result) { return result.size(); }

void InOrder(const OrderedLimits& limits, size_t count,
             const std::function<std::string(size_t)>& work,
             const std::function<bool(size_t, const std::string&)>& take) {
  RunInOrder<std::string>(limits, count, {work, BytesOf, take});
}

class RunInOrderTest : public testing::TestWithParam<size_t> {
 protected:
  const OrderedLimits limits_ = {.threads = GetParam()};
};

TEST_P(RunInOrderTest, GivesEveryResultInOrder) {
  for (const size_t count : {0, 1, 2, 500}) {
    size_t next = 0;
    InOrder(limits_, count, Numbered, [&](size_t i, const std::string& result) {
      EXPECT_EQ(i, next++);
      EXPECT_EQ(result, std::to_string(i));
      return true;
    });
    EXPECT_EQ(next, count);
  }
}

TEST_P(RunInOrderTest, EndsEarly) {
  size_t taken = 0;
  InOrder(limits_, 500, Numbered, [&](size_t, const std::string&) { return ++taken < 10; });
  EXPECT_EQ(taken, 10U);
}

// 0: as many as there are processors.
INSTANTIATE_TEST_SUITE_P(Threads, RunInOrderTest, testing::Values(0, 1, 2, 5),
                         testing::PrintToStringParamName());

TEST(RunInOrder, RunsOnSeveralThreads) {
  std::atomic<size_t> running = 0;
  std::atomic<bool> together = false;
  const auto work = [&](size_t i) {
    if (++running > 1) together = true;
    for (int wait = 0; wait < 1000 && !together; ++wait) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    --running;
    return Numbered(i);
  };
  InOrder({.threads = 2}, 2, work, [](size_t, const auto&) { return true; });
  EXPECT_TRUE(together);
}

// The taker is slow and every result is larger than what may wait: the threads then
// begin no more than the one whose turn it is and what they had at hand.
TEST(RunInOrder, BoundsTheBytesThatWait) {
  constexpr size_t kThreads = 3;
  std::atomic<size_t> begun = 0;
  const auto work = [&](size_t) {
    ++begun;
    return std::string(100, 'x');
  };
  size_t most = 0;
  InOrder({.threads = kThreads, .waiting_bytes = 50}, 60, work, [&](size_t i, const std::string&) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    most = std::max(most, begun.load() - i);
    return true;
  });
  EXPECT_EQ(begun.load(), 60U);
  EXPECT_LE(most, 2 * kThreads);
}

#if defined(__linux__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

size_t AddressSpace() {
  std::ifstream in("/proc/self/statm");
  size_t pages = 0;
  in >> pages;
  return pages * 4096;
}

// There is no room for the stack of a thread.
TEST(RunInOrderDeathTest, DoesWithoutThreads) {
  const auto run = [] {
    const rlim_t limit = AddressSpace() + (size_t{4} << 20);
    const rlimit limits = {limit, limit};
    if (setrlimit(RLIMIT_AS, &limits) != 0) std::exit(2);
    size_t taken = 0;
    InOrder({.threads = 4}, 100, Numbered, [&](size_t, const auto&) { return ++taken > 0; });
    std::exit(taken == 100 ? 0 : 1);
  };
  EXPECT_EXIT(run(), testing::ExitedWithCode(0), "");
}

#endif

}  // namespace
}  // namespace sanad
