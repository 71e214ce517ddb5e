// The RDF 1.1 test suites: N-Triples, N-Quads, Turtle, TriG and RDF/XML.
//
// Each suite's failures must be exactly those of expected_failures_rdf.txt: a new
// failure fails the run, and so does an entry that passes.

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sanad/rdf.h>
#include "isomorphism.h"
#include "manifest.h"
#include "storage/model/text.h"

namespace sanad::w3c {
namespace {

struct Suite {
  const char* folder;
  size_t tests;
};

std::vector<Quad> ReadAll(const std::string& path, const std::string& base, absl::Status& status) {
  std::vector<Quad> quads;
  RdfReadOptions options;
  options.base_iri = base;
  status = ReadRdfFile(path, *RdfSyntaxOf(path), options, [&](const Quad& quad) {
    quads.push_back(quad);
    return absl::OkStatus();
  });
  return quads;
}

// Empty when the test passes, else why it does not.
std::string Problem(const Manifest& manifest, const TestCase& test) {
  const std::string action = PathOf(test.action);
  const std::string folder = std::filesystem::path(manifest.path).parent_path().string();
  const std::string base =
      manifest.assumed_base.empty()
          ? std::string()
          : manifest.assumed_base + std::filesystem::relative(action, folder).string();
  absl::Status status;
  const std::vector<Quad> quads = ReadAll(action, base, status);
  if (test.type.find("Negative") != std::string::npos) {
    return status.ok() ? "accepted" : "";
  }
  if (!status.ok()) return std::string(FromAbsl(status.message()));
  if (test.result.is_undefined()) return "";
  const std::vector<Quad> expected = ReadAll(PathOf(test.result), "", status);
  if (!status.ok()) return "result: " + std::string(FromAbsl(status.message()));
  return EqualUpToBlankNodes(RowsOfQuads(quads), RowsOfQuads(expected)) ? "" : "other quads";
}

class RdfSuites : public ::testing::TestWithParam<Suite> {};

TEST_P(RdfSuites, FailOnlyWhereExpected) {
  const std::optional<std::string> suites = SuitesFolder();
  if (!suites) GTEST_SKIP() << "the W3C suites are not there; set SANAD_SHARED to their folder";
  const auto manifests =
      LoadManifests(*suites + "/rdf/rdf11/" + GetParam().folder + "/manifest.ttl");
  ASSERT_TRUE(manifests.ok()) << manifests.status();
  std::map<std::string, std::string> expected =
      LoadExpectedFailures(SANAD_SOURCE_DIR "/tests/w3c/expected_failures_rdf.txt");
  size_t count = 0, passed = 0;
  for (const Manifest& manifest : *manifests) {
    for (const TestCase& test : manifest.tests) {
      if (test.rejected || test.action.is_undefined()) continue;
      ++count;
      const std::string name = Concat(GetParam().folder, '#', LocalName(test.node.value()));
      const std::string problem = Problem(manifest, test);
      passed += problem.empty();
      EXPECT_EQ(problem.empty(), !expected.contains(name)) << name << ": " << problem;
    }
  }
  EXPECT_EQ(count, GetParam().tests);
  RecordProperty("passed", Concat(passed, " of ", count));
  std::cout << GetParam().folder << ": " << passed << " of " << count << " pass\n";
}

INSTANTIATE_TEST_SUITE_P(Rdf11, RdfSuites,
                         ::testing::Values(Suite{"rdf-n-triples", 70}, Suite{"rdf-n-quads", 87},
                                           Suite{"rdf-turtle", 313}, Suite{"rdf-trig", 356},
                                           Suite{"rdf-xml", 166}),
                         [](const auto& suite) {
                           std::string name = suite.param.folder;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace sanad::w3c
