// The RDF 1.1 test suites: N-Triples, N-Quads, Turtle, TriG and RDF/XML.
//
// Each suite's failures must be exactly those of expected_failures_rdf.txt: a new
// failure fails the run, and so does an entry that passes.

#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sanad/rdf.h>
#include "figures.h"
#include "isomorphism.h"
#include "manifest.h"
#include "storage/model/text.h"

namespace sanad::w3c {
namespace {

struct Suite {
  const char* folder;
  const char* name;
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

constexpr Suite kSuites[] = {{"rdf-n-triples", "N-Triples", 70},
                             {"rdf-n-quads", "N-Quads", 87},
                             {"rdf-turtle", "Turtle", 313},
                             {"rdf-trig", "TriG", 356},
                             {"rdf-xml", "RDF/XML", 166}};

// Runs one suite and returns how many tests pass; takes what it met off `expected`.
size_t RunSuite(const std::string& folder, const Suite& suite,
                std::map<std::string, std::string>& expected) {
  const auto manifests = LoadManifests(folder + "/" + suite.folder + "/manifest.ttl");
  EXPECT_TRUE(manifests.ok()) << manifests.status();
  size_t count = 0, passed = 0;
  for (const Manifest& manifest : *manifests) {
    for (const TestCase& test : manifest.tests) {
      if (test.rejected || test.action.is_undefined()) continue;
      ++count;
      const std::string name = Concat(suite.folder, '#', LocalName(test.node.value()));
      const std::string problem = Problem(manifest, test);
      passed += problem.empty();
      EXPECT_EQ(problem.empty(), expected.erase(name) == 0) << name << ": " << problem;
    }
  }
  EXPECT_EQ(count, suite.tests) << suite.name;
  return passed;
}

TEST(RdfSuites, FailOnlyWhereExpected) {
  const std::optional<std::string> suites = SuitesFolder();
  if (!suites) GTEST_SKIP() << "the W3C suites are not there; set SANAD_SHARED to their folder";
  std::map<std::string, std::string> expected =
      LoadExpectedFailures(SANAD_SOURCE_DIR "/tests/w3c/expected_failures_rdf.txt");
  std::string figures = "| suite | pass | of |\n|---|---|---|\n";
  size_t all = 0, all_passed = 0;
  for (const Suite& suite : kSuites) {
    const size_t passed = RunSuite(*suites + "/rdf/rdf11", suite, expected);
    figures += Concat("| ", suite.name, " | ", passed, " | ", suite.tests, " |\n");
    all += suite.tests;
    all_passed += passed;
  }
  figures += Concat("| **all** | ", all_passed, " | ", all, " |\n");
  std::cout << figures;
  for (const auto& [name, reason] : expected) ADD_FAILURE() << "no such test: " << name;
  CheckFigures("w3c_rdf_test", figures);
}

}  // namespace
}  // namespace sanad::w3c
