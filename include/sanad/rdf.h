// Readers and writers of the RDF 1.1 syntaxes.

#ifndef SANAD_RDF_H_
#define SANAD_RDF_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <sanad/export.h>
#include <sanad/results.h>
#include <sanad/term.h>

namespace sanad {

enum class RdfSyntax { kTurtle, kTriG, kNTriples, kNQuads, kRdfXml };

// By file name ending, ".gz" and ".zst" looked through; nullopt for others.
SANAD_EXPORT std::optional<RdfSyntax> RdfSyntaxOf(std::string_view file_name);
// By the names of the command line: turtle, trig, ntriples, nquads, rdfxml.
SANAD_EXPORT std::optional<RdfSyntax> RdfSyntaxByName(std::string_view name);

using QuadSink = std::function<absl::Status(const Quad&)>;

struct RdfReadOptions {
  // Absolute. Empty: the file's own IRI; for a text none, and relative IRIs are
  // errors.
  std::string base_iri;
  // Receives the prefixes that the text declares.
  std::function<void(std::string_view prefix, std::string_view iri)> on_prefix;
};

// Reads a whole text, strictly, calling `sink` with each quad in order. Blank
// node labels are scoped to the text. Errors: InvalidArgument with line and
// column, or the sink's.
SANAD_EXPORT absl::Status ReadRdf(std::string_view text, RdfSyntax syntax,
                                  const RdfReadOptions& options, const QuadSink& sink);
// The same from a file, gzip and zstd decompressed by their first bytes, in
// bounded memory. Errors also: NotFound, FailedPrecondition (a directory).
SANAD_EXPORT absl::Status ReadRdfFile(const std::string& path, RdfSyntax syntax,
                                      const RdfReadOptions& options, const QuadSink& sink);

// Writes quads as they come; Turtle and TriG group equal neighbouring subjects
// and use `prefixes`. Quads in a named graph are InvalidArgument in Turtle and
// N-Triples. RDF/XML: Unimplemented.
// Single-threaded.
class SANAD_EXPORT RdfWriter {
 public:
  static absl::StatusOr<std::unique_ptr<RdfWriter>> Create(
      RdfSyntax syntax, ByteSink sink,
      const std::vector<std::pair<std::string, std::string>>& prefixes = {});
  virtual ~RdfWriter();
  virtual absl::Status Write(const Quad& quad) = 0;
  // Ends the text; must be called once, last.
  virtual absl::Status Finish() = 0;
};

}  // namespace sanad

#endif  // SANAD_RDF_H_
