// Turtle and TriG (RDF 1.1 Turtle and TriG, sections 2 and 6).
//
// Property lists and collections nest without recursion: a stack of frames holds
// for each open bracket the subject and predicate that the next object belongs
// to. Triples leave in the order of the text, an outer one before those inside
// its brackets.

#include <string>
#include <utility>
#include <vector>

#include "loader/rdf/quad_reader.h"
#include "loader/rdf/turtle_lexer.h"
#include "storage/model/lexical.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

// Brackets within brackets. Far beyond any real text, and small in memory.
constexpr size_t kMaxDepth = 100'000;

class TurtleReader {
 public:
  TurtleReader(ByteSource& source, bool with_graphs, const QuadReaderOptions& options,
               QuadViewSink sink)
      : lexer_(source, options), with_graphs_(with_graphs), sink_(sink) {}

  absl::Status Run() {
    bool going = true;
    while (going && !lexer_.at_end()) going = in_graph_ ? GraphStatement() : Statement();
    if (going && in_graph_) lexer_.FailExpected("'}' at the end of the graph");
    // Bytes that are not UTF-8 look like the end of the text.
    return going && lexer_.status().ok() ? lexer_.window_status() : lexer_.status();
  }

 private:
  // What the next token of an open bracket (or of the statement) is about.
  struct Frame {
    enum Kind { kStatement, kPropertyList, kCollection } kind;
    TermBuffer subject;    // Collection: the current list node.
    TermBuffer predicate;  // Collection: rdf:first.
    bool awaits_subject;   // Statement: the bracket above is its subject.
  };

  Frame& top() { return frames_[depth_ - 1]; }

  bool Push(Frame::Kind kind) {
    if (depth_ >= kMaxDepth) return lexer_.Fail("brackets are nested too deeply");
    if (depth_ == frames_.size()) frames_.emplace_back();
    ++depth_;
    top().kind = kind;
    top().awaits_subject = false;
    return true;
  }

  bool Emit(const TermBuffer& subject, const TermBuffer& predicate, const TermBuffer& object) {
    const QuadView quad{subject.view(), predicate.view(), object.view(), graph_.view()};
    absl::Status status = sink_(quad);
    if (status.ok()) return true;
    lexer_.SetStatus(std::move(status));
    return false;
  }

  // --- Statements outside and inside graphs.

  bool Statement() {
    const char c = lexer_.Peek();
    if (c == '@') return Directive();
    if (c == '{' && with_graphs_) {
      graph_.type = TermType::kUndefined;
      return OpenGraph();
    }
    bool is_label = false;
    if (!ReadSubject(is_label)) return false;
    if (directive_done_) return true;
    if (with_graphs_ && is_label && lexer_.Peek() == '{') {
      graph_ = top().subject;
      return OpenGraph();
    }
    return Triples() && lexer_.Expect('.', "'.', ',' or ';'");
  }

  bool GraphStatement() {
    if (lexer_.TrySkip('}')) {
      in_graph_ = false;
      graph_.type = TermType::kUndefined;
      return true;
    }
    bool is_label = false;
    if (!ReadSubject(is_label) || !Triples()) return false;
    if (lexer_.TrySkip('.')) return true;
    return lexer_.Peek() == '}' || lexer_.FailExpected("'.', ',', ';' or '}'");
  }

  bool OpenGraph() {
    in_graph_ = true;
    return lexer_.Expect('{', "'{'");
  }

  bool Directive() {
    std::string word;
    if (!lexer_.ReadAtWord(word)) return false;
    const bool ok =
        word == "prefix" ? lexer_.ReadPrefixDeclaration() : lexer_.ReadBaseDeclaration();
    return ok && lexer_.Expect('.', "'.' at the end of the declaration");
  }

  // PREFIX, BASE or GRAPH, found where a subject may stand.
  bool Keyword(const std::string& word) {
    directive_done_ = true;
    if (in_graph_) return lexer_.FailExpected("a subject before here");
    if (EqualsIgnoringCase(word, "prefix")) return lexer_.ReadPrefixDeclaration();
    if (EqualsIgnoringCase(word, "base")) return lexer_.ReadBaseDeclaration();
    if (with_graphs_ && EqualsIgnoringCase(word, "graph")) return GraphLabel() && OpenGraph();
    return lexer_.Fail("expected a subject or declaration before here, found '" + word + "'");
  }

  bool GraphLabel() {
    if (lexer_.Peek() == '_') return lexer_.ReadLabel(graph_);
    if (!lexer_.TrySkip('[')) return lexer_.ReadIri(graph_);
    lexer_.MakeBlankNode(graph_);
    return lexer_.Expect(']', "']'");
  }

  // --- Triples.

  // Opens the statement's frame and reads its subject; a bracket stays open above
  // it. `is_label` is set for what may also name a graph.
  bool ReadSubject(bool& is_label) {
    depth_ = 0;
    directive_done_ = false;
    if (!Push(Frame::kStatement)) return false;
    is_label = true;
    TermBuffer& subject = top().subject;
    const char c = lexer_.Peek();
    if (c == '_') return lexer_.ReadLabel(subject);
    if (c == '<' || c == ':') return lexer_.ReadIri(subject);
    if (lexer_.TrySkip('[')) {
      lexer_.MakeBlankNode(subject);
      if (lexer_.TrySkip(']')) return true;
      is_label = false;
      return OpenSubjectBracket(Frame::kPropertyList);
    }
    if (lexer_.TrySkip('(')) {
      is_label = false;
      if (lexer_.TrySkip(')')) {
        subject.SetIri(iri::kRdfNil);
        return true;
      }
      lexer_.MakeBlankNode(subject);
      return OpenSubjectBracket(Frame::kCollection);
    }
    if (!IsNameStart(c)) return lexer_.FailExpected("a subject");
    if (!lexer_.ReadNameOrWord(subject)) return false;
    return subject.type == TermType::kIri || Keyword(subject.value);
  }

