// Closure rules over the statements of one document.

#ifndef SANAD_LOADER_DOCUMENT_CLOSURE_H_
#define SANAD_LOADER_DOCUMENT_CLOSURE_H_

#include "loader/document/annotated_text.h"
#include "loader/document/knowledge.h"

namespace sanad {

// Adds to `text.statements` what the closure rules conclude, to a fixed point,
// each with the indexes of its premises. A conclusion is no more certain than
// its premises: it is planned or hoped where one of them is; negated and
// attributed statements conclude nothing. Bounded: at most 4,096 conclusions a document.
void RunClosure(const Knowledge& knowledge, AnnotatedText& text);

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_CLOSURE_H_
