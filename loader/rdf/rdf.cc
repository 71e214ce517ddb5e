// <sanad/rdf.h>: syntax names and the public readers.

#include <sanad/rdf.h>

#include <array>
#include <memory>
#include <utility>

#include "loader/rdf/byte_source.h"
#include "loader/rdf/quad_reader.h"
#include "storage/model/iri_resolver.h"
#include "storage/model/lexical.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

struct SyntaxRow {
  RdfSyntax syntax;
  std::string_view name, ending;
};

constexpr std::array<SyntaxRow, 6> kSyntaxes = {{
    {RdfSyntax::kTurtle, "turtle", ".ttl"},
    {RdfSyntax::kTriG, "trig", ".trig"},
    {RdfSyntax::kNTriples, "ntriples", ".nt"},
    {RdfSyntax::kNQuads, "nquads", ".nq"},
    {RdfSyntax::kRdfXml, "rdfxml", ".rdf"},
    {RdfSyntax::kRdfXml, "rdfxml", ".owl"},
}};

}  // namespace

std::optional<RdfSyntax> RdfSyntaxOf(std::string_view file_name) {
  std::string name = AsciiLower(file_name);
  for (const std::string_view packed : {".gz", ".zst"}) {
    if (name.ends_with(packed)) {
      name.resize(name.size() - packed.size());
      break;
    }
  }
  for (const SyntaxRow& row : kSyntaxes) {
    if (name.ends_with(row.ending)) return row.syntax;
  }
  return std::nullopt;
}

std::optional<RdfSyntax> RdfSyntaxByName(std::string_view name) {
  for (const SyntaxRow& row : kSyntaxes) {
    if (row.name == name) return row.syntax;
  }
  return std::nullopt;
}

absl::Status ReadQuads(ByteSource& source, RdfSyntax syntax, const QuadReaderOptions& options,
                       QuadViewSink sink) {
  switch (syntax) {
    case RdfSyntax::kNTriples:
      return ReadLineSyntax(source, false, options, sink);
    case RdfSyntax::kNQuads:
      return ReadLineSyntax(source, true, options, sink);
    case RdfSyntax::kTurtle:
      return ReadTurtleSyntax(source, false, options, sink);
    case RdfSyntax::kTriG:
      return ReadTurtleSyntax(source, true, options, sink);
    case RdfSyntax::kRdfXml:
      return ReadRdfXmlSyntax(source, options, sink);
  }
  return absl::InvalidArgumentError("no such RDF syntax");
}

absl::Status ReadRdf(std::string_view text, RdfSyntax syntax, const RdfReadOptions& options,
                     const QuadSink& sink) {
  const std::unique_ptr<ByteSource> source = MemorySource(text);
  return ReadQuads(*source, syntax, {options.base_iri, {}, options.on_prefix},
                   [&](const QuadView& quad) { return sink(quad.ToQuad()); });
}

absl::Status ReadRdfFile(const std::string& path, RdfSyntax syntax, const RdfReadOptions& options,
                         const QuadSink& sink) {
  SANAD_ASSIGN_OR_RETURN(const std::unique_ptr<ByteSource> source, FileSource(path));
  // Only the reader's own errors get the file's name; the sink's are passed on.
  absl::Status sink_status;
  absl::Status status = ReadQuads(
      *source, syntax,
      {options.base_iri.empty() ? FileIri(path) : options.base_iri, {}, options.on_prefix},
      [&](const QuadView& quad) { return sink_status = sink(quad.ToQuad()); });
  if (!sink_status.ok() || status.ok() || !absl::IsInvalidArgument(status)) return status;
  return MakeStatus(status.code(), path, ": ", FromAbsl(status.message()));
}

}  // namespace sanad
