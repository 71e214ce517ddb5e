// Loading RDF texts and files into a store: one transaction or one bulk load for
// all of them, so that a broken one loads nothing.

#ifndef SANAD_LOADER_RDF_LOAD_H_
#define SANAD_LOADER_RDF_LOAD_H_

#include <memory>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <sanad/loader.h>
#include <sanad/rdf.h>
#include "loader/rdf/byte_source.h"

namespace sanad {

struct RdfInput {
  std::string name;  // For messages; empty for a text in memory.
  std::unique_ptr<ByteSource> source;
  RdfSyntax syntax;
  std::string base_iri;
};

// Opens a file for loading; the base is options.base_iri or the file's IRI.
absl::StatusOr<RdfInput> OpenRdfInput(const std::string& path, RdfSyntax syntax,
                                      const LoadOptions& options);

// Adds the quads of all inputs (see LoadOptions for graph, replace_graph, progress
// and cancel) and the counts to `report`. Prefixes that the texts declare are
// remembered by the store where they are new. Errors: InvalidArgument with the
// input's name, line and column; Cancelled; the store's. After an error the store
// is as it was.
absl::Status LoadRdfInputs(Store& store, std::vector<RdfInput> inputs, const LoadOptions& options,
                           LoadReport& report);

}  // namespace sanad

#endif  // SANAD_LOADER_RDF_LOAD_H_
