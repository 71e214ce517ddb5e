// What the reader tests share: a text read to N-Quads lines or its error.

#ifndef SANAD_TESTS_LOADER_RDF_READ_ALL_H_
#define SANAD_TESTS_LOADER_RDF_READ_ALL_H_

#include <string>
#include <string_view>
#include <vector>

#include <sanad/rdf.h>
#include "loader/rdf/quad_reader.h"
#include "storage/model/text.h"

namespace sanad {

inline std::string Line(const Quad& quad) {
  std::string line =
      quad.subject.ToString() + " " + quad.predicate.ToString() + " " + quad.object.ToString();
  if (!quad.graph.is_undefined()) line += " " + quad.graph.ToString();
  return line;
}

// One line a quad, then "error: MESSAGE" if there is one.
inline std::vector<std::string> ReadAll(std::string_view text, RdfSyntax syntax,
                                        const std::string& base = "http://a/b") {
  std::vector<std::string> lines;
  RdfReadOptions options;
  options.base_iri = base;
  const absl::Status status = ReadRdf(text, syntax, options, [&](const Quad& quad) {
    lines.push_back(Line(quad));
    return absl::OkStatus();
  });
  if (!status.ok()) lines.push_back("error: " + std::string(FromAbsl(status.message())));
  return lines;
}

// Gives out a text in pieces of one size.
class PiecewiseSource final : public ByteSource {
 public:
  PiecewiseSource(std::string_view text, size_t piece) : text_(text), piece_(piece) {}
  absl::StatusOr<size_t> Read(char* buffer, size_t size) override {
    const size_t count = std::min({size, piece_, text_.size() - position_});
    text_.copy(buffer, count, position_);
    position_ += count;
    return count;
  }
  uint64_t consumed() const override { return position_; }
  uint64_t total() const override { return text_.size(); }

 private:
  std::string_view text_;
  size_t piece_;
  size_t position_ = 0;
};

}  // namespace sanad

#endif  // SANAD_TESTS_LOADER_RDF_READ_ALL_H_
