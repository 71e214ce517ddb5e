#include "language/token.h"

#include <gtest/gtest.h>

#include <random>

#include "language/text.h"

namespace sanad {
namespace {

// "word|number:12|punct:." with a bar between.
std::string Describe(std::string_view text) {
  std::string out;
  for (const Token& t : Tokenise(text)) {
    if (!out.empty()) out += "|";
    if (t.is_number()) out += "#";
    if (t.is_punctuation()) out += "!";
    out += t.surface();
  }
  return out;
}

TEST(Token, Splits) {
  const struct {
    std::string_view text, tokens;
  } kCases[] = {
      {"", ""},
      {"   \n\t ", ""},
      {"Which meetings addressed flights?", "Which|meetings|addressed|flights|!?"},
      {"Russia's envoy", "Russia|'s|envoy"},
      {"Egypt’s", "Egypt|’s"},
      {"don't", "don't"},
      {"O'Neil", "O'Neil"},
      {"ministers' talks", "ministers|!'|talks"},
      {"US-led", "US|!-|led"},
      {"the U.S. envoy", "the|U.S.|envoy"},
      {"in the U.S.", "in|the|U.S."},
      {"12:30, 1,250.5 and 3.", "#12:30|!,|#1,250.5|and|#3|!."},
      {"1,250,000 people", "#1,250,000|people"},
      {"in 2024, 15", "in|#2024|!,|#15"},
      {"2025-03-01", "#2025-03-01"},
      {"17-18 May", "#17|!-|#18|May"},
      {"18/2/2025", "#18/2/2025"},
      {"18.2.2025", "#18.2.2025"},
      {"the 2nd round", "the|2nd|round"},
      {"90-day", "#90|!-|day"},
      {"و15 أبريل", "و|#15|أبريل"},
      {"بـ20 رحلة", "بـ|#20|رحلة"},
      {"٤ ساعات", "#٤|ساعات"},
      {"٣٫٥", "#٣٫٥"},
      {"المباحثات، التي", "المباحثات|!،|التي"},
      {"«قمة»", "!«|قمة|!»"},
      {"a\u200Fb", "a|b"},
      {"اتّفاق", "اتّفاق"},
      {"😀x", "!😀|x"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Describe(c.text), c.tokens) << c.text;
}

TEST(Token, OffsetsSliceToTheSurface) {
  const std::string text = "«قال» Minister O'Neil: 12 رحلة، 3.5% و٢٠ — «Zürich».";
  const std::u32string points = ToUtf32(text);
  for (const Token& t : Tokenise(text)) {
    EXPECT_EQ(text.substr(t.begin_byte, t.end_byte - t.begin_byte), t.surface());
    EXPECT_EQ(ToUtf8(points.substr(t.begin, t.end - t.begin)), t.surface());
  }
}

TEST(Token, AddsTheBase) {
  const std::vector<Token> tokens = Tokenise("a b", {.code_point = 10, .byte = 20});
  EXPECT_EQ(tokens[1].begin, 12u);
  EXPECT_EQ(tokens[1].end_byte, 23u);
}

TEST(Token, Features) {
  const std::vector<Token> t = Tokenise("\"Envoy met NATO in McLean, iran الوفد Москва 5");
  EXPECT_TRUE(t[1].sentence_initial);
  EXPECT_FALSE(t[2].sentence_initial);
  EXPECT_EQ(t[1].word->capitalisation, Capitalisation::kInitial);
  EXPECT_EQ(t[2].word->capitalisation, Capitalisation::kLower);
  EXPECT_EQ(t[3].word->capitalisation, Capitalisation::kUpper);
  EXPECT_EQ(t[5].word->capitalisation, Capitalisation::kMixed);
  EXPECT_EQ(t[8].word->capitalisation, Capitalisation::kUncased);
  EXPECT_EQ(t[8].word->script, Script::kArabic);
  EXPECT_EQ(t[9].word->script, Script::kOther);
  EXPECT_FALSE(t[1].space_before);
  EXPECT_TRUE(t[2].space_before);
}

bool HasSplit(std::string_view word, std::vector<std::string> proclitics, std::string_view stem,
              std::string_view enclitic) {
  for (const CliticSplit& s : AnalyseWord(word)->splits) {
    if (s.proclitics == proclitics && s.stem == stem && s.enclitic == enclitic) return true;
  }
  return false;
}

TEST(Clitics, Readings) {
  EXPECT_TRUE(HasSplit("وقادتها", {}, "وقادتها", ""));
  EXPECT_TRUE(HasSplit("وقادتها", {"و"}, "قادت", "ها"));
  EXPECT_TRUE(HasSplit("وقادتها", {"و"}, "قادتها", ""));
  EXPECT_TRUE(HasSplit("بالرياض", {"ب", "ال"}, "رياض", ""));
  EXPECT_TRUE(HasSplit("للسفير", {"ل", "ال"}, "سفير", ""));
  EXPECT_TRUE(HasSplit("وللوفد", {"و", "ل", "ال"}, "وفد", ""));
  EXPECT_TRUE(HasSplit("لسفير", {"ل"}, "سفير", ""));
  EXPECT_TRUE(HasSplit("وستعقد", {"و", "س"}, "تعقد", ""));
  EXPECT_TRUE(HasSplit("فيها", {}, "في", "ها"));
  EXPECT_TRUE(HasSplit("كالاجتماع", {"ك", "ال"}, "اجتماع", ""));
  EXPECT_TRUE(HasSplit("الوفد", {"ال"}, "وفد", ""));
  // ة is no pronoun, and a definite noun takes none.
  EXPECT_FALSE(HasSplit("جولة", {}, "جول", "ه"));
  EXPECT_TRUE(HasSplit("قاده", {}, "قاد", "ه"));
  EXPECT_FALSE(HasSplit("الوجه", {"ال"}, "وج", "ه"));
  EXPECT_EQ(AnalyseWord("Riyadh")->splits.size(), 1u);
}

TEST(Token, HostileInput) {
  const std::string long_word(3'000'000, 'a');
  EXPECT_EQ(Tokenise(long_word).size(), 1u);
  std::string arabic;
  for (int i = 0; i < 200'000; ++i) arabic += "و";
  EXPECT_EQ(Tokenise(arabic).size(), 1u);
  const std::string digits(100'000, '7');
  EXPECT_EQ(Tokenise(digits).size(), 1u);
  std::mt19937 random(3);
  for (int round = 0; round < 3000; ++round) {
    std::string bytes;
    for (int i = 0; i < 30; ++i) bytes.push_back(static_cast<char>(random()));
    uint32_t end = 0;
    for (const Token& t : Tokenise(bytes)) {
      EXPECT_GE(t.begin_byte, end);
      EXPECT_GT(t.end_byte, t.begin_byte);
      EXPECT_LE(t.end_byte, bytes.size());
      end = t.end_byte;
    }
  }
}

}  // namespace
}  // namespace sanad
