// Functions and operators by table: an expression and its value in N-Triples
// syntax, "error" where it has none.

#include <gtest/gtest.h>
#include "query/expression/xpath_regex.h"
#include "tests/query/execution/query_runner.h"

namespace sanad::query_test {
namespace {

struct Case {
  const char* expression;
  const char* value;
};

std::string ValueOf(const std::string& expression) {
  static const auto& source = *MemoryQuadSource::FromQuads({}).release();
  auto rows = Rows(
      "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> BASE <http://example.org/> "
      "SELECT ?v { BIND((" +
          expression + ") AS ?v) }",
      source);
  if (!rows.ok()) return rows.status().ToString();
  if (rows->size() != 1) return "rows: " + std::to_string(rows->size());
  if (rows->at(0).empty()) return "error";
  std::string value = rows->at(0).substr(2);
  const std::string xsd = "^^<http://www.w3.org/2001/XMLSchema#";
  if (const size_t at = value.find(xsd); at != std::string::npos) {
    value = value.substr(0, at) + "^^" + value.substr(at + xsd.size());
    value.pop_back();
  }
  return value;
}

class ExpressionTest : public testing::TestWithParam<Case> {};

TEST_P(ExpressionTest, HasItsValue) {
  EXPECT_EQ(ValueOf(GetParam().expression), GetParam().value) << GetParam().expression;
}

INSTANTIATE_TEST_SUITE_P(
    Logic, ExpressionTest,
    testing::Values(Case{"true || 1/0", "\"true\"^^boolean"}, Case{"false || 1/0", "error"},
                    Case{"false && 1/0", "\"false\"^^boolean"}, Case{"true && 1/0", "error"},
                    Case{"!\"\"", "\"true\"^^boolean"}, Case{"IF(1/0, 1, 2)", "error"},
                    Case{"COALESCE(1/0, ?none, 3)", "\"3\"^^integer"},
                    Case{"1 IN (2, 1/0, 1)", "\"true\"^^boolean"}, Case{"1 IN (2, 1/0)", "error"},
                    Case{"1 NOT IN (2, 3)", "\"true\"^^boolean"},
                    Case{"BOUND(?none)", "\"false\"^^boolean"}));

INSTANTIATE_TEST_SUITE_P(
    Numbers, ExpressionTest,
    testing::Values(Case{"1 + 2", "\"3\"^^integer"}, Case{"1 + 2.50", "\"3.5\"^^decimal"},
                    Case{"7 / 2", "\"3.5\"^^decimal"}, Case{"1 / 0", "error"},
                    Case{"1.0e0 / 0", "\"INF\"^^double"}, Case{"2 * 1e1", "\"2.0E1\"^^double"},
                    Case{"-(-3)", "\"3\"^^integer"}, Case{"ABS(-2.5)", "\"2.5\"^^decimal"},
                    Case{"ROUND(-2.5)", "\"-2\"^^decimal"}, Case{"CEIL(1.2)", "\"2\"^^decimal"},
                    Case{"FLOOR(-1.2)", "\"-2\"^^decimal"}, Case{"1 = 1.0", "\"true\"^^boolean"},
                    Case{"\"a\" < 1", "error"},
                    Case{"\"NaN\"^^xsd:double = \"NaN\"^^xsd:double", "\"false\"^^boolean"},
                    Case{"0.1 + 0.2", "\"0.3\"^^decimal"}));

INSTANTIATE_TEST_SUITE_P(
    Strings, ExpressionTest,
    testing::Values(
        Case{"STRLEN(\"سلام\")", "\"4\"^^integer"}, Case{"SUBSTR(\"motor car\", 6)", "\" car\""},
        Case{"SUBSTR(\"metadata\", 4, 3)", "\"ada\""},
        Case{"SUBSTR(\"12345\", 1.5, 2.6)", "\"234\""}, Case{"SUBSTR(\"12345\", 0, 3)", "\"12\""},
        Case{"SUBSTR(\"12345\", -3, 5)", "\"1\""}, Case{"UCASE(\"straße\"@de)", "\"STRASSE\"@de"},
        Case{"LCASE(\"ΑΣ\")", "\"ας\""}, Case{"CONCAT(\"a\"@en, \"b\"@EN)", "\"ab\"@en"},
        Case{"CONCAT(\"a\"@en, \"b\")", "\"ab\""}, Case{"STRBEFORE(\"abc\"@en, \"b\")", "\"a\"@en"},
        Case{"STRBEFORE(\"abc\"@en, \"z\")", "\"\""}, Case{"STRAFTER(\"abc\", \"b\"@en)", "error"},
        Case{"STRAFTER(\"abc\", \"\")", "\"abc\""},
        Case{"CONTAINS(\"foobar\"@en, \"oba\"@en)", "\"true\"^^boolean"},
        Case{"STRSTARTS(\"foo\", 1)", "error"},
        Case{"ENCODE_FOR_URI(\"a b/é\")", "\"a%20b%2F%C3%A9\""},
        Case{"LANGMATCHES(\"en-GB\", \"EN\")", "\"true\"^^boolean"},
        Case{"LANGMATCHES(\"\", \"*\")", "\"false\"^^boolean"},
        Case{"REPLACE(\"abcb\", \"b\", \"Z\")", "\"aZcZ\""},
        Case{"REPLACE(\"abracadabra\", \"a(.)\", \"a$1$1\")", "\"abbraccaddabbra\""},
        Case{"REPLACE(\"abc\", \"x*\", \"-\")", "error"},
        Case{"REGEX(\"Line\\nb\", \"^b$\", \"m\")", "\"true\"^^boolean"},
        Case{"REGEX(\"a.b\", \"a.b\", \"q\")", "\"true\"^^boolean"},
        Case{"REGEX(\"aa\", \"(a)\\\\1\")", "error"}));

INSTANTIATE_TEST_SUITE_P(
    TermsAndCasts, ExpressionTest,
    testing::Values(
        Case{"STR(<x>)", "\"http://example.org/x\""}, Case{"IRI(\"y\")", "<http://example.org/y>"},
        Case{"DATATYPE(\"a\"@en)", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>"},
        Case{"STRDT(\"1\", xsd:integer)", "\"1\"^^integer"},
        Case{"STRLANG(\"a\", \"en\")", "\"a\"@en"}, Case{"STRLANG(\"a\"@en, \"en\")", "error"},
        Case{"ISNUMERIC(\"1200\"^^xsd:byte)", "\"false\"^^boolean"},
        Case{"sameTerm(1, 01)", "\"false\"^^boolean"},
        Case{"xsd:integer(\" 7 \")", "\"7\"^^integer"}, Case{"xsd:integer(7.9)", "\"7\"^^integer"},
        Case{"xsd:boolean(\"0\")", "\"false\"^^boolean"}, Case{"xsd:string(1.50)", "\"1.5\""},
        Case{"xsd:double(\"x\")", "error"}, Case{"xsd:byte(300)", "error"},
        Case{"<unknown>(1)", "error"}, Case{"BNODE(\"a\") = BNODE(\"a\")", "\"true\"^^boolean"},
        Case{"STRLEN(STRUUID())", "\"36\"^^integer"}));

INSTANTIATE_TEST_SUITE_P(
    Dates, ExpressionTest,
    testing::Values(
        Case{"YEAR(\"2011-01-10T14:45:13.815-05:00\"^^xsd:dateTime)", "\"2011\"^^integer"},
        Case{"SECONDS(\"2011-01-10T14:45:13.815-05:00\"^^xsd:dateTime)", "\"13.815\"^^decimal"},
        Case{"TIMEZONE(\"2011-01-10T14:45:13.815-05:00\"^^xsd:dateTime)",
             "\"-PT5H\"^^dayTimeDuration"},
        Case{"TZ(\"2011-01-10T14:45:13Z\"^^xsd:dateTime)", "\"Z\""},
        Case{"TIMEZONE(\"2011-01-10T14:45:13\"^^xsd:dateTime)", "error"},
        Case{"\"2011-01-10T00:00:00Z\"^^xsd:dateTime < \"2011-01-10T01:00:00+02:00\"^^xsd:dateTime",
             "\"false\"^^boolean"},
        Case{"\"2011-01-10\"^^xsd:date = \"2011-01-10\"^^xsd:date", "\"true\"^^boolean"},
        Case{"HOURS(1)", "error"}, Case{"NOW() = NOW()", "\"true\"^^boolean"}));

INSTANTIATE_TEST_SUITE_P(
    Hashes, ExpressionTest,
    testing::Values(Case{"MD5(\"abc\")", "\"900150983cd24fb0d6963f7d28e17f72\""},
                    Case{"SHA1(\"abc\")", "\"a9993e364706816aba3e25717850c26c9cd0d89d\""},
                    Case{"SHA256(\"\")",
                         "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\""},
                    Case{"MD5(\"a\"@en)", "error"}));

TEST(XPathRegexTest, TranslatesWhatDiffersFromRe2) {
  EXPECT_EQ(TranslateXPathRegex("a.b", ""), "a[^\\n\\r]b");
  EXPECT_EQ(TranslateXPathRegex("a.b", "s"), "(?s)a.b");
  EXPECT_EQ(TranslateXPathRegex("a b", "x"), "ab");
  EXPECT_EQ(TranslateXPathRegex("[a b] c", "x"), "[\\x{20}\\x{61}-\\x{62}]c");
  EXPECT_EQ(TranslateXPathRegex("[a-d-[bc]]", ""), "[\\x{61}\\x{64}]");
  EXPECT_EQ(TranslateXPathRegex("[-a-c]", ""), "[\\x{2D}\\x{61}-\\x{63}]");
  EXPECT_EQ(TranslateXPathRegex("[^\\p{IsBasicLatin}]", ""), "[\\x{80}-\\x{10FFFF}]");
  EXPECT_EQ(TranslateXPathRegex("[a-z-[^aeiou]]", ""), "[\\x{61}\\x{65}\\x{69}\\x{6F}\\x{75}]");
  EXPECT_EQ(TranslateXPathRegex("[a-c-[a-c]]", ""), "[^\\x{0}-\\x{10FFFF}]");
  EXPECT_EQ(TranslateXPathRegex("\\.a{2,}", "i"), "(?i)(?-i:[\\x{2E}])a{2,}");
}

TEST(XPathRegexTest, RefusesWhatIsNotXPath) {
  for (const char* pattern : {"(a)\\1",
                              "a\\",
                              "[a",
                              "(?i)a",
                              "(?=a)",
                              "[]",
                              "[^]",
                              "[z-a]",
                              "a{",
                              "a}",
                              "a]",
                              "a{x}",
                              "\\p{IsNowhere}",
                              "\\p{lu}",
                              "\\p{LC}",
                              "\\p{Greek}",
                              "\\p",
                              "\\z",
                              "[a-\\d]",
                              "[a-[b]c]",
                              "[[:alpha:]]"}) {
    EXPECT_EQ(TranslateXPathRegex(pattern, ""), std::nullopt) << pattern;
  }
  EXPECT_EQ(TranslateXPathRegex("( ?i)a", "x"), std::nullopt);
  EXPECT_EQ(TranslateXPathRegex("a", "z"), std::nullopt);
  // Flags and pattern are not one text to the cache.
  EXPECT_EQ(CompileXPathRegex("a", "i/"), nullptr);
  EXPECT_NE(CompileXPathRegex("/a", "i"), nullptr);
}

TEST(XPathRegexTest, ReplacementsNameGroups) {
  using Pieces = std::vector<ReplacementPiece>;
  EXPECT_EQ(ParseXPathReplacement("\\$1 $0", 1, false), (Pieces{{"$1 ", -1}, {"", 0}}));
  EXPECT_EQ(ParseXPathReplacement("$12", 1, false), (Pieces{{"", 1}, {"2", -1}}));
  EXPECT_EQ(ParseXPathReplacement("$12", 12, false), (Pieces{{"", 12}}));
  EXPECT_EQ(ParseXPathReplacement("a$3b", 1, false), (Pieces{{"a", -1}, {"b", -1}}));
  EXPECT_EQ(ParseXPathReplacement("$1\\", 1, true), (Pieces{{"$1\\", -1}}));
  for (const char* text : {"$", "$a", "\\", "\\a"}) {
    EXPECT_EQ(ParseXPathReplacement(text, 1, false), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace sanad::query_test
