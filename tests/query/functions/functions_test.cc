// Every function family of SPARQL 1.1 on golden cases: one expression a line and
// its value beside it, "error" where there is none. Aggregates and whole queries
// have cases of their own.

#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <sanad/query.h>
#include "tests/query/golden.h"
#include "tests/query/golden_store.h"

namespace sanad {
namespace {

using query_test::GoldenCase;
using query_test::Sections;

std::string ValueOf(const Store& store, const std::string& expression) {
  const std::string result =
      query_test::ResultOf(store, "SELECT (" + expression + " AS ?value) {}", {});
  const std::string head = "?value\n";
  if (result.rfind(head, 0) != 0) return result;
  const std::string value = result.substr(head.size(), result.size() - head.size() - 1);
  return value == "-" ? "error" : value;
}

TEST(FunctionsTest, Expressions) {
  const auto store = query_test::StoreOf("");
  query_test::RunGolden("functions.txt", [&](const GoldenCase& golden) -> Sections {
    std::istringstream lines(golden.Section("expressions"));
    std::string text;
    for (std::string line; std::getline(lines, line);) {
      const std::string expression = line.substr(0, line.find("  →"));
      text += expression + "  → " + ValueOf(*store, expression) + "\n";
    }
    return {{"expressions", text}};
  });
}

TEST(FunctionsTest, Queries) {
  query_test::RunGolden("queries.txt", [](const GoldenCase& golden) -> Sections {
    const auto store = query_test::StoreOf(golden.Section("data"));
    QueryOptions options;
    options.default_graph = golden.Has("strict") ? DefaultGraph::kStrict : DefaultGraph::kUnion;
    const std::string rewritten = query_test::ResultOf(*store, golden.Section("query"), options);
    options.rewrite = false;
    EXPECT_EQ(query_test::ResultOf(*store, golden.Section("query"), options), rewritten)
        << "without rewrites";
    return {{"result", rewritten}};
  });
}

}  // namespace
}  // namespace sanad
