// Numbers: lexical spaces, exact arithmetic, promotion, rounding and casts.

#include "storage/model/xsd_number.h"

#include <limits>
#include <random>
#include <string>

#include <gtest/gtest.h>
#include "storage/model/integer_types.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

std::string Text(const std::optional<Numeric>& value) {
  return value ? value->ToTerm().ToString().substr(0, value->ToLexical().size() + 2) + " " +
                     std::string(DatatypeIri(value->type)).substr(sizeof(SANAD_XSD_NS) - 1)
               : "error";
}

Numeric Number(std::string_view text) { return *ToNumeric(*Term::Parse(text)); }

TEST(XsdNumber, LexicalSpaces) {
  struct Case {
    const char* lexical;
    std::string_view datatype;
    const char* expected;
  };
  constexpr std::string_view kUnsignedByte = SANAD_XSD_NS "unsignedByte";
  const Case cases[] = {
      {"007", iri::kXsdInteger, "\"7\" integer"},
      {"+7", iri::kXsdInteger, "\"7\" integer"},
      {"7.0", iri::kXsdInteger, "error"},
      {" 7", iri::kXsdInteger, "error"},
      {"", iri::kXsdInteger, "error"},
      {"-", iri::kXsdInteger, "error"},
      {"255", kUnsignedByte, "\"255\" integer"},
      {"256", kUnsignedByte, "error"},
      {"-0", kUnsignedByte, "\"0\" integer"},
      {"0", SANAD_XSD_NS "positiveInteger", "error"},
      {"170141183460469231731687303715884105727", iri::kXsdInteger,
       "\"170141183460469231731687303715884105727\" integer"},
      {"170141183460469231731687303715884105728", iri::kXsdInteger, "error"},
      {"1.500", iri::kXsdDecimal, "\"1.5\" decimal"},
      {".5", iri::kXsdDecimal, "\"0.5\" decimal"},
      {"5.", iri::kXsdDecimal, "\"5\" decimal"},
      {".", iri::kXsdDecimal, "error"},
      {"1e3", iri::kXsdDecimal, "error"},
      {"0.00000000000000000000000000000000000000000000000001", iri::kXsdDecimal, "\"0\" decimal"},
      {"1e3", iri::kXsdDouble, "\"1.0E3\" double"},
      {"1.e3", iri::kXsdDouble, "\"1.0E3\" double"},
      {"-.5", iri::kXsdDouble, "\"-5.0E-1\" double"},
      {"+1E-2", iri::kXsdDouble, "\"1.0E-2\" double"},
      {"1e", iri::kXsdDouble, "error"},
      {"--1", iri::kXsdDouble, "error"},
      {"+-1", iri::kXsdDouble, "error"},
      {"inf", iri::kXsdDouble, "error"},
      {"nan", iri::kXsdDouble, "error"},
      {"0x10", iri::kXsdDouble, "error"},
      {"INF", iri::kXsdDouble, "\"INF\" double"},
      {"1e999", iri::kXsdDouble, "\"INF\" double"},
      {"-1e999", iri::kXsdDouble, "\"-INF\" double"},
      {"1e-999", iri::kXsdDouble, "\"0.0E0\" double"},
      {"0.000001e999999999999999999999", iri::kXsdDouble, "\"INF\" double"},
      {"1.1", iri::kXsdFloat, "\"1.1E0\" float"},
      {"1e39", iri::kXsdFloat, "\"INF\" float"},
      {"1", iri::kXsdString, "error"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Text(ParseNumeric(c.lexical, c.datatype)), c.expected) << c.lexical;
  }
}

TEST(XsdNumber, Arithmetic) {
  struct Case {
    const char *a, *b, *sum, *difference, *product, *quotient;
  };
  const Case cases[] = {
      {"1", "3", "\"4\" integer", "\"-2\" integer", "\"3\" integer",
       "\"0.333333333333333333\" decimal"},
      {"2", "3.0", "\"5\" decimal", "\"-1\" decimal", "\"6\" decimal",
       "\"0.666666666666666667\" decimal"},
      {"0.1", "0.2", "\"0.3\" decimal", "\"-0.1\" decimal", "\"0.02\" decimal", "\"0.5\" decimal"},
      {"123456789012345678.9", "0.1", "\"123456789012345679\" decimal",
       "\"123456789012345678.8\" decimal", "\"12345678901234567.89\" decimal",
       "\"1234567890123456789\" decimal"},
      {"1", "0", "\"1\" integer", "\"1\" integer", "\"0\" integer", "error"},
      {"1e0", "0", "\"1.0E0\" double", "\"1.0E0\" double", "\"0.0E0\" double", "\"INF\" double"},
      {"9223372036854775807", "9223372036854775807", "\"18446744073709551614\" integer",
       "\"0\" integer", "\"85070591730234615847396907784232501249\" integer", "\"1\" decimal"},
      {"170141183460469231731687303715884105727", "2", "error",
       "\"170141183460469231731687303715884105725\" integer", "error",
       "\"85070591730234615865843651857942052864\" decimal"},
      {"-7", "2", "\"-5\" integer", "\"-9\" integer", "\"-14\" integer", "\"-3.5\" decimal"},
      {"1e0", "0.5", "\"1.5E0\" double", "\"5.0E-1\" double", "\"5.0E-1\" double",
       "\"2.0E0\" double"},
  };
  for (const Case& c : cases) {
    const Numeric a = Number(c.a), b = Number(c.b);
    EXPECT_EQ(Text(Add(a, b)), c.sum) << c.a << " + " << c.b;
    EXPECT_EQ(Text(Subtract(a, b)), c.difference) << c.a << " - " << c.b;
    EXPECT_EQ(Text(Multiply(a, b)), c.product) << c.a << " * " << c.b;
    EXPECT_EQ(Text(Divide(a, b)), c.quotient) << c.a << " / " << c.b;
  }
  const Numeric tenth = *ParseNumeric("0.1", iri::kXsdFloat);
  EXPECT_EQ(Text(Add(tenth, tenth)), "\"2.0E-1\" float");
  EXPECT_EQ(Text(Add(tenth, Number("1"))), "\"1.1E0\" float");
  EXPECT_EQ(Text(Add(tenth, Number("0e0"))), "\"1.0000000149011612E-1\" double");
}

