// Every form of SPARQL Update on golden cases: data, request, the store after it
// and what the result says. Whole stores always.

#include <string>

#include <gtest/gtest.h>
#include <sanad/query.h>
#include "storage/model/text.h"
#include "tests/query/golden.h"
#include "tests/query/golden_store.h"

namespace sanad {
namespace {

using query_test::GoldenCase;
using query_test::Message;
using query_test::Sections;

// Gives one triple for :document, an error after one triple for :broken.
absl::Status Fetch(std::string_view iri, const std::function<absl::Status(const Quad&)>& sink) {
  if (iri != "http://e/document" && iri != "http://e/broken") {
    return absl::NotFoundError(Concat("no document <", iri, ">"));
  }
  SANAD_RETURN_IF_ERROR(sink({Term::Iri("http://e/loaded"), Term::Iri("http://e/p"),
                              Term::String("from the document"), Term()}));
  return iri == "http://e/broken" ? absl::InvalidArgumentError("line 2: broken") : absl::OkStatus();
}

TEST(UpdateTest, Golden) {
  query_test::RunGolden("update.txt", [](const GoldenCase& golden) -> Sections {
    const auto store = query_test::StoreOf(golden.Section("data"));
    const auto update = Update::Parse(golden.Section("update"), query_test::GoldenPrefixes());
    if (!update.ok()) return {{"result", Message(update.status())}};
    UpdateOptions options;
    options.default_graph = golden.Has("union") ? DefaultGraph::kUnion : DefaultGraph::kStrict;
    if (!golden.Has("no fetcher")) options.fetcher = &Fetch;
    if (golden.Has("parameter s"))
      options.parameters["s"] = *Term::Parse(golden.Section("parameter s"));
    const auto result = update->Execute(*store, options);
    std::string text;
    if (result.ok()) {
      text = Concat(result->added, " added, ", result->removed, " removed, ", result->matched,
                    " matched");
      if (!result->hint.empty()) text += "\n" + result->hint;
    } else {
      text = Message(result.status());
    }
    return {{"result", text}, {"store", query_test::QuadsOf(*store)}};
  });
}

TEST(UpdateTest, BlankNodesOfATemplateAreNewInEverySolution) {
  const auto store = query_test::StoreOf(":a :p 1 . :b :p 2 .");
  const auto update = Update::Parse("INSERT { ?s :q _:x . _:x :r ?o } WHERE { ?s :p ?o }",
                                    query_test::GoldenPrefixes());
  ASSERT_TRUE(update->Execute(*store).ok());
  EXPECT_EQ(
      query_test::ResultOf(*store, "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?s :q ?x . ?x :r ?o }", {}),
      "?n\n\"2\"^^xsd:integer\n");
}

TEST(UpdateTest, AFailedRequestChangesNothing) {
  const auto store = query_test::StoreOf(":a :p 1 .");
  const auto update =
      Update::Parse("INSERT DATA { :b :p 2 } ; LOAD :broken", query_test::GoldenPrefixes());
  UpdateOptions options;
  options.fetcher = &Fetch;
  EXPECT_FALSE(update->Execute(*store, options).ok());
  EXPECT_EQ(query_test::QuadsOf(*store), ":a :p \"1\"^^xsd:integer .\n");
  // The writer's place is free again.
  EXPECT_TRUE(store->Begin(absl::Now() + absl::Seconds(1)).ok());
}

TEST(UpdateTest, MemoryIsLimited) {
  const auto store = query_test::StoreOf(":a :p 1, 2, 3, 4, 5, 6, 7, 8 .");
  const auto update = Update::Parse(
      "INSERT { ?a :q ?v } WHERE { ?a :p ?x . ?b :p ?y . ?c :p ?z . ?d :p ?w . ?e :p ?v }",
      query_test::GoldenPrefixes());
  UpdateOptions options;
  options.memory_limit = 1 << 20;
  const auto result = update->Execute(*store, options);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.status().code(), absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace sanad
