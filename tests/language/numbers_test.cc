#include "language/numbers.h"

#include <gtest/gtest.h>

#include <random>

namespace sanad {
namespace {

std::string Numbers(std::string_view text) {
  const std::vector<Token> tokens = Tokenise(text);
  std::string out;
  for (const NumberSpan& n : FindNumbers(tokens)) {
    if (!out.empty()) out += " ";
    out += n.lexical + (n.ordinal ? "." : "") + "@" + std::to_string(n.first) + "+" +
           std::to_string(n.count);
  }
  return out;
}

TEST(Numbers, Table) {
  const struct {
    std::string_view text, numbers;
  } kCases[] = {
      {"no words here", ""},
      {"four", "4@0+1"},
      {"twenty-five flights", "25@0+3"},
      {"twenty five", "25@0+2"},
      {"four hundred and twelve", "412@0+4"},
      {"one hundred", "100@0+2"},
      {"two thousand three hundred and six", "2306@0+6"},
      {"three million", "3000000@0+2"},
      {"3.5 million people", "3500000@0+2"},
      {"1,250,000", "1250000@0+1"},
      {"0.50", "0.5@0+1"},
      {"007", "7@0+1"},
      {"four and five", "4@0+1 5@2+1"},
      {"the third round", "3.@1+1"},
      {"twenty-first", "21.@0+3"},
      {"the 2nd and 3rd", "2.@1+1 3.@3+1"},
      {"12:30", ""},
      {"a dozen boats", "12@0+2"},
      {"أربع ساعات", "4@0+1"},
      {"أربعة وفود", "4@0+1"},
      {"ثلاث عشرة جلسة", "13@0+2"},
      {"ثلاثة عشر وفدا", "13@0+2"},
      {"خمس وعشرون دولة", "25@0+2"},
      {"خمسة وعشرين اجتماعا", "25@0+2"},
      {"مئة وخمسة", "105@0+2"},
      {"مائة", "100@0+1"},
      {"ثلاثمئة وأربعون", "340@0+2"},
      {"ثلاث مئة", "300@0+2"},
      {"ألفان وخمسمئة", "2500@0+2"},
      {"ثلاثة آلاف وستمئة وسبعة وثلاثين", "3637@0+5"},
      {"مليونين", "2000000@0+1"},
      {"٤١٢", "412@0+1"},
      {"٣٫٥ ملايين", "3500000@0+2"},
      {"300 مليون متر", "300000000@0+2"},
      {"الجولة الثانية", "2.@1+1"},
      {"الجلسة الأولى", "1.@1+1"},
      {"الحادية عشرة", "11.@0+2"},
      {"بثلاث جولات", "3@0+1"},
      {"ثلاث وأربع", "3@0+1 4@1+1"},
      {"عشر ساعات وعشرين دقيقة", "10@0+1 20@2+1"},
      {"ثماني ساعات", "8@0+1"},
      {"يوم الاثنين", ""},
      {"اثنتان وعشرون", "22@0+2"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Numbers(c.text), c.numbers) << c.text;
}

TEST(Numbers, Terms) {
  EXPECT_EQ(NumberAt(Tokenise("42"), 0).ToTerm(), Term::Integer(42));
  EXPECT_EQ(NumberAt(Tokenise("3.50"), 0).ToTerm(),
            Term::Literal("3.5", "http://www.w3.org/2001/XMLSchema#decimal"));
}

TEST(Numbers, NothingOverflows) {
  EXPECT_EQ(Numbers(std::string(39, '9')), std::string(39, '9') + "@0+1");
  Numbers(std::string(100'000, '9') + " million");
  std::string words;
  for (int i = 0; i < 10'000; ++i) words += "million thousand hundred nine ";
  Numbers(words);
  std::mt19937 random(5);
  const char* kWords[] = {"nine",   "hundred", "and",  "million", "-",      "third",   "مئة",
                          "وعشرون", "ألف",     "خمسة", "3",       "ملايين", "billion", "trillion"};
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int i = 0; i < 12; ++i) text += std::string(kWords[random() % std::size(kWords)]) + " ";
    Numbers(text);
  }
}

}  // namespace
}  // namespace sanad
