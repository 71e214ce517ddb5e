// The N-Triples and N-Quads writer, and what it shares with Turtle's.

#include <algorithm>

#include "loader/rdf/term_writer.h"
#include "storage/model/lexical.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

constexpr size_t kFirstBufferBytes = 256;
constexpr size_t kBufferBytes = size_t{1} << 16;
constexpr std::string_view kEncodedLabel = "X-";

bool IsNode(const Term& term) { return term.is_iri() || term.is_blank_node(); }

class LineWriter final : public RdfWriter {
 public:
  LineWriter(bool with_graphs, ByteSink sink) : with_graphs_(with_graphs), out_(std::move(sink)) {}

  absl::Status Write(const Quad& quad) override {
    SANAD_RETURN_IF_ERROR(CheckWritable(quad, with_graphs_));
    std::string& out = out_.buffer();
    for (const Term* term : {&quad.subject, &quad.predicate, &quad.object, &quad.graph}) {
      if (term->is_undefined()) continue;
      AppendTerm(out, *term);
      out += ' ';
    }
    out += ".\n";
    return out_.FlushIfFull();
  }
  absl::Status Finish() override { return out_.Flush(); }

 private:
  const bool with_graphs_;
  BufferedSink out_;
};

}  // namespace

absl::Status CheckWritable(const Quad& quad, bool with_graphs) {
  const char* problem = nullptr;
  if (!IsNode(quad.subject)) problem = "its subject must be an IRI or a blank node";
  if (!quad.predicate.is_iri()) problem = "its predicate must be an IRI";
  if (quad.object.is_undefined()) problem = "its object is undefined";
  if (!quad.graph.is_undefined() && !IsNode(quad.graph)) {
    problem = "its graph must be an IRI or a blank node";
  }
  if (!quad.object.language().empty() && !IsLanguageTag(quad.object.language())) {
    problem = "its language tag is malformed";
  }
  if (problem != nullptr) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, "cannot write ", quad.subject.ToString(),
                      " ", quad.predicate.ToString(), " ", quad.object.ToString(), ": ", problem);
  }
  if (!with_graphs && !quad.graph.is_undefined()) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, "the graph ", quad.graph.ToString(),
                      " cannot be written in this syntax; use TriG or N-Quads");
  }
  return absl::OkStatus();
}

void AppendBlankNode(std::string& out, std::string_view label) {
  out += "_:";
  if (IsBlankNodeLabel(label) && !label.starts_with(kEncodedLabel)) {
    out += label;
    return;
  }
  out += kEncodedLabel;
  for (const char c : label) {
    out += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
    out += "0123456789abcdef"[static_cast<unsigned char>(c) & 15];
  }
}

void AppendTerm(std::string& out, const Term& term) {
  switch (term.type()) {
    case TermType::kIri:
      AppendIriRef(out, term.value());
      break;
    case TermType::kBlankNode:
      AppendBlankNode(out, term.value());
      break;
    case TermType::kLiteral:
      AppendQuoted(out, term.value());
      if (!term.language().empty()) {
        out.append("@").append(term.language());
      } else if (term.datatype() != iri::kXsdString) {
        out += "^^";
        AppendIriRef(out, term.datatype());
      }
      break;
    case TermType::kUndefined:
      break;
  }
}

absl::Status BufferedSink::FlushIfFull() {
  if (buffer_.size() < enough_) return status_;
  enough_ = std::clamp(enough_ * 2, kFirstBufferBytes, kBufferBytes);
  return Flush();
}

absl::Status BufferedSink::Flush() {
  if (status_.ok() && !buffer_.empty()) status_ = sink_(buffer_);
  buffer_.clear();
  return status_;
}

std::unique_ptr<RdfWriter> NewLineWriter(bool with_graphs, ByteSink sink) {
  return std::make_unique<LineWriter>(with_graphs, std::move(sink));
}

RdfWriter::~RdfWriter() = default;

absl::StatusOr<std::unique_ptr<RdfWriter>> RdfWriter::Create(
    RdfSyntax syntax, ByteSink sink,
    const std::vector<std::pair<std::string, std::string>>& prefixes) {
  switch (syntax) {
    case RdfSyntax::kNTriples:
      return NewLineWriter(false, std::move(sink));
    case RdfSyntax::kNQuads:
      return NewLineWriter(true, std::move(sink));
    case RdfSyntax::kTurtle:
      return NewTurtleWriter(false, std::move(sink), prefixes);
    case RdfSyntax::kTriG:
      return NewTurtleWriter(true, std::move(sink), prefixes);
    case RdfSyntax::kRdfXml:
      break;
  }
  return absl::UnimplementedError("writing RDF/XML; write Turtle instead");
}

}  // namespace sanad
