// A stable sort that may have a helper thread sort one half.

#ifndef SANAD_QUERY_EXECUTION_PARALLEL_SORT_H_
#define SANAD_QUERY_EXECUTION_PARALLEL_SORT_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <vector>

namespace sanad {

// Below this many items a thread costs more than it saves.
inline constexpr size_t kLeastParallelSort = 20000;

// `make_less` makes the comparison; each thread gets one of its own, which may
// count its steps. With `helper` false the calling thread sorts alone. The result
// is the same either way.
template <typename MakeLess>
void StableSort(std::vector<uint32_t>& items, bool helper, const MakeLess& make_less) {
  if (!helper || items.size() < kLeastParallelSort) {
    std::stable_sort(items.begin(), items.end(), make_less());
    return;
  }
  const auto middle = items.begin() + static_cast<std::ptrdiff_t>(items.size() / 2);
  std::thread other([&] { std::stable_sort(items.begin(), middle, make_less()); });
  std::stable_sort(middle, items.end(), make_less());
  other.join();
  std::inplace_merge(items.begin(), middle, items.end(), make_less());
}

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_PARALLEL_SORT_H_
