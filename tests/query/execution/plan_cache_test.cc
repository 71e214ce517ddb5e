// A prepared query keeps its plan for a state, and never answers from an older one.

#include "query/execution/plan_cache.h"
#include <gtest/gtest.h>
#include <sanad/query.h>
#include <sanad/store.h>

namespace sanad {
namespace {

Term Local(const std::string& name) { return Term::Iri("http://example.org/" + name); }

void Insert(Store& store, const std::vector<Quad>& quads) {
  auto transaction = *store.Begin();
  for (const Quad& quad : quads) ASSERT_TRUE(transaction->Insert(quad).ok());
  ASSERT_TRUE(transaction->Commit().ok());
}

size_t Rows(const Query& query, const Snapshot& snapshot, const QueryOptions& options = {}) {
  auto cursor = query.Execute(snapshot, options);
  EXPECT_TRUE(cursor.ok());
  size_t rows = 0;
  while ((*cursor)->Next()) ++rows;
  EXPECT_TRUE((*cursor)->status().ok());
  return rows;
}

TEST(PlanCacheTest, EachStateIsAnsweredByItsOwnPlan) {
  auto store = *Store::OpenInMemory();
  Insert(*store, {{Local("a"), Local("p"), Local("b"), Term()}});
  const auto query = *Query::Parse(
      "PREFIX : <http://example.org/> SELECT * { ?x :p ?y . ?y :q ?z FILTER(?z > 3) }");
  const Snapshot before = store->NewSnapshot();
  EXPECT_EQ(Rows(query, before), 0u);  // :q is unknown.
  Insert(*store, {{Local("b"), Local("q"), Term::Integer(5), Term()}});
  const Snapshot after = store->NewSnapshot();
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(Rows(query, after), 1u);
    EXPECT_EQ(Rows(query, before), 0u);
  }
  Insert(*store, {{Local("b"), Local("q"), Term::Integer(7), Term()}});
  EXPECT_EQ(Rows(query, store->NewSnapshot()), 2u);
  EXPECT_EQ(Rows(query, after), 1u);
}

TEST(PlanCacheTest, ParametersAndOptionsArePartOfThePlan) {
  auto store = *Store::OpenInMemory();
  Insert(*store, {{Local("a"), Local("p"), Local("b"), Term()},
                  {Local("b"), Local("p"), Local("c"), Term()},
                  {Local("b"), Local("p"), Local("d"), Local("graph")}});
  const auto query = *Query::Parse("PREFIX : <http://example.org/> SELECT * { ?x :p ?y }");
  const Snapshot snapshot = store->NewSnapshot();
  QueryOptions a, b, strict;
  a.parameters["x"] = Local("a");
  b.parameters["x"] = Local("b");
  strict.default_graph = DefaultGraph::kStrict;
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(Rows(query, snapshot, a), 1u);
    EXPECT_EQ(Rows(query, snapshot, b), 2u);
    EXPECT_EQ(Rows(query, snapshot), 3u);
    EXPECT_EQ(Rows(query, snapshot, strict), 2u);
  }
}

TEST(PlanCacheTest, APlanIsFoundForItsStateOnly) {
  auto store = *Store::OpenInMemory();
  Insert(*store, {{Local("a"), Local("p"), Local("b"), Term()}});
  const Snapshot first = store->NewSnapshot();
  PlanCache cache;
  const auto plan = std::make_shared<const PreparedPlan>();
  cache.Keep(first.source(), {}, plan);
  EXPECT_EQ(cache.Find(first.source(), {}), plan);
  EXPECT_EQ(cache.Find(store->NewSnapshot().source(), {}), plan);  // The same state.
  QueryOptions other;
  other.rewrite = false;
  EXPECT_EQ(cache.Find(first.source(), other), nullptr);
  Insert(*store, {{Local("a"), Local("p"), Local("c"), Term()}});
  EXPECT_EQ(cache.Find(store->NewSnapshot().source(), {}), nullptr);
}

}  // namespace
}  // namespace sanad
