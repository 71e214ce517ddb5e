// Parameters of prepared queries.

#include <string>

#include <gtest/gtest.h>
#include <sanad/query.h>
#include "tests/query/golden.h"
#include "tests/query/golden_store.h"

namespace sanad {
namespace {

using query_test::GoldenCase;
using query_test::Sections;

TEST(ParametersTest, Golden) {
  query_test::RunGolden("parameters.txt", [](const GoldenCase& golden) -> Sections {
    const auto store = query_test::StoreOf(golden.Section("data"));
    QueryOptions options;
    for (const auto& [name, text] : golden.sections) {
      if (name.rfind("parameter ", 0) != 0) continue;
      options.parameters[name.substr(10)] = *Term::Parse(golden.Section(name));
    }
    return {{"result", query_test::ResultOf(*store, golden.Section("query"), options)}};
  });
}

TEST(ParametersTest, AQueryIsPreparedOnceAndRunWithManyValues) {
  const auto store = query_test::StoreOf(":a :p 1 . :b :p 2 . :c :p 3 .");
  const auto query = Query::Parse("SELECT ?o { ?s :p ?o }", query_test::GoldenPrefixes());
  ASSERT_TRUE(query.ok());
  for (const auto& [subject, expected] :
       {std::pair<std::string, std::string>{"a", "1"}, {"b", "2"}, {"c", "3"}}) {
    QueryOptions options;
    options.parameters["s"] = Term::Iri("http://e/" + subject);
    auto cursor = query->Execute(store->NewSnapshot(), options);
    ASSERT_TRUE(cursor.ok());
    ASSERT_TRUE((*cursor)->Next());
    EXPECT_EQ((*cursor)->value(0).value(), expected);
    EXPECT_FALSE((*cursor)->Next());
  }
}

}  // namespace
}  // namespace sanad
