// Runs of entries on disk against a map that does the same.

#include "storage/derived/entry_runs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "tests/storage/store_test_util.h"

namespace sanad {
namespace {

using Entries = std::map<std::string, std::optional<std::string>, std::less<>>;

// In random order, each key a few times.
EntryBuffer BufferOf(const Entries& entries, std::mt19937& random) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : entries) keys.push_back(key);
  std::shuffle(keys.begin(), keys.end(), random);
  EntryBuffer out(random() % 4);  // All keys begin with "key".
  for (const std::string& key : keys) {
    if (random() % 2 == 0) out.Set(key, std::nullopt);
    if (random() % 2 == 0) out.Set(key, "an older value");
    out.Set(key, entries.find(key)->second);
  }
  return out;
}

TEST(EntryRunsTest, TheNewestRunWins) {
  TemporaryDirectory directory;
  EntryRuns runs(directory / "");
  Entries all;
  std::mt19937 random(3);
  for (int run = 0; run < 12; ++run) {
    Entries entries;
    for (auto n = random() % 500; n > 0; --n) {
      const std::string key = "key" + std::to_string(random() % 2000);
      std::optional<std::string> value;
      if (random() % 4 != 0) value = std::string(random() % 40, 'v') + std::to_string(run);
      entries.insert_or_assign(key, value);
      all.insert_or_assign(key, value);
    }
    ASSERT_TRUE(runs.Add(BufferOf(entries, random)).ok());
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
  Entries visited;
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
  EXPECT_TRUE(runs.Add(EntryBuffer()).ok());
  EXPECT_FALSE(runs.Get("key")->has_value());
  EntryBuffer entries;
  entries.Set("key", "value");
  EXPECT_EQ(runs.Add(entries).code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace sanad
