// The SPARQL 1.0 and 1.1 test suites: query and update evaluation, syntax,
// result formats and federation.
//
// The failures of the whole run must be exactly those of
// expected_failures_sparql.txt: a new failure fails the run, and so does an
// entry that passes. Every result goes through the writer and the reader of the
// format that the expected file is in. Named graphs have the IRIs of their
// files, the default graph is strict, SERVICE is answered from the data that
// the test names for the endpoint.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sanad/query.h>
#include <sanad/rdf.h>
#include <sanad/results.h>
#include <sanad/store.h>
#include "figures.h"
#include "isomorphism.h"
#include "manifest.h"
#include "query/sparql/parser.h"
#include "results_reader.h"
#include "storage/model/text.h"
#include "storage/quad_source.h"

#define SANAD_QT_NS "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
#define SANAD_UT_NS "http://www.w3.org/2009/sparql/tests/test-update#"

namespace sanad::w3c {
namespace {

std::string Text(const absl::Status& status) { return std::string(FromAbsl(status.message())); }

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

bool EndsWith(std::string_view text, std::string_view ending) {
  return text.size() >= ending.size() && text.substr(text.size() - ending.size()) == ending;
}

absl::StatusOr<std::vector<Quad>> ReadQuads(const Term& file) {
  const std::string path = PathOf(file);
  const std::optional<RdfSyntax> syntax = RdfSyntaxOf(path);
  if (!syntax) return absl::InvalidArgumentError("no RDF file: " + path);
  RdfReadOptions options;
  options.base_iri = file.value();
  std::vector<Quad> quads;
  SANAD_RETURN_IF_ERROR(ReadRdfFile(path, *syntax, options, [&](const Quad& quad) {
    quads.push_back(quad);
    return absl::OkStatus();
  }));
  return quads;
}

// A store filled with files.
class TestStore {
 public:
  TestStore() : store_(*Store::OpenInMemory()) {}
  Store& store() { return *store_; }

  // `graph` undefined: the default graph, or those the file names.
  absl::Status Add(const Term& file, const Term& graph) {
    SANAD_ASSIGN_OR_RETURN(std::vector<Quad> quads, ReadQuads(file));
    SANAD_ASSIGN_OR_RETURN(auto transaction, store_->Begin());
    const std::string scope = Concat("f", files_++, "x");
    for (Quad& quad : quads) {
      for (Term* term : {&quad.subject, &quad.object}) {
        if (term->is_blank_node()) *term = Term::BlankNode(scope + term->value());
      }
      if (!graph.is_undefined()) quad.graph = graph;
      SANAD_RETURN_IF_ERROR(transaction->Insert(quad));
    }
    return transaction->Commit();
  }

  absl::StatusOr<std::vector<Quad>> Quads() const {
    const Snapshot snapshot = store_->NewSnapshot();
    std::vector<Quad> quads;
    for (const GraphScope& scope : {GraphScope::Default(), GraphScope::Each()}) {
      ScanRequest request;
      request.scope = scope;
      SANAD_ASSIGN_OR_RETURN(auto scan, snapshot.source().Scan(request));
      QuadBatch batch;
      while (scan->Next(batch)) {
        const size_t columns = scope.kind == GraphScope::Kind::kEach ? 4 : 3;
        std::array<std::vector<Term>, 4> terms;
        terms[3].resize(batch.size);
        for (size_t c = 0; c < columns; ++c) {
          batch.columns[c].resize(batch.size);
          SANAD_RETURN_IF_ERROR(snapshot.source().Materialize(batch.columns[c], terms[c]));
        }
        for (size_t i = 0; i < batch.size; ++i) {
          quads.push_back({terms[0][i], terms[1][i], terms[2][i], terms[3][i]});
        }
      }
      SANAD_RETURN_IF_ERROR(scan->status());
    }
    return quads;
  }

