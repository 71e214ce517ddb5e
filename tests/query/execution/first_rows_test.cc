// ASK, EXISTS and LIMIT begin with small batches: the same answers, and little is
// read for the first rows.

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include "tests/query/execution/query_runner.h"

namespace sanad::query_test {
namespace {

std::unique_ptr<MemoryQuadSource> Chain(int length) {
  std::vector<Quad> quads;
  for (int i = 0; i < length; ++i) {
    const Term subject = Local("s" + std::to_string(i));
    quads.push_back({subject, Local("a"), Local("thing"), Term()});
    quads.push_back({subject, Local("p"), Local("s" + std::to_string((i + 1) % length)), Term()});
    quads.push_back({subject, Local("v"), Term::Integer(i % 3), Term()});
  }
  return MemoryQuadSource::FromQuads(quads);
}

std::string Query(const std::string& text) { return "PREFIX : <http://example.org/> " + text; }

TEST(FirstRowsTest, LimitsOfAllSizesGiveThatManyRowsOfTheResult) {
  const auto source = Chain(6000);
  const std::string pattern = "{ ?s :a :thing . ?s :p ?o . ?o :v ?x }";
  auto all = Rows(Query("SELECT * " + pattern), *source);
  ASSERT_TRUE(all.ok());
  ASSERT_EQ(all->size(), 6000u);
  std::sort(all->begin(), all->end());
  for (const PlanType join :
       {PlanType::kMergeJoin, PlanType::kIndexJoin, PlanType::kHashJoin, PlanType::kLeapfrogJoin}) {
    PlannerOptions planner;
    planner.force_join = join;
    for (const size_t limit : {1, 31, 32, 33, 160, 700, 2047}) {
      auto rows = Rows(Query("SELECT * " + pattern + " OFFSET 5 LIMIT " + std::to_string(limit)),
                       *source, {}, planner);
      ASSERT_TRUE(rows.ok()) << rows.status();
      EXPECT_EQ(rows->size(), limit);
      std::sort(rows->begin(), rows->end());
      EXPECT_TRUE(std::includes(all->begin(), all->end(), rows->begin(), rows->end()));
      EXPECT_TRUE(std::adjacent_find(rows->begin(), rows->end()) == rows->end());
    }
  }
  EXPECT_EQ(Rows(Query("ASK { ?s :a :thing . ?s :p ?o . ?o :v 2 }"), *source)->at(0), "true");
  EXPECT_EQ(Rows(Query("ASK { ?s :a :thing . ?s :p ?o . ?o :v 3 }"), *source)->at(0), "false");
}

TEST(FirstRowsTest, AFewRowsReadLittle) {
  const auto source = Chain(6000);
  QueryOptions options;
  options.profile = true;
  PlannerOptions planner;
  planner.force_join = PlanType::kIndexJoin;
  auto cursor = Start(Query("SELECT * { ?s :a :thing . ?s :p ?o . ?o :v ?x } LIMIT 3"), *source,
                      options, planner);
  ASSERT_TRUE(cursor.ok());
  while ((*cursor)->Next()) continue;
  EXPECT_THAT((*cursor)->Profile(PlanFormat::kText), testing::HasSubstr("32 seen in 1 batches"));
  EXPECT_THAT((*cursor)->Profile(PlanFormat::kText),
              testing::Not(testing::HasSubstr("2048 seen in 1 batches")));
}

TEST(FirstRowsTest, AnAskBeginsWithTheBranchThatCostsLeast) {
  const auto source = Chain(6000);
  QueryOptions options;
  options.profile = true;
  const std::string dear = "{ ?s :p ?o . ?o :p ?x . ?x :v ?y }", cheap = "{ :s1 :a ?s }";
  for (const std::string& pattern : {dear + " UNION " + cheap, cheap + " UNION " + dear}) {
    auto cursor = Start(Query("ASK { " + pattern + " }"), *source, options, {});
    ASSERT_TRUE(cursor.ok());
    ASSERT_TRUE((*cursor)->Next());
    const std::string profile = (*cursor)->Profile(PlanFormat::kText);
    EXPECT_THAT(profile, testing::HasSubstr("scan: <http://example.org/s1> "
                                            "<http://example.org/a> ?s by SPO  ~1 rows, 1 seen"));
    EXPECT_THAT(profile, testing::Not(testing::HasSubstr("32 seen")));
  }
  // A row that is told comes from the branch that was written first.
  auto rows = Rows(Query("SELECT ?y { " + dear + " UNION " + cheap + " } LIMIT 1"), *source);
  ASSERT_TRUE(rows.ok());
  EXPECT_THAT(rows->at(0), testing::HasSubstr("y="));
}

}  // namespace
}  // namespace sanad::query_test
