#include "language/text.h"

#include <gtest/gtest.h>

#include <random>

#include "language/normalise.h"

namespace sanad {
namespace {

TEST(Text, OffsetsMapBothWays) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "aé中😀ب ";
  const OffsetMap map(text);
  EXPECT_EQ(map.code_points(), 600u);
  size_t code_point = 0;
  for (size_t byte = 0; byte < text.size(); ++code_point) {
    EXPECT_EQ(map.CodePointOf(text, byte), code_point);
    EXPECT_EQ(map.ByteOf(text, code_point), byte);
    NextCodePoint(text, byte);
  }
  EXPECT_EQ(map.ByteOf(text, 600), text.size());
  EXPECT_EQ(map.ByteOf(text, 10000), text.size());
  EXPECT_EQ(map.CodePointOf(text, text.size() + 5), 600u);
}

TEST(Text, ABytesInsideACharacterBelongsToIt) {
  const std::string text = "é1";
  const OffsetMap map(text);
  EXPECT_EQ(map.CodePointOf(text, 1), 0u);
  EXPECT_EQ(map.CodePointOf(text, 2), 1u);
}

TEST(Normalise, FoldsSpellings) {
  const struct {
    std::string_view text, normalised;
  } kCases[] = {
      {"Ankara", "ankara"},
      {"Zürich CAFÉ", "zurich cafe"},
      {"Straße", "strasse"},
      {"ﬁnal ①", "final 1"},
      {"أعلنَ", "اعلن"},
      {"آخر", "اخر"},
      {"مُباحثاتٌ", "مباحثات"},
      {"اجتمـــاع", "اجتماع"},
      {"جولة", "جوله"},
      {"مستشفى", "مستشفي"},
      {"مسؤول", "مسوول"},
      {"رئيس", "رييس"},
      {"١٨ فبراير ٢٠٢٥", "18 فبراير 2025"},
      {"۱۲۳", "123"},
      {"Russia’s – plan", "russia's - plan"},
      {"a\u200Fb\u200Bc", "abc"},
      {"Ａｂｃ", "abc"},
      {"İstanbul", "istanbul"},
      {"ﻻ", "لا"},
      {"", ""},
  };
  for (const auto& c : kCases) EXPECT_EQ(Normalise(c.text), c.normalised) << c.text;
}

TEST(Normalise, IsIdempotentOnAnything) {
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 8; ++i) {
      const char32_t c = random() % 4 == 0   ? random() % 0x20000
                         : random() % 2 == 0 ? 0x600 + random() % 0x100
                                             : random() % 0x250;
      AppendUtf8(text, c);
    }
    const std::string once = Normalise(text);
    EXPECT_EQ(Normalise(once), once) << text;
  }
}

TEST(Normalise, SurvivesBytes) {
  std::mt19937 random(11);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes;
    for (int i = 0; i < 24; ++i) bytes.push_back(static_cast<char>(random()));
    EXPECT_TRUE(IsValidUtf8(Normalise(bytes)));
    IdentityName(bytes);
    FoldDigits(bytes);
  }
}

TEST(Normalise, IdentityNames) {
  const struct {
    std::string_view name, identity;
  } kCases[] = {
      {"Dr. John  O'Neil", "dr-john-oneil"},
      {"أبو ظبي", "ابو-ظبي"},
      {"New York", "new-york"},
      {"al-Masri", "al-masri"},
      {"  ", ""},
      {"Saint-Étienne", "saint-etienne"},
      {"<a b>", "a-b"},
  };
  for (const auto& c : kCases) EXPECT_EQ(IdentityName(c.name), c.identity) << c.name;
}

TEST(Normalise, FoldsDigitsOnly) { EXPECT_EQ(FoldDigits("Aé ٣٫٥ و١٬٢٥٠"), "Aé 3.5 و1,250"); }

}  // namespace
}  // namespace sanad
