// Dates, times and durations: lexical spaces, comparison with and without
// timezones, casts and arithmetic.

#include "storage/model/xsd_datetime.h"

#include <string>

#include <gtest/gtest.h>
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

std::string Canonical(const char* datatype, const char* lexical) {
  const std::string iri = std::string(SANAD_XSD_NS) + datatype;
  const Term term = Term::Literal(lexical, iri);
  if (DurationTypeOf(iri)) {
    const auto value = ToDuration(term);
    return value ? value->ToLexical() : "error";
  }
  const auto value = ToDateTime(term);
  return value ? value->ToLexical() : "error";
}

TEST(XsdDateTime, LexicalSpaces) {
  struct Case {
    const char *datatype, *lexical, *expected;
  };
  const Case cases[] = {
      {"dateTime", "2025-02-18T10:20:30Z", "2025-02-18T10:20:30Z"},
      {"dateTime", "2025-02-18T10:20:30.1200+00:00", "2025-02-18T10:20:30.12Z"},
      {"dateTime", "2025-02-18T24:00:00", "2025-02-19T00:00:00"},
      {"dateTime", "2024-12-31T24:00:00", "2025-01-01T00:00:00"},
      {"dateTime", "2025-02-18T24:00:01", "error"},
      {"dateTime", "2025-02-18T25:00:00", "error"},
      {"dateTime", "2025-02-18T10:60:00", "error"},
      {"dateTime", "2025-02-18T10:00:60", "error"},
      {"dateTime", "2025-02-18T10:00", "error"},
      {"dateTime", "2025-02-18 10:00:00", "error"},
      {"dateTime", "2025-02-18T10:00:0", "error"},
      {"dateTime", "2025-02-18T10:00:00.", "error"},
      {"dateTime", "2025-02-18T10:00:00.5.5", "error"},
      {"dateTime", "2025-02-18T10:00:00+14:01", "error"},
      {"dateTime", "2025-02-18T10:00:00+14:00", "2025-02-18T10:00:00+14:00"},
      {"dateTime", "2025-02-18T10:00:00z", "error"},
      {"dateTime", "", "error"},
      {"dateTimeStamp", "2025-02-18T10:00:00", "error"},
      {"dateTimeStamp", "2025-02-18T10:00:00Z", "2025-02-18T10:00:00Z"},
      {"date", "2024-02-29", "2024-02-29"},
      {"date", "2025-02-29", "error"},
      {"date", "1900-02-29", "error"},
      {"date", "2000-02-29-05:00", "2000-02-29-05:00"},
      {"date", "0000-02-29", "0000-02-29"},
      {"date", "-0004-02-29", "-0004-02-29"},
      {"date", "123-01-01", "error"},
      {"date", "02025-01-01", "error"},
      {"date", "12025-01-01", "12025-01-01"},
      {"date", "99999999999999999999-01-01", "error"},
      {"date", "2025-1-01", "error"},
      {"date", "2025-13-01", "error"},
      {"time", "10:20:30.5-03:30", "10:20:30.5-03:30"},
      {"time", "24:00:00", "00:00:00"},
      {"gYear", "2025", "2025"},
      {"gYear", "2025Z", "2025Z"},
      {"gYearMonth", "2025-02", "2025-02"},
      {"gMonthDay", "--02-29", "--02-29"},
      {"gMonthDay", "--02-30", "error"},
      {"gDay", "---31", "---31"},
      {"gDay", "---32", "error"},
      {"gMonth", "--12", "--12"},
      {"gMonth", "--13", "error"},
      {"duration", "P1Y14M", "P2Y2M"},
      {"duration", "P1DT36H", "P2DT12H"},
      {"duration", "-P1Y2M3DT4H5M6.700S", "-P1Y2M3DT4H5M6.7S"},
      {"duration", "PT0.5S", "PT0.5S"},
      {"duration", "P0Y", "PT0S"},
      {"duration", "P", "error"},
      {"duration", "PT", "error"},
      {"duration", "P1YT", "error"},
      {"duration", "P1H", "error"},
      {"duration", "P1M1Y", "error"},
      {"duration", "P1.5Y", "error"},
      {"duration", "PT1.S", "error"},
      {"duration", "P-1Y", "error"},
      {"duration", "+P1Y", "error"},
      {"yearMonthDuration", "P13M", "P1Y1M"},
      {"yearMonthDuration", "P0M", "P0M"},
      {"yearMonthDuration", "P1D", "error"},
      {"dayTimeDuration", "PT90M", "PT1H30M"},
      {"dayTimeDuration", "P1M", "error"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Canonical(c.datatype, c.lexical), c.expected) << c.datatype << " " << c.lexical;
  }
}

std::string Order(std::partial_ordering order) {
  return order < 0 ? "<" : order > 0 ? ">" : order == 0 ? "=" : "?";
}

