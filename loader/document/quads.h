// From an annotated document to statements and quads with their provenance
// (docs/data_model.md).

#ifndef SANAD_LOADER_DOCUMENT_QUADS_H_
#define SANAD_LOADER_DOCUMENT_QUADS_H_

#include <string_view>

#include <sanad/extract.h>
#include "loader/document/annotated_text.h"
#include "loader/document/compiled_rules.h"

namespace sanad {

// Names events by the label patterns where the text gives them no name.
void LabelEvents(const Knowledge& knowledge, AnnotatedText& text);

// Fills statements and quads of `extraction` from `text`.
void WriteExtraction(const Knowledge& knowledge, const AnnotatedText& text, std::string_view format,
                     Extraction& extraction);

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_QUADS_H_
