// Ids that every store gives alike.

#ifndef SANAD_STORAGE_WELL_KNOWN_H_
#define SANAD_STORAGE_WELL_KNOWN_H_

#include <cstdint>

#include "storage/encoding/term_id.h"
#include "storage/quad_source.h"

namespace sanad {

// The terms every store holds first, so that their ids are known.
inline constexpr TermId kRdfTypeId{TermKind::kIri, 0};
inline constexpr TermId kDocumentGraphId{TermKind::kIri, 1};
inline constexpr TermId kProvenanceGraphId{TermKind::kIri, 2};
inline constexpr TermId kLexiconGraphId{TermKind::kIri, 3};
inline constexpr uint64_t kWellKnownTerms = 4;

// True for a quad by which a graph puts itself outside the union.
inline bool IsExclusion(const IdQuad& quad) {
  return quad.predicate == kRdfTypeId && quad.subject == quad.graph &&
         quad.object >= kDocumentGraphId && quad.object <= kLexiconGraphId;
}

}  // namespace sanad

#endif  // SANAD_STORAGE_WELL_KNOWN_H_
