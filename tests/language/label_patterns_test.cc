#include "language/label_patterns.h"

#include <gtest/gtest.h>

#include "datasets/embedded.h"

namespace sanad {
namespace {

LabelPatterns Shipped(std::string_view language) {
  for (const EmbeddedFile& file : EmbeddedFiles()) {
    if (file.path == (language == "ar" ? "rules/arabic.patterns" : "rules/english.patterns")) {
      absl::StatusOr<LabelPatterns> patterns = LabelPatterns::Parse(file.content, language);
      EXPECT_TRUE(patterns.ok()) << patterns.status().ToString();
      return *std::move(patterns);
    }
  }
  ADD_FAILURE() << "no label patterns for " << language;
  return *LabelPatterns::Parse("", language);
}

TEST(LabelPatterns, Shipped) {
  const struct {
    std::vector<std::string> classes;
    LabelSlots en, ar;
    std::string_view en_label, ar_label;
  } kCases[] = {
      {{"Talks", "Meeting", "Event"},
       {.class_label = "talks", .place = "Muscat", .date = {0, 6, 3}},
       {.class_label = "محادثات", .place = "مسقط", .date = {0, 6, 3}},
       "Muscat talks of 3 June",
       "محادثات مسقط في 3 يونيو"},
      {{"NegotiationRound", "Meeting", "Event"},
       {.class_label = "round", .place = "Japan", .number = 3},
       {.class_label = "جولة", .place = "اليابان", .number = 3},
       "third round of talks in Japan",
       "الجولة الثالثة من المحادثات في اليابان"},
      {{"NegotiationRound", "Meeting", "Event"},
       {.class_label = "round", .date = {2024, 5, 0}},
       {.class_label = "جولة", .date = {2024, 5, 0}},
       "round of talks of May 2024",
       "جولة محادثات في مايو 2024"},
      {{"Meeting", "Event"},
       {.class_label = "meeting", .participants = "Chile and Peru"},
       {.class_label = "اجتماع", .participants = "تشيلي وبيرو"},
       "meeting of Chile and Peru",
       "اجتماع بين تشيلي وبيرو"},
      {{"Session", "Meeting", "Event"},
       {.class_label = "session"},
       {.class_label = "جلسة"},
       "session",
       "جلسة"},
      {{"Regatta", "Event"},
       {.class_label = "regatta"},
       {.class_label = "سباق"},
       "regatta",
       "سباق"},
      {{"Regatta"}, {.class_label = "regatta"}, {.class_label = "سباق"}, "", ""},
  };
  const LabelPatterns en = Shipped("en");
  const LabelPatterns ar = Shipped("ar");
  for (const auto& c : kCases) {
    EXPECT_EQ(en.Make(c.classes, c.en), c.en_label);
    EXPECT_EQ(ar.Make(c.classes, c.ar), c.ar_label);
  }
}

TEST(LabelPatterns, ErrorsPointAtThePlace) {
  const struct {
    std::string_view text, message;
  } kCases[] = {
      {"Meeting", "line 1, column 8: a pattern must follow"},
      {"# x\nMeeting {plaze}", "line 2, column 10: unknown slot \"plaze\""},
      {"Meeting {place", "line 1, column 9: { has no }"},
      {"Meeting [[x]]", "line 1, column 10: [ inside"},
      {"Meeting x]", "line 1, column 10: ] without"},
      {"Meeting [x", "line 1, column 11: [ has no ]"},
      {"Meeting x}", "line 1, column 10: } without"},
  };
  for (const auto& c : kCases) {
    const auto parsed = LabelPatterns::Parse(c.text, "en");
    ASSERT_FALSE(parsed.ok()) << c.text;
    EXPECT_NE(std::string(parsed.status().message()).find(c.message), std::string::npos)
        << parsed.status().ToString();
  }
}

TEST(Words, DatesOrdinalsLists) {
  EXPECT_EQ(DateInWords({2025, 2, 18}, "en"), "18 February 2025");
  EXPECT_EQ(DateInWords({0, 2, 18}, "ar"), "18 فبراير");
  EXPECT_EQ(DateInWords({2025, 0, 0}, "en"), "2025");
  EXPECT_EQ(DateInWords({}, "en"), "");
  EXPECT_EQ(OrdinalInWords(2, "en"), "second");
  EXPECT_EQ(OrdinalInWords(21, "en"), "21st");
  EXPECT_EQ(OrdinalInWords(112, "en"), "112th");
  EXPECT_EQ(OrdinalInWords(1, "ar"), "الأولى");
  EXPECT_EQ(OrdinalInWords(2, "ar"), "الثانية");
  EXPECT_EQ(OrdinalInWords(10, "ar"), "العاشرة");
  EXPECT_EQ(OrdinalInWords(11, "ar"), "الحادية عشرة");
  EXPECT_EQ(OrdinalInWords(42, "ar"), "42");
  const std::vector<std::string> three = {"a", "b", "c"};
  EXPECT_EQ(JoinInWords(three, "en"), "a, b and c");
  EXPECT_EQ(JoinInWords(three, "ar"), "a وb وc");
  EXPECT_EQ(JoinInWords({}, "en"), "");
}

}  // namespace
}  // namespace sanad