TEST(XsdDateTime, Comparison) {
  struct Case {
    DateTimeType type;
    const char *a, *order, *b;
  };
  using enum DateTimeType;
  const Case cases[] = {
      {kDateTime, "2025-01-01T00:00:00Z", "=", "2025-01-01T05:00:00+05:00"},
      {kDateTime, "2025-01-01T00:00:00Z", "<", "2025-01-01T00:00:00.001Z"},
      {kDateTime, "2025-01-01T12:00:00", "?", "2025-01-01T12:00:00Z"},
      {kDateTime, "2025-01-01T12:00:00", "<", "2025-01-02T03:00:00Z"},
      {kDateTime, "2025-01-02T03:00:00Z", ">", "2025-01-01T12:00:00"},
      {kDateTime, "2025-01-01T12:00:00", "=", "2025-01-01T12:00:00"},
      {kDate, "2025-01-01", "<", "2025-01-02"},
      {kDate, "2025-01-01", "?", "2025-01-01Z"},
      {kDate, "2025-01-01+14:00", "<", "2025-01-01Z"},
      {kTime, "23:00:00-02:00", ">", "00:30:00Z"},
      {kGYear, "-0001", "<", "0001"},
      {kGMonthDay, "--02-29", "<", "--03-01"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Order(Compare(*ParseDateTime(c.a, c.type), *ParseDateTime(c.b, c.type))), c.order)
        << c.a << " " << c.b;
  }
  const auto local = *ParseDateTime("2025-01-01", kDate),
             utc = *ParseDateTime("2025-01-01Z", kDate);
  EXPECT_TRUE(CompareTotally(utc, local) < 0);
  EXPECT_TRUE(CompareTotally(local, local) == 0);
}

TEST(XsdDateTime, DurationComparison) {
  const char* const cases[][3] = {
      {"P1Y", "=", "P12M"},  {"P1M", "?", "P30D"}, {"P1M", ">", "P27D"},  {"P1M", "<", "P32D"},
      {"PT24H", "=", "P1D"}, {"-P1D", "<", "P0D"}, {"P1Y", "<", "P367D"}, {"P1Y", "?", "P365D"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(Order(Compare(*ParseDuration(c[0], DurationType::kDuration),
                            *ParseDuration(c[2], DurationType::kDuration))),
              c[1])
        << c[0] << " " << c[2];
  }
}

TEST(XsdDateTime, Casts) {
  using enum DateTimeType;
  const auto value = *ParseDateTime("2025-02-18T10:20:30.5+03:00", kDateTime);
  const std::pair<DateTimeType, const char*> cases[] = {
      {kDate, "2025-02-18+03:00"},    {kTime, "10:20:30.5+03:00"},   {kGYear, "2025+03:00"},
      {kGYearMonth, "2025-02+03:00"}, {kGMonthDay, "--02-18+03:00"}, {kGDay, "---18+03:00"},
      {kGMonth, "--02+03:00"}};
  for (const auto& [type, expected] : cases) EXPECT_EQ(Cast(value, type)->ToLexical(), expected);
  const auto date = *ParseDateTime("2025-02-18", kDate);
  EXPECT_EQ(Cast(date, kDateTime)->ToLexical(), "2025-02-18T00:00:00");
  EXPECT_FALSE(Cast(date, kTime));
  EXPECT_FALSE(Cast(*ParseDateTime("2025", kGYear), kDate));
}

TEST(XsdDateTime, Arithmetic) {
  using enum DateTimeType;
  struct Case {
    DateTimeType type;
    const char *start, *duration, *expected;
  };
  const Case cases[] = {
      {kDateTime, "2000-01-12T12:13:14Z", "P1Y3M5DT7H10M3.3S", "2001-04-17T19:23:17.3Z"},
      {kDate, "2024-01-31", "P1M", "2024-02-29"},
      {kDate, "2024-03-31", "-P1M", "2024-02-29"},
      {kDate, "2024-12-31", "P1D", "2025-01-01"},
      {kDate, "2024-12-31", "PT23H", "2024-12-31"},
      {kDate, "0000-01-01", "-P1D", "-0001-12-31"},
      {kTime, "23:30:00-05:00", "PT1H", "00:30:00-05:00"},
  };
  for (const Case& c : cases) {
    const auto sum =
        Add(*ParseDateTime(c.start, c.type), *ParseDuration(c.duration, DurationType::kDuration));
    ASSERT_TRUE(sum) << c.start;
    EXPECT_EQ(sum->ToLexical(), c.expected);
  }
  const auto difference =
      Subtract(*ParseDateTime("2025-03-01", kDate), *ParseDateTime("2024-03-01", kDate));
  EXPECT_EQ(difference->ToTerm().ToString(),
            "\"P365D\"^^<http://www.w3.org/2001/XMLSchema#dayTimeDuration>");
  const auto hour = *ParseDuration("PT1H", DurationType::kDayTimeDuration);
  EXPECT_EQ(Multiply(hour, *ToNumeric(*Term::Parse("1.5")))->ToLexical(), "PT1H30M");
  EXPECT_EQ(Divide(hour, Numeric::Integer(2))->ToLexical(), "PT30M");
  EXPECT_FALSE(Divide(hour, Numeric::Integer(0)));
  EXPECT_EQ(Subtract(hour, *ParseDuration("PT2H", DurationType::kDayTimeDuration))->ToLexical(),
            "-PT1H");
  EXPECT_FALSE(Add(*ParseDuration("P1M", DurationType::kYearMonthDuration),
                   *ParseDuration("-P1D", DurationType::kDayTimeDuration)));
  EXPECT_EQ(TimezoneDuration(*ParseDateTime("2025-01-01-05:30", kDate))->ToLexical(), "-PT5H30M");
  EXPECT_FALSE(TimezoneDuration(*ParseDateTime("2025-01-01", kDate)));
}

TEST(XsdDateTime, CivilDaysRoundTrip) {
  EXPECT_EQ(DaysFromCivil(1970, 1, 1), 0);
  EXPECT_EQ(DaysFromCivil(2000, 3, 1), 11017);
  for (int64_t days = -1000000; days < 1000000; days += 37) {
    const CivilDate date = CivilFromDays(days);
    EXPECT_EQ(DaysFromCivil(date.year, date.month, date.day), days);
    EXPECT_LE(date.day, DaysInMonth(date.year, date.month));
  }
}

}  // namespace
}  // namespace sanad
