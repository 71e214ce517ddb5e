// Writers: exact texts, what cannot be written, and round trips of random quads.

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include "read_all.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

std::string Write(const std::vector<Quad>& quads, RdfSyntax syntax,
                  const std::vector<std::pair<std::string, std::string>>& prefixes = {}) {
  std::string out;
  auto writer = RdfWriter::Create(
      syntax,
      [&](std::string_view bytes) {
        out += bytes;
        return absl::OkStatus();
      },
      prefixes);
  EXPECT_TRUE(writer.ok());
  for (const Quad& quad : quads) {
    const absl::Status status = (*writer)->Write(quad);
    if (!status.ok()) return "error: " + std::string(FromAbsl(status.message()));
  }
  EXPECT_TRUE((*writer)->Finish().ok());
  return out;
}

TEST(RdfWriter, TriGGroupsNeighbours) {
  const auto iri = [](const std::string& name) { return Term::Iri("http://x/" + name); };
  const std::vector<Quad> quads = {
      {iri("a"), Term::Iri(iri::kRdfType), iri("C"), {}},
      {iri("a"), iri("p"), Term::Integer(1), {}},
      {iri("a"), iri("p"), Term::Literal("01.5", iri::kXsdDecimal), {}},
      {iri("a"), iri("p"), Term::Literal("x", iri::kXsdInteger), {}},
      {iri("b c"), iri("p/q"), Term::LangString("\"\n", "en"), {}},
      {Term::BlankNode("b"), iri("p"), Term::Boolean(true), iri("g")},
      {Term::BlankNode("b."), iri("q"), Term::Double(1), iri("g")},
      {iri("a"), iri("p"), Term::Literal("x", "http://x/t"), iri("h")},
  };
  EXPECT_EQ(
      Write(quads, RdfSyntax::kTriG, {{"", "http://x/"}, {"1", "http://y/"}, {"", "http://z/"}}),
      R"(@prefix : <http://x/> .

:a a :C ;
  :p 1, 01.5, "x"^^<http://www.w3.org/2001/XMLSchema#integer> .
<http://x/b\u0020c> <http://x/p/q> "\"\n"@en .
:g {
  _:b :p true .
  _:X-622e :q 1.0E0 .
}
:h {
  :a :p "x"^^:t .
}
)");
  EXPECT_EQ(
      Write({quads[4], quads[5]}, RdfSyntax::kNQuads),
      "<http://x/b\\u0020c> <http://x/p/q> \"\\\"\\n\"@en .\n"
      "_:b <http://x/p> \"true\"^^<http://www.w3.org/2001/XMLSchema#boolean> <http://x/g> .\n");
  EXPECT_EQ(Write({}, RdfSyntax::kTurtle), "");
}

TEST(RdfWriter, RefusesWhatIsNoRdf) {
  const Term a = Term::Iri("a:"), s = Term::String("s");
  EXPECT_EQ(Write({{s, a, a, {}}}, RdfSyntax::kTurtle),
            "error: cannot write \"s\" <a:> <a:>: its subject must be an IRI or a blank node");
  EXPECT_EQ(Write({{a, Term::BlankNode("b"), a, {}}}, RdfSyntax::kNTriples),
            "error: cannot write <a:> _:b <a:>: its predicate must be an IRI");
  EXPECT_EQ(Write({{a, a, Term(), {}}}, RdfSyntax::kNTriples),
            "error: cannot write <a:> <a:> UNDEF: its object is undefined");
  EXPECT_EQ(Write({{a, a, a, s}}, RdfSyntax::kNQuads),
            "error: cannot write <a:> <a:> <a:>: its graph must be an IRI or a blank node");
  EXPECT_EQ(Write({{a, a, Term::LangString("x", "e n"), {}}}, RdfSyntax::kNQuads),
            "error: cannot write <a:> <a:> \"x\"@e n: its language tag is malformed");
  for (const RdfSyntax syntax : {RdfSyntax::kTurtle, RdfSyntax::kNTriples}) {
    EXPECT_EQ(Write({{a, a, a, a}}, syntax),
              "error: the graph <a:> cannot be written in this syntax; use TriG or N-Quads");
  }
  EXPECT_EQ(RdfWriter::Create(RdfSyntax::kRdfXml, nullptr).status().code(),
            absl::StatusCode::kUnimplemented);
}

TEST(RdfWriter, AnErrorOfTheSinkIsReturned) {
  auto writer = RdfWriter::Create(RdfSyntax::kNTriples,
                                  [](std::string_view) { return absl::UnavailableError("full"); });
  const Term a = Term::Iri("a:");
  // The first piece goes out at once, and what was once refused stays refused.
  EXPECT_EQ((*writer)->Write({a, a, a, {}}), absl::UnavailableError("full"));
  EXPECT_EQ((*writer)->Finish(), absl::UnavailableError("full"));
}

// Characters that matter to some grammar.
std::string RandomText(std::mt19937& random, std::string_view alphabet) {
  static constexpr std::string_view kWide[] = {"\xC3\xA9", "\xD8\xB3", "\xE2\x80\x8F",
                                               "\xF0\x9F\x98\x80"};
  std::string text;
  for (size_t i = random() % 6; i-- > 0;) {
    if (random() % 5 == 0) {
      text += kWide[random() % 4];
    } else {
      text += alphabet[random() % alphabet.size()];
    }
  }
  return text;
}

TEST(RdfWriter, RandomQuadsComeBack) {
  std::mt19937 random(5);
  const auto iri = [&] {
    return Term::Iri("http://x/" + RandomText(random, "ab/#:.%~-_()',;&=?@!"));
  };
  const auto node = [&] {
    return random() % 3 ? iri() : Term::BlankNode("b" + std::to_string(random() % 9));
  };
  const auto object = [&]() -> Term {
    const std::string text = RandomText(random, std::string_view("\0\x01\t\n\r\"\\'aeu.01+-", 17));
    switch (random() % 6) {
      case 0:
        return node();
      case 1:
        return Term::LangString(text, random() % 2 ? "en" : "ar-SA");
      case 2:
        return Term::Literal(RandomText(random, "0123456789.eE+-"), iri::kXsdDouble);
      case 3:
        return Term::Literal(RandomText(random, "0123456789.+-"), iri::kXsdDecimal);
      case 4:
        return Term::Literal(text, iri().value());
      default:
        return Term::String(text);
    }
  };
  for (const RdfSyntax syntax :
       {RdfSyntax::kTurtle, RdfSyntax::kTriG, RdfSyntax::kNTriples, RdfSyntax::kNQuads}) {
    const bool with_graphs = syntax == RdfSyntax::kTriG || syntax == RdfSyntax::kNQuads;
    std::vector<Quad> quads;
    std::vector<std::string> lines;
    for (int i = 0; i < 3000; ++i) {
      const Term subject = i % 3 && !quads.empty() ? quads.back().subject : node();
      quads.push_back({subject, iri(), object(), with_graphs && random() % 2 ? node() : Term()});
      lines.push_back(Line(quads.back()));
    }
    const std::string text = Write(quads, syntax, {{"x", "http://x/"}, {"a", "http://x/a"}});
    const std::vector<std::string> read = ReadAll(text, syntax);
    EXPECT_EQ(read.size(), lines.size());
    for (size_t i = 0; i < std::min(read.size(), lines.size()); ++i) ASSERT_EQ(read[i], lines[i]);
  }
}

}  // namespace
}  // namespace sanad
