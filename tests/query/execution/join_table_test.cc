// The table of a hash join against a map, from one partition to many.

#include "query/execution/join_table.h"

#include <algorithm>
#include <map>
#include <random>
#include <vector>

#include <gtest/gtest.h>
#include "storage/memory_quad_source.h"

namespace sanad {
namespace {

struct Shape {
  size_t rows;
  size_t keys;     // Distinct values of a key column, about.
  size_t columns;  // Key columns.
};

class JoinTableTest : public testing::TestWithParam<Shape> {};

// Ids that differ in their low bits, in their high bits, or in both.
TermId Id(uint64_t value) {
  return TermId(value % 3 == 0 ? value << 40 : value % 3 == 1 ? value : value << 40 | value);
}

TEST_P(JoinTableTest, FindsTheRowsOfEachKeyInTheirOrder) {
  const auto [count, keys, columns] = GetParam();
  std::mt19937_64 random(count + keys);
  // The last column numbers the rows.
  Batch rows;
  rows.Reset(columns + 1);
  rows.size = count;
  std::map<std::vector<TermId>, std::vector<uint64_t>> expected;
  for (uint64_t row = 0; row < count; ++row) {
    std::vector<TermId> key;
    for (size_t c = 0; c < columns; ++c) {
      key.push_back(Id(1 + random() % keys));
      rows.columns[c].push_back(key[c]);
    }
    rows.columns[columns].push_back(TermId(row));
    rows.multiplicity.push_back(row % 7 + 1);
    expected[key].push_back(row);
  }
  const auto source = MemoryQuadSource::FromQuads({});
  QueryContext context(*source, QueryOptions());
  JoinTable table(context);
  std::vector<size_t> key_columns;
  for (size_t c = 0; c < columns; ++c) key_columns.push_back(c);
  ASSERT_TRUE(table.Build(rows, key_columns));

  std::vector<std::vector<TermId>> probes(columns);
  for (uint64_t value = 1; value < keys + 500; ++value) {
    for (size_t c = 0; c < columns; ++c) probes[c].push_back(Id(value + c % 2));
  }
  for (const auto& [key, numbers] : expected) {
    for (size_t c = 0; c < columns; ++c) probes[c].push_back(key[c]);
  }
  std::vector<const TermId*> pointers;
  for (const auto& column : probes) pointers.push_back(column.data());
  const size_t size = probes[0].size();
  std::vector<RowRange> ranges(size);
  table.Find(rows, pointers, size, ranges);
  for (size_t i = 0; i < size; ++i) {
    std::vector<TermId> key;
    for (size_t c = 0; c < columns; ++c) key.push_back(probes[c][i]);
    std::vector<uint64_t> found;
    for (size_t row = ranges[i].begin; row < ranges[i].end; ++row) {
      found.push_back(rows.columns[columns][row].bits());
      ASSERT_EQ(rows.multiplicity[row], found.back() % 7 + 1);
    }
    const auto held = expected.find(key);
    ASSERT_EQ(found, held == expected.end() ? std::vector<uint64_t>() : held->second) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, JoinTableTest,
                         testing::Values(Shape{0, 10, 1}, Shape{1, 1, 1}, Shape{100, 7, 1},
                                         Shape{5000, 100000, 1}, Shape{30000, 1, 1},
                                         Shape{100000, 40, 2}, Shape{200000, 60000, 1},
                                         Shape{150000, 50, 3}));

TEST(JoinTableTest, MemoryIsCounted) {
  Batch rows;
  rows.Reset(1);
  for (uint64_t row = 1; row <= 100000; ++row) rows.columns[0].push_back(TermId(row));
  rows.size = rows.columns[0].size();
  const auto source = MemoryQuadSource::FromQuads({});
  QueryOptions options;
  options.memory_limit = uint64_t{1} << 20;
  QueryContext context(*source, options);
  JoinTable table(context);
  EXPECT_FALSE(table.Build(rows, {0}));
  EXPECT_EQ(context.status().code(), absl::StatusCode::kResourceExhausted);
}

// All rows are in one partition however many partitions there are.
TEST(JoinTableTest, MemoryOfOneKeyIsCounted) {
  const auto source = MemoryQuadSource::FromQuads({});
  for (const auto& [limit, fits] : {std::pair(3'000'000, false), std::pair(6'000'000, true)}) {
    Batch rows;
    rows.Reset(1);
    rows.columns[0].assign(100000, TermId(7));
    rows.size = rows.columns[0].size();
    QueryOptions options;
    options.memory_limit = static_cast<uint64_t>(limit);
    QueryContext context(*source, options);
    JoinTable table(context);
    EXPECT_EQ(table.Build(rows, {0}), fits) << limit;
    EXPECT_EQ(context.status().code(),
              fits ? absl::StatusCode::kOk : absl::StatusCode::kResourceExhausted);
  }
}

}  // namespace
}  // namespace sanad
