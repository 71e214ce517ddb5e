// The entries of a timeline or live blog: paragraphs that a date or a clock time heads.

#ifndef SANAD_LOADER_DOCUMENT_ENTRIES_H_
#define SANAD_LOADER_DOCUMENT_ENTRIES_H_

#include "loader/document/annotated_text.h"
#include "loader/document/knowledge.h"

namespace sanad {

// Sets `body`, `opens_entry` and `entry_date` of every sentence.
void FindEntries(const Knowledge& knowledge, AnnotatedText& text);

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_ENTRIES_H_
