// From an annotated document to quads with their provenance (docs/data_model.md).

#ifndef SANAD_LOADER_DOCUMENT_QUADS_H_
#define SANAD_LOADER_DOCUMENT_QUADS_H_

#include <string_view>

#include <sanad/extract.h>
#include "loader/document/annotated_text.h"
#include "loader/document/knowledge.h"

namespace sanad {

// Fills the quads of `extraction` from `text`, sorted, each once.
void WriteQuads(const Knowledge& knowledge, const AnnotatedText& text, std::string_view format,
                Extraction& extraction);

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_QUADS_H_
