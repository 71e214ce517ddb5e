// Merge joins whose runs of one key cross batches on either side.

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include "tests/query/execution/query_runner.h"

namespace sanad::query_test {
namespace {

// Subject i has `a(i)` triples of p and `b(i)` of q.
template <typename A, typename B>
std::unique_ptr<MemoryQuadSource> Source(int subjects, A a, B b) {
  std::vector<Quad> quads;
  for (int i = 0; i < subjects; ++i) {
    const Term subject = Local("s" + std::to_string(i));
    for (int k = 0; k < a(i); ++k) quads.push_back({subject, Local("p"), Term::Integer(k), Term()});
    for (int k = 0; k < b(i); ++k) quads.push_back({subject, Local("q"), Term::Integer(k), Term()});
  }
  return MemoryQuadSource::FromQuads(quads);
}

size_t Count(const std::string& pattern, const QuadSource& source, PlanType join) {
  PlannerOptions planner;
  planner.force_join = join;
  auto rows =
      Rows("PREFIX : <http://example.org/> SELECT * { " + pattern + " }", source, {}, planner);
  EXPECT_TRUE(rows.ok()) << rows.status();
  return rows.ok() ? rows->size() : 0;
}

TEST(MergeJoinTest, AKeyThatMatchedGoesOnInTheNextBatch) {
  // Three rows a key: a run lies across nearly every end of a batch.
  const auto source = Source(
      4000, [](int) { return 3; }, [](int) { return 1; });
  EXPECT_EQ(Count("?s :p ?x . ?s :q ?y", *source, PlanType::kMergeJoin), 12000u);
  EXPECT_EQ(Count("?s :q ?y . ?s :p ?x", *source, PlanType::kMergeJoin), 12000u);
  EXPECT_EQ(Count("?s :p ?x . ?s :p ?z . ?s :q ?y", *source, PlanType::kMergeJoin), 36000u);
}

TEST(MergeJoinTest, RunsOfManyBatches) {
  const auto source = Source(
      5, [](int i) { return i == 2 ? 5000 : 7; }, [](int i) { return i % 2 == 0 ? 3000 : 0; });
  const size_t expected = 7 * 3000 + 5000 * 3000 + 7 * 3000;
  PlannerOptions planner;
  planner.force_join = PlanType::kMergeJoin;
  auto rows = Rows("PREFIX : <http://example.org/> SELECT (COUNT(*) AS ?n) { ?s :p ?x . ?s :q ?y }",
                   *source, {}, planner);
  ASSERT_TRUE(rows.ok());
  EXPECT_THAT(rows->at(0), testing::HasSubstr("\"" + std::to_string(expected) + "\""));
}

TEST(MergeJoinTest, SidesSkipOverEachOther) {
  const auto source = Source(
      9000, [](int i) { return i % 7 == 0 ? 2 : 0; }, [](int i) { return i % 5 == 0 ? 3 : 0; });
  const size_t both = (9000 + 34) / 35;
  EXPECT_EQ(Count("?s :p ?x . ?s :q ?y", *source, PlanType::kMergeJoin), both * 6);
  EXPECT_EQ(Count("?s :p ?x . OPTIONAL { ?s :q ?y }", *source, PlanType::kMergeJoin),
            both * 6 + ((9000 + 6) / 7 - both) * 2);
  EXPECT_EQ(Count("?s :p ?x . FILTER NOT EXISTS { ?s :q ?y }", *source, PlanType::kMergeJoin),
            ((9000 + 6) / 7 - both) * 2);
}

}  // namespace
}  // namespace sanad::query_test
