#include "manifest.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include <sanad/rdf.h>
#include "storage/model/iri_resolver.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad::w3c {
namespace {

constexpr std::string_view kDawgApproval =
    "http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#approval";
constexpr std::string_view kRdftApproval = "http://www.w3.org/ns/rdftest#approval";

TestCase ReadTest(const Graph& graph, const Term& node) {
  TestCase test;
  test.node = node;
  test.name = graph.Object(node, SANAD_MF_NS "name").value();
  test.type = LocalName(graph.Object(node, iri::kRdfType).value());
  test.action = graph.Object(node, SANAD_MF_NS "action");
  test.result = graph.Object(node, SANAD_MF_NS "result");
  for (const std::string_view approval : {kDawgApproval, kRdftApproval}) {
    const std::string status = LocalName(graph.Object(node, approval).value());
    test.rejected = test.rejected || status == "Rejected" || status == "Withdrawn";
  }
  return test;
}

absl::Status Collect(const std::string& path, std::set<std::string>& seen,
                     std::vector<Manifest>& manifests) {
  if (!seen.insert(path).second || !std::filesystem::exists(path)) return absl::OkStatus();
  SANAD_ASSIGN_OR_RETURN(Graph graph, Graph::Load(path));
  Manifest manifest;
  manifest.path = path;
  manifest.graph = std::make_shared<const Graph>(std::move(graph));
  const Graph& triples = *manifest.graph;
  std::vector<std::string> included;
  for (const Term& node : triples.Subjects(iri::kRdfType, Term::Iri(SANAD_MF_NS "Manifest"))) {
    const Term base = triples.Object(node, SANAD_MF_NS "assumedTestBase");
    if (!base.is_undefined()) manifest.assumed_base = base.value();
    for (const Term& list : triples.Objects(node, SANAD_MF_NS "include")) {
      for (const Term& file : triples.List(list)) included.push_back(PathOf(file));
    }
    for (const Term& test : triples.List(triples.Object(node, SANAD_MF_NS "entries"))) {
      manifest.tests.push_back(ReadTest(triples, test));
    }
  }
  if (!manifest.tests.empty()) manifests.push_back(std::move(manifest));
  for (const std::string& file : included) {
    SANAD_RETURN_IF_ERROR(Collect(file, seen, manifests));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Graph> Graph::Load(const std::string& path) {
  Graph graph;
  const absl::Status status =
      ReadRdfFile(path, RdfSyntaxOf(path).value_or(RdfSyntax::kTurtle), {}, [&](const Quad& quad) {
        graph.triples_.push_back({quad.subject, quad.predicate, quad.object});
        graph.objects_.emplace(std::pair(quad.subject, quad.predicate), quad.object);
        return absl::OkStatus();
      });
  if (!status.ok()) return status;
  return graph;
}

Term Graph::Object(const Term& subject, std::string_view predicate) const {
  const auto found = objects_.find({subject, Term::Iri(predicate)});
  return found == objects_.end() ? Term() : found->second;
}

std::vector<Term> Graph::Objects(const Term& subject, std::string_view predicate) const {
  std::vector<Term> objects;
  const auto [begin, end] = objects_.equal_range({subject, Term::Iri(predicate)});
  for (auto it = begin; it != end; ++it) objects.push_back(it->second);
  return objects;
}

std::vector<Term> Graph::Subjects(std::string_view predicate, const Term& object) const {
  std::vector<Term> subjects;
  for (const Triple& triple : triples_) {
    if (triple.predicate.value() == predicate && triple.object == object) {
      subjects.push_back(triple.subject);
    }
  }
  return subjects;
}

std::vector<Term> Graph::List(Term head) const {
  std::vector<Term> members;
  while (!head.is_undefined() && head.value() != iri::kRdfNil && members.size() < triples_.size()) {
    members.push_back(Object(head, iri::kRdfFirst));
    head = Object(head, iri::kRdfRest);
  }
  return members;
}

absl::StatusOr<std::vector<Manifest>> LoadManifests(const std::string& path) {
  std::set<std::string> seen;
  std::vector<Manifest> manifests;
  SANAD_RETURN_IF_ERROR(Collect(path, seen, manifests));
  return manifests;
}

std::string LocalName(std::string_view iri) {
  return std::string(iri.substr(iri.find_last_of("#/") + 1));
}

std::string PathOf(const Term& file_iri) { return FilePathOfIri(file_iri.value()); }

std::optional<std::string> SuitesFolder() {
  const char* const shared = std::getenv("SANAD_SHARED");
  const std::string folder =
      (shared != nullptr ? std::string(shared) : std::string(SANAD_SOURCE_DIR) + "/../shared") +
      "/w3c";
  if (!std::filesystem::is_directory(folder)) return std::nullopt;
  return folder;
}

std::map<std::string, std::string> LoadExpectedFailures(const std::string& path) {
  std::map<std::string, std::string> failures;
  std::ifstream file(path);
  std::string line;
  while (std::getline(file, line)) {
    if (line.empty() || line[0] == '#') continue;
    const size_t space = line.find(' ');
    failures[line.substr(0, space)] = space == std::string::npos ? "" : line.substr(space + 1);
  }
  return failures;
}

}  // namespace sanad::w3c
