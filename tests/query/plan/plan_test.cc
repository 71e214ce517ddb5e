// What the planner chooses, as EXPLAIN prints it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include "query/plan/join_builder.h"
#include "tests/query/execution/query_runner.h"

namespace sanad::query_test {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// 2,000 items of two properties; one of them rare.
const QuadSource& Items() {
  static const auto& source = *[] {
    std::vector<Quad> quads;
    for (int i = 0; i < 2000; ++i) {
      const Term item = Local("item" + std::to_string(i));
      quads.push_back({item, Local("price"), Term::Integer(i), Term()});
      quads.push_back({item, Local("kind"), Local("kind" + std::to_string(i % 7)), Term()});
      if (i % 500 == 0) quads.push_back({item, Local("award"), Local("gold"), Term()});
    }
    return MemoryQuadSource::FromQuads(quads).release();
  }();
  return source;
}

std::string ExplainOn(const QuadSource& source, const std::string& body, bool rewrite = true) {
  auto query = AlgebraOf("PREFIX : <http://example.org/> " + body);
  if (!query.ok()) return query.status().ToString();
  QueryOptions options;
  options.rewrite = rewrite;
  auto plan = ExplainAlgebra(**query, source, options, PlanFormat::kText);
  return plan.ok() ? *plan : plan.status().ToString();
}
std::string Explain(const std::string& body, bool rewrite = true) {
  return ExplainOn(Items(), body, rewrite);
}

// A chain of links: most nodes have a hundred, all others one. `first`
// leads to one that has one, `last` to none.
const QuadSource& Chain() {
  static const auto& source = *[] {
    std::vector<Quad> quads;
    const auto node = [](char layer, int i) { return Local(layer + std::to_string(i)); };
    for (int i = 0; i < 300; ++i) {
      for (int k = 0; k < (i < 200 ? 100 : 1); ++k) {
        for (char layer = 'a'; layer < 'e'; ++layer) {
          const char next = static_cast<char>(layer + 1);
          quads.push_back({node(layer, i), Local({layer, next}), node(next, i + k), Term()});
        }
      }
    }
    quads.push_back({Local("first"), Local("ab"), node('b', 250), Term()});
    quads.push_back({Local("last"), Local("ab"), Local("alone"), Term()});
    return MemoryQuadSource::FromQuads(quads).release();
  }();
  return source;
}

TEST(PlanTest, EstimatesAlongAChainAreSampled) {
  // One row; without a look at the rows, a hundred times as many by each link.
  const std::string body = "SELECT * { :first :ab ?b . ?b :bc ?c . ?c :cd ?d . ?d :de ?e }";
  const std::string plan = ExplainOn(Chain(), body);
  EXPECT_THAT(plan, testing::ContainsRegex("project: \\?b \\?c \\?d \\?e  ~[0-9]{1,2} rows"))
      << plan;
}

TEST(PlanTest, AJoinSeenToBeEmptyEndsTheQuery) {
  const std::string body = "SELECT * { :last :ab ?b . ?b :bc ?c . ?c :cd ?d . ?d :de ?e }";
  EXPECT_THAT(ExplainOn(Chain(), body), StartsWith("nothing"));
  const std::string other = "SELECT * { :first :ab ?b . ?b :bc ?c . ?c :cd ?d . ?d :de ?e }";
  EXPECT_THAT(ExplainOn(Chain(), other), Not(StartsWith("nothing")));
}

TEST(PlanTest, SortedPatternsAreMerged) {
  EXPECT_THAT(Explain("SELECT * { ?x :price ?p . ?x :kind ?k }"), HasSubstr("merge join: on ?x"));
}

TEST(PlanTest, AFewRowsAreLookedUp) {
  const std::string plan = Explain("SELECT ?x ?p { ?x :price ?p . ?x :award :gold }");
  EXPECT_THAT(plan, HasSubstr("index join: on ?x"));
}

TEST(PlanTest, AnUnknownTermEndsTheQuery) {
  EXPECT_THAT(Explain("SELECT * { ?x :price ?p . ?x :unheard ?k }"), StartsWith("nothing"));
}

TEST(PlanTest, ACountIsReadFromTheIndex) {
  EXPECT_THAT(Explain("SELECT (COUNT(*) AS ?n) { ?x :price ?p }"), HasSubstr("count: "));
}

TEST(PlanTest, AnEqualityWithAnIriBecomesAConstant) {
  const std::string body = "SELECT ?x { ?x :kind ?k FILTER(?k = :kind3) }";
  EXPECT_THAT(Explain(body), Not(HasSubstr("filter")));
  EXPECT_THAT(Explain(body, false), HasSubstr("filter"));
}

TEST(PlanTest, AComparisonWithANumberReadsRangesOfTheIndex) {
  const std::string plan = Explain("SELECT ?x { ?x :price ?p FILTER(?p >= 100 && 120.5 > ?p) }");
  EXPECT_THAT(plan, HasSubstr("by POS in 5 ranges"));
  EXPECT_THAT(plan, HasSubstr("filter"));
  EXPECT_THAT(Explain("SELECT ?x { ?x :price ?p FILTER(?p >= \"100\") }"),
              Not(HasSubstr("ranges")));
}

TEST(PlanTest, PartsJoinByTheValuesThatAFilterEquates) {
  EXPECT_THAT(Explain("SELECT * { ?x :price ?p . ?y :price ?q FILTER(?p = ?q) }"),
              HasSubstr("hash join: where ?"));
}

TEST(PlanTest, NotExistsIsAJoin) {
  EXPECT_THAT(Explain("SELECT ?x { ?x :price ?p FILTER NOT EXISTS { ?x :award ?a } }"),
              HasSubstr("not exists "));
}

TEST(PlanTest, UnderDistinctAMatchIsEnough) {
  EXPECT_THAT(Explain("SELECT DISTINCT ?x { ?x :price ?p . ?x :kind ?k }"), HasSubstr("exists "));
}

TEST(PlanTest, ASortWithALimitKeepsTheFirstRows) {
  EXPECT_THAT(Explain("SELECT ?x { ?x :price ?p } ORDER BY DESC(?p) LIMIT 3"),
              HasSubstr("sort: descending ?p, limit 3"));
}

TEST(PlanTest, LargeGroupsArePlannedInBoundedTime) {
  std::string body = "SELECT * {";
  for (int i = 0; i < 40; ++i) body += " ?x :price ?p" + std::to_string(i) + " .";
  const absl::Time start = absl::Now();
  EXPECT_THAT(Explain(body + " }"), HasSubstr("join"));
  EXPECT_LT(absl::Now() - start, absl::Seconds(2));
}

TEST(PlanTest, JsonIsOneObject) {
  auto query = AlgebraOf("SELECT * { ?s ?p \"a\\\"b\" }");
  ASSERT_TRUE(query.ok());
  auto plan = ExplainAlgebra(**query, Items(), {}, PlanFormat::kJson);
  ASSERT_TRUE(plan.ok());
  EXPECT_THAT(*plan, StartsWith("{\"operator\":"));
}

PlanPtr SortedLeaf(std::vector<VariableId> schema, std::vector<bool> certain) {
  auto node = std::make_unique<PlanNode>();
  node->type = PlanType::kScan;
  node->order = schema;
  node->schema = std::move(schema);
  node->certain = std::move(certain);
  return node;
}

TEST(JoinOrderTest, JoinsAreSortedAsTheirLeftSideIs) {
  const std::vector<VariableId> left = {1, 2}, right = {2, 3};
  for (const JoinMode mode : {JoinMode::kInner, JoinMode::kLeft, JoinMode::kMinus}) {
    EXPECT_EQ(
        MakeHashJoin(SortedLeaf(left, {true, true}), SortedLeaf(right, {true, true}), mode)->order,
        left);
  }
  // What the right side may fill in is not sorted any more.
  const std::vector<VariableId> first = {1};
  EXPECT_EQ(MakeHashJoin(SortedLeaf(left, {true, false}), SortedLeaf(right, {true, true}),
                         JoinMode::kInner)
                ->order,
            first);
  EXPECT_EQ(MakeHashJoin(SortedLeaf(left, {true, false}), SortedLeaf(right, {true, true}),
                         JoinMode::kMinus)
                ->order,
            left);
}

TEST(DistinctTest, ASortOrderOfSomeColumnsIsNotEnough) {
  const auto quad = [](const char* s, const char* p, const char* o) {
    return Quad{Local(s), Local(p), Local(o), Term()};
  };
  const auto source = MemoryQuadSource::FromQuads({quad("a", "t", "T"), quad("a", "p", "b1"),
                                                   quad("a", "p", "b2"), quad("b1", "q", "d1"),
                                                   quad("b1", "q", "d2"), quad("b2", "q", "d1")});
  PlannerOptions planner;
  planner.force_join = PlanType::kIndexJoin;
  const auto rows =
      Rows("PREFIX : <http://example.org/> SELECT DISTINCT ?a ?d { ?a :t :T ; :p ?b . ?b :q ?d }",
           *source, {}, planner);
  ASSERT_TRUE(rows.ok()) << rows.status();
  EXPECT_EQ(rows->size(), 2u);
}

}  // namespace
}  // namespace sanad::query_test
