// Equality of datasets and result tables up to one renaming of blank nodes.

#ifndef SANAD_TESTS_W3C_ISOMORPHISM_H_
#define SANAD_TESTS_W3C_ISOMORPHISM_H_

#include <vector>

#include <sanad/term.h>

namespace sanad::w3c {

// Rows of equal width; a bag. Undefined terms match undefined ones.
using TermRows = std::vector<std::vector<Term>>;

// Whether a bijection of blank nodes makes the two bags of rows equal.
bool EqualUpToBlankNodes(const TermRows& a, const TermRows& b);

// The distinct quads as rows.
TermRows RowsOfQuads(const std::vector<Quad>& quads);

}  // namespace sanad::w3c

#endif  // SANAD_TESTS_W3C_ISOMORPHISM_H_
