// What each rewrite makes of a query: the algebra before planning, and the plan,
// with the rewrites and without. Estimated rows are left out: they are the
// statistics' and change with them.

#include <regex>
#include <string>

#include <gtest/gtest.h>
#include <sanad/query.h>
#include "tests/query/golden.h"
#include "tests/query/golden_store.h"

namespace sanad {
namespace {

using query_test::GoldenCase;
using query_test::Message;
using query_test::Sections;

std::string WithoutEstimates(const std::string& plan) {
  static const std::regex kRows(" +~[0-9.eE+]+ rows?");
  return std::regex_replace(plan, kRows, "");
}

std::string PlanOf(const Query& query, const Store& store, bool rewrite) {
  QueryOptions options;
  options.rewrite = rewrite;
  const auto plan = query.Explain(store.NewSnapshot(), options);
  return plan.ok() ? WithoutEstimates(*plan) : Message(plan.status());
}

TEST(ExplainTest, Rewrites) {
  query_test::RunGolden("explain.txt", [](const GoldenCase& golden) -> Sections {
    const auto store = query_test::StoreOf(golden.Section("data"));
    const auto query = Query::Parse(golden.Section("query"), query_test::GoldenPrefixes());
    if (!query.ok()) return {{"rewritten", Message(query.status())}};
    return {{"rewritten", query->AlgebraText(/*rewritten=*/true)},
            {"plan", PlanOf(*query, *store, true)},
            {"plan without rewrites", PlanOf(*query, *store, false)}};
  });
}

}  // namespace
}  // namespace sanad
