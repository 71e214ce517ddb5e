// Readers: quads of small texts, errors with line, column and caret, texts across
// window borders, hostile texts.

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include "read_all.h"

namespace sanad {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using enum RdfSyntax;

constexpr char kIntegerSuffix[] = "^^<http://www.w3.org/2001/XMLSchema#integer>";

TEST(RdfReader, TurtleBracketsNestInOrder) {
  const std::string i = kIntegerSuffix;
  const std::string rdf = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#";
  EXPECT_THAT(
      ReadAll("@prefix : <#> . [ :p ( 1 [ :q 2 ] () ) ; ] :r :s , [] ; .", kTurtle),
      ElementsAre("_:genid1 <http://a/b#p> _:genid2", "_:genid2 " + rdf + "first> \"1\"" + i,
                  "_:genid2 " + rdf + "rest> _:genid3", "_:genid3 " + rdf + "first> _:genid4",
                  "_:genid4 <http://a/b#q> \"2\"" + i, "_:genid3 " + rdf + "rest> _:genid5",
                  "_:genid5 " + rdf + "first> " + rdf + "nil>",
                  "_:genid5 " + rdf + "rest> " + rdf + "nil>",
                  "_:genid1 <http://a/b#r> <http://a/b#s>", "_:genid1 <http://a/b#r> _:genid6"));
}

TEST(RdfReader, TriGGraphs) {
  EXPECT_THAT(ReadAll("PREFIX : <http://x/> { :a :b :c } GRAPH :g { :a :b :d . } _:h { } "
                      "[] { :a :b :e . :a :b :f } :a :b :i .",
                      kTriG),
              ElementsAre("<http://x/a> <http://x/b> <http://x/c>",
                          "<http://x/a> <http://x/b> <http://x/d> <http://x/g>",
                          "<http://x/a> <http://x/b> <http://x/e> _:genid1",
                          "<http://x/a> <http://x/b> <http://x/f> _:genid1",
                          "<http://x/a> <http://x/b> <http://x/i>"));
}

TEST(RdfReader, MadeLabelsNeverMeetLabelsOfTheText) {
  EXPECT_THAT(ReadAll("_:genid1 <p:> [] . _:genidx1 <p:> _:genid .", kTurtle),
              ElementsAre("_:genidx1 <p:> _:genid1", "_:genidxx1 <p:> _:genid"));
  EXPECT_THAT(ReadAll("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
                      "xmlns:e='http://e/'><rdf:Description rdf:nodeID='genid1'><e:p>"
                      "<rdf:Description/></e:p></rdf:Description></rdf:RDF>",
                      kRdfXml),
              ElementsAre("_:genidx1 <http://e/p> _:genid1"));
}

TEST(RdfReader, ScopesKeepLabelsOfTextsApart) {
  const auto labels = [](const std::string& scope) {
    std::vector<std::string> found;
    const std::string text = "_:a <p:> [] . _:a <p:> _:" + std::string(100, 'x') + " .";
    const auto source = MemorySource(text);
    EXPECT_TRUE(ReadQuads(*source, kTurtle, {"", scope, {}}, [&](const QuadView& quad) {
                  found.emplace_back(quad.subject.value);
                  found.emplace_back(quad.object.value);
                  return absl::OkStatus();
                }).ok());
    return found;
  };
  const std::vector<std::string> one = labels("s1-"), two = labels("s2-");
  EXPECT_EQ(one[0], "s1-na");
  EXPECT_EQ(one[1], "s1-g1");
  EXPECT_EQ(one[2], one[0]);
  EXPECT_LT(one[3].size(), 48u);
  for (const std::string& label : one) {
    EXPECT_EQ(std::count(two.begin(), two.end(), label), 0) << label;
  }
}

struct ErrorCase {
  RdfSyntax syntax;
  const char* text;
  const char* message;
};

TEST(RdfReader, ErrorsHaveLineColumnAndCaret) {
  const ErrorCase cases[] = {
      {kTurtle, "@prefix : <http://x/> .\n:a :b\n  ;c .",
       "line 3, column 3: expected an object, found ';'\n    ;c .\n    ^"},
      {kTurtle, "<a> <b> \"\xD8\xB3\xD9\x86\xD8\xAF\" x .",
       "line 1, column 15: expected '.', ',' or ';', found 'x'\n"
       "  <a> <b> \"\xD8\xB3\xD9\x86\xD8\xAF\" x .\n                ^"},
      {kTurtle, "<a> <b> ex:c .",
       "line 1, column 9: the prefix 'ex:' is not declared\n  <a> <b> ex:c .\n          ^"},
      {kTurtle, "<a> <b> \"c",
       "line 1, column 9: this string has no end\n  <a> <b> \"c\n          ^"},
      {kTurtle, "<a> <b> \"c\\qd\" .",
       "line 1, column 11: bad escape\n  <a> <b> \"c\\qd\" .\n            ^"},
      {kTurtle, "<a> <b> <c d> .",
       "line 1, column 11: a character that no IRI may hold\n  <a> <b> <c d> .\n            ^"},
      {kTurtle, "<a> <b> [ <c> <d> .",
       "line 1, column 19: expected ']', ',' or ';', found '.'\n  <a> <b> [ <c> <d> .\n"
       "                    ^"},
      {kTurtle, "<a> <b> <c>",
       "line 1, column 12: expected '.', ',' or ';', found the end of the text\n  <a> <b> <c>\n"
       "             ^"},
      {kTriG, "<g> { <a> <b> <c> ",
       "line 1, column 19: expected '.', ',', ';' or '}', found the end of the text\n"
       "  <g> { <a> <b> <c> \n                    ^"},
      {kTurtle, "<g> { <a> <b> <c> }",
       "line 1, column 5: expected a predicate, found '{'\n  <g> { <a> <b> <c> }\n      ^"},
      {kNTriples, "<a:> <b:> <c:> .\n<a:> <b:> c .",
       "line 2, column 11: expected an object: <iri>, _:label or \"text\"\n  <a:> <b:> c .\n"
       "            ^"},
      {kNTriples, "<a:> <b:> <c:> <d:> .",
       "line 1, column 16: expected '.'\n  <a:> <b:> <c:> <d:> .\n                 ^"},
      {kNTriples, "<a:> <b:> <c> .",
       "line 1, column 12: expected an absolute IRI\n  <a:> <b:> <c> .\n             ^"},
      {kNTriples, "<a:> <b:> \"x\x1B[2J\ny\" .",
       "line 1, column 11: expected '\"' at the end of this string\n  <a:> <b:> \"x?[2J\n"
       "            ^"},
      {kNQuads, "<a:> <b:> \"x\"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString> .",
       "line 1, column 14: rdf:langString without a language\n"
       "  <a:> <b:> \"x\"^^<http://www.w3.org/1999/02/2\n               ^"},
      {kTurtle, "<a> <b> \"\xFF\" .",
       "not UTF-8 at byte 9 (line 1, column 10); convert the text to UTF-8"},
      {kNTriples, "<a:> <b:> <c:> .\n<a:> <b:> \"\xD8\" .",
       "not UTF-8 at byte 28 (line 2, column 12); convert the text to UTF-8"},
      {kNTriples, "# \xED\xA0\x80",
       "not UTF-8 at byte 2 (line 1, column 3); convert the text to UTF-8"},
  };
  for (const ErrorCase& c : cases) {
    const std::vector<std::string> lines = ReadAll(c.text, c.syntax);
    ASSERT_FALSE(lines.empty()) << c.text;
    EXPECT_EQ(lines.back(), std::string("error: ") + c.message) << c.text;
  }
  EXPECT_THAT(ReadAll("<a> <b> <c> .", kTurtle, "").back(),
              HasSubstr("line 1, column 1: a relative IRI, and no base is known"));
  EXPECT_THAT(ReadAll("<x><y></x>", kRdfXml).back(), HasSubstr("error: line 1, column"));
}

// Every text gives the same however it is cut.
TEST(RdfReader, WindowBordersDoNotMatter) {
  const std::string turtle =
      "\xEF\xBB\xBF@prefix e\xD8\xB3: <http://x/#> . # comment\n"
      "e\xD8\xB3:a%41\\~b a e\xD8\xB3:1.c ; <p> '''x\\u0633''y\n''' , \"\"@en-Latn , 1.5e-3, "
      "1.e0,\n"
      "-.5, +7 , true,false , \"z\"^^e\xD8\xB3:t, _:l.a.b ,\"\\U0001F600\xF0\x9F\x98\x80\" . [] "
      "<p> (1 2).";
  const std::vector<std::string> whole = ReadAll(turtle, kTurtle);
  ASSERT_EQ(whole.size(), 17u) << whole.back();
  for (size_t piece = 1; piece < 40; ++piece) {
    PiecewiseSource source(turtle, piece);
    std::vector<std::string> lines;
    const absl::Status status =
        ReadQuads(source, kTurtle, {"http://a/b", "", {}}, [&](const QuadView& quad) {
          lines.push_back(Line(quad.ToQuad()));
          return absl::OkStatus();
        });
    EXPECT_TRUE(status.ok()) << status;
    EXPECT_EQ(lines, whole);
  }
  // Many windows, each cut at another place of the statement.
  std::string long_text;
  while (long_text.size() < (1u << 21)) {
    long_text += "<http://x/s> <http://x/p> \"text " + std::to_string(long_text.size() * 7919) +
                 " \xD8\xB3\xD9\x86\xD8\xAF\"@ar .\n";
  }
  const std::vector<std::string> by_lines = ReadAll(long_text, kNTriples);
  EXPECT_EQ(by_lines.size(),
            static_cast<size_t>(std::count(long_text.begin(), long_text.end(), '\n')));
  EXPECT_EQ(ReadAll(long_text, kTurtle), by_lines);
}

TEST(RdfReader, DeepNestingIsNoCrash) {
  std::string open = "<a> <b> ";
  for (int i = 0; i < 90'000; ++i) open += i % 2 ? "[ <p> " : "( ";
  EXPECT_THAT(ReadAll(open, kTurtle).back(), HasSubstr("found the end of the text"));
  std::string closed = open + "1";
  for (int i = 90'000; i-- > 0;) closed += i % 2 ? " ]" : " )";
  EXPECT_EQ(ReadAll(closed + " .", kTurtle).back().substr(0, 2), "_:");
  std::string deeper = "<a> <b> " + std::string(200'000, '(');
  EXPECT_THAT(ReadAll(deeper, kTurtle).back(), HasSubstr("brackets are nested too deeply"));
}

TEST(RdfReader, VeryLongTermsAreRead) {
  const std::string value(20'000'000, 'x');
  for (const RdfSyntax syntax : {kNTriples, kTurtle}) {
    const std::vector<std::string> lines =
        ReadAll("<a:> <b:> \"" + value + "\" .\n<a:> <b:> <c:> .", syntax);
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_EQ(lines[0].size(), value.size() + 12);
  }
}

TEST(RdfReader, EntitiesOfXmlDoNotExplodeOrReachOut) {
  std::string bomb = "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a0 'xxxxxxxxxx'>";
  for (int i = 1; i < 10; ++i) {
    std::string previous = "&a" + std::to_string(i - 1) + ";", ten;
    for (int j = 0; j < 10; ++j) ten += previous;
    bomb += "<!ENTITY a" + std::to_string(i) + " '" + ten + "'>";
  }
  bomb +=
      "]><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:e='http://e/'>"
      "<rdf:Description><e:p>&a9;</e:p></rdf:Description></rdf:RDF>";
  EXPECT_THAT(ReadAll(bomb, kRdfXml).back(), HasSubstr("error:"));
  const std::vector<std::string> lines = ReadAll(
      "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:e='http://e/'>"
      "<rdf:Description><e:p>[&x;]</e:p></rdf:Description></rdf:RDF>",
      kRdfXml);
  ASSERT_FALSE(lines.empty());
  EXPECT_TRUE(lines[0].starts_with("error:") || lines[0].ends_with("\"[]\"")) << lines[0];
}

TEST(RdfReader, LanguageTagsOfXmlAreChecked) {
  const auto with = [](const std::string& language) {
    return ReadAll(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        "xmlns:e='http://e/'><rdf:Description rdf:about='http://e/a'><e:p xml:lang='" +
            language + "'>x</e:p></rdf:Description></rdf:RDF>",
        kRdfXml);
  };
  EXPECT_THAT(with("[r").back(), HasSubstr("xml:lang '[r' is no language tag"));
  EXPECT_THAT(with("en-GB").back(), HasSubstr("\"x\"@en-GB"));
  EXPECT_THAT(with("").back(), testing::Not(HasSubstr("@")));
}

TEST(RdfReader, NothingIsPrintedAboutABrokenEncoding) {
  testing::internal::CaptureStderr();
  // UTF-16 that ends in half a character.
  static constexpr char kText[] = "\xFE\xFF\0<\0a\0>\xD8\0\0\0\0\0";
  const std::vector<std::string> lines = ReadAll({kText, sizeof kText - 1}, kRdfXml);
  ASSERT_FALSE(lines.empty());
  EXPECT_THAT(lines.back(), HasSubstr("error:"));
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(RdfReader, AnErrorOfTheSinkEndsTheReading) {
  int calls = 0;
  const absl::Status status =
      ReadRdf("<a:> <b:> 1, 2, 3 .", kTurtle, {}, [&](const Quad&) -> absl::Status {
        return ++calls == 2 ? absl::CancelledError("enough") : absl::OkStatus();
      });
  EXPECT_EQ(status, absl::CancelledError("enough"));
  EXPECT_EQ(calls, 2);
}

TEST(RdfReader, PrefixesAreReported) {
  std::vector<std::string> seen;
  RdfReadOptions options;
  options.base_iri = "http://a/";
  options.on_prefix = [&](std::string_view prefix, std::string_view iri) {
    seen.push_back(Concat(prefix, "=", iri));
  };
  EXPECT_TRUE(ReadRdf("PREFIX e: <x#> @prefix : <http://b/> .", kTurtle, options, [](const Quad&) {
                return absl::OkStatus();
              }).ok());
  EXPECT_THAT(seen, ElementsAre("e=http://a/x#", "=http://b/"));
}

}  // namespace
}  // namespace sanad
