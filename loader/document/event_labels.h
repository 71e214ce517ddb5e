// Labels of events in both languages, made by the label patterns.

#ifndef SANAD_LOADER_DOCUMENT_EVENT_LABELS_H_
#define SANAD_LOADER_DOCUMENT_EVENT_LABELS_H_

#include "loader/document/annotated_text.h"
#include "loader/document/knowledge.h"

namespace sanad {

// Names events by class, place, date, number and participants, as the text gives
// them no name of their own.
void LabelEvents(const Knowledge& knowledge, AnnotatedText& text);

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_EVENT_LABELS_H_
