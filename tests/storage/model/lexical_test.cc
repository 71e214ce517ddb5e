// Lexical rules: UTF-8 by Unicode's table 3-7, names, tags, numbers, escapes.

#include "storage/model/lexical.h"

#include <string>

#include <gtest/gtest.h>

namespace sanad {
namespace {

constexpr size_t kValid = std::string_view::npos;

TEST(Lexical, Utf8IsCheckedByTheTable) {
  const std::pair<std::string_view, size_t> cases[] = {
      {"", kValid},
      {"plain text of more than eight bytes", kValid},
      {"\xD8\xB3\xD9\x86\xD8\xAF", kValid},
      {"\xEF\xBF\xBF\xF4\x8F\xBF\xBF", kValid},
      {"\xED\x9F\xBF\xEE\x80\x80", kValid},
      {"12345678\xFF", 8},
      {"123456789\xC0\xAF", 9},  // Overlong.
      {"\xC1\xBF", 0},           // Overlong.
      {"\xE0\x9F\xBF", 0},       // Overlong.
      {"\xF0\x8F\xBF\xBF", 0},   // Overlong.
      {"a\xED\xA0\x80", 1},      // A surrogate.
      {"\xF4\x90\x80\x80", 0},   // Above U+10FFFF.
      {"\xF5\x80\x80\x80", 0},
      {"ab\x80", 2},  // A lone continuation byte.
      {"\xD8", 0},    // Cut short.
      {"x\xE2\x80", 1},
      {"x\xF0\x9F\x98", 1},
      {"\xE2\x80z", 0},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(FindInvalidUtf8(text), expected) << text;
}

// Every code point goes out and in again; nothing else is appended.
TEST(Lexical, CodePointsRoundTrip) {
  for (char32_t c = 0; c <= 0x110000; c += c < 0x3000 ? 1 : 97) {
    std::string text;
    const bool valid = c <= 0x10FFFF && !(c >= 0xD800 && c <= 0xDFFF);
    ASSERT_EQ(AppendUtf8(text, c), valid) << static_cast<uint32_t>(c);
    if (!valid) {
      EXPECT_EQ(text, "");
      continue;
    }
    size_t position = 0;
    EXPECT_EQ(NextCodePoint(text, position), c);
    EXPECT_EQ(position, text.size());
    EXPECT_TRUE(IsValidUtf8(text));
  }
  size_t position = 0;
  EXPECT_EQ(NextCodePoint("\xFFz", position), char32_t{0xFFFD});
  EXPECT_EQ(position, 1u);
}

TEST(Lexical, NamesTagsAndIris) {
  struct Case {
    const char* text;
    bool label, local, prefix, tag, iri;
  };
  const Case cases[] = {
      {"a", true, true, true, true, false},
      {"", false, true, true, false, false},
      {"a.b", true, true, true, false, false},
      {"a.", false, false, false, false, false},
      {".a", false, false, false, false, false},
      {"1a", true, true, false, false, false},
      {"_a", true, true, false, false, false},
      {"-a", false, false, false, false, false},
      {"a-b", true, true, true, true, false},
      {"a-", true, true, true, false, false},
      {"a-1", true, true, true, true, false},
      {"1-a", true, true, false, false, false},
      {"a:b", false, true, false, false, true},
      {"a b", false, false, false, false, false},
      {"\xD8\xB3\xD9\x86\xD8\xAF", true, true, true, false, false},
      {"\xCC\x81x", false, false, false, false, false},  // A combining mark first.
      {"x\xCC\x81", true, true, true, false, false},
      {"a\xFF", false, false, false, false, false},
      {"a:\xFF", false, false, false, false, false},
      {"a:<", false, false, false, false, false},
      {"a+1:", false, false, false, false, true},
      {"1a:b", false, true, false, false, false},
      {"en-Latn-x-y1", true, true, true, true, false},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(IsBlankNodeLabel(c.text), c.label) << c.text;
    EXPECT_EQ(IsPlainLocalName(c.text), c.local) << c.text;
    EXPECT_EQ(IsPrefixName(c.text), c.prefix) << c.text;
    EXPECT_EQ(IsLanguageTag(c.text), c.tag) << c.text;
    EXPECT_EQ(IsAbsoluteIri(c.text), c.iri) << c.text;
  }
}

TEST(Lexical, NumbersAreClassified) {
  using enum NumberShorthand;
  const std::pair<const char*, NumberShorthand> cases[] = {
      {"1", kInteger},  {"+01", kInteger}, {"-", kNone},       {"", kNone},
      {"1.", kNone},    {"1.5", kDecimal}, {"-.5", kDecimal},  {".", kNone},
      {"1e5", kDouble}, {"1.e5", kDouble}, {".5E-3", kDouble}, {".e5", kNone},
      {"1e", kNone},    {"1e+", kNone},    {"1e5x", kNone},    {"1.5.2", kNone},
      {"--1", kNone},   {"1e5.0", kNone},  {"\xD9\xA1", kNone}};
  for (const auto& [text, expected] : cases) EXPECT_EQ(ClassifyNumber(text), expected) << text;
}

TEST(Lexical, EscapesAreReplacedOrLocated) {
  struct Case {
    const char* text;
    bool echar;
    size_t bad;
    const char* expected;
  };
  const Case cases[] = {
      {"a\\tb\\\\", true, kValid, "a\tb\\"},
      {"a\\tb", false, 1, "a"},
      {"\\u0633\\U0001F600", false, kValid, "\xD8\xB3\xF0\x9F\x98\x80"},
      {"x\\u06", true, 1, "x"},
      {"x\\u06 3", true, 1, "x"},
      {"x\\u+633", true, 1, "x"},
      {"x\\uD800", true, 1, "x"},
      {"x\\U00110000", true, 1, "x"},
      {"x\\", true, 1, "x"},
      {"x\\q", true, 1, "x"},
  };
  for (const Case& c : cases) {
    std::string out;
    EXPECT_EQ(AppendUnescaped(out, c.text, c.echar), c.bad) << c.text;
    EXPECT_EQ(out, c.expected) << c.text;
  }
}

TEST(Lexical, SpaceAndCase) {
  EXPECT_EQ(TrimXmlSpace(" \t\r\n a b \n"), "a b");
  EXPECT_EQ(TrimXmlSpace("\xC2\xA0"
                         "a"),
            "\xC2\xA0"
            "a");
  EXPECT_EQ(TrimXmlSpace("  "), "");
  EXPECT_TRUE(EqualsIgnoringCase("aZ-1", "Az-1"));
  EXPECT_FALSE(EqualsIgnoringCase("a[", "a{"));
  EXPECT_EQ(AsciiLower("AZ[\xC3\x89"), "az[\xC3\x89");
}

}  // namespace
}  // namespace sanad
