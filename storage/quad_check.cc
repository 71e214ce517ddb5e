// See quad_check.h.

#include "storage/quad_check.h"

#include "storage/encoding/term_text.h"

namespace sanad {

absl::Status CheckStorable(const Quad& quad) {
  if (!quad.subject.is_iri() && !quad.subject.is_blank_node()) {
    return absl::InvalidArgumentError("a quad's subject must be an IRI or a blank node");
  }
  if (!quad.predicate.is_iri()) {
    return absl::InvalidArgumentError("a quad's predicate must be an IRI");
  }
  if (quad.object.is_undefined()) {
    return absl::InvalidArgumentError("a quad's object must be a term");
  }
  if (!TermIsStorable(quad.object)) {
    return absl::InvalidArgumentError("a language tag or datatype IRI holds a NUL character");
  }
  if (quad.graph.is_literal()) {
    return absl::InvalidArgumentError("a quad's graph must be an IRI, a blank node or undefined");
  }
  return absl::OkStatus();
}

}  // namespace sanad
