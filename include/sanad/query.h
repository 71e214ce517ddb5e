// SPARQL 1.1 queries and updates.
//
//   absl::StatusOr<sanad::Query> query = sanad::Query::Parse(
//       "SELECT ?m WHERE { ?m <http://example.org/heldIn> ?place }");
//   sanad::QueryOptions options;
//   options.parameters["place"] = sanad::Term::Iri("http://example.org/Riyadh");
//   auto cursor = query->Execute(store->NewSnapshot(), options);
//   while ((*cursor)->Next()) Use((*cursor)->value(0));
//   if (!(*cursor)->status().ok()) …

#ifndef SANAD_QUERY_H_
#define SANAD_QUERY_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <absl/time/time.h>
#include <sanad/export.h>
#include <sanad/store.h>
#include <sanad/term.h>

namespace sanad {

enum class QueryForm { kSelect, kAsk, kConstruct, kDescribe };

enum class DefaultGraph {
  kUnion,   // The union, as a set, of all graphs that hold statements.
  kStrict,  // Only the unnamed graph.
};

// Cancels the queries it was given to, from any thread. Copies share a state.
// Thread-safe.
class SANAD_EXPORT CancelToken {
 public:
  CancelToken() : cancelled_(std::make_shared<std::atomic<bool>>(false)) {}
  void Cancel() const { cancelled_->store(true, std::memory_order_relaxed); }
  bool cancelled() const { return cancelled_->load(std::memory_order_relaxed); }

 private:
  std::shared_ptr<std::atomic<bool>> cancelled_;
};

struct ParseOptions {
  std::string base_iri;
  std::vector<std::pair<std::string, std::string>> prefixes;  // Known besides the text's own.
  // The query of the same text and options, with its plan, where one is among those
  // that the process parsed last.
  bool reuse = true;
};

// Answers a SERVICE call: solutions as rows parallel to `variables`.
using ServiceClient = std::function<absl::StatusOr<std::vector<std::vector<Term>>>(
    const Term& endpoint, std::string_view query_text, const std::vector<std::string>& variables)>;

struct QueryOptions {
  DefaultGraph default_graph = DefaultGraph::kUnion;
  absl::Duration timeout = absl::InfiniteDuration();
  uint64_t memory_limit = uint64_t{1} << 30;  // Bytes of this query's operators.
  uint64_t row_limit = 0;  // Most rows returned; 0: no limit. Past it: ResourceExhausted.
  CancelToken cancel;
  // Helper threads for large scans, joins and sorts; they end with the cursor at
  // the latest. 0: none, everything runs in the calling thread. Rows and their
  // order do not depend on it. Not used by updates.
  int threads = 0;
  std::map<std::string, Term> parameters;  // Variables of the query bound before it runs.
  ServiceClient service;
  bool profile = false;  // Measure operators for Cursor::Profile.
  bool rewrite = true;   // Algebra rewrites; off only in tests.
};

enum class PlanFormat { kText, kJson };

// A stream of solutions (SELECT), of triples as ?subject ?predicate ?object
// (CONSTRUCT, DESCRIBE), or of one boolean (ASK).
// Single-threaded. Shares ownership of the snapshot; may outlive the Query.
class SANAD_EXPORT Cursor {
 public:
  virtual ~Cursor();
  virtual QueryForm form() const = 0;
  // Column names without "?", in order of projection.
  virtual const std::vector<std::string>& variables() const = 0;
  // Moves to the next row. False at the end or on an error: check status().
  virtual bool Next() = 0;
  // The value of a column in the current row, undefined when unbound. Valid
  // until the next call of Next().
  virtual const Term& value(size_t column) const = 0;
  // ASK: the answer, after Next() returned true once.
  virtual bool ask_result() const = 0;
  // DeadlineExceeded, ResourceExhausted, Cancelled, DataLoss or OK.
  virtual const absl::Status& status() const = 0;
  // The plan with observed rows, time and memory; complete at the end.
  virtual std::string Profile(PlanFormat format) const = 0;
};

namespace internal {
struct ParsedQuery;
struct ParsedUpdate;
}  // namespace internal

// A parsed query; executed any number of times, plans are cached.
// Thread-safe: Execute may run on several threads at once.
class SANAD_EXPORT Query {
 public:
  // Errors: InvalidArgument with line, column and a caret line.
  static absl::StatusOr<Query> Parse(std::string_view text, const ParseOptions& options = {});
  QueryForm form() const;
  // Runs on one state of a store. Errors: Unimplemented names the feature.
  absl::StatusOr<std::unique_ptr<Cursor>> Execute(const Snapshot& snapshot,
                                                  const QueryOptions& options = {}) const;
  // The plan with estimated rows, without running.
  absl::StatusOr<std::string> Explain(const Snapshot& snapshot, const QueryOptions& options = {},
                                      PlanFormat format = PlanFormat::kText) const;
  // The algebra as an s-expression, before or after rewriting.
  std::string AlgebraText(bool rewritten = false) const;
  // Prefixes declared in the text, for writers.
  const std::vector<std::pair<std::string, std::string>>& prefixes() const;

 private:
  explicit Query(std::shared_ptr<const internal::ParsedQuery> parsed);
  std::shared_ptr<const internal::ParsedQuery> parsed_;
};

// Fetches what LOAD names: calls `sink` with every quad of the document.
using GraphFetcher = std::function<absl::Status(
    std::string_view iri, const std::function<absl::Status(const Quad&)>& sink)>;

struct UpdateOptions : QueryOptions {
  GraphFetcher fetcher;  // Empty: LOAD is refused with PermissionDenied.
};

struct UpdateResult {
  uint64_t added = 0;  // Quads.
  uint64_t removed = 0;
  uint64_t matched = 0;  // Solutions of WHERE clauses.
  std::string hint;      // Where rows matched and nothing changed: why.
};

// A parsed SPARQL 1.1 Update request. One request is one transaction.
// Thread-safe.
class SANAD_EXPORT Update {
 public:
  static absl::StatusOr<Update> Parse(std::string_view text, const ParseOptions& options = {});
  absl::StatusOr<UpdateResult> Execute(Store& store, const UpdateOptions& options = {}) const;

 private:
  explicit Update(std::shared_ptr<const internal::ParsedUpdate> parsed);
  std::shared_ptr<const internal::ParsedUpdate> parsed_;
};

// What a prompt needs to know of a line being typed.
enum class InputState {
  kNotSparql,   // The first words cannot begin a query or update.
  kIncomplete,  // A query or update that goes on.
  kComplete,    // Parses, or holds an error that more text cannot mend.
};
SANAD_EXPORT InputState ClassifyInput(
    std::string_view text, const std::vector<std::pair<std::string, std::string>>& prefixes);
// True when `text` is an update request rather than a query (by its first
// keyword after the prologue).
SANAD_EXPORT bool IsUpdate(std::string_view text);

}  // namespace sanad

#endif  // SANAD_QUERY_H_
