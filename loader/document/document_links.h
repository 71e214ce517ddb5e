// Links between the events and persons of different documents.

#ifndef SANAD_LOADER_DOCUMENT_DOCUMENT_LINKS_H_
#define SANAD_LOADER_DOCUMENT_DOCUMENT_LINKS_H_

#include <vector>

#include <absl/status/statusor.h>
#include <sanad/term.h>
#include "storage/quad_source.h"

namespace sanad {

// The quads of the links graph for a state, from its documents alone, so that
// any order of loads and forgets that leaves the same documents gives the same
// links:
//   sanad:sameEvent  two meetings of two documents whose place, full date (year
//                    included) and participants agree, and whose other places,
//                    dates and round numbers do not contradict
//   sanad:maybeSame  two persons of different names with one consonant skeleton
//                    (the same name in two scripts); never merged
// Each link has a node with its reason.
absl::StatusOr<std::vector<Quad>> ComputeLinks(const QuadSource& source);

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_DOCUMENT_LINKS_H_
