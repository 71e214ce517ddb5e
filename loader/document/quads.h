// From an annotated document to quads with their provenance (docs/data_model.md).

#ifndef SANAD_LOADER_DOCUMENT_QUADS_H_
#define SANAD_LOADER_DOCUMENT_QUADS_H_

#include <string_view>

#include "loader/document/annotated_text.h"
#include "loader/document/knowledge.h"
#include "storage/model/flat_quads.h"

namespace sanad {

// The quads of `text`, sorted, each once.
FlatQuads WriteQuads(const Knowledge& knowledge, const AnnotatedText& text,
                     std::string_view format);

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_QUADS_H_
