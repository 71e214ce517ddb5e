// What an annotated document says, as the statements of an Extraction.

#ifndef SANAD_LOADER_DOCUMENT_STATEMENTS_H_
#define SANAD_LOADER_DOCUMENT_STATEMENTS_H_

#include <string_view>
#include <vector>

#include <sanad/extract.h>
#include "loader/document/annotated_text.h"
#include "loader/document/knowledge.h"

namespace sanad {

// The IRI of a property, given by its local name; "type" is rdf:type.
Term PropertyTerm(std::string_view name);

// By entity: whether some statement names it. Others are noise of the phases.
std::vector<bool> UsedEntities(const AnnotatedText& text);

// Fills the statements of `extraction`: the classes of events, agreements and
// proposals, then what the rules stated, in their order.
void WriteStatements(const Knowledge& knowledge, const AnnotatedText& text, Extraction& extraction);

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_STATEMENTS_H_
