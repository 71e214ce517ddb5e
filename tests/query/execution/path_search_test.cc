// Property paths with both ends bound, searched from both, against a plain search.

#include <deque>
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>
#include "tests/query/execution/query_runner.h"

namespace sanad::query_test {
namespace {

using Graph = std::map<int, std::set<int>>;

// True when one or more steps lead from `from` to `to`.
bool Reaches(const Graph& graph, int from, int to) {
  std::set<int> seen;
  std::deque<int> queue = {from};
  while (!queue.empty()) {
    const int node = queue.front();
    queue.pop_front();
    const auto found = graph.find(node);
    if (found == graph.end()) continue;
    for (const int next : found->second) {
      if (next == to) return true;
      if (seen.insert(next).second) queue.push_back(next);
    }
  }
  return false;
}

TEST(PathSearchTest, BothEndsBoundAgreesWithAPlainSearch) {
  std::mt19937_64 random(3);
  for (int round = 0; round < 6; ++round) {
    const int nodes = 30;
    const int edges = 10 + round * 8;  // From mostly disconnected to one component.
    Graph graph;
    std::vector<Quad> quads;
    for (int i = 0; i < edges; ++i) {
      const int from = static_cast<int>(random() % nodes), to = static_cast<int>(random() % nodes);
      graph[from].insert(to);
      quads.push_back({Local(std::to_string(from)), Local("p"), Local(std::to_string(to)), Term()});
    }
    const auto source = MemoryQuadSource::FromQuads(quads);
    for (int from = 0; from < nodes; ++from) {
      for (int to = 0; to < nodes; ++to) {
        const auto ask = [&](const std::string& path) {
          auto rows = Rows("PREFIX : <http://example.org/> ASK { :" + std::to_string(from) + " " +
                               path + " :" + std::to_string(to) + " }",
                           *source);
          EXPECT_TRUE(rows.ok()) << rows.status();
          return rows.ok() && rows->at(0) == "true";
        };
        const bool expected = Reaches(graph, from, to);
        ASSERT_EQ(ask(":p+"), expected) << from << " " << to;
        ASSERT_EQ(ask(":p*"), expected || from == to) << from << " " << to;
        ASSERT_EQ(ask("^(^:p)+"), expected) << from << " " << to;
        ASSERT_EQ(ask("(:p/:p?)+"), expected) << from << " " << to;
      }
    }
  }
}

}  // namespace
}  // namespace sanad::query_test
