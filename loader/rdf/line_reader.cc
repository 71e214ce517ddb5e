// N-Triples and N-Quads: one statement a line.
//
// The window is widened until it holds whole lines; each is scanned once, and
// terms without escapes are views into the window, so the usual statement costs
// no copy at all.

#include <string>

#include "loader/rdf/line_scanner.h"
#include "loader/rdf/quad_reader.h"
#include "loader/rdf/text_window.h"

namespace sanad {
namespace {

// The end of the last whole line in [begin, end), or null.
const char* LastLineEnd(const char* begin, const char* end) {
  for (const char* p = end; p != begin; --p) {
    if (p[-1] == '\n' || p[-1] == '\r') return p;
  }
  return nullptr;
}

}  // namespace

absl::Status ReadLineSyntax(ByteSource& source, bool with_graphs, const QuadReaderOptions& options,
                            QuadViewSink sink, TextPlace start) {
  TextWindow window(source, start);
  LineScanner scanner(with_graphs, options);
  for (;;) {
    const char* end = LastLineEnd(window.cursor(), window.end());
    bool last = false;
    if (end == nullptr) {
      if (window.More()) continue;
      end = window.end();
      last = true;
    }
    scanner.SetRange(window.cursor(), end);
    QuadView quad;
    while (scanner.Next(quad)) {
      if (absl::Status status = sink(quad); !status.ok()) return status;
    }
    if (scanner.error() != nullptr) {
      // A line cut by bad bytes reports those.
      if (last && !window.status().ok()) return window.status();
      return window.ErrorAt(scanner.position(), scanner.error());
    }
    if (last) return window.status();
    window.Advance(end);
  }
}

}  // namespace sanad