 private:
  std::unique_ptr<Store> store_;
  int files_ = 0;
};

QueryOptions StrictOptions() {
  QueryOptions options;
  options.default_graph = DefaultGraph::kStrict;
  options.timeout = absl::Seconds(20);
  options.rewrite = std::getenv("SANAD_NO_REWRITE") == nullptr;
  return options;
}

ParseOptions BaseOf(const Term& file) {
  ParseOptions options;
  options.base_iri = file.value();
  return options;
}

// ---- Evaluation of one test; the problem, or OK ----

absl::Status RunSyntaxTest(const TestCase& test) {
  const std::string path = PathOf(test.action);
  const std::string text = ReadFile(path);
  if (text.empty()) return absl::NotFoundError(path);
  // Some negative tests of updates are typed as queries: the name decides.
  const absl::Status status = EndsWith(path, ".ru")
                                  ? Update::Parse(text, BaseOf(test.action)).status()
                                  : Query::Parse(text, BaseOf(test.action)).status();
  if (test.type.find("Negative") == std::string::npos) return status;
  return status.ok() ? absl::InternalError("accepted, though it is an error") : absl::OkStatus();
}

absl::Status LoadData(const Graph& graph, const Term& action, TestStore& store,
                      const std::string& text, const Term& query) {
  bool has_data = false;
  for (const Term& data : graph.Objects(action, SANAD_QT_NS "data")) {
    has_data = true;
    SANAD_RETURN_IF_ERROR(store.Add(data, Term()));
  }
  for (const Term& data : graph.Objects(action, SANAD_QT_NS "graphData")) {
    has_data = true;
    SANAD_RETURN_IF_ERROR(store.Add(data, data));
  }
  if (has_data) return absl::OkStatus();
  // The dataset is what FROM and FROM NAMED name.
  SANAD_ASSIGN_OR_RETURN(const ast::Query tree, sparql::ParseQuery(text, BaseOf(query)));
  std::set<std::string> loaded;
  for (const auto* graphs : {&tree.dataset.default_graphs, &tree.dataset.named_graphs}) {
    for (const Term& name : *graphs) {
      if (loaded.insert(name.value()).second) SANAD_RETURN_IF_ERROR(store.Add(name, name));
    }
  }
  return absl::OkStatus();
}

using Endpoints = std::map<std::string, std::unique_ptr<TestStore>>;

// Answers SERVICE from stores by endpoint; what is asked may hold SERVICE itself.
ServiceClient ClientOf(std::shared_ptr<const Endpoints> endpoints) {
  return [endpoints](const Term& endpoint, std::string_view text,
                     const std::vector<std::string>& variables)
             -> absl::StatusOr<std::vector<std::vector<Term>>> {
    const auto store = endpoints->find(endpoint.value());
    if (store == endpoints->end()) return absl::UnavailableError("no such endpoint");
    SANAD_ASSIGN_OR_RETURN(const Query query, Query::Parse(text));
    QueryOptions options = StrictOptions();
    options.service = ClientOf(endpoints);
    SANAD_ASSIGN_OR_RETURN(auto cursor,
                           query.Execute(store->second->store().NewSnapshot(), options));
    std::vector<std::vector<Term>> rows;
    while (cursor->Next()) {
      std::vector<Term> row(variables.size());
      for (size_t i = 0; i < variables.size(); ++i) {
        const auto& columns = cursor->variables();
        const auto column = std::find(columns.begin(), columns.end(), variables[i]);
        if (column != columns.end()) {
          row[i] = cursor->value(static_cast<size_t>(column - columns.begin()));
        }
      }
      rows.push_back(std::move(row));
    }
    SANAD_RETURN_IF_ERROR(cursor->status());
    return rows;
  };
}

absl::StatusOr<ServiceClient> MakeServices(const Graph& graph, const Term& action) {
  auto endpoints = std::make_shared<Endpoints>();
  for (const Term& service : graph.Objects(action, SANAD_QT_NS "serviceData")) {
    auto store = std::make_unique<TestStore>();
    for (const Term& data : graph.Objects(service, SANAD_QT_NS "data")) {
      SANAD_RETURN_IF_ERROR(store->Add(data, Term()));
    }
    for (const Term& data : graph.Objects(service, SANAD_QT_NS "graphData")) {
      SANAD_RETURN_IF_ERROR(store->Add(data, data));
    }
    (*endpoints)[graph.Object(service, SANAD_QT_NS "endpoint").value()] = std::move(store);
  }
  return ClientOf(std::move(endpoints));
}

std::string Describe(const ResultTable& table) {
  if (table.is_boolean) return table.boolean ? "true" : "false";
  std::string text;
  for (const std::string& variable : table.variables) text += "?" + variable + " ";
  for (size_t i = 0; i < std::min<size_t>(table.rows.size(), 20); ++i) {
    text += "\n      ";
    for (const Term& term : table.rows[i]) text += term.ToString() + " ";
  }
  return text;
}

absl::Status CompareTable(Cursor& cursor, const Term& result) {
  const std::string path = PathOf(result);
  ResultFormat format = ResultFormat::kXml;
  absl::StatusOr<ResultTable> expected = absl::UnimplementedError("result file " + path);
  if (EndsWith(path, ".srj")) format = ResultFormat::kJson;
  if (EndsWith(path, ".csv")) format = ResultFormat::kCsv;
  if (EndsWith(path, ".tsv")) format = ResultFormat::kTsv;
  if (EndsWith(path, ".ttl") || EndsWith(path, ".rdf")) {
    expected = ReadRdfResults(path);
  } else {
    expected = ReadResults(ReadFile(path), format);
  }
  if (!expected.ok()) return expected.status();
  std::string written;
  SANAD_RETURN_IF_ERROR(WriteResults(cursor, format, [&](std::string_view bytes) {
    written += bytes;
    return absl::OkStatus();
  }));
  SANAD_ASSIGN_OR_RETURN(const ResultTable actual, ReadResults(written, format));
  if (SameResults(*expected, actual)) return absl::OkStatus();
  return absl::InternalError("expected " + Describe(*expected) + "\n    got " + Describe(actual));
}

absl::Status CompareGraph(Cursor& cursor, const Term& result) {
  SANAD_ASSIGN_OR_RETURN(const std::vector<Quad> expected, ReadQuads(result));
  std::vector<Quad> actual;
  while (cursor.Next()) {
    actual.push_back({cursor.value(0), cursor.value(1), cursor.value(2), Term()});
  }
  SANAD_RETURN_IF_ERROR(cursor.status());
  if (SameQuads(expected, actual)) return absl::OkStatus();
  std::string text = "other triples:";
  for (const Quad& quad : actual) {
    text += "\n      " + quad.subject.ToString() + " " + quad.predicate.ToString() + " " +
            quad.object.ToString();
  }
  return absl::InternalError(text);
}

absl::Status RunQueryTest(const Graph& graph, const TestCase& test) {
  Term query_file = graph.Object(test.action, SANAD_QT_NS "query");
  if (query_file.is_undefined()) query_file = test.action;
  const std::string text = ReadFile(PathOf(query_file));
  SANAD_ASSIGN_OR_RETURN(const Query query, Query::Parse(text, BaseOf(query_file)));
  TestStore store;
  SANAD_RETURN_IF_ERROR(LoadData(graph, test.action, store, text, query_file));
  QueryOptions options = StrictOptions();
  SANAD_ASSIGN_OR_RETURN(options.service, MakeServices(graph, test.action));
  SANAD_ASSIGN_OR_RETURN(auto cursor, query.Execute(store.store().NewSnapshot(), options));
  if (test.result.is_undefined()) {
    while (cursor->Next()) continue;
    return cursor->status();
  }
  if (query.form() == QueryForm::kConstruct || query.form() == QueryForm::kDescribe) {
    return CompareGraph(*cursor, test.result);
  }
  return CompareTable(*cursor, test.result);
}

absl::Status LoadUpdateData(const Graph& graph, const Term& node, TestStore& store) {
  for (const Term& data : graph.Objects(node, SANAD_UT_NS "data")) {
    SANAD_RETURN_IF_ERROR(store.Add(data, Term()));
  }
  for (const Term& data : graph.Objects(node, SANAD_UT_NS "graphData")) {
    const Term name =
        Term::Iri(graph.Object(data, "http://www.w3.org/2000/01/rdf-schema#label").value());
    SANAD_RETURN_IF_ERROR(store.Add(graph.Object(data, SANAD_UT_NS "graph"), name));
  }
  return absl::OkStatus();
}

absl::Status RunUpdateTest(const Graph& graph, const TestCase& test) {
  const Term request = graph.Object(test.action, SANAD_UT_NS "request");
  SANAD_ASSIGN_OR_RETURN(const Update update,
                         Update::Parse(ReadFile(PathOf(request)), BaseOf(request)));
  TestStore store;
  TestStore expected;
  SANAD_RETURN_IF_ERROR(LoadUpdateData(graph, test.action, store));
  SANAD_RETURN_IF_ERROR(LoadUpdateData(graph, test.result, expected));
  UpdateOptions options;
  static_cast<QueryOptions&>(options) = StrictOptions();
  SANAD_RETURN_IF_ERROR(update.Execute(store.store(), options).status());
  SANAD_ASSIGN_OR_RETURN(const std::vector<Quad> actual_quads, store.Quads());
  SANAD_ASSIGN_OR_RETURN(const std::vector<Quad> expected_quads, expected.Quads());
  if (SameQuads(expected_quads, actual_quads)) return absl::OkStatus();
  std::string text = "the store holds:";
  for (const Quad& quad : actual_quads) {
    text += "\n      " + quad.subject.ToString() + " " + quad.predicate.ToString() + " " +
            quad.object.ToString() + " " + quad.graph.ToString();
  }
  return absl::InternalError(text);
}

// ---- The suites ----

struct Tally {
  size_t passed = 0;
  size_t total = 0;
};

std::string KindOf(const TestCase& test) {
  if (test.type.find("Syntax") != std::string::npos) {
    return EndsWith(test.action.value(), ".ru") ? "update syntax" : "query syntax";
  }
  if (test.type == "UpdateEvaluationTest") return "update evaluation";
  if (test.type == "CSVResultFormatTest") return "result formats";
  if (test.type == "QueryEvaluationTest") return "query evaluation";
  return "";  // Protocol, service description: no command line drives them.
}

absl::Status RunTest(const Manifest& manifest, const TestCase& test) {
  if (test.type.find("Syntax") != std::string::npos) return RunSyntaxTest(test);
  if (test.type == "UpdateEvaluationTest") return RunUpdateTest(*manifest.graph, test);
  return RunQueryTest(*manifest.graph, test);
}

std::string FigureTable(const std::map<std::string, Tally>& tallies) {
  std::string text = "| suite | pass | of |\n|---|---|---|\n";
  Tally sum;
  for (const auto& [kind, tally] : tallies) {
    text += Concat("| ", kind, " | ", tally.passed, " | ", tally.total, " |\n");
    sum.passed += tally.passed;
    sum.total += tally.total;
  }
  return text + Concat("| **all** | ", sum.passed, " | ", sum.total, " |\n");
}

TEST(SparqlSuites, FailOnlyWhereExpected) {
  const std::optional<std::string> suites = SuitesFolder();
  if (!suites) GTEST_SKIP() << "the W3C suites are not there; set SANAD_SHARED to their folder";
  std::map<std::string, std::string> expected =
      LoadExpectedFailures(SANAD_SOURCE_DIR "/tests/w3c/expected_failures_sparql.txt");
  const char* only = std::getenv("SANAD_W3C_ONLY");
  std::map<std::string, Tally> tallies;
  std::set<std::string> seen;
  for (const std::string version : {"sparql10", "sparql11"}) {
    const std::string file = version == "sparql10" ? "/manifest.ttl" : "/manifest-all.ttl";
    const auto manifests = LoadManifests(*suites + "/sparql/" + version + file);
    ASSERT_TRUE(manifests.ok()) << manifests.status();
    for (const Manifest& manifest : *manifests) {
      const std::string folder =
          std::filesystem::path(manifest.path).parent_path().filename().string();
      for (const TestCase& test : manifest.tests) {
        const std::string kind = KindOf(test);
        if (kind.empty() || test.rejected) continue;
        const std::string name = version + "/" + folder + "#" + LocalName(test.node.value());
        if (!seen.insert(name).second) continue;
        if (only != nullptr && name.find(only) == std::string::npos) continue;
        const absl::Status problem = RunTest(manifest, test);
        Tally& tally = tallies[std::string(version == "sparql10" ? "1.0 " : "1.1 ") + kind];
        ++tally.total;
        if (problem.ok()) ++tally.passed;
        const bool is_expected = expected.count(name) > 0;
        EXPECT_EQ(problem.ok(), !is_expected) << name << ": " << Text(problem);
        expected.erase(name);
      }
    }
  }
  const std::string figures = FigureTable(tallies);
  std::cout << figures;
  if (only != nullptr) return;
  for (const auto& [name, reason] : expected) ADD_FAILURE() << "no such test: " << name;
  CheckFigures("w3c_sparql_test", figures);
}

}  // namespace
}  // namespace sanad::w3c
