// The phases of extraction in order, over shared knowledge.

#ifndef SANAD_LOADER_DOCUMENT_EXTRACTOR_H_
#define SANAD_LOADER_DOCUMENT_EXTRACTOR_H_

#include <memory>
#include <string_view>

#include <absl/status/statusor.h>
#include <sanad/extract.h>
#include "loader/document/compiled_rules.h"

namespace sanad {

// Extracts one document. The same input gives the same result. Thread-safe:
// any number of calls may share one Knowledge.
absl::StatusOr<Extraction> ExtractWith(const Knowledge& knowledge, std::string_view bytes,
                                       DocumentFormat format, std::string_view document_iri,
                                       std::string_view document_date, bool trace);

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_EXTRACTOR_H_
