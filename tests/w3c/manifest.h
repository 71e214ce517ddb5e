// Manifests of the W3C test suites, read with the project's own Turtle reader.
// Shared by the RDF and the SPARQL runner.

#ifndef SANAD_TESTS_W3C_MANIFEST_H_
#define SANAD_TESTS_W3C_MANIFEST_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <sanad/term.h>

#define SANAD_MF_NS "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"

namespace sanad::w3c {

// The triples of one file, by subject and predicate.
class Graph {
 public:
  // Reads a Turtle or RDF/XML file; its base is its own file: IRI.
  static absl::StatusOr<Graph> Load(const std::string& path);

  // The first object, or an undefined term.
  Term Object(const Term& subject, std::string_view predicate) const;
  std::vector<Term> Objects(const Term& subject, std::string_view predicate) const;
  // Subjects with an object, in the order of the file.
  std::vector<Term> Subjects(std::string_view predicate, const Term& object) const;
  // The members of an rdf:List.
  std::vector<Term> List(Term head) const;

 private:
  std::vector<Triple> triples_;
  std::multimap<std::pair<Term, Term>, Term> objects_;
};

struct TestCase {
  Term node;
  std::string name;
  std::string type;  // The class's local name: "TestTurtleEval", "QueryEvaluationTest".
  Term action;       // A file: IRI, or a blank node to follow in `graph`.
  Term result;
  bool rejected = false;  // Withdrawn or not classified as approved: dawgt:Rejected, Withdrawn.
};

struct Manifest {
  std::string path;
  std::string assumed_base;  // mf:assumedTestBase, or empty.
  std::shared_ptr<const Graph> graph;
  std::vector<TestCase> tests;  // In the order of mf:entries.
};

// The manifest at `path` and those it includes, depth first; includes that do not
// exist are left out.
absl::StatusOr<std::vector<Manifest>> LoadManifests(const std::string& path);

// The part behind the last '#' or '/'.
std::string LocalName(std::string_view iri);
// The path of a file: IRI term.
std::string PathOf(const Term& file_iri);

// The shared folder with the suites, from SANAD_SHARED or beside the checkout;
// nullopt when there is none.
std::optional<std::string> SuitesFolder();

// Test name → reason, from a file with one "NAME REASON" a line; '#' comments.
std::map<std::string, std::string> LoadExpectedFailures(const std::string& path);

}  // namespace sanad::w3c

#endif  // SANAD_TESTS_W3C_MANIFEST_H_
