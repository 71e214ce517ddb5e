// Terms and quads as views, for the paths where a copy a term would cost most
// of the time: readers hand them out, bulk loading takes them in.

#ifndef SANAD_STORAGE_MODEL_TERM_VIEW_H_
#define SANAD_STORAGE_MODEL_TERM_VIEW_H_

#include <string_view>

#include <sanad/term.h>
#include "storage/model/vocabulary.h"

namespace sanad {

// What a Term holds, not owned. A literal of datatype xsd:string always has an
// empty suffix, so equal terms have equal members (but for a tag's case).
struct TermView {
  TermType type = TermType::kUndefined;
  bool has_language = false;
  std::string_view value;   // IRI, blank node label without "_:", lexical form.
  std::string_view suffix;  // Language tag if has_language, else datatype IRI.

  static TermView Iri(std::string_view iri) { return {TermType::kIri, false, iri, {}}; }
  static TermView BlankNode(std::string_view label) {
    return {TermType::kBlankNode, false, label, {}};
  }

  friend bool operator==(const TermView&, const TermView&) = default;

  Term ToTerm() const {
    switch (type) {
      case TermType::kIri:
        return Term::Iri(value);
      case TermType::kBlankNode:
        return Term::BlankNode(value);
      case TermType::kLiteral:
        if (has_language) return Term::LangString(value, suffix);
        return suffix.empty() ? Term::String(value) : Term::Literal(value, suffix);
      case TermType::kUndefined:
        break;
    }
    return Term();
  }
};

// Valid as long as `term` is unchanged.
inline TermView ViewOf(const Term& term) {
  TermView view{term.type(), !term.language().empty(), term.value(), {}};
  if (view.has_language) {
    view.suffix = term.language();
  } else if (term.datatype() != iri::kXsdString) {
    view.suffix = term.datatype();
  }
  return view;
}

struct QuadView {
  TermView subject, predicate, object, graph;

  Quad ToQuad() const {
    return {subject.ToTerm(), predicate.ToTerm(), object.ToTerm(), graph.ToTerm()};
  }
};

}  // namespace sanad

#endif  // SANAD_STORAGE_MODEL_TERM_VIEW_H_
