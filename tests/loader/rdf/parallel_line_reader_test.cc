// Reading lines on several threads gives what one thread gives: the same quads in
// the same order, the same errors.

#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "loader/rdf/quad_reader.h"

namespace sanad {
namespace {

// Hands out a text in pieces of any size, and perhaps an error at its end.
class PieceSource : public ByteSource {
 public:
  PieceSource(std::string_view text, uint32_t seed, absl::Status end = absl::OkStatus())
      : text_(text), random_(seed), end_(std::move(end)) {}
  absl::StatusOr<size_t> Read(char* buffer, size_t size) override {
    if (text_.empty() && !end_.ok()) return end_;
    const size_t most = std::min(size, text_.size());
    const size_t count = most == 0 ? 0 : 1 + random_() % most;
    std::memcpy(buffer, text_.data(), count);
    text_.remove_prefix(count);
    return count;
  }
  uint64_t consumed() const override { return 0; }
  uint64_t total() const override { return 0; }

 private:
  std::string_view text_;
  std::mt19937 random_;
  absl::Status end_;
};

void Append(std::vector<std::string>& quads, QuadView quad, const TermView& graph) {
  if (quad.graph.type == TermType::kUndefined) quad.graph = graph;
  const Quad terms = quad.ToQuad();
  quads.push_back(terms.subject.ToString() + terms.predicate.ToString() + terms.object.ToString() +
                  terms.graph.ToString());
}

void ExpectTheSame(const std::string& text, bool with_graphs = true,
                   const absl::Status& end = absl::OkStatus()) {
  QuadReaderOptions options;
  options.blank_node_scope = "scope-";
  for (const TermView& graph : {TermView(), TermView::Iri("http://example.org/given")}) {
    std::vector<std::string> expected;
    PieceSource one(text, 1, end);
    const absl::Status status =
        ReadLineSyntax(one, with_graphs, options, [&](const QuadView& quad) {
          Append(expected, quad, graph);
          return absl::OkStatus();
        });
    for (const int threads : {1, 2, 5}) {
      std::vector<std::string> quads;
      PieceSource source(text, static_cast<uint32_t>(threads), end);
      const absl::Status parallel =
          ReadLinesInParallel(source, {with_graphs, options, graph, threads}, [&](FlatQuads& some) {
            for (size_t i = 0; i < some.size(); ++i) Append(quads, some.at(i), graph);
            return absl::OkStatus();
          });
      EXPECT_EQ(parallel, status) << threads << " threads";
      // What comes before an error may be handed on or not: a load takes all or nothing.
      if (status.ok()) {
        EXPECT_EQ(quads, expected) << threads << " threads";
      }
    }
  }
}

std::string Lines(int begin, int end) {
  std::string text;
  for (int i = begin; i < end; ++i) {
    const std::string n = std::to_string(i);
    text += "<http://example.org/s" + n + "> <http://example.org/p> ";
    text += i % 3 == 0 ? "\"ولد \\u0041 " + n + "\"@ar" : "_:b" + std::to_string(i % 100);
    text += i % 4 == 0 ? " <http://example.org/g> .\n" : " .\n";
    if (i % 50 == 0) text += "# a comment\n\n";
  }
  return text;
}

TEST(ParallelLineReaderTest, WholeTexts) {
  for (const int lines : {0, 1, 3, 5000, 30000}) ExpectTheSame(Lines(0, lines));
  std::string text = Lines(0, 9000);
  text.pop_back();  // The last line has no end.
  ExpectTheSame(text);
  ExpectTheSame("\xEF\xBB\xBF" + text);
  ExpectTheSame("# only a comment");
}

TEST(ParallelLineReaderTest, OtherLineEnds) {
  std::string text = Lines(0, 9000);
  for (char& c : text) c = c == '\n' ? '\r' : c;
  ExpectTheSame(text);
  std::string both;
  for (const char c : Lines(0, 9000)) both += c == '\n' ? std::string("\r\n") : std::string(1, c);
  ExpectTheSame(both);
}

TEST(ParallelLineReaderTest, ErrorsAreThoseOfOneThread) {
  const std::string bad[] = {
      "<s> <http://example.org/p> \"o\" .\n", "<http://example.org/s> \"p\" \"o\" .\n",
      "\xC3\x28\n", "\xEF\xBB\xBF\n", "<http://example.org/s> <http://example.org/p> \"cut"};
  for (const std::string& line : bad) {
    ExpectTheSame(line);
    ExpectTheSame(Lines(0, 20000) + line);
    ExpectTheSame(Lines(0, 3000) + line + Lines(3000, 40000));
  }
  ExpectTheSame(Lines(0, 3000), /*with_graphs=*/false);
}

TEST(ParallelLineReaderTest, ErrorsOfTheSource) {
  const absl::Status lost = absl::DataLossError("the compressed data is broken");
  for (const int lines : {0, 10, 20000}) {
    ExpectTheSame(Lines(0, lines), true, lost);
    ExpectTheSame(Lines(0, lines) + "<http://example.org/s> <http", true, lost);
  }
}

TEST(ParallelLineReaderTest, ALineLongerThanAnyChunk) {
  const std::string line = "<http://example.org/s> <http://example.org/p> \"" +
                           std::string(size_t{6} << 20, 'x') + "\" .\n";
  ExpectTheSame(Lines(0, 5000) + line + Lines(5000, 9000));
  ExpectTheSame(line + line + "broken");
}

TEST(ParallelLineReaderTest, AnErrorOfTheSinkEndsIt) {
  const std::string text = Lines(0, 40000);
  PieceSource source(text, 1);
  const QuadReaderOptions options;
  int calls = 0;
  const absl::Status status =
      ReadLinesInParallel(source, {true, options, {}, 3}, [&](FlatQuads&) -> absl::Status {
        return ++calls == 2 ? absl::CancelledError("enough") : absl::OkStatus();
      });
  EXPECT_EQ(status.message(), "enough");
  EXPECT_EQ(calls, 2);
}

}  // namespace
}  // namespace sanad
