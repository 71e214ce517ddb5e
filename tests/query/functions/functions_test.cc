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

std::string Repeat(const std::string& piece, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += piece;
  return text;
}

// What the parser lets through must not overflow a stack further down.
TEST(FunctionsTest, QueriesAsLargeAsTheParserAllowsRun) {
  const auto store = query_test::StoreOf(":a :p 1 .");
  std::string binds;
  for (int i = 0; i < 900; ++i)
    binds += "BIND (" + std::to_string(i) + " AS ?v" + std::to_string(i) + ") ";
  const std::string large[] = {
      "SELECT * { ?s :p ?o " + Repeat("OPTIONAL { ?s :q ?z } ", 900) + "}",
      "SELECT * { ?s :p ?o " + Repeat("MINUS { ?s :q ?z } ", 900) + "}",
      "SELECT ?s { ?s :p ?o " + binds + "}",
      "SELECT * { ?s :p ?o FILTER (0" + Repeat(" + ?o", 900) + " = 900) }",
      "SELECT * { ?s :p ?o FILTER (" + Repeat("(", 200) + "?o" + Repeat(")", 200) + " = 1) }",
      "SELECT * { ?s :p ?o FILTER (" + Repeat("! ", 200) + "true) }",
      "SELECT * { " + Repeat("{ ", 200) + "?s :p ?o" + Repeat(" }", 200) + " }",
      "SELECT * { ?s :p ?o " + Repeat("OPTIONAL { ?s :p ?o ", 200) + Repeat("}", 200) + " }",
      "SELECT * { " + Repeat("{ SELECT * { ", 100) + "?s :p ?o" + Repeat(" } }", 100) + " }",
      "SELECT * { ?s " + Repeat("(", 100) + ":p" + Repeat(")*", 100) +
          " ?o FILTER (?s = :a && ?o = 1) }",
  };
  for (const std::string& text : large) {
    for (const bool rewrite : {true, false}) {
      QueryOptions options;
      options.rewrite = rewrite;
      const std::string result = query_test::ResultOf(*store, text, options);
      EXPECT_NE(result.find(":a"), std::string::npos) << text.substr(0, 60) << "\n"
                                                      << result.substr(0, 300);
    }
  }
}

}  // namespace
}  // namespace sanad
