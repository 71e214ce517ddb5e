#include "language/durations.h"

#include <gtest/gtest.h>

namespace sanad {
namespace {

std::string Durations(std::string_view text) {
  const std::vector<Token> tokens = Tokenise(text);
  static constexpr const char* kComparators[] = {"", ">", "<", ">=", "<=", "~"};
  std::string out;
  for (const DurationSpan& d : FindDurations(tokens)) {
    if (!out.empty()) out += "; ";
    out += kComparators[static_cast<int>(d.comparator)] + d.lexical + " @" +
           std::to_string(d.first) + "+" + std::to_string(d.count);
  }
  return out;
}

TEST(Durations, Table) {
  const struct {
    std::string_view text, durations;
  } kCases[] = {
      {"four hours", "PT4H @0+2"},
      {"lasted more than four hours", ">PT4H @1+4"},
      {"nearly five hours", "~PT5H @0+3"},
      {"at least two days", ">=P2D @0+4"},
      {"less than 90 minutes", "<PT90M @0+4"},
      {"90-day ceasefire", "P90D @0+3"},
      {"three weeks", "P21D @0+2"},
      {"an hour", "PT1H @0+2"},
      {"half an hour", "PT30M @0+3"},
      {"three and a half hours", "PT3H30M @0+5"},
      {"two hours and 15 minutes", "PT2H15M @0+5"},
      {"four years", "P4Y @0+2"},
      {"more than an hour", ">PT1H @0+4"},
      {"the hour", ""},
      {"four flights", ""},
      {"the second day", ""},
      {"أربع ساعات", "PT4H @0+2"},
      {"أكثر من أربع ساعات", ">PT4H @0+4"},
      {"ساعتين", "PT2H @0+1"},
      {"يومين من المباحثات", "P2D @0+1"},
      {"ثلاث ساعات ونصف الساعة", "PT3H30M @0+4"},
      {"ثلاث ساعات ونصف", "PT3H30M @0+3"},
      {"ساعة ونصف", "PT1H30M @0+2"},
      // What follows a half is another amount.
      {"ثلاث سنوات ونصف وأسبوعين", "P3Y6M @0+3; P14D @3+1"},
      {"three and a half years and two weeks", "P3Y6M @0+5; P14D @6+2"},
      {"نحو ساعة ونصف", "~PT1H30M @0+3"},
      {"نصف ساعة", "PT30M @0+2"},
      {"ما لا يقل عن ثلاثة أيام", ">=P3D @0+6"},
      {"١١ ساعة", "PT11H @0+2"},
      {"ساعتين وعشر دقائق", "PT2H10M @0+3"},
      {"لا تزيد على أسبوعين", "<=P14D @0+4"},
      {"سبع ساعات على الأقل", ">=PT7H @0+4"},
      {"15 يوما", "P15D @0+2"},
      {"أربع سنوات", "P4Y @0+2"},
      {"الساعة العاشرة", ""},
  };
  for (const auto& c : kCases) EXPECT_EQ(Durations(c.text), c.durations) << c.text;
}

TEST(Durations, Seconds) {
  const std::vector<Token> tokens = Tokenise("three and a half hours");
  EXPECT_EQ(FindDurations(tokens)[0].seconds, 12600);
  EXPECT_EQ(FindDurations(tokens)[0].ToTerm(),
            Term::Literal("PT3H30M", "http://www.w3.org/2001/XMLSchema#duration"));
}

}  // namespace
}  // namespace sanad
