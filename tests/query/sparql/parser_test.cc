// The parser and the translation: algebra and messages of golden cases, hostile
// input, and queries written back from their algebra.

#include "query/sparql/parser.h"

#include <string>

#include <gtest/gtest.h>

#include "query/algebra/translate.h"
#include "tests/query/golden.h"

namespace sanad {
namespace {

using query_test::GoldenCase;
using query_test::Sections;

ParseOptions Options() {
  ParseOptions options;
  options.base_iri = "http://example.org/base/";
  return options;
}

absl::StatusOr<algebra::QueryAlgebra> ParseAndTranslate(const std::string& text) {
  auto tree = sparql::ParseQuery(text, Options());
  if (!tree.ok()) return tree.status();
  return algebra::Translate(*tree, text);
}

std::string Message(const absl::Status& status) {
  return std::string(status.message().data(), status.message().size());
}

TEST(ParserTest, AlgebraGolden) {
  query_test::RunGolden("algebra.txt", [](const GoldenCase& golden) -> Sections {
    const auto query = ParseAndTranslate(golden.Section("query"));
    if (!query.ok()) return {{"algebra", Message(query.status())}};
    const std::string text = algebra::ToSparql(*query, {{"ex", "http://example.org/"}});
    // What is written back means the same: writing it again changes nothing.
    const auto again = ParseAndTranslate(text);
    EXPECT_TRUE(again.ok()) << Message(again.status()) << "\n" << text;
    if (again.ok()) {
      EXPECT_EQ(algebra::ToSparql(*again, {{"ex", "http://example.org/"}}), text);
    }
    return {{"algebra", algebra::ToString(*query)}, {"sparql", text}};
  });
}

TEST(ParserTest, ErrorsGolden) {
  query_test::RunGolden("syntax_errors.txt", [](const GoldenCase& golden) -> Sections {
    if (golden.Has("update")) {
      const auto update = sparql::ParseUpdate(golden.Section("update"), Options());
      return {{"error", Message(update.status())}};
    }
    return {{"error", Message(ParseAndTranslate(golden.Section("query")).status())}};
  });
}

std::string Repeat(const std::string& piece, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += piece;
  return text;
}

TEST(ParserTest, DeepNestingIsAnError) {
  const int n = 10000;
  const std::string nested[] = {
      "SELECT * " + Repeat("{", n) + Repeat("}", n),
      "SELECT * { ?s ?p " + Repeat("(", n) + Repeat(")", n) + " }",
      "SELECT * { ?s ?p " + Repeat("[ ?p ", n) + "1" + Repeat("]", n) + " }",
      "SELECT * { ?s " + Repeat("(", n) + "<p>" + Repeat(")", n) + " ?o }",
      "SELECT * { FILTER " + Repeat("(", n) + "1" + Repeat(")", n) + " }",
      "SELECT * { FILTER (" + Repeat("! ", n) + "1) }",
      "SELECT * { FILTER (" + Repeat("- ", n) + "1) }",
      "SELECT * { FILTER (" + Repeat("abs(", n) + "1" + Repeat(")", n) + ") }",
      "SELECT * { FILTER " + Repeat("NOT EXISTS { FILTER ", n) + "(1)" + Repeat("}", n) + " }",
      "SELECT * " + Repeat("{ SELECT * ", n) + "{}" + Repeat("}", n),
      "SELECT * { FILTER (1" + Repeat(" + 1", n) + ") }",
      "SELECT * { " + Repeat("OPTIONAL {} ", n) + " }",
      "SELECT * { " + Repeat("{} ", n) + " }",
      "SELECT * { ?s ?p ?o" + Repeat(" . ?s ?p ?o", n) + " }",
      "SELECT * { " + Repeat("{ ?s ?p ?o } ", 900) + Repeat("?s ?p ?o .", 200) + " }",
      "SELECT * { ?s ?p (" + Repeat("1 ", n) + ") }",
      "SELECT * { ?s <p>" + Repeat("|<p>", n) + " ?o }",
      "SELECT * { ?s <p>" + Repeat("/<p>", n) + " ?o }",
      "SELECT * { ?s <p>" + Repeat("/<p>", 20) + " ?o" + Repeat(", ?o", 100) + " }",
      "SELECT * { { ?s ?p ?o } UNION { ?s ?p ?o" + Repeat(" . ?s ?p ?o", n) + " } }",
  };
  for (const std::string& text : nested) {
    const auto query = ParseAndTranslate(text);
    ASSERT_FALSE(query.ok()) << text.substr(0, 40);
    EXPECT_EQ(query.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_NE(Message(query.status()).find("too "), std::string::npos) << Message(query.status());
  }
}

TEST(ParserTest, LongChainsThatStayFlatAreFine) {
  const int n = 10000;
  const std::string flat[] = {
      "SELECT * { FILTER (?x" + Repeat(" || ?x", n) + ") }",
      "SELECT * { FILTER (?x IN (1" + Repeat(", 1", n) + ")) }",
      "SELECT * { ?s ?p ?o" + Repeat(" . ?s ?p ?o", 900) + " }",
      "SELECT * { ?s !(<p>" + Repeat("|<p>", n) + ") ?o }",
      "SELECT * { {} " + Repeat(" UNION { ?s ?p ?o }", n) + " }",
      "SELECT * { VALUES ?x { " + Repeat("1 ", n) + "} }",
  };
  for (const std::string& text : flat) {
    const auto query = ParseAndTranslate(text);
    EXPECT_TRUE(query.ok()) << text.substr(0, 40) << Message(query.status());
  }
}

TEST(ParserTest, TextThatIsNotUtf8IsAnError) {
  const auto query = ParseAndTranslate("SELECT * { ?s ?p \"\xff\" }");
  ASSERT_FALSE(query.ok());
  EXPECT_NE(Message(query.status()).find("byte 18"), std::string::npos) << Message(query.status());
}

TEST(ParserTest, EveryPrefixOfAQueryIsAnErrorOrAQuery) {
  const std::string text =
      "PREFIX : <http://e/> SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x :p/:q* \"a\\n\"@en, 1.5e3 ; "
      "!(:p|^a) [] . FILTER (?x < 3 && regex(?y, 'a', \"i\")) VALUES (?x ?y) { (UNDEF :a) } } "
      "GROUP BY ?y HAVING (1 = 1) ORDER BY DESC(?n) LIMIT 10 OFFSET 2";
  ASSERT_TRUE(ParseAndTranslate(text).ok()) << Message(ParseAndTranslate(text).status());
  for (size_t length = 0; length < text.size(); ++length) {
    (void)ParseAndTranslate(text.substr(0, length));
    for (const char byte : {'\0', '\x80', '"', '{', '\\'}) {
      std::string broken = text;
      broken[length] = byte;
      (void)ParseAndTranslate(broken);
    }
  }
}

}  // namespace
}  // namespace sanad