  bool OpenSubjectBracket(Frame::Kind kind) {
    top().awaits_subject = true;
    if (!Push(kind)) return false;
    top().subject = frames_[0].subject;
    top().predicate.SetIri(iri::kRdfFirst);
    return true;
  }

  static bool IsNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
  }

  // From behind the subject (or inside its bracket) to before the final '.'.
  bool Triples() {
    if (top().kind != Frame::kCollection && !ReadVerb()) return false;
    for (;;) {
      if (!ReadObject()) return false;
      bool done = false;
      if (!AfterObject(done)) return false;
      if (done) return true;
    }
  }

  bool ReadVerb() {
    TermBuffer& predicate = top().predicate;
    const char c = lexer_.Peek();
    if (c == '<' || c == ':') return lexer_.ReadIri(predicate);
    if (!IsNameStart(c)) return lexer_.FailExpected("a predicate");
    if (!lexer_.ReadNameOrWord(predicate)) return false;
    if (predicate.type == TermType::kIri) return true;
    if (predicate.value != "a") {
      return lexer_.Fail("expected a predicate before here, found '" + predicate.value + "'");
    }
    predicate.SetIri(iri::kRdfType);
    return true;
  }

  // One object for the top frame; brackets open a new frame and leave it there.
  bool ReadObject() {
    const char c = lexer_.Peek();
    if (c == '[' || c == '(') return OpenObjectBracket(c);
    if (!ReadSimpleObject(c)) return false;
    return Emit(top().subject, top().predicate, object_);
  }

  bool ReadSimpleObject(char c) {
    if (c == '<' || c == ':') return lexer_.ReadIri(object_);
    if (c == '"' || c == '\'') return lexer_.ReadString(object_);
    if (c == '_') return lexer_.ReadLabel(object_);
    if ((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.')
      return lexer_.ReadNumber(object_);
    if (!IsNameStart(c)) return lexer_.FailExpected("an object");
    if (!lexer_.ReadNameOrWord(object_)) return false;
    if (object_.type == TermType::kIri) return true;
    if (object_.value != "true" && object_.value != "false") {
      return lexer_.Fail("expected an object before here, found '" + object_.value + "'");
    }
    object_.SetLiteral(iri::kXsdBoolean);
    return true;
  }

  bool OpenObjectBracket(char bracket) {
    lexer_.TrySkip(bracket);
    if (bracket == '(' && lexer_.TrySkip(')')) {
      object_.SetIri(iri::kRdfNil);
      return Emit(top().subject, top().predicate, object_);
    }
    lexer_.MakeBlankNode(object_);
    if (!Emit(top().subject, top().predicate, object_)) return false;
    if (bracket == '[' && lexer_.TrySkip(']')) return true;
    if (!Push(bracket == '[' ? Frame::kPropertyList : Frame::kCollection)) return false;
    top().subject = object_;
    top().predicate.SetIri(iri::kRdfFirst);
    opened_ = true;
    return bracket == '(' || ReadVerb();
  }

  // Moves to where the next object belongs, closing what ends before it. Sets
  // `done` at the statement's end.
  bool AfterObject(bool& done) {
    if (std::exchange(opened_, false)) return true;
    for (;;) {
      const Frame::Kind kind = top().kind;
      if (kind == Frame::kCollection) {
        if (!lexer_.TrySkip(')')) return NextListNode();
        if (!EmitRest(iri::kRdfNil)) return false;
      } else {
        if (lexer_.TrySkip(',')) return true;
        if (SkipSemicolons() && !AtListEnd()) return ReadVerb();
        if (kind == Frame::kStatement) {
          done = true;
          return true;
        }
        if (!lexer_.Expect(']', "']', ',' or ';'")) return false;
      }
      --depth_;
      if (std::exchange(top().awaits_subject, false)) {
        // A property list may be a statement by itself.
        done = kind == Frame::kPropertyList && AtListEnd();
        return done || ReadVerb();
      }
    }
  }

  bool SkipSemicolons() {
    bool any = false;
    while (lexer_.TrySkip(';')) any = true;
    return any;
  }

  bool AtListEnd() {
    const char c = lexer_.Peek();
    return c == '.' || c == ']' || c == '}' || lexer_.at_end();
  }

  bool NextListNode() {
    lexer_.MakeBlankNode(object_);
    rest_.SetIri(iri::kRdfRest);
    if (!Emit(top().subject, rest_, object_)) return false;
    top().subject = object_;
    return true;
  }

  bool EmitRest(std::string_view node) {
    object_.SetIri(node);
    rest_.SetIri(iri::kRdfRest);
    return Emit(top().subject, rest_, object_);
  }

  TurtleLexer lexer_;
  const bool with_graphs_;
  QuadViewSink sink_;
  bool in_graph_ = false;
  bool directive_done_ = false;  // What looked like a subject was a declaration.
  bool opened_ = false;          // ReadObject opened a bracket: its first object comes next.
  std::vector<Frame> frames_;    // Never shrinks, so that its buffers are reused.
  size_t depth_ = 0;
  TermBuffer object_, graph_, rest_;
};

}  // namespace

absl::Status ReadTurtleSyntax(ByteSource& source, bool with_graphs,
                              const QuadReaderOptions& options, QuadViewSink sink) {
  return TurtleReader(source, with_graphs, options, sink).Run();
}

}  // namespace sanad
