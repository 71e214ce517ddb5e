// See quad_check.h.

#include "storage/quad_check.h"

namespace sanad {

absl::Status CheckStorable(const QuadView& quad) {
  const auto is_name = [](const TermView& term) {
    return term.type == TermType::kIri || term.type == TermType::kBlankNode;
  };
  if (!is_name(quad.subject)) {
    return absl::InvalidArgumentError("a quad's subject must be an IRI or a blank node");
  }
  if (quad.predicate.type != TermType::kIri) {
    return absl::InvalidArgumentError("a quad's predicate must be an IRI");
  }
  if (quad.object.type == TermType::kUndefined) {
    return absl::InvalidArgumentError("a quad's object must be a term");
  }
  if (quad.object.suffix.find('\0') != std::string_view::npos) {
    return absl::InvalidArgumentError("a language tag or datatype IRI holds a NUL character");
  }
  if (quad.graph.type != TermType::kUndefined && !is_name(quad.graph)) {
    return absl::InvalidArgumentError("a quad's graph must be an IRI, a blank node or undefined");
  }
  return absl::OkStatus();
}

absl::Status CheckStorable(const Quad& quad) {
  return CheckStorable(
      {ViewOf(quad.subject), ViewOf(quad.predicate), ViewOf(quad.object), ViewOf(quad.graph)});
}

}  // namespace sanad
