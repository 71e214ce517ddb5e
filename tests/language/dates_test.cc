#include "language/dates.h"

#include <gtest/gtest.h>

namespace sanad {
namespace {

std::string Value(const PartialDate& d) { return d.empty() ? "-" : d.ToTerm().value(); }

// value[..end][ weekday][ unit+offset][ dir][ same], tokens; for each date.
std::string Dates(std::string_view text) {
  const std::vector<Token> tokens = Tokenise(text);
  std::string out;
  for (const DateSpan& d : FindDates(tokens)) {
    if (!out.empty()) out += "; ";
    out += Value(d.date);
    if (d.end) out += ".." + Value(*d.end);
    if (d.weekday != 0) out += " w" + std::to_string(d.weekday);
    static constexpr const char* kUnits[] = {"", "day", "week", "month", "year", "weekday"};
    if (d.relative()) {
      out += std::string(" ") + kUnits[static_cast<int>(d.unit)] + std::to_string(d.offset);
    }
    if (d.direction != 0) out += " dir" + std::to_string(d.direction);
    if (d.same_as_before) out += " same";
    out += " @" + std::to_string(d.first) + "+" + std::to_string(d.count);
  }
  return out;
}

TEST(Dates, Absolute) {
  const struct {
    std::string_view text, dates;
  } kCases[] = {
      {"on 18 February", "--02-18 @1+2"},
      {"on 18 February 2025", "2025-02-18 @1+3"},
      {"on February 18, 2025", "2025-02-18 @1+4"},
      {"May 21, 2019 — Senior", "2019-05-21 @0+4"},
      {"the 3rd of March 2024", "2024-03-03 @0+5"},
      {"on Tuesday, 4 March 2025", "2025-03-04 w2 @1+5"},
      {"in March 2025", "2025-03 @1+2"},
      {"in March", "--03 @1+1"},
      {"after march", "--03 @1+1"},
      {"they march in May", "--05 @3+1"},
      {"we may meet", ""},
      {"in 2020", "2020 @1+1"},
      {"between 2019 and 2021", "2019 @1+1; 2021 @3+1"},
      {"2020 boxes", ""},
      {"2025-03-01", "2025-03-01 @0+1"},
      {"18/2/2025", "2025-02-18 @0+1"},
      {"6 and 7 October 2021", "2021-10-06..2021-10-07 @0+5"},
      {"17-18 May", "--05-17..--05-18 @0+4"},
      {"between 2 and 4 February", "--02-02..--02-04 @0+5"},
      {"March 5-7, 2024", "2024-03-05..2024-03-07 @0+6"},
      {"1 March and 15 April 2025", "--03-01 @0+2; 2025-04-15 @3+3"},
      {"في 18 فبراير 2025", "2025-02-18 @1+3"},
      {"في ١٨ شباط ٢٠٢٥", "2025-02-18 @1+3"},
      {"في 18 فبراير/شباط 2025", "2025-02-18 @1+5"},
      {"يوم 11 يناير 2023", "2023-01-11 @0+4"},
      {"في الأول من نوفمبر", "--11-01 @1+3"},
      {"الثلاثاء 4 مارس", "--03-04 w2 @0+3"},
      {"يومي 6 و7 أكتوبر", "--10-06..--10-07 @0+5"},
      {"بين 1 مارس و15 أبريل 2025", "--03-01 @1+2; 2025-04-15 @4+3"},
      {"كانون الثاني 2024", "2024-01 @0+3"},
      {"عام 2020", "2020 @0+2"},
      {"في مارس", "--03 @1+1"},
      {"بعد فبراير 2025", "2025-02 @1+2"},
      {"تشرين الأول", "--10 @0+2"},
      {"القاهرة، 14 مارس 2024", "2024-03-14 @2+3"},
      {"15 رحلة", ""},
      {"40 February", "--02 @1+1"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Dates(c.text), c.dates) << c.text;
}

TEST(Dates, Relative) {
  const struct {
    std::string_view text, dates;
  } kCases[] = {
      {"last month", "- month-1 @0+2"},
      {"next year", "- year1 @0+2"},
      {"yesterday", "- day-1 @0+1"},
      {"on Tuesday", "- w2 weekday0 @1+1"},
      {"next Monday", "- w1 weekday1 @0+2"},
      {"two days ago", "- day-2 @0+3"},
      {"a week ago", "- week-1 @0+3"},
      {"18 February last", "--02-18 dir-1 @0+3"},
      {"last March", "--03 dir-1 @0+2"},
      {"2 February of the same year", "--02-02 same @0+6"},
      {"28 of the same month", "---28 same @0+5"},
      {"the last meeting", ""},
      {"الشهر الماضي", "- month-1 @0+2"},
      {"العام المقبل", "- year1 @0+2"},
      {"أمس", "- day-1 @0+1"},
      {"أمس الأربعاء", "- w3 day-1 @0+2"},
      {"يوم الثلاثاء المقبل", "- w2 weekday1 @0+3"},
      {"قبل يومين", "- day-2 @0+2"},
      {"18 فبراير الماضي", "--02-18 dir-1 @0+3"},
      {"شهر مايو المقبل", "--05 dir1 @0+3"},
      {"4 فبراير من العام نفسه", "--02-04 same @0+5"},
      {"28 من الشهر ذاته", "---28 same @0+4"},
      {"هذا الأسبوع", "- week0 @0+2"},
      {"السنوات القليلة الماضية", ""},
      {"خلال الفترة الأخيرة", ""},
  };
  for (const auto& c : kCases) EXPECT_EQ(Dates(c.text), c.dates) << c.text;
}

std::string ResolveFirst(std::string_view text, PartialDate document) {
  const std::vector<Token> tokens = Tokenise(text);
  const std::vector<DateSpan> dates = FindDates(tokens);
  return dates.empty() ? "none" : Value(Resolve(dates[0], document));
}

TEST(Dates, Resolve) {
  const PartialDate document{2025, 3, 1};  // A Saturday.
  const struct {
    std::string_view text, date;
  } kCases[] = {
      {"yesterday", "2025-02-28"},     {"tomorrow", "2025-03-02"},
      {"last month", "2025-02"},       {"next month", "2025-04"},
      {"last year", "2024"},           {"on Tuesday", "2025-02-25"},
      {"on Saturday", "2025-03-01"},   {"next Monday", "2025-03-03"},
      {"last Saturday", "2025-02-22"}, {"18 February last", "2025-02-18"},
      {"18 May last", "2024-05-18"},   {"شهر مايو المقبل", "2025-05"},
      {"يناير المقبل", "2026-01"},     {"قبل يومين", "2025-02-27"},
      {"4 February", "--02-04"},       {"15 ديسمبر 2020", "2020-12-15"},
      {"الشهر الماضي", "2025-02"},     {"March last year", "2024-03"},
  };
  for (const auto& c : kCases) EXPECT_EQ(ResolveFirst(c.text, document), c.date) << c.text;
  EXPECT_EQ(ResolveFirst("yesterday", {}), "-");
  EXPECT_EQ(ResolveFirst("last month", {2024, 1, 15}), "2023-12");
  EXPECT_EQ(ResolveFirst("yesterday", {2024, 3, 1}), "2024-02-29");
}

TEST(Dates, Compare) {
  EXPECT_EQ(Compare({2025, 3, 1}, {2025, 3, 2}), -1);
  EXPECT_EQ(Compare({2025, 3, 0}, {2025, 2, 9}), 1);
  EXPECT_EQ(Compare({0, 2, 18}, {0, 2, 27}), -1);
  EXPECT_EQ(Compare({0, 2, 18}, {2025, 2, 27}), std::nullopt);
  EXPECT_EQ(Compare({2025, 2, 0}, {2025, 2, 27}), std::nullopt);
  EXPECT_EQ(Compare({2025, 2, 3}, {2025, 2, 3}), 0);
}

TEST(Dates, Literals) {
  for (const PartialDate d :
       {PartialDate{2025, 2, 18}, PartialDate{2025, 2, 0}, PartialDate{2025, 0, 0},
        PartialDate{0, 2, 18}, PartialDate{0, 2, 0}, PartialDate{0, 0, 28}}) {
    EXPECT_EQ(PartialDateOf(d.ToTerm()), d);
  }
  EXPECT_TRUE(PartialDate{}.ToTerm().is_undefined());
  EXPECT_EQ(PartialDateOf(Term::String("2025")), std::nullopt);
  EXPECT_EQ(PartialDateOf(Term::Literal("x", "http://www.w3.org/2001/XMLSchema#date")),
            std::nullopt);
}

}  // namespace
}  // namespace sanad
