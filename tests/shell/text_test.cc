// Small pieces of text: units, JSON, terms, files' names.

#include <cstdio>
#include <string>

#include <gtest/gtest.h>

#include "shell/files.h"
#include "shell/json_object.h"
#include "shell/json_text.h"
#include "shell/term_text.h"
#include "shell/units.h"

namespace sanad::shell {
namespace {

TEST(Units, ReadsDurations) {
  EXPECT_EQ(ParseDuration("30s"), absl::Seconds(30));
  EXPECT_EQ(ParseDuration("500ms"), absl::Milliseconds(500));
  EXPECT_EQ(ParseDuration("1.5m"), absl::Seconds(90));
  EXPECT_EQ(ParseDuration("2h"), absl::Hours(2));
  EXPECT_EQ(ParseDuration("7"), absl::Seconds(7));
  for (const char* wrong : {"", "s", "-1s", "1x", "nan", "inf", "1 s s"}) {
    EXPECT_FALSE(ParseDuration(wrong).has_value()) << wrong;
  }
}

TEST(Units, ReadsSizes) {
  EXPECT_EQ(ParseSize("1GiB"), uint64_t{1} << 30);
  EXPECT_EQ(ParseSize("10MB"), 10'000'000u);
  EXPECT_EQ(ParseSize("512"), 512u);
  for (const char* wrong : {"", "GiB", "-1MB", "1e30GiB", "1 lot"}) {
    EXPECT_FALSE(ParseSize(wrong).has_value()) << wrong;
  }
}

TEST(Units, WritesThem) {
  EXPECT_EQ(SizeText(1), "1 byte");
  EXPECT_EQ(SizeText(1536), "1.5 KiB");
  EXPECT_EQ(DurationText(absl::Milliseconds(1500)), "1.50 s");
  EXPECT_EQ(DurationText(absl::Microseconds(42)), "42 µs");
}

TEST(JsonText, WritesNestedValues) {
  JsonText json;
  json.BeginObject().Key("a").BeginArray().Value(uint64_t{1}).Null().Bool(true);
  json.BeginObject().EndObject().EndArray().Key("b").ValueOrNull("").EndObject();
  EXPECT_EQ(json.text(), "{\"a\":[1,null,true,{}],\"b\":null}");
}

TEST(JsonText, EscapesStrings) {
  EXPECT_EQ(JsonString("a\"b\\c\n\x01\xFF"), "\"a\\\"b\\\\c\\n\\u0001\uFFFD\"");
  EXPECT_EQ(JsonString("سند"), "\"سند\"");
}

// Runs of plain bytes are copied together: what needs an escape may stand anywhere.
TEST(JsonText, EscapesAtEveryPlace) {
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    std::string escaped(1, c);
    if (byte < 0x20 || byte == 0x7F) {
      char text[8];
      std::snprintf(text, sizeof text, "\\u%04x", static_cast<unsigned>(byte));
      escaped = text;
    }
    if (c == '\n') escaped = "\\n";
    if (c == '\t') escaped = "\\t";
    if (c == '\r') escaped = "\\r";
    if (c == '"' || c == '\\') escaped = std::string("\\") + c;
    if (byte >= 0x80) escaped = "\uFFFD";
    for (size_t before = 0; before < 10; ++before) {
      for (const char* const beside : {"a", "\u0633", "\u20AC"}) {
        std::string left, right = std::string("b") + beside;
        for (size_t i = 0; i < before; ++i) left += beside;
        EXPECT_EQ(JsonString(left + c + right), "\"" + left + escaped + right + "\"");
      }
    }
  }
}

TEST(QuestionObject, KeepsTheOtherMembersInOrder) {
  const auto parsed =
      ParseQuestionObject(R"({"id":"Q1","question":"who?","lang":"en","doc":null})");
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed->question, "who?");
  EXPECT_EQ(parsed->other_members, R"("id":"Q1","lang":"en","doc":null)");
}

TEST(QuestionObject, RefusesOthers) {
  const std::string deep(100000, '[');
  for (const std::string& line :
       {std::string("{}"), std::string("{\"question\":1}"), std::string("{"), std::string("[1]"),
        "{\"question\":" + deep, std::string("{\"question\":\"\xFF\"}")}) {
    EXPECT_TRUE(absl::IsInvalidArgument(ParseQuestionObject(line).status())) << line.substr(0, 40);
  }
}

TEST(TermText, IsTurtle) {
  const Prefixes prefixes = {{"ex", "http://example.org/"}, {"deep", "http://example.org/a/"}};
  const std::string xsd = "http://www.w3.org/2001/XMLSchema#";
  EXPECT_EQ(CompactIri("http://example.org/a/b", prefixes), "deep:b");
  EXPECT_EQ(CompactIri("http://example.org/a b", prefixes), "http://example.org/a b");
  EXPECT_EQ(TermText(Term(), prefixes), "");
  EXPECT_EQ(TermText(Term::Iri("http://example.org/x"), prefixes), "ex:x");
  EXPECT_EQ(TermText(Term::Iri("http://example.org/"), prefixes), "<http://example.org/>");
  EXPECT_EQ(TermText(Term::Literal("01", xsd + "integer"), prefixes), "01");
  EXPECT_EQ(TermText(Term::Literal("1.", xsd + "decimal"), prefixes),
            "\"1.\"^^<" + xsd + "decimal>");
  EXPECT_EQ(TermText(Term::LangString("Riyadh", "en"), prefixes), "\"Riyadh\"@en");
  EXPECT_EQ(TermText(Term::Literal("2025-02-18", xsd + "date"), {{"xsd", xsd}}),
            "\"2025-02-18\"^^xsd:date");
}

TEST(Files, MakeIris) {
  EXPECT_EQ(FileIri("/a/./b c%.txt"), "file:///a/b%20c%25.txt");
  EXPECT_EQ(FileIri("/a/سند.txt"), "file:///a/سند.txt");
  EXPECT_TRUE(HasScheme("file:///x"));
  EXPECT_FALSE(HasScheme("notes/a:b.txt"));
}

}  // namespace
}  // namespace sanad::shell
