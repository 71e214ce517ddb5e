// Operators against hand-checked results: what the generated queries of the
// differential test reach rarely or never.

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include "tests/query/execution/query_runner.h"

namespace sanad::query_test {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

std::unique_ptr<MemoryQuadSource> People() {
  auto quad = [](const std::string& s, const std::string& p, Term o, Term g = Term()) {
    return Quad{Local(s), Local(p), std::move(o), std::move(g)};
  };
  return MemoryQuadSource::FromQuads({
      quad("ann", "knows", Local("bob")),
      quad("bob", "knows", Local("cy")),
      quad("cy", "knows", Local("ann")),
      quad("ann", "age", Term::Integer(30)),
      quad("bob", "age", Term::Literal("4.5", "http://www.w3.org/2001/XMLSchema#decimal")),
      quad("ann", "name", Term::LangString("Ann", "en")),
      quad("bob", "name", Term::String("Bob")),
      // One fact in three graphs.
      quad("dan", "likes", Local("tea"), Local("g1")),
      quad("dan", "likes", Local("tea"), Local("g2")),
      quad("dan", "likes", Local("tea"), Local("g3")),
      quad("eve", "likes", Local("tea"), Local("g1")),
  });
}

std::vector<std::string> Answer(const std::string& text) {
  static const auto& source = *People().release();
  auto rows = Rows("PREFIX : <http://example.org/> " + text, source);
  if (!rows.ok()) return {rows.status().ToString()};
  for (std::string& row : *rows) {
    // Short names read better.
    for (size_t at; (at = row.find("<http://example.org/")) != std::string::npos;) {
      const size_t end = row.find('>', at);
      row = row.substr(0, at) + ":" + row.substr(at + 20, end - at - 20) + row.substr(end + 1);
    }
    const std::string integer = "^^<http://www.w3.org/2001/XMLSchema#integer>";
    for (size_t at; (at = row.find(integer)) != std::string::npos;) row.erase(at, integer.size());
  }
  return *rows;
}

TEST(UnionScopeTest, AFactInThreeGraphsIsOne) {
  EXPECT_THAT(Answer("SELECT ?s { ?s :likes :tea }"), UnorderedElementsAre("s=:dan", "s=:eve"));
  EXPECT_THAT(Answer("SELECT (COUNT(*) AS ?n) { ?s :likes ?o }"), ElementsAre("n=\"2\""));
  EXPECT_THAT(Answer("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), ElementsAre("n=\"9\""));
  EXPECT_THAT(Answer("SELECT ?o (COUNT(?s) AS ?n) { ?s :likes ?o } GROUP BY ?o"),
              ElementsAre("o=:tea n=\"2\""));
  EXPECT_THAT(Answer("SELECT ?o { ?s :likes ?o }"), ElementsAre("o=:tea", "o=:tea"));
  EXPECT_THAT(Answer("SELECT DISTINCT ?o { ?s :likes ?o }"), ElementsAre("o=:tea"));
  EXPECT_THAT(Answer("SELECT ?o { ?s :likes ?o } OFFSET 1 LIMIT 5"), ElementsAre("o=:tea"));
}

TEST(GraphTest, EachGraphIsAColumn) {
  EXPECT_THAT(Answer("SELECT ?g { GRAPH ?g { :dan :likes ?o } }"),
              UnorderedElementsAre("g=:g1", "g=:g2", "g=:g3"));
  EXPECT_THAT(
      Answer("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s :likes ?o } } GROUP BY ?g ORDER BY ?g"),
      ElementsAre("g=:g1 n=\"2\"", "g=:g2 n=\"1\"", "g=:g3 n=\"1\""));
  EXPECT_THAT(
      Answer("SELECT ?g ?n { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } } ORDER BY ?g"),
      ElementsAre("g=:g1 n=\"2\"", "g=:g2 n=\"1\"", "g=:g3 n=\"1\""));
  EXPECT_THAT(Answer("SELECT ?g { GRAPH ?g { } }"),
              UnorderedElementsAre("g=:g1", "g=:g2", "g=:g3"));
  EXPECT_THAT(
      Answer("SELECT ?g { GRAPH ?g { ?s :likes ?o FILTER NOT EXISTS { :eve :likes ?o } } }"),
      UnorderedElementsAre("g=:g2", "g=:g3"));
  EXPECT_THAT(Answer("SELECT (COUNT(*) AS ?n) FROM :g1 FROM :g2 { ?s ?p ?o }"),
              ElementsAre("n=\"2\""));
  EXPECT_THAT(Answer("SELECT ?g FROM NAMED :g2 { GRAPH ?g { ?s ?p ?o } }"), ElementsAre("g=:g2"));
}

TEST(PathTest, ClosuresOverACycle) {
  EXPECT_THAT(Answer("SELECT ?x { :ann :knows+ ?x }"),
              UnorderedElementsAre("x=:ann", "x=:bob", "x=:cy"));
  EXPECT_THAT(Answer("SELECT ?x { ?x :knows* :nobody }"), ElementsAre("x=:nobody"));
  EXPECT_THAT(Answer("SELECT (COUNT(*) AS ?n) { ?x :knows+ ?y }"), ElementsAre("n=\"9\""));
  EXPECT_THAT(Answer("SELECT ?y { :ann (:knows|:likes)/:knows ?y }"), ElementsAre("y=:cy"));
  EXPECT_THAT(Answer("SELECT ?y { :ann !(:knows|:name) ?y }"), ElementsAre("y=\"30\""));
  EXPECT_THAT(Answer("SELECT ?y { :ann !(:age|:knows|^:name) ?y }"),
              UnorderedElementsAre("y=\"Ann\"@en", "y=:cy"));
  EXPECT_THAT(Answer("ASK { :ann :knows+ :ann }"), ElementsAre("true"));
}

TEST(AggregateTest, NumbersPromoteAndErrorsSpread) {
  EXPECT_THAT(Answer("SELECT (SUM(?a) AS ?s) { ?x :age ?a }"),
              ElementsAre("s=\"34.5\"^^<http://www.w3.org/2001/XMLSchema#decimal>"));
  EXPECT_THAT(Answer("SELECT (SUM(?n) AS ?s) (COUNT(?n) AS ?c) { ?x :name ?n }"),
              ElementsAre("c=\"2\""));
  EXPECT_THAT(Answer("SELECT (SUM(?v) AS ?s) (AVG(?v) AS ?a) (MIN(?v) AS ?m) { ?x :none ?v }"),
              ElementsAre("s=\"0\" a=\"0\""));
  EXPECT_THAT(Answer("SELECT ?x { ?x :none ?v } GROUP BY ?x"), ElementsAre());
  EXPECT_THAT(Answer("SELECT (GROUP_CONCAT(?n; SEPARATOR='/') AS ?all) { { SELECT ?n { ?x :name ?n "
                     "} ORDER BY ?n } }"),
              ElementsAre("all=\"Bob/Ann\""));
  EXPECT_THAT(Answer("SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }"), ElementsAre("n=\"4\""));
}

TEST(OrderTest, MixedTermsHaveOneOrder) {
  EXPECT_THAT(
      Answer(
          "SELECT ?v { { } UNION { ?s :name ?v } UNION { ?s :age ?v } UNION { :ann :knows ?v } } "
          "ORDER BY ?v"),
      ElementsAre("", "v=:bob", "v=\"4.5\"^^<http://www.w3.org/2001/XMLSchema#decimal>", "v=\"30\"",
                  "v=\"Bob\"", "v=\"Ann\"@en"));
  EXPECT_THAT(Answer("SELECT ?v { ?s :age ?v } ORDER BY DESC(?v) LIMIT 1"),
              ElementsAre("v=\"30\""));
}

TEST(ExistsTest, SubstitutionReachesFiltersInside) {
  EXPECT_THAT(Answer("SELECT ?x { ?x :age ?a FILTER NOT EXISTS { ?y :age ?b FILTER(?b > ?a) } }"),
              ElementsAre("x=:ann"));
  EXPECT_THAT(Answer("SELECT ?x (EXISTS { ?x :name ?n } AS ?named) { ?x :knows ?y } ORDER BY ?x"),
              ElementsAre("x=:ann named=\"true\"^^<http://www.w3.org/2001/XMLSchema#boolean>",
                          "x=:bob named=\"true\"^^<http://www.w3.org/2001/XMLSchema#boolean>",
                          "x=:cy named=\"false\"^^<http://www.w3.org/2001/XMLSchema#boolean>"));
}

TEST(ConstructTest, BlankNodesAreFreshForEachSolution) {
  const auto rows = Answer("CONSTRUCT { ?x :met [ :who ?y ] } { ?x :knows ?y }");
  EXPECT_EQ(rows.size(), 6u);
  EXPECT_THAT(
      Answer("CONSTRUCT { ?x a :Person } { ?x :knows ?y . ?x :age ?a }"),
      UnorderedElementsAre(
          "subject=:ann predicate=<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> object=:Person",
          "subject=:bob predicate=<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
          "object=:Person"));
}

TEST(ServiceTest, AClientAnswersAndSilentForgives) {
  const auto source = People();
  const std::string text =
      "SELECT * { ?x <http://example.org/knows> ?y SERVICE <http://example.org/s> { ?y ?p ?z } }";
  EXPECT_EQ(Rows(text, *source).status().code(), absl::StatusCode::kUnimplemented);
  QueryOptions options;
  options.service = [](const Term& endpoint, std::string_view,
                       const std::vector<std::string>& variables)
      -> absl::StatusOr<std::vector<std::vector<Term>>> {
    EXPECT_EQ(endpoint, Local("s"));
    std::vector<Term> row(variables.size());
    for (size_t c = 0; c < variables.size(); ++c) {
      if (variables[c] == "y") row[c] = Local("bob");
      if (variables[c] == "z") row[c] = Term::Integer(7);
    }
    return std::vector<std::vector<Term>>{row};
  };
  auto rows = Rows(text, *source, options);
  ASSERT_TRUE(rows.ok()) << rows.status();
  EXPECT_EQ(rows->size(), 1u);
}

// A variable that EXISTS takes from outside is a constant in all of its pattern: in
// each part of a union, beside an optional part, on both sides of a difference.
TEST(ExistsTest, ASubstitutedVariableIsBoundInEveryPart) {
  const Term p = Local("p"), r = Local("r");
  const auto source = MemoryQuadSource::FromQuads({{Local("b"), r, Local("a"), {}},
                                                   {Local("b"), r, Local("c"), {}},
                                                   {Local("c"), r, Term::Integer(2), {}},
                                                   {Local("a"), p, Local("a"), {}}});
  const std::string all[] = {"a=<http://example.org/a>", "a=<http://example.org/c>",
                             "a=\"2\"^^<http://www.w3.org/2001/XMLSchema#integer>"};
  const std::pair<std::string, std::vector<std::string>> cases[] = {
      {"?a (!:p|^:r) ?d FILTER(isIRI(?a))", {all[0], all[1]}},
      {"{ ?a !:p ?d } UNION { ?d :r ?a } BIND(?a AS ?x) FILTER(isIRI(?x))", {all[0], all[1]}},
      {"?u :p ?v OPTIONAL { ?a !:p ?d } FILTER(isIRI(?a))", {all[0], all[1]}},
      {"{ ?a !:q ?d } MINUS { ?a !:q ?e }", {all[0], all[1]}},
      {"{ { ?d :r ?a FILTER(isIRI(?a)) } UNION { ?d :q ?a } } FILTER(isIRI(?a))", {all[0], all[1]}},
  };
  for (const auto& [pattern, expected] : cases) {
    for (const bool rewrite : {true, false}) {
      PlannerOptions planner;
      planner.rewrite = rewrite;
      const auto rows = Rows(
          "PREFIX : <http://example.org/> SELECT ?a { ?b :r ?a FILTER EXISTS { " + pattern + " } }",
          *source, {}, planner);
      ASSERT_TRUE(rows.ok()) << rows.status();
      EXPECT_THAT(*rows, testing::UnorderedElementsAreArray(expected))
          << pattern << (rewrite ? "" : " without rewrites");
    }
  }
}

TEST(ProfileTest, ShowsEstimatesAndWhatWasSeen) {
  const auto source = People();
  QueryOptions options;
  options.profile = true;
  auto cursor =
      Start("SELECT * { ?x <http://example.org/knows> ?y . ?y <http://example.org/age> ?a }",
            *source, options);
  ASSERT_TRUE(cursor.ok());
  while ((*cursor)->Next()) continue;
  EXPECT_THAT((*cursor)->Profile(PlanFormat::kText), testing::HasSubstr(" 2 seen in 1 batches"));
  EXPECT_THAT((*cursor)->Profile(PlanFormat::kJson), testing::HasSubstr("\"rows\":2"));
}

}  // namespace
}  // namespace sanad::query_test
