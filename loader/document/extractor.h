// The phases of extraction in order, over shared knowledge.

#ifndef SANAD_LOADER_DOCUMENT_EXTRACTOR_H_
#define SANAD_LOADER_DOCUMENT_EXTRACTOR_H_

#include <memory>
#include <string_view>

#include <absl/status/statusor.h>
#include <sanad/extract.h>
#include "loader/document/annotated_text.h"
#include "loader/document/knowledge.h"
#include "storage/model/flat_quads.h"

namespace sanad {

// A document with everything the phases found in it: what statements and quads are
// made of. The same input gives the same result. Thread-safe: any number of calls
// may share one Knowledge.
absl::StatusOr<AnnotatedText> Annotate(const Knowledge& knowledge, std::string_view bytes,
                                       DocumentFormat format, std::string_view document_iri,
                                       std::string_view document_date, bool trace);

// What is asked for beside statements.
struct ExtractParts {
  bool quads = true;
  bool trace = false;
};

// Annotates one document and writes what was asked for.
absl::StatusOr<Extraction> ExtractWith(const Knowledge& knowledge, std::string_view bytes,
                                       DocumentFormat format, std::string_view document_iri,
                                       std::string_view document_date,
                                       const ExtractParts& parts = {});

// What loading takes: no copy a quad of its terms' text.
struct ExtractedDocument {
  Extraction extraction;  // Without quads.
  FlatQuads quads;        // Sorted, each once.
};
absl::StatusOr<ExtractedDocument> ExtractForStore(const Knowledge& knowledge,
                                                  std::string_view bytes, DocumentFormat format,
                                                  std::string_view document_iri,
                                                  std::string_view document_date);

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_EXTRACTOR_H_
