// First phases: sentences, atoms, word sets and lexicon mentions.

#ifndef SANAD_LOADER_DOCUMENT_ATOMS_H_
#define SANAD_LOADER_DOCUMENT_ATOMS_H_

#include "loader/document/annotated_text.h"
#include "loader/document/knowledge.h"

namespace sanad {

// Splits `text.text` into sentences and atoms, finds word sets, and adds the
// mentions of what the lexicon names (countries, places, organisations,
// nationalities). Linear in the text.
void AnnotateAtoms(const Knowledge& knowledge, AnnotatedText& text);

// Adds mentions of numbers, ordinals, dates and durations, and the dateline.
void AnnotateValues(const Knowledge& knowledge, AnnotatedText& text);

// The entity of a thing the lexicon names, created on first use.
EntityId LexiconEntity(const Knowledge& knowledge, AnnotatedText& text, const Term& iri);

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_ATOMS_H_
