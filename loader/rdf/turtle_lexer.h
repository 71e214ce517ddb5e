// Tokens of Turtle and TriG (RDF 1.1 Turtle, section 6.5) over a text window.
//
// Each Read function starts at the cursor, behind white space, and moves past
// its token; false means an error is in status(). Tokens are copied out, since
// the next look ahead may move the window; buffers keep their capacity, so a
// long text costs no allocation a term.

#ifndef SANAD_LOADER_RDF_TURTLE_LEXER_H_
#define SANAD_LOADER_RDF_TURTLE_LEXER_H_

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include <absl/container/flat_hash_map.h>
#include <absl/status/status.h>
#include "loader/rdf/blank_nodes.h"
#include "loader/rdf/quad_reader.h"
#include "loader/rdf/text_window.h"
#include "storage/model/iri_resolver.h"
#include "storage/model/term_view.h"
#include "storage/model/text.h"

namespace sanad {

// A term that owns its text and reuses it.
struct TermBuffer {
  TermType type = TermType::kUndefined;
  bool has_language = false;
  std::string value, suffix;

  void SetIri(std::string_view iri) {
    type = TermType::kIri;
    has_language = false;
    value = iri;
    suffix.clear();
  }
  void SetLiteral(std::string_view datatype) {
    type = TermType::kLiteral;
    has_language = false;
    suffix = datatype;
  }
  TermView view() const { return {type, has_language, value, suffix}; }
};

// Single-threaded.
class TurtleLexer {
 public:
  TurtleLexer(ByteSource& source, const QuadReaderOptions& options);

  const absl::Status& status() const { return status_; }
  // OK, or what made the text end early.
  const absl::Status& window_status() const { return window_.status(); }

  // Skips white space and comments, then the byte at the cursor; NUL at the end.
  char Peek();
  bool at_end() { return Peek() == '\0' && window_.cursor() == window_.end(); }
  // Behind white space: skips `c` if it comes next.
  bool TrySkip(char c);
  bool Expect(char c, std::string_view what);

  // <iri>, resolved, or a prefixed name.
  bool ReadIri(TermBuffer& term);
  // `_:label`.
  bool ReadLabel(TermBuffer& term);
  // A string with its tag or datatype.
  bool ReadString(TermBuffer& term);
  bool ReadNumber(TermBuffer& term);
  // A name at the cursor: "a", "true", "GRAPH" or a prefixed name. Sets `term` to
  // the IRI of a prefixed name, or undefined with the bare word as value.
  bool ReadNameOrWord(TermBuffer& term);
  // "@prefix" and "@base" (without '@' in `word`).
  bool ReadAtWord(std::string& word);
  // The rest of a prefix or base declaration, behind its keyword.
  bool ReadPrefixDeclaration();
  bool ReadBaseDeclaration();

  void MakeBlankNode(TermBuffer& term);

  // Records an error at the cursor and returns false.
  bool Fail(std::string_view what);
  // The same: "expected WHAT, found ...".
  bool FailExpected(std::string_view what);
  void SetStatus(absl::Status status) { status_ = std::move(status); }

 private:
  template <typename Scan>
  const char* Token(Scan scan);
  bool FailAt(const char* p, std::string_view what);
  bool ReadIriRef(std::string& iri);
  bool ReadQuoted(std::string& value);
  bool ExpandName(std::string_view name, std::string& iri);
  bool AppendLocalName(std::string_view local, std::string& iri);
  bool HaveBytes(size_t count);

  TextWindow window_;
  const QuadReaderOptions& options_;
  IriResolver resolver_;
  BlankNodeLabels labels_;
  absl::flat_hash_map<std::string, std::string, TransparentStringHash, TransparentStringEq>
      prefixes_;
  const std::pair<const std::string, std::string>* last_prefix_ = nullptr;  // In prefixes_.
  std::string scratch_;
  absl::Status status_;
};

}  // namespace sanad

#endif  // SANAD_LOADER_RDF_TURTLE_LEXER_H_
