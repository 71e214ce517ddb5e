// The readers behind <sanad/rdf.h>, yielding quads as views: what the bulk loader
// and the conformance runner use directly.

#ifndef SANAD_LOADER_RDF_QUAD_READER_H_
#define SANAD_LOADER_RDF_QUAD_READER_H_

#include <functional>
#include <string>
#include <string_view>

#include <absl/functional/function_ref.h>
#include <absl/status/status.h>
#include <sanad/rdf.h>
#include "loader/rdf/byte_source.h"
#include "loader/rdf/text_window.h"
#include "storage/model/flat_quads.h"
#include "storage/model/term_view.h"

namespace sanad {

// The views are valid during the call only. An error ends the reading and is
// returned by it.
using QuadViewSink = absl::FunctionRef<absl::Status(const QuadView&)>;

struct QuadReaderOptions {
  // Absolute, or empty: then relative IRIs are errors.
  std::string base_iri;
  // Put before every blank node label, so that labels of two texts differ; of
  // label characters. Empty: labels are kept as they are, as far as those made
  // for unlabelled nodes allow.
  std::string blank_node_scope;
  std::function<void(std::string_view prefix, std::string_view iri)> on_prefix;
};

// Reads the whole source. Errors: InvalidArgument with line and column; the
// source's; the sink's.
absl::Status ReadQuads(ByteSource& source, RdfSyntax syntax, const QuadReaderOptions& options,
                       QuadViewSink sink);

// The readers by family; ReadQuads chooses.
absl::Status ReadLineSyntax(ByteSource& source, bool with_graphs, const QuadReaderOptions& options,
                            QuadViewSink sink, TextPlace start = {});
absl::Status ReadTurtleSyntax(ByteSource& source, bool with_graphs,
                              const QuadReaderOptions& options, QuadViewSink sink);
absl::Status ReadRdfXmlSyntax(ByteSource& source, const QuadReaderOptions& options,
                              QuadViewSink sink);

// Takes quads; may move them out.
using FlatQuadSink = absl::FunctionRef<absl::Status(FlatQuads& quads)>;

struct LineReading {
  bool with_graphs = false;  // N-Quads.
  const QuadReaderOptions& options;
  // The graph of statements that name none.
  TermView default_graph;
  int threads = 1;  // That scan, besides the caller's.
};

// N-Triples or N-Quads on several threads: the same quads in the same order, and
// the same errors, as ReadLineSyntax. `sink` is called on the caller's thread.
absl::Status ReadLinesInParallel(ByteSource& source, const LineReading& reading, FlatQuadSink sink);

}  // namespace sanad

#endif  // SANAD_LOADER_RDF_QUAD_READER_H_
