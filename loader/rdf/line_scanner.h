// Statements of N-Triples and N-Quads in a text held in memory: each line is
// scanned once, and terms without escapes are views into the text.

#ifndef SANAD_LOADER_RDF_LINE_SCANNER_H_
#define SANAD_LOADER_RDF_LINE_SCANNER_H_

#include <string>
#include <string_view>

#include "loader/rdf/blank_nodes.h"
#include "loader/rdf/quad_reader.h"
#include "loader/rdf/scan.h"
#include "storage/model/lexical.h"

namespace sanad {

// Single-threaded. Scans statements in [p, end), which ends at a line's end or the text's; *end is
// readable and no part of a term.
class LineScanner {
 public:
  LineScanner(bool with_graphs, const QuadReaderOptions& options)
      : with_graphs_(with_graphs), labels_(options.blank_node_scope) {}

  void SetRange(const char* p, const char* end) {
    p_ = p;
    end_ = end;
    error_ = nullptr;
  }
  const char* position() const { return p_; }
  const char* error() const { return error_; }

  // Reads up to the next statement. False at the end of the range or on an
  // error (then error() says what at position()).
  bool Next(QuadView& quad) {
    for (;;) {
      SkipBlanks();
      if (p_ == end_) return false;
      if (*p_ == '\n' || *p_ == '\r') {
        ++p_;
      } else if (*p_ == '#') {
        SkipComment();
      } else {
        return Statement(quad);
      }
    }
  }

 private:
  static constexpr int kSubject = 0, kObject = 2, kGraph = 3;

  static bool StartsLabel(char32_t c) { return IsPnCharsU(c) || (c >= '0' && c <= '9'); }
  static bool ContinuesLabel(char32_t c) { return IsPnChars(c) || c == '.'; }

  bool Fail(const char* at, const char* what) {
    p_ = at;
    error_ = what;
    return false;
  }

  void SkipBlanks() {
    while (p_ != end_ && (*p_ == ' ' || *p_ == '\t')) ++p_;
  }
  void SkipComment() {
    while (p_ != end_ && *p_ != '\n' && *p_ != '\r') ++p_;
  }

  bool Statement(QuadView& quad) {
    if (!IriOrBlankNode(quad.subject, kSubject, "expected a subject: <iri> or _:label"))
      return false;
    SkipBlanks();
    if (*p_ != '<') return Fail(p_, "expected a predicate: <iri>");
    if (!Iri(quad.predicate.value, scratch_[1])) return false;
    quad.predicate.type = TermType::kIri;
    SkipBlanks();
    if (p_ != end_ && *p_ == '"') {
      if (!Literal(quad.object)) return false;
    } else if (!IriOrBlankNode(quad.object, kObject,
                               "expected an object: <iri>, _:label or \"text\"")) {
      return false;
    }
    SkipBlanks();
    quad.graph = TermView();
    if (with_graphs_ && p_ != end_ && *p_ != '.') {
      if (!IriOrBlankNode(quad.graph, kGraph, "expected a graph (<iri> or _:label) or '.'")) {
        return false;
      }
      SkipBlanks();
    }
    if (p_ == end_ || *p_ != '.') return Fail(p_, "expected '.'");
    ++p_;
    SkipBlanks();
    if (p_ != end_ && *p_ == '#') SkipComment();
    if (p_ != end_ && *p_ != '\n' && *p_ != '\r') return Fail(p_, "expected the end of the line");
    return true;
  }

  bool IriOrBlankNode(TermView& term, int position, const char* expected) {
    if (p_ != end_ && *p_ == '<') {
      term = TermView::Iri({});
      return Iri(term.value, scratch_[position]);
    }
    if (p_ == end_ || *p_ != '_') return Fail(p_, expected);
    return BlankNode(term, scratch_[position]);
  }

