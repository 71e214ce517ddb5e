// Terms and prefixes as people read them.

#ifndef SANAD_SHELL_TERM_TEXT_H_
#define SANAD_SHELL_TERM_TEXT_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sanad/term.h>

namespace sanad::shell {

// Prefix without colon → IRI.
using Prefixes = std::vector<std::pair<std::string, std::string>>;

// Prefixes that the prompt knows in every store: rdf, rdfs, xsd, …, kg, sanad.
const Prefixes& WellKnownPrefixes();

// `more` added to `prefixes`; a prefix that is there keeps its IRI.
void AddPrefixes(Prefixes& prefixes, const Prefixes& more);

// Turtle notation: a prefixed name where a prefix fits and the rest needs no
// escapes, bare numbers and booleans, else N-Triples. Undefined: empty.
std::string TermText(const Term& term, const Prefixes& prefixes);

// The prefixed name of an IRI, or the bare IRI where no prefix fits.
std::string CompactIri(std::string_view iri, const Prefixes& prefixes);

}  // namespace sanad::shell

#endif  // SANAD_SHELL_TERM_TEXT_H_
