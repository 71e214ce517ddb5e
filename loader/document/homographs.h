#ifndef SANAD_LOADER_DOCUMENT_HOMOGRAPHS_H_
#define SANAD_LOADER_DOCUMENT_HOMOGRAPHS_H_

#include "loader/document/annotated_text.h"
#include "loader/document/knowledge.h"

namespace sanad {

// Leaves of every city and country that share a written form one mention.
// After AnnotateAtoms, before anything reads places.
void ResolveHomographs(const Knowledge& knowledge, AnnotatedText& text);

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_HOMOGRAPHS_H_
