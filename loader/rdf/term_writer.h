// What the writers of all syntaxes share: a buffer before the byte sink, checks
// that a quad is one, and terms in N-Triples form.

#ifndef SANAD_LOADER_RDF_TERM_WRITER_H_
#define SANAD_LOADER_RDF_TERM_WRITER_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/status/status.h>
#include <sanad/rdf.h>
#include <sanad/term.h>

namespace sanad {

// InvalidArgument when `quad` is no RDF quad (a literal as subject, ...), or, if
// !with_graphs, lies in a named graph.
absl::Status CheckWritable(const Quad& quad, bool with_graphs);

// Appends an IRI, blank node or literal. Labels that the syntaxes do not allow
// are replaced, different ones by different ones.
void AppendTerm(std::string& out, const Term& term);
void AppendBlankNode(std::string& out, std::string_view label);

// Collects bytes and hands them on in pieces that grow: the first at once, so that
// a reader sees it before the last is made. Single-threaded.
class BufferedSink {
 public:
  explicit BufferedSink(ByteSink sink) : sink_(std::move(sink)) {}
  std::string& buffer() { return buffer_; }
  // Hands on what a full buffer holds. After an error it returns that again.
  absl::Status FlushIfFull();
  absl::Status Flush();

 private:
  ByteSink sink_;
  std::string buffer_;
  size_t enough_ = 1;
  absl::Status status_;
};

// By family; RdfWriter::Create chooses.
std::unique_ptr<RdfWriter> NewLineWriter(bool with_graphs, ByteSink sink);
std::unique_ptr<RdfWriter> NewTurtleWriter(
    bool with_graphs, ByteSink sink,
    const std::vector<std::pair<std::string, std::string>>& prefixes);

}  // namespace sanad

#endif  // SANAD_LOADER_RDF_TERM_WRITER_H_
