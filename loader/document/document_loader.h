// Documents in a store: load, replace, forget, list.
//
// The functions read and write one open transaction, so that a call is whole or
// absent with it and many documents share one sync. Extraction itself never
// reads the store (extractor.h).
//
//   DocumentLoader loader(lexicon_files, rule_files);
//   SANAD_RETURN_IF_ERROR(loader.Prepare());  // Reads lexicons and rules.
//   SANAD_ASSIGN_OR_RETURN(auto tx, store.Begin());
//   SANAD_ASSIGN_OR_RETURN(
//       auto document, loader.Extract(text, DocumentFormat::kPlainText, "file:///a.txt", ""));
//   SANAD_RETURN_IF_ERROR(loader.Store(*tx, document, report));
//   SANAD_RETURN_IF_ERROR(UpdateLinks(*tx));            // once, behind the last document
//   SANAD_RETURN_IF_ERROR(loader.Finish(*tx, report));  // once, its lexicons and counts
//   SANAD_RETURN_IF_ERROR(tx->Commit());

#ifndef SANAD_LOADER_DOCUMENT_DOCUMENT_LOADER_H_
#define SANAD_LOADER_DOCUMENT_DOCUMENT_LOADER_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <sanad/extract.h>
#include <sanad/loader.h>
#include <sanad/store.h>
#include "loader/document/extractor.h"
#include "loader/document/knowledge.h"

namespace sanad {

// Loads documents into transactions of one store.
// Single-threaded. Keeps no reference to a transaction between calls.
class DocumentLoader {
 public:
  // `lexicon_files` and `rule_files` add to the built-in ones.
  explicit DocumentLoader(std::vector<std::string> lexicon_files = {},
                          std::vector<std::string> rule_files = {});
  ~DocumentLoader();

  // Reads lexicons and rules. InvalidArgument with file, line and column.
  absl::Status Prepare();

  // Extracts one document (in memory). Thread-safe, so that it may run on other threads
  // while one writes. InvalidArgument: not text, encoding. REQUIRES: Prepare().
  absl::StatusOr<ExtractedDocument> Extract(std::string_view text, DocumentFormat format,
                                            std::string_view document_iri,
                                            std::string_view document_date) const;
  // Puts the graphs of a document into `transaction`, replacing what an earlier load of
  // the same IRI put there. Adds to the counts and warnings of `report`.
  absl::Status Store(Transaction& transaction, const ExtractedDocument& document,
                     LoadReport& report);

  // Counts what a document holds in `report`. Store() does; for one that is stored by
  // other means.
  void Report(const ExtractedDocument& document, LoadReport& report);

  // What a transaction needs once, behind its documents and before Commit: where
  // `report` counts documents, the lexicon and vocabulary graphs that are not there yet.
  // Adds to the counts of quads in `report`.
  absl::Status Finish(Transaction& transaction, LoadReport& report);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Whether an earlier load brought a document of this IRI.
absl::StatusOr<bool> IsLoaded(const QuadSource& source, const Term& document_iri);

// Recomputes the links between documents (sanad:sameEvent, sanad:maybeSame) from what
// the transaction sees: once behind the last document of a load. Linear in the events
// and persons of the store.
absl::Status UpdateLinks(Transaction& transaction);

// Removes every graph of a document, with the last also the lexicons that came with
// documents, and recomputes the links. NotFound.
absl::Status ForgetDocument(Transaction& transaction, const Term& document_iri);

// The documents of a state, by IRI.
absl::StatusOr<std::vector<DocumentInfo>> ListDocuments(const QuadSource& source);

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_DOCUMENT_LOADER_H_
