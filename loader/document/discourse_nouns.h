// What a hit of a lexicon noun tells.

#ifndef SANAD_LOADER_DOCUMENT_DISCOURSE_NOUNS_H_
#define SANAD_LOADER_DOCUMENT_DISCOURSE_NOUNS_H_

#include <string>

#include "loader/document/annotated_text.h"
#include "loader/document/knowledge.h"

namespace sanad {

// The local name of the class a noun of the lexicon denotes; empty if none.
std::string ClassOf(const Knowledge& knowledge, const SetHit& hit);
// Whether the hit is of a noun or of a label, not of a verb or a bare word set.
bool IsNoun(const SetHit& hit);

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_DISCOURSE_NOUNS_H_
