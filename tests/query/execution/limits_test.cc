// Deadlines, cancelling, memory and row limits inside long operators.

#include <chrono>
#include <thread>

#include <gtest/gtest.h>
#include "tests/query/execution/query_runner.h"

namespace sanad::query_test {
namespace {

// 1,000 triples of one predicate, so that three patterns make 10^9 rows.
std::unique_ptr<MemoryQuadSource> Thousand() {
  std::vector<Quad> quads;
  for (int i = 0; i < 1000; ++i) {
    quads.push_back({Local("s" + std::to_string(i)), Local("p"), Term::Integer(i), Term()});
  }
  return MemoryQuadSource::FromQuads(quads);
}

const char kProduct[] =
    "PREFIX : <http://example.org/> SELECT * { ?a :p ?x . ?b :p ?y . ?c :p ?z }";
const char kCounted[] =
    "PREFIX : <http://example.org/> SELECT (COUNT(*) AS ?n) "
    "{ ?a :p ?x . ?b :p ?y . ?c :p ?z FILTER(?x + ?y + ?z < 0) }";
const char kSorted[] =
    "PREFIX : <http://example.org/> SELECT * { ?a :p ?x . ?b :p ?y . ?c :p ?z } ORDER BY ?z";

// A solution that stands for very many, whose copies differ.
const char kRandom[] =
    "PREFIX : <http://example.org/> SELECT (RAND() AS ?r) { ?a :p ?x . ?b :p ?y . ?c :p ?z }";
const char kDistinct[] =
    "PREFIX : <http://example.org/> SELECT DISTINCT ?x ?y ?z { ?a :p ?x . ?b :p ?y . ?c :p ?z }";
const char kConcatenated[] =
    "PREFIX : <http://example.org/> SELECT (GROUP_CONCAT(?x) AS ?all) "
    "{ ?a :p ?x . ?b :p ?y . ?c :p ?z }";
const char kReplaced[] =
    "PREFIX : <http://example.org/> SELECT (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(STR(?a), "
    "'.', 'xxxxxxxxxxxxxxxxxxxx'), '.', 'xxxxxxxxxxxxxxxxxxxx'), '.', 'xxxxxxxxxxxxxxxxxxxx'), "
    "'.', 'xxxxxxxxxxxxxxxxxxxx'), '.', 'xxxxxxxxxxxxxxxxxxxx') AS ?long) { ?a :p 7 }";

double Drain(Cursor& cursor) {
  const auto start = std::chrono::steady_clock::now();
  while (cursor.Next()) continue;
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

class DeadlineTest : public testing::TestWithParam<const char*> {};

TEST_P(DeadlineTest, EndsSoonAfterTheDeadline) {
  const auto source = Thousand();
  QueryOptions options;
  options.timeout = absl::Milliseconds(200);
  options.memory_limit = uint64_t{8} << 30;
  auto cursor = Start(GetParam(), *source, options);
  ASSERT_TRUE(cursor.ok()) << cursor.status();
  const double seconds = Drain(**cursor);
  EXPECT_EQ((*cursor)->status().code(), absl::StatusCode::kDeadlineExceeded);
  // 50 ms on an idle machine; tests share theirs.
  EXPECT_LT(seconds, 0.2 + 0.5);
}

INSTANTIATE_TEST_SUITE_P(Products, DeadlineTest,
                         testing::Values(kProduct, kCounted, kSorted, kRandom));

class MemoryCapTest : public testing::TestWithParam<const char*> {};

TEST_P(MemoryCapTest, EndsTheQueryAndTheSourceGoesOnServing) {
  const auto source = Thousand();
  QueryOptions options;
  options.memory_limit = uint64_t{16} << 20;
  auto cursor = Start(GetParam(), *source, options);
  ASSERT_TRUE(cursor.ok()) << cursor.status();
  Drain(**cursor);
  EXPECT_EQ((*cursor)->status().code(), absl::StatusCode::kResourceExhausted)
      << (*cursor)->status();
  EXPECT_EQ(Rows("ASK { ?s ?p 7 }", *source)->at(0), "true");
}

INSTANTIATE_TEST_SUITE_P(Products, MemoryCapTest,
                         testing::Values(kSorted, kDistinct, kConcatenated, kReplaced));

TEST(LimitsTest, CancelFromAnotherThread) {
  const auto source = Thousand();
  QueryOptions options;
  auto cursor = Start(kCounted, *source, options);
  ASSERT_TRUE(cursor.ok());
  std::thread other([token = options.cancel] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    token.Cancel();
  });
  const double seconds = Drain(**cursor);
  other.join();
  EXPECT_EQ((*cursor)->status().code(), absl::StatusCode::kCancelled);
  EXPECT_LT(seconds, 1.0);
}

TEST(LimitsTest, RowLimit) {
  const auto source = Thousand();
  QueryOptions options;
  options.row_limit = 10;
  auto cursor = Start(kProduct, *source, options);
  ASSERT_TRUE(cursor.ok());
  size_t rows = 0;
  while ((*cursor)->Next()) ++rows;
  EXPECT_EQ(rows, 10u);
  EXPECT_EQ((*cursor)->status().code(), absl::StatusCode::kResourceExhausted);
}

TEST(LimitsTest, ATimeoutOfZeroNeverRuns) {
  const auto source = Thousand();
  QueryOptions options;
  options.timeout = absl::ZeroDuration();
  EXPECT_EQ(Rows(kProduct, *source, options).status().code(), absl::StatusCode::kDeadlineExceeded);
}

}  // namespace
}  // namespace sanad::query_test
