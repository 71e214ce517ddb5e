// Queries kept by their text: what tells two of them apart, and which are forgotten.

#include "query/parsed_queries.h"

#include <array>
#include <set>
#include <thread>

#include <gtest/gtest.h>
#include <sanad/query.h>

namespace sanad {
namespace {

std::string KeyOf(std::string_view text, std::string base = "",
                  std::vector<std::pair<std::string, std::string>> prefixes = {}) {
  ParseOptions options;
  options.base_iri = std::move(base);
  options.prefixes = std::move(prefixes);
  return ParsedQueries::KeyOf(text, options);
}

// Any pointer does: the cache never looks into a query.
ParsedQueries::Parsed Query(int number) {
  static const std::array<char, 1000> names{};
  return {std::shared_ptr<const void>(),
          reinterpret_cast<const internal::ParsedQuery*>(&names[static_cast<size_t>(number)])};
}

TEST(ParsedQueriesTest, TextBaseAndPrefixesMakeTheKey) {
  const std::vector<std::string> keys = {
      KeyOf("ab"),
      KeyOf("a"),
      KeyOf("a", "b"),
      KeyOf("a", "c"),
      KeyOf("a", "", {{"b", ""}}),
      KeyOf("a", "", {{"", "b"}}),
      KeyOf("a", "", {{"b", ""}, {"", "b"}}),
      KeyOf("a", "", {{"", "b"}, {"b", ""}}),
      KeyOf(std::string_view("a\0b", 3)),
      KeyOf(""),
  };
  EXPECT_EQ(std::set<std::string>(keys.begin(), keys.end()).size(), keys.size());
  EXPECT_EQ(KeyOf("a", "b", {{"c", "d"}}), KeyOf("a", "b", {{"c", "d"}}));
}

TEST(ParsedQueriesTest, TheOneAskedForLongestAgoIsForgotten) {
  ParsedQueries queries;
  const int capacity = ParsedQueries::kQueries;
  for (int i = 0; i < capacity; ++i) queries.Keep(std::to_string(i), Query(i));
  EXPECT_EQ(queries.Find("0"), Query(0));
  queries.Keep("new", Query(999));
  EXPECT_EQ(queries.Find("1"), nullptr);
  EXPECT_EQ(queries.Find("0"), Query(0));
  EXPECT_EQ(queries.Find("2"), Query(2));
  EXPECT_EQ(queries.Find("new"), Query(999));
  queries.Keep("2", Query(3));  // Another thread parsed it too.
  EXPECT_EQ(queries.Find("2"), Query(2));
}

TEST(ParsedQueriesTest, LongTextsAreNotKept) {
  ParsedQueries queries;
  const std::string longest(ParsedQueries::kLongest, 'a'), longer = longest + 'a';
  queries.Keep(longest, Query(1));
  queries.Keep(longer, Query(2));
  EXPECT_EQ(queries.Find(longest), Query(1));
  EXPECT_EQ(queries.Find(longer), nullptr);
}

TEST(ParsedQueriesTest, AQueryOfTheSameTextIsTheSameOne) {
  const std::string text = "PREFIX a: <http://example.org/1/> SELECT * { ?s a:p ?o }";
  EXPECT_EQ(sanad::Query::Parse(text)->AlgebraText(), sanad::Query::Parse(text)->AlgebraText());
  ParseOptions one, two, anew;
  one.prefixes = {{"b", "http://example.org/1/"}};
  two.prefixes = {{"b", "http://example.org/2/"}};
  anew.reuse = false;
  anew.prefixes = one.prefixes;
  const std::string open = "SELECT * { ?s b:p ?o }";
  const std::string first = sanad::Query::Parse(open, one)->AlgebraText();
  EXPECT_NE(first, sanad::Query::Parse(open, two)->AlgebraText());
  EXPECT_EQ(first, sanad::Query::Parse(open, one)->AlgebraText());
  EXPECT_EQ(first, sanad::Query::Parse(open, anew)->AlgebraText());
  EXPECT_FALSE(sanad::Query::Parse(open).ok());
  const auto kept = sanad::Query::Parse(open, one), again = sanad::Query::Parse(open, one),
             parsed = sanad::Query::Parse(open, anew);
  EXPECT_EQ(&kept->prefixes(), &again->prefixes());
  EXPECT_NE(&kept->prefixes(), &parsed->prefixes());
}

TEST(ParsedQueriesTest, ThreadsMayAskAtOnce) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([t] {
      for (int i = 0; i < 2000; ++i) {
        const std::string variable = "v" + std::to_string((i * (t + 1)) % 400);
        const auto query =
            sanad::Query::Parse("SELECT ?" + variable + " { ?" + variable + " ?p ?o }");
        ASSERT_TRUE(query.ok());
        ASSERT_NE(query->AlgebraText().find(variable), std::string::npos);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace sanad
