#include "shell/display.h"

#include <gtest/gtest.h>

namespace sanad::shell {
namespace {

struct WidthCase {
  const char* text;
  size_t width;
};

TEST(DisplayWidth, CountsColumnsByCluster) {
  const WidthCase cases[] = {
      {"", 0},
      {"Riyadh", 6},
      {"الرياض", 6},
      {"عُقِدَتْ", 4},                // Four letters, four combining marks.
      {"e\u0301", 1},             // A combining accent.
      {"日本", 4},                // Wide.
      {"👩‍👩‍👧", 2},  // Joined emoji are one cluster.
      {"a\u200Db", 2},            // A joiner alone is no column.
      {"\xFF\xFE", 2},            // Not UTF-8: one column a byte.
      {"لا", 2},
  };
  for (const WidthCase& c : cases) EXPECT_EQ(DisplayWidth(c.text), c.width) << c.text;
}

TEST(EscapeForTerminal, LeavesNothingThatATerminalObeys) {
  EXPECT_EQ(EscapeForTerminal("plain"), "plain");
  EXPECT_EQ(EscapeForTerminal("a\nb\tc\r"), "a\\nb\\tc\\r");
  EXPECT_EQ(EscapeForTerminal("a\nb", NewLines::kKeep), "a\nb");
  EXPECT_EQ(EscapeForTerminal("\033[31mred\007"), "\\x1B[31mred\\x07");
  EXPECT_EQ(EscapeForTerminal("\u202Etxt"), "\\u{202E}txt");
  EXPECT_EQ(EscapeForTerminal("\u0085"), "\\u{85}");
  EXPECT_EQ(EscapeForTerminal("a\xC3"), "a\uFFFD");
  EXPECT_EQ(EscapeForTerminal("محادثات"), "محادثات");
  EXPECT_EQ(EscapeForTerminal(std::string_view("\0x", 2)), "\\x00x");
}

TEST(HasRightToLeft, SeesLettersNotDigits) {
  EXPECT_TRUE(HasRightToLeft("in الرياض"));
  EXPECT_TRUE(HasRightToLeft("שלום"));
  EXPECT_FALSE(HasRightToLeft("18 February"));
  EXPECT_FALSE(HasRightToLeft("é"));
}

TEST(ByteOfCodePoint, CountsCodePoints) {
  EXPECT_EQ(ByteOfCodePoint("aبc", 0), 0u);
  EXPECT_EQ(ByteOfCodePoint("aبc", 2), 3u);
  EXPECT_EQ(ByteOfCodePoint("aبc", 9), 4u);
}

}  // namespace
}  // namespace sanad::shell
