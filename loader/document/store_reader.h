// Reads triples of a store's state as terms; for the few patterns that documents
// need.

#ifndef SANAD_LOADER_DOCUMENT_STORE_READER_H_
#define SANAD_LOADER_DOCUMENT_STORE_READER_H_

#include <string_view>
#include <vector>

#include <absl/status/statusor.h>
#include <sanad/term.h>
#include "storage/quad_source.h"

namespace sanad {

// The quads that match (undefined: any). With `graph` given only that graph,
// else every named graph. Memory holds the result.
absl::StatusOr<std::vector<Quad>> ReadQuads(const QuadSource& source, const Term& subject,
                                            const Term& predicate, const Term& object,
                                            const Term& graph);

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_STORE_READER_H_
