// Runs of entries on disk against a map that does the same.

#include "storage/derived/entry_runs.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/storage/store_test_util.h"

namespace sanad {
namespace {

TEST(EntryRunsTest, TheNewestRunWins) {
  TemporaryDirectory directory;
  EntryRuns runs(directory / "");
  EntryRuns::Entries all;
  std::mt19937 random(3);
  for (int run = 0; run < 12; ++run) {
    EntryRuns::Entries entries;
    for (auto n = random() % 500; n > 0; --n) {
      const std::string key = "key" + std::to_string(random() % 2000);
      std::optional<std::string> value;
      if (random() % 4 != 0) value = std::string(random() % 40, 'v') + std::to_string(run);
      entries.insert_or_assign(key, value);
      all.insert_or_assign(key, value);
    }
    ASSERT_TRUE(runs.Add(entries).ok());
    for (int n = 0; n < 2100; ++n) {
      const std::string key = "key" + std::to_string(n);
      const auto found = runs.Get(key).value();
      const auto expected = all.find(key);
      ASSERT_EQ(found.has_value(), expected != all.end()) << key;
      if (found) {
        ASSERT_EQ(*found, expected->second) << key;
      }
    }
  }
  EntryRuns::Entries visited;
  std::string last;
  ASSERT_TRUE(
      runs.VisitAll([&](std::string_view key, const std::optional<std::string_view>& value) {
            EXPECT_LT(last, key);
            last = key;
            visited.emplace(key, value);
            return absl::OkStatus();
          })
          .ok());
  EXPECT_EQ(visited, all);
}

TEST(EntryRunsTest, NothingInNoRuns) {
  EntryRuns runs("/nowhere");
  EXPECT_TRUE(runs.Add({}).ok());
  EXPECT_FALSE(runs.Get("key")->has_value());
  EXPECT_EQ(runs.Add({{"key", "value"}}).code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace sanad
