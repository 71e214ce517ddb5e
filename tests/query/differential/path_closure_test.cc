// Closures over paths that themselves reach a node in many ways: the pairs of the
// naive evaluator on a small chain of diamonds, and little memory on a long one.

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include "tests/query/differential/naive_evaluator.h"
#include "tests/query/execution/query_runner.h"

namespace sanad::query_test {
namespace {

// Two ways of two steps of :p lead from each node `n<i>` to the next, and one of :q.
std::vector<Quad> Diamonds(int count) {
  std::vector<Quad> quads;
  const auto node = [](const char* kind, int i) { return Local(kind + std::to_string(i)); };
  for (int i = 0; i < count; ++i) {
    for (const char* way : {"a", "b"}) {
      quads.push_back({node("n", i), Local("p"), node(way, i), Term()});
      quads.push_back({node(way, i), Local("p"), node("n", i + 1), Term()});
    }
    quads.push_back({node("n", i), Local("q"), node("n", i + 1), Term()});
  }
  return quads;
}

std::string Query(const std::string& form, const std::string& path) {
  std::string text = "PREFIX : <http://example.org/> " + form;
  return text.replace(text.find('~'), 1, path);
}

class PathClosureTest : public testing::TestWithParam<const char*> {};

TEST_P(PathClosureTest, HasThePairsOfTheSpecification) {
  std::vector<Quad> quads = Diamonds(4);
  quads.push_back({Local("n3"), Local("q"), Local("n1"), Term()});  // A cycle.
  const auto source = MemoryQuadSource::FromQuads(quads);
  for (const char* form :
       {"SELECT ?x ?y { ?x ~ ?y }", "SELECT ?x { ?x ~ ?x }", "SELECT ?y { :n0 ~ ?y }",
        "SELECT ?x { ?x ~ :n2 }", "SELECT * { :n0 ~ :n3 }", "SELECT * { :n1 ~ :n1 }",
        "SELECT ?x ?y { ?x :q ?y . ?x ~ ?y }", "SELECT ?x ?y ?z { ?x :q ?y . ?y ~ ?z }"}) {
    const std::string text = Query(form, GetParam());
    const auto query = AlgebraOf(text);
    ASSERT_TRUE(query.ok()) << query.status();
    NaiveEvaluator naive(quads, DefaultGraph::kUnion);
    std::vector<std::string> expected;
    for (const Solution& solution : naive.Evaluate(**query)) {
      std::string& row = expected.emplace_back();
      for (const auto& [name, term] : solution) {
        row += (row.empty() ? "" : " ") + name + "=" + term.ToString();
      }
    }
    auto actual = Rows(text, *source);
    ASSERT_TRUE(actual.ok()) << actual.status();
    std::sort(expected.begin(), expected.end());
    std::sort(actual->begin(), actual->end());
    EXPECT_EQ(*actual, expected) << text;
  }
}

INSTANTIATE_TEST_SUITE_P(Paths, PathClosureTest,
                         testing::Values("(:p/:p)+", "(:p/:p)*", "(:p/:p)?", "(:p/:p/:p/:p)+",
                                         "(^:p/:q)+", "(:q/^:p)*", "(:p/(:p|:q))+",
                                         "((:p/:p)+|:q)+", "(:p|:p|:q)*", "((:p/:p)*/:q)+",
                                         "(!:q/:p?)+", "(^(:p/:p))+", "(!(:q|^:p))*", "(:p/:p)+/:q",
                                         "(:p?/:none)*", "((:p*)*)*"));

// A closure's inner path from one node reaches the end in 2^30 ways.
TEST(PathClosureTest, CountsNoWays) {
  constexpr int kDiamonds = 30;
  const auto source = MemoryQuadSource::FromQuads(Diamonds(2 * kDiamonds));
  std::string path = "(:p";
  for (int i = 1; i < 2 * kDiamonds; ++i) path += "/:p";
  QueryOptions options;
  options.memory_limit = uint64_t{1} << 20;
  const auto rows = Rows(Query("SELECT ?y { :n0 ~)+ ?y }", path), *source, options);
  ASSERT_TRUE(rows.ok()) << rows.status();
  EXPECT_EQ(*rows, (std::vector<std::string>{"y=" + Local("n30").ToString(),
                                             "y=" + Local("n60").ToString()}));
  const auto both = Rows(Query("ASK { :n0 ~)+ :n60 }", path), *source, options);
  ASSERT_TRUE(both.ok()) << both.status();
  EXPECT_EQ(both->at(0), "true");
  const auto any = Rows(Query("SELECT (COUNT(*) AS ?n) { ?x ~)* ?y FILTER (?x != ?y) }", path),
                        *source, options);
  ASSERT_TRUE(any.ok()) << any.status();
  // 32 between the ends of diamonds; from 30 times two nodes in between to two each.
  EXPECT_EQ(any->at(0), "n=" + Term::Integer(152).ToString());
}

}  // namespace
}  // namespace sanad::query_test
