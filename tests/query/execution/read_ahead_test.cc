// Helper threads: the same rows in the same order as without, and every limit and
// early end honoured.

#include "query/execution/read_ahead.h"

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include "query/execution/parallel_sort.h"
#include "tests/query/execution/query_runner.h"

namespace sanad::query_test {
namespace {

const QuadSource& Numbers() {
  static const auto& source = *[] {
    std::vector<Quad> quads;
    for (int i = 0; i < 30000; ++i) {
      const Term subject = Local("s" + std::to_string(i));
      quads.push_back(
          {subject, Local("p"), Term::String("value " + std::to_string(i * 7919 % 30000)), Term()});
      quads.push_back({subject, Local("q"), Local("s" + std::to_string(i * 31 % 30000)), Term()});
      quads.push_back({subject, Local("r"), Term::Integer(i % 10), Term()});
    }
    return MemoryQuadSource::FromQuads(quads).release();
  }();
  return source;
}

PlannerOptions Eager() {
  PlannerOptions planner;
  planner.helper_cost = 0;
  return planner;
}

QueryOptions WithThreads(int threads) {
  QueryOptions options;
  options.threads = threads;
  return options;
}

std::string Query(const std::string& text) { return "PREFIX : <http://example.org/> " + text; }

class ReadAheadTest : public testing::TestWithParam<const char*> {};

TEST_P(ReadAheadTest, GivesTheRowsOfOneThreadInTheirOrder) {
  const std::string text = Query(GetParam());
  const auto alone = Rows(text, Numbers(), {}, Eager());
  ASSERT_TRUE(alone.ok()) << alone.status();
  EXPECT_FALSE(alone->empty());
  for (const int threads : {1, 2, 5}) {
    const auto helped = Rows(text, Numbers(), WithThreads(threads), Eager());
    ASSERT_TRUE(helped.ok()) << helped.status();
    EXPECT_TRUE(*helped == *alone) << threads << " threads";
  }
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, ReadAheadTest,
    testing::Values("SELECT * { ?s :p ?v }", "SELECT ?s ?o ?x { ?s :q ?o . ?o :r ?x }",
                    "SELECT ?x (COUNT(*) AS ?n) { ?s :q ?o . ?o :r ?x } GROUP BY ?x",
                    "SELECT ?s ?v { ?s :p ?v } ORDER BY DESC(?v) ?s",
                    "SELECT ?v { ?s :p ?v . ?s :r ?x FILTER(?x = 3) } ORDER BY ?v LIMIT 5",
                    "SELECT DISTINCT ?x { { ?s :r ?x } UNION { ?s :q ?x } }",
                    "SELECT ?s { ?s :q ?o FILTER NOT EXISTS { ?o :r 4 } } OFFSET 100 LIMIT 10",
                    "ASK { ?s :q ?o . ?o :q ?s }"));

TEST(ReadAheadLimitsTest, DeadlineMemoryAndCancelReachTheHelper) {
  const std::string rows = Query("SELECT ?v ?w { ?a :p ?v . ?b :p ?w }");
  QueryOptions options = WithThreads(2);
  options.timeout = absl::Milliseconds(100);
  EXPECT_EQ(Rows(rows, Numbers(), options, Eager()).status().code(),
            absl::StatusCode::kDeadlineExceeded);
  options = WithThreads(2);
  options.memory_limit = 100000;
  EXPECT_EQ(Rows(rows, Numbers(), options, Eager()).status().code(),
            absl::StatusCode::kResourceExhausted);
  options = WithThreads(2);
  std::thread other([token = options.cancel] {
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    token.Cancel();
  });
  EXPECT_EQ(Rows(rows, Numbers(), options, Eager()).status().code(), absl::StatusCode::kCancelled);
  other.join();
}

TEST(ReadAheadLimitsTest, ACursorMayBeLeftAnywhere) {
  for (const int rows : {0, 1, 2000, 70000}) {
    auto cursor =
        Start(Query("SELECT ?v ?w { ?a :p ?v . ?b :p ?w }"), Numbers(), WithThreads(2), Eager());
    ASSERT_TRUE(cursor.ok());
    for (int i = 0; i < rows; ++i) ASSERT_TRUE((*cursor)->Next());
  }
}

TEST(ReadAheadLimitsTest, HelpersAreUsedOnlyWhereAsked) {
  PlanNode scan;
  scan.type = PlanType::kScan;
  scan.cost = 1e9;
  EXPECT_TRUE(CanReadAhead(scan));
  PlanNode filter;
  filter.type = PlanType::kFilter;
  EXPECT_FALSE(CanReadAhead(filter));
}

TEST(ParallelSortTest, IsStableAndTheSameWithAHelper) {
  std::vector<uint32_t> alone(100000);
  for (uint32_t i = 0; i < alone.size(); ++i) alone[i] = i;
  std::vector<uint32_t> helped = alone;
  const auto make_less = [] {
    return [](uint32_t a, uint32_t b) { return a * 2654435761u % 97 < b * 2654435761u % 97; };
  };
  StableSort(alone, false, make_less);
  StableSort(helped, true, make_less);
  EXPECT_EQ(alone, helped);
  EXPECT_TRUE(std::is_sorted(alone.begin(), alone.end(), make_less()));
}

}  // namespace
}  // namespace sanad::query_test