  bool Iri(std::string_view& iri, std::string& scratch) {
    const char* const begin = ++p_;
    const char* stop = SkipIriBytes(begin);
    if (*stop == '>' && stop < end_) {
      iri = {begin, static_cast<size_t>(stop - begin)};
    } else {
      while (stop < end_ && *stop == '\\') stop = SkipIriBytes(stop + 1);
      if (stop >= end_) return Fail(begin - 1, "expected '>' at the end of this IRI");
      if (*stop != '>') return Fail(stop, "a character that no IRI may hold");
      scratch.clear();
      const size_t bad =
          AppendUnescaped(scratch, {begin, static_cast<size_t>(stop - begin)}, false);
      if (bad != std::string_view::npos) return Fail(begin + bad, "bad escape");
      for (const char c : scratch) {
        if (!IsIriByteFast(c)) return Fail(begin, "an escape for a character that no IRI may hold");
      }
      iri = scratch;
    }
    if (SkipScheme(iri.data(), iri.data() + iri.size()) == nullptr) {
      return Fail(begin, "expected an absolute IRI");
    }
    p_ = stop + 1;
    return true;
  }

  bool BlankNode(TermView& term, std::string& scratch) {
    if (p_ + 1 >= end_ || p_[1] != ':') return Fail(p_, "expected ':' after '_'");
    const std::string_view text(p_ + 2, static_cast<size_t>(end_ - p_ - 2));
    size_t length = 0;
    if (text.empty() || !StartsLabel(NextCodePoint(text, length))) {
      return Fail(p_ + 2, "expected a blank node label");
    }
    while (length < text.size()) {
      size_t next = length;
      if (!ContinuesLabel(NextCodePoint(text, next))) break;
      length = next;
    }
    while (text[length - 1] == '.') --length;
    term = TermView::BlankNode(labels_.Named(text.substr(0, length), scratch));
    p_ += 2 + length;
    return true;
  }

  bool Literal(TermView& term) {
    const char* const begin = ++p_;
    bool escaped = false;
    const char* stop = begin;
    for (;;) {
      stop = SkipStringBytes(stop, '"');
      if (stop >= end_ || *stop == '\n' || *stop == '\r') {
        return Fail(begin - 1, "expected '\"' at the end of this string");
      }
      if (*stop == '"') break;
      // A backslash and what it escapes, or a NUL of the text.
      escaped = escaped || *stop == '\\';
      stop += *stop == '\\' && stop + 1 < end_ ? 2 : 1;
    }
    term = {TermType::kLiteral, false, {begin, static_cast<size_t>(stop - begin)}, {}};
    if (escaped) {
      scratch_[2].clear();
      const size_t bad = AppendUnescaped(scratch_[2], term.value, true);
      if (bad != std::string_view::npos) return Fail(begin + bad, "bad escape");
      term.value = scratch_[2];
    }
    p_ = stop + 1;
    if (p_ == end_) return true;
    return *p_ == '@' ? Language(term) : *p_ == '^' ? Datatype(term) : true;
  }

  bool Language(TermView& term) {
    const char* const stop = SkipLanguageTag(p_ + 1);
    if (stop == nullptr) return Fail(p_, "bad language tag");
    term.has_language = true;
    term.suffix = {p_ + 1, static_cast<size_t>(stop - p_ - 1)};
    p_ = stop;
    return true;
  }

  bool Datatype(TermView& term) {
    const char* const begin = p_;
    if (p_ + 2 >= end_ || p_[1] != '^' || p_[2] != '<') return Fail(p_, "expected ^^<datatype>");
    p_ += 2;
    if (!Iri(term.suffix, scratch_[4])) return false;
    if (term.suffix == iri::kXsdString) term.suffix = {};
    if (term.suffix == iri::kRdfLangString) return Fail(begin, "rdf:langString without a language");
    return true;
  }

  const bool with_graphs_;
  BlankNodeLabels labels_;
  const char* p_ = nullptr;
  const char* end_ = nullptr;
  const char* error_ = nullptr;
  std::string scratch_[5];  // By position in the quad; the last for datatypes.
};

}  // namespace sanad

#endif  // SANAD_LOADER_RDF_LINE_SCANNER_H_
