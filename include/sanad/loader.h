// Loading documents and RDF into a store, and taking documents out again.
//
//   sanad::Loader loader(*store);
//   auto report = loader.LoadFile("article.txt");

#ifndef SANAD_LOADER_H_
#define SANAD_LOADER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <sanad/export.h>
#include <sanad/query.h>
#include <sanad/rdf.h>
#include <sanad/store.h>

namespace sanad {

enum class DocumentFormat { kPlainText, kMarkdown, kHtml };

struct LoadProgress {
  std::string_view stage;  // "read", "extract", "sort", "index", "commit".
  uint64_t bytes_done = 0;
  uint64_t bytes_total = 0;  // 0: unknown.
  uint64_t items_done = 0;   // Quads or documents.
};

struct LoadOptions {
  // RDF: base of relative IRIs (default: the file's IRI) and the graph that
  // triples of the default graph go to (undefined: the default graph).
  std::string base_iri;
  Term graph;
  // Replace the content of `graph` in the same transaction.
  bool replace_graph = false;
  // Documents. Default IRI: the file's absolute file: IRI.
  std::string document_iri;
  std::string document_date;  // YYYY-MM-DD, or empty: from the text, else unknown.
  std::vector<std::string> lexicon_files;
  std::vector<std::string> rule_files;
  std::function<void(const LoadProgress&)> progress;
  CancelToken cancel;
};

struct LoadReport {
  uint64_t quads_added = 0;  // Of the inputs; lexicons are counted by themselves.
  uint64_t quads_removed = 0;
  uint64_t lexicon_quads_added = 0;  // Lexicons and vocabulary, which come with the first document.
  uint64_t quads_unchanged = 0;      // Read, and there already.
  uint64_t documents_added = 0;
  uint64_t documents_replaced = 0;
  uint64_t documents_unchanged = 0;
  uint64_t documents_failed = 0;  // Rejected, each with a warning; the others went on.
  uint64_t sentences = 0;
  uint64_t meetings = 0;
  uint64_t people = 0;
  uint64_t topics = 0;
  std::vector<std::string> warnings;
  std::vector<std::string> example_questions;  // That the store can now answer.
};

struct DocumentInfo {
  Term iri;
  std::string date;      // XSD form, or empty.
  std::string language;  // "ar", "en".
  uint64_t sentences = 0;
  uint64_t statements = 0;
};

// Loads into one store. RDF is loaded whole or not at all; many documents are loaded in
// batches, each document whole or absent.
// Single-threaded. The store must outlive it.
class SANAD_EXPORT Loader {
 public:
  explicit Loader(Store& store);
  ~Loader();
  // Kind by file name ending (RDF, gz and zst included; .txt .md .html).
  // Errors: NotFound, FailedPrecondition (a directory), InvalidArgument (syntax
  // with line and column; not UTF-8, with the byte; unknown ending).
  absl::StatusOr<LoadReport> LoadFile(const std::string& path, const LoadOptions& options = {});
  // A text in memory.
  absl::StatusOr<LoadReport> LoadRdf(std::string_view text, RdfSyntax syntax,
                                     const LoadOptions& options = {});
  absl::StatusOr<LoadReport> LoadDocument(std::string_view text, DocumentFormat format,
                                          const LoadOptions& options = {});
  // Many files: RDF in one commit, documents in batches, the first of 128 documents and
  // later ones of some 500,000 quads. A broken document is a warning and the others go
  // on, a broken RDF file fails the call. Cancelled: the batches of documents before stay.
  absl::StatusOr<LoadReport> LoadFiles(const std::vector<std::string>& paths,
                                       const LoadOptions& options = {});
  // Removes a document with every statement only it made. NotFound.
  absl::Status Forget(const Term& document_iri);
  absl::StatusOr<std::vector<DocumentInfo>> Documents() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Writes every quad of a snapshot (dump), graphs in order.
SANAD_EXPORT absl::Status Dump(const Snapshot& snapshot, RdfWriter& writer);

}  // namespace sanad

#endif  // SANAD_LOADER_H_
