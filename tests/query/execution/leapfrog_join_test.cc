// Leapfrog joins against nested loops: triangles, squares and stars over graphs
// whose runs of one key are longer than a batch.

#include "query/execution/leapfrog_join.h"

#include <algorithm>
#include <random>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include "tests/query/execution/query_runner.h"

namespace sanad::query_test {
namespace {

using Edges = std::set<std::pair<int, int>>;

// A few nodes are linked with nearly all others.
Edges RandomEdges(int nodes, int edges, uint64_t seed) {
  std::mt19937_64 random(seed);
  Edges out;
  for (int i = 0; i < nodes; ++i) out.emplace(0, i);
  while (static_cast<int>(out.size()) < edges) {
    const auto from = static_cast<int>(random() % static_cast<uint64_t>(nodes));
    const auto to = static_cast<int>(random() % static_cast<uint64_t>(nodes));
    out.emplace(from, random() % 4 == 0 ? to % 5 : to);
  }
  return out;
}

std::unique_ptr<MemoryQuadSource> SourceOf(const Edges& p, const Edges& q) {
  std::vector<Quad> quads;
  auto name = [](int node) { return Local("n" + std::to_string(node)); };
  for (const auto& [from, to] : p) quads.push_back({name(from), Local("p"), name(to), Term()});
  for (const auto& [from, to] : q) quads.push_back({name(from), Local("q"), name(to), Term()});
  return MemoryQuadSource::FromQuads(quads);
}

std::string Query(const std::string& text) { return "PREFIX : <http://example.org/> " + text; }

std::string PlanOf(const std::string& text, const QuadSource& source,
                   const PlannerOptions& planner = {}) {
  auto query = AlgebraOf(Query(text));
  if (!query.ok()) return query.status().ToString();
  auto cursor = ExecuteAlgebra(*query, source, nullptr, {}, planner);
  return cursor.ok() ? (*cursor)->Profile(PlanFormat::kText) : cursor.status().ToString();
}

std::vector<std::string> Sorted(const std::string& text, const QuadSource& source, PlanType join) {
  PlannerOptions planner;
  planner.force_join = join;
  auto rows = Rows(Query(text), source, {}, planner);
  if (!rows.ok()) return {rows.status().ToString()};
  std::sort(rows->begin(), rows->end());
  return *rows;
}

class LeapfrogTest : public testing::TestWithParam<const char*> {};

TEST_P(LeapfrogTest, GivesWhatHashJoinsGive) {
  const auto source = SourceOf(RandomEdges(120, 900, 7), RandomEdges(120, 500, 8));
  PlannerOptions planner;
  planner.force_join = PlanType::kLeapfrogJoin;
  ASSERT_THAT(PlanOf(GetParam(), *source, planner), testing::HasSubstr("leapfrog join"));
  const auto expected = Sorted(GetParam(), *source, PlanType::kHashJoin);
  EXPECT_FALSE(expected.empty());
  EXPECT_TRUE(Sorted(GetParam(), *source, PlanType::kLeapfrogJoin) == expected)
      << expected.size() << " rows expected";
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, LeapfrogTest,
    testing::Values("SELECT * { ?a :p ?b . ?b :p ?c . ?c :p ?a }",
                    "SELECT * { ?a :p ?b . ?b :q ?c . ?a :q ?c }",
                    "SELECT ?a { ?a :p ?b . ?b :q ?c . ?a :q ?c }",
                    "SELECT ?c ?a { ?a :p ?b . ?b :q ?c . ?c :p ?d . ?d :q ?a }",
                    "SELECT * { ?a ?x ?b . ?b ?x ?c . ?c ?x ?a }",
                    "SELECT ?b ?c { ?a :q ?b . ?a :p ?c . ?a :p :n3 . ?a :q :n7 }",
                    "SELECT (COUNT(*) AS ?n) { ?a :p ?b . ?a :q ?c . ?a :p ?d . ?a :q ?e }",
                    "SELECT DISTINCT ?d { ?a :p ?b . ?b :q ?c . ?a :q ?c . ?c :p ?d }",
                    "SELECT * { ?a :p ?b . ?a :q ?b . ?b :p ?a FILTER(?a != ?b) }"));

TEST(LeapfrogPlanTest, RunsOfOneKeyCrossBatches) {
  Edges star;
  for (int i = 1; i <= 5000; ++i) star.emplace(0, i);
  const auto source = SourceOf(star, {{0, 4999}, {4999, 0}, {1, 0}, {6000, 0}});
  // Every triangle goes through node 0.
  auto rows = Sorted("SELECT ?b { ?a :p ?b . ?b :q ?a . ?a :q ?c . ?a :p ?c }", *source,
                     PlanType::kLeapfrogJoin);
  EXPECT_THAT(rows,
              testing::ElementsAre("b=<http://example.org/n1>", "b=<http://example.org/n4999>"));
}

// The last batch ends with the last binding; the search must not go on from what
// is left of it when the consumer asks for another.
TEST(LeapfrogPlanTest, HasNothingBehindItsEnd) {
  const char* const kTriples[][3] = {
      {"<e:a>", "<e:p>", "true"},  {"<e:a>", "<e:p>", "<e:a>"}, {"<e:a>", "<e:p>", "<e:c>"},
      {"<e:a>", "<e:q>", "true"},  {"<e:b>", "<e:p>", "\"y\""}, {"<e:b>", "<e:q>", "1"},
      {"<e:b>", "<e:q>", "_:n1"},  {"<e:c>", "<e:p>", "1"},     {"<e:c>", "<e:p>", "<e:c>"},
      {"<e:c>", "<e:p>", "_:n0"},  {"<e:c>", "<e:p>", "_:n1"},  {"<e:c>", "<e:q>", "1"},
      {"<e:c>", "<e:q>", "true"},  {"<e:c>", "<e:q>", "\"y\""}, {"<e:c>", "<e:q>", "<e:c>"},
      {"<e:d>", "<e:p>", "<e:b>"}, {"<e:d>", "<e:p>", "<e:c>"}, {"<e:d>", "<e:q>", "<e:b>"}};
  std::vector<Quad> quads;
  for (const auto& [subject, predicate, object] : kTriples) {
    quads.push_back({*Term::Parse(subject), *Term::Parse(predicate), *Term::Parse(object), Term()});
  }
  const auto source = MemoryQuadSource::FromQuads(quads);
  const char kText[] =
      "SELECT (COUNT(*) AS ?n) { <e:d> <e:p> ?d . ?d <e:q> ?c . ?c <e:p> ?b . ?c <e:p> ?b }";
  EXPECT_THAT(Sorted(kText, *source, PlanType::kLeapfrogJoin),
              testing::ElementsAre("n=" + Term::Integer(4).ToString()));
}

TEST(LeapfrogPlanTest, IsChosenForATriangleAndNotForAChain) {
  const auto source = SourceOf(RandomEdges(300, 30000, 1), {{1, 2}});
  EXPECT_THAT(PlanOf("SELECT * { ?a :p ?b . ?b :p ?c . ?c :p ?a }", *source),
              testing::HasSubstr("leapfrog join"));
  EXPECT_THAT(PlanOf("SELECT * { ?a :p ?b . ?b :p ?c . ?c :p ?d }", *source),
              testing::Not(testing::HasSubstr("leapfrog join")));
  EXPECT_THAT(PlanOf("SELECT * { ?a :p ?b . ?b :q ?c . ?c :p ?a }", *source),
              testing::Not(testing::HasSubstr("leapfrog join")));
}

TEST(LeapfrogPlanTest, TheCoreOfALargerGroupIsTakenAlone) {
  const auto source = SourceOf(RandomEdges(300, 30000, 1), RandomEdges(400, 800, 2));
  const char kText[] = "SELECT (COUNT(*) AS ?n) { ?a :p ?b . ?b :p ?c . ?c :p ?a . ?a :q ?d }";
  const std::string plan = PlanOf(kText, *source);
  EXPECT_THAT(plan, testing::HasSubstr("leapfrog join"));
  EXPECT_THAT(plan,
              testing::AnyOf(testing::HasSubstr("merge join"), testing::HasSubstr("hash join"),
                             testing::HasSubstr("index join")));
  auto rows = Rows(Query(kText), *source);
  ASSERT_TRUE(rows.ok());
  std::sort(rows->begin(), rows->end());
  EXPECT_EQ(*rows, Sorted(kText, *source, PlanType::kHashJoin));
}

TEST(LeapfrogPlanTest, StopsAtTheMemoryCapAndTheDeadline) {
  const auto source = SourceOf(RandomEdges(3000, 60000, 1), {});
  PlannerOptions planner;
  planner.force_join = PlanType::kLeapfrogJoin;
  const std::string text = Query("SELECT * { ?a :p ?b . ?b :p ?c . ?c :p ?d . ?d :p ?a }");
  QueryOptions options;
  options.memory_limit = 100000;
  EXPECT_EQ(Rows(text, *source, options, planner).status().code(),
            absl::StatusCode::kResourceExhausted);
  options = {};
  options.timeout = absl::Milliseconds(5);
  EXPECT_EQ(Rows(text, *source, options, planner).status().code(),
            absl::StatusCode::kDeadlineExceeded);
}

}  // namespace
}  // namespace sanad::query_test