TEST(XsdNumber, Rounding) {
  struct Case {
    const char *value, *round, *ceil, *floor, *abs;
  };
  const Case cases[] = {
      {"2.5", "3", "3", "2", "2.5"},
      {"-2.5", "-2", "-2", "-3", "2.5"},
      {"-2.6", "-3", "-2", "-3", "2.6"},
      {"2.4", "2", "3", "2", "2.4"},
      {"7", "7", "7", "7", "7"},
      {"2.5e0", "3.0E0", "3.0E0", "2.0E0", "2.5E0"},
      {"-2.5e0", "-2.0E0", "-2.0E0", "-3.0E0", "2.5E0"},
      {"0.49999999999999994e0", "0.0E0", "1.0E0", "0.0E0", "4.9999999999999994E-1"},
      {"-0.3e0", "-0.0E0", "-0.0E0", "-1.0E0", "3.0E-1"},
      {"-0.5", "0", "0", "-1", "0.5"},
  };
  for (const Case& c : cases) {
    const Numeric value = Number(c.value);
    EXPECT_EQ(Round(value).ToLexical(), c.round) << c.value;
    EXPECT_EQ(Ceil(value).ToLexical(), c.ceil) << c.value;
    EXPECT_EQ(Floor(value).ToLexical(), c.floor) << c.value;
    EXPECT_EQ(Abs(value).ToLexical(), c.abs) << c.value;
  }
}

TEST(XsdNumber, ComparesAcrossTypes) {
  EXPECT_TRUE(Compare(Number("1"), Number("1.0")) == 0);
  EXPECT_TRUE(Compare(Number("1"), Number("1e0")) == 0);
  EXPECT_TRUE(Compare(Number("0.1"), Number("0.10000000000000000001")) < 0);
  EXPECT_TRUE(Compare(Number("-0.1"), Number("-0.10000000000000000001")) > 0);
  EXPECT_TRUE(Compare(Number("99999999999999999999999999999999999999"),
                      Number("0.99999999999999999999999999999999999999")) > 0);
  EXPECT_TRUE(Compare(Number("-1"), Number("0.5")) < 0);
  const Numeric nan = *ParseNumeric("NaN", iri::kXsdDouble);
  EXPECT_EQ(Compare(nan, nan), std::partial_ordering::unordered);
  EXPECT_TRUE(CompareTotally(nan, *ParseNumeric("-INF", iri::kXsdDouble)) < 0);
  EXPECT_TRUE(CompareTotally(nan, nan) == 0);
}

TEST(XsdNumber, CastsAndStrings) {
  EXPECT_EQ(Text(Cast(Number("1.9"), NumericType::kInteger)), "\"1\" integer");
  EXPECT_EQ(Text(Cast(Number("-1.9e0"), NumericType::kInteger)), "\"-1\" integer");
  EXPECT_EQ(Text(Cast(Number("1.1e0"), NumericType::kDecimal)), "\"1.1\" decimal");
  EXPECT_EQ(Text(Cast(Number("1e300"), NumericType::kDecimal)), "error");
  EXPECT_EQ(Text(Cast(*ParseNumeric("NaN", iri::kXsdDouble), NumericType::kInteger)), "error");
  EXPECT_EQ(Text(Cast(Number("0.1"), NumericType::kFloat)), "\"1.0E-1\" float");
  const std::pair<const char*, const char*> strings[] = {
      {"1e0", "1"},      {"100e0", "100"},     {"1.5e0", "1.5"},   {"999999e0", "999999"},
      {"1e6", "1.0E6"},  {"1e-6", "0.000001"}, {"1e-7", "1.0E-7"}, {"-0e0", "-0"},
      {"12.50", "12.5"}, {"-3", "-3"}};
  for (const auto& [text, expected] : strings) EXPECT_EQ(Number(text).ToXPathString(), expected);
  EXPECT_EQ(ParseBoolean("1"), true);
  EXPECT_EQ(ParseBoolean("TRUE"), std::nullopt);
}

// Against 64-bit arithmetic, where that is exact.
TEST(XsdNumber, RandomDecimalsAgreeWithIntegers) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 20000; ++i) {
    const auto a = static_cast<int32_t>(random()), b = static_cast<int32_t>(random());
    const int scale = static_cast<int>(random() % 6);
    const auto decimal = [&](int64_t units) {
      return *Multiply(Decimal::FromInteger(units), Decimal{1, scale});
    };
    const Decimal x = decimal(a), y = decimal(b);
    EXPECT_EQ(*Add(x, y), decimal(int64_t{a} + b));
    EXPECT_EQ(*Subtract(x, y), decimal(int64_t{a} - b));
    EXPECT_EQ(Compare(x, y), a <=> b);
    EXPECT_EQ(*Decimal::Parse(x.ToString()), x);
    if (b != 0) {
      const Decimal quotient = *Divide(*Multiply(x, y), y);
      EXPECT_EQ(quotient, x) << x.ToString() << " " << y.ToString();
    }
    EXPECT_EQ(x.ToDouble(), *ParseDouble(x.ToString()));
  }
}

}  // namespace
}  // namespace sanad
