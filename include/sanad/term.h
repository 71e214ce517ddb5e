// RDF terms and quads as values.
//
// A Term is an IRI, a blank node or a literal (RDF 1.1 Concepts, section 3).
// Lexical forms are kept as given: "01"^^xsd:integer is not "1"^^xsd:integer.
//
//   sanad::Quad quad{sanad::Term::Iri("http://example.org/riyadh"),
//                    sanad::Term::Iri("http://www.w3.org/2000/01/rdf-schema#label"),
//                    sanad::Term::LangString("Riyadh", "en")};

#ifndef SANAD_TERM_H_
#define SANAD_TERM_H_

#include <cstdint>
#include <string>
#include <string_view>

#include <absl/status/statusor.h>
#include <sanad/export.h>

namespace sanad {

enum class TermType : uint8_t { kUndefined, kIri, kBlankNode, kLiteral };

// An RDF term, or undefined: as a solution's value unbound, as a quad's graph
// the default graph.
// Thread-compatible. A plain value.
class SANAD_EXPORT Term {
 public:
  Term() = default;

  // `iri` is absolute; it is not checked here (readers check).
  static Term Iri(std::string_view iri);
  // `label` without the leading "_:".
  static Term BlankNode(std::string_view label);
  // A literal of datatype xsd:string.
  static Term String(std::string_view value);
  // A literal of datatype rdf:langString. `language` keeps its case; equality
  // of terms ignores it (RDF 1.1 Concepts, section 3.3).
  static Term LangString(std::string_view value, std::string_view language);
  // A literal with any datatype; `lexical` is kept as given. For xsd:string
  // the same as String().
  static Term Literal(std::string_view lexical, std::string_view datatype_iri);
  static Term Integer(int64_t value);
  static Term Double(double value);
  static Term Boolean(bool value);

  // Reads one term in N-Triples syntax (`<iri>`, `_:b`, `"x"@en`,
  // `"1"^^<iri>`) or a Turtle number or boolean shorthand. Errors:
  // InvalidArgument with the column.
  static absl::StatusOr<Term> Parse(std::string_view text);

  TermType type() const { return type_; }
  bool is_undefined() const { return type_ == TermType::kUndefined; }
  bool is_iri() const { return type_ == TermType::kIri; }
  bool is_blank_node() const { return type_ == TermType::kBlankNode; }
  bool is_literal() const { return type_ == TermType::kLiteral; }

  // The IRI, the blank node's label or the literal's lexical form.
  const std::string& value() const { return value_; }
  // The datatype IRI of a literal, xsd:string and rdf:langString included;
  // empty for other terms.
  std::string_view datatype() const;
  // The language tag of a language-tagged string, else empty.
  std::string_view language() const;

  // N-Triples syntax, escapes included; "UNDEF" when undefined.
  std::string ToString() const;

  // Term equality of RDF 1.1 Concepts section 3 (exact lexical forms, language
  // tags by ASCII case-insensitive comparison).
  friend SANAD_EXPORT bool operator==(const Term& a, const Term& b);
  // An arbitrary total order consistent with ==, for ordered containers. It is
  // not the order of SPARQL's ORDER BY.
  friend SANAD_EXPORT bool operator<(const Term& a, const Term& b);

  template <typename H>
  friend H AbslHashValue(H h, const Term& t) {
    return H::combine(std::move(h), t.type_, t.value_, t.HashableSuffix());
  }

 private:
  std::string HashableSuffix() const;

  TermType type_ = TermType::kUndefined;
  bool has_language_ = false;
  std::string value_;
  std::string suffix_;  // Datatype IRI, or the language tag if has_language_.
                        // Empty for xsd:string.
};

struct Triple {
  Term subject, predicate, object;
  friend bool operator==(const Triple&, const Triple&) = default;
};

// A statement in a graph; an undefined graph is the default graph.
struct Quad {
  Term subject, predicate, object, graph;
  friend bool operator==(const Quad&, const Quad&) = default;
};

}  // namespace sanad

#endif  // SANAD_TERM_H_
