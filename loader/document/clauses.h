// Clauses and what is said of them: negated, planned, hoped.
//
// A clause runs between barriers: sentence ends, semicolons, and the words of
// the set %barrier (while, but, بينما …). All questions look at a few atoms
// around a trigger inside its clause; the words asked for are data.

#ifndef SANAD_LOADER_DOCUMENT_CLAUSES_H_
#define SANAD_LOADER_DOCUMENT_CLAUSES_H_

#include "loader/document/annotated_text.h"
#include "loader/document/knowledge.h"

namespace sanad {

bool IsBarrier(const Knowledge& knowledge, const AnnotatedText& text, uint32_t atom);
// The clause's first atom, and one past its last.
uint32_t ClauseBegin(const Knowledge& knowledge, const AnnotatedText& text, uint32_t atom);
// Whether an atom lies in an Arabic aside between commas: "…، وهما غير اللذين بدآ
// المسار، …".
bool InAside(const Knowledge& knowledge, const AnnotatedText& text, uint32_t atom);
uint32_t ClauseEnd(const Knowledge& knowledge, const AnnotatedText& text, uint32_t atom);

// Whether a sentence asks and so states nothing.
bool IsQuestion(const AnnotatedText& text, uint32_t sentence);
// The first atom behind the speaker's letter or one word set off: "A: It was …",
// "Originally, it …".
uint32_t SpeechBegin(const AnnotatedText& text, uint32_t sentence);

// Whether the clause denies what the atoms [first, end) say: a negator stands
// before them within reach.
bool IsNegated(const Knowledge& knowledge, const AnnotatedText& text, uint32_t first, uint32_t end);
// Whether nobody answers for what the sentence says up to an atom, its last one end - 1:
// "reports say …", "reportedly".
bool IsHearsay(const Knowledge& knowledge, const AnnotatedText& text, uint32_t end);
// Planned, hoped, cancelled, postponed, or asserted.
StatementStatus StatusAt(const Knowledge& knowledge, const AnnotatedText& text, uint32_t first,
                         uint32_t end);
// Whether a word of a plan begins at `atom`; one of what may be agreed on ("على عقد")
// is none but behind a word of agreeing in its clause.
bool IsPlanWord(const Knowledge& knowledge, const AnnotatedText& text, uint32_t atom);
// Whether a marker of the future stands before `atom` in its clause.
bool IsFuture(const Knowledge& knowledge, const AnnotatedText& text, uint32_t atom);

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_CLAUSES_H_
