// Statements that need the whole document: the status of events, the place of a
// dateline, and attributed statements that contradict each other.

#ifndef SANAD_LOADER_DOCUMENT_FINISH_H_
#define SANAD_LOADER_DOCUMENT_FINISH_H_

#include "loader/document/annotated_text.h"
#include "loader/document/discourse.h"
#include "loader/document/knowledge.h"

namespace sanad {

void FinishStatements(const Knowledge& knowledge, const Discourse& discourse, AnnotatedText& text);

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_FINISH_H_
