// Changed entries against a map, and the memory that they take.

#include "storage/derived/entry_buffer.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace sanad {
namespace {

TEST(EntryBufferTest, HandsOutTheLastChangeOfEachKeyByKey) {
  std::mt19937 random(7);
  std::map<std::string, std::optional<std::string>> expected;
  EntryBuffer buffer(3);
  for (int i = 0; i < 20000; ++i) {
    std::string key = "key";
    for (auto letters = random() % 9; letters > 0; --letters) {
      key.push_back("a\0\xFF"[random() % 3]);
    }
    std::optional<std::string> value;
    if (random() % 4 != 0) value.emplace(random() % 40, static_cast<char>('a' + random() % 26));
    buffer.Set(key, value);
    expected[key] = value;
  }
  ASSERT_EQ(buffer.size(), expected.size());
  std::map<std::string, std::optional<std::string>> sorted;
  std::string before;  // Less than any key.
  for (const EntryBuffer::Entry& entry : buffer.Sorted()) {
    const std::string key(entry.key());
    EXPECT_LT(before, key);
    before = key;
    sorted[key] = entry.value();
    const EntryBuffer::Entry* const found = buffer.Find(key);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->value(), entry.value());
  }
  EXPECT_EQ(sorted, expected);
  EXPECT_EQ(buffer.Find("another"), nullptr);
}

TEST(EntryBufferTest, AValueMayBeOneThatTheBufferHolds) {
  EntryBuffer buffer;
  buffer.Set("a", "0123456789");
  buffer.Set("b", "");
  const std::string_view held = *buffer.Find("a")->value();
  buffer.Set("b", held);
  buffer.Set("a", held.substr(3));
  EXPECT_EQ(buffer.Find("a")->value(), "3456789");
  EXPECT_EQ(buffer.Find("b")->value(), "0123456789");
}

TEST(EntryBufferTest, AKeyThatChangesAllTheTimeTakesNoMoreRoom) {
  EntryBuffer buffer;
  buffer.Set("count", "1000000");
  buffer.Set("list", "");
  const uint64_t bytes = buffer.bytes();
  for (int i = 1000001; i < 1300000; ++i) buffer.Set("count", std::to_string(i));
  EXPECT_EQ(buffer.bytes(), bytes);
  // Nor does one that grows by a byte each time take more than some times its size.
  for (size_t size = 1; size < 4000; ++size) buffer.Set("list", std::string(size, 'x'));
  EXPECT_EQ(buffer.bytes(), bytes);
  EXPECT_EQ(buffer.Find("list")->value(), std::string(3999, 'x'));
}

TEST(EntryBufferTest, BytesGrowWithWhatIsHeld) {
  EntryBuffer buffer;
  for (int i = 0; i < 30000; ++i) buffer.Set("key" + std::to_string(i), std::string(200, 'v'));
  EXPECT_GT(buffer.bytes(), 30000u * 200);
  EXPECT_LT(buffer.bytes(), 30000u * 400);
  buffer.Clear();
  EXPECT_TRUE(buffer.empty());
  EXPECT_LT(buffer.bytes(), 10000u);
  EXPECT_EQ(buffer.Find("key7"), nullptr);
  buffer.Set(std::string(3 << 20, 'k'), "long");
  EXPECT_EQ(buffer.Sorted()[0].value(), "long");
}

}  // namespace
}  // namespace sanad
