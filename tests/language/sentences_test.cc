#include "language/sentences.h"

#include <gtest/gtest.h>

#include "language/text.h"

namespace sanad {
namespace {

std::string Split(std::string_view text) {
  std::string out;
  for (const SentenceSpan& s : SplitSentences(text)) {
    out += s.is_heading ? "<" : "[";
    out += text.substr(s.begin_byte, s.end_byte - s.begin_byte);
    out += s.is_heading ? ">" : "]";
  }
  return out;
}

TEST(Sentences, Table) {
  const struct {
    std::string_view text, sentences;
  } kCases[] = {
      {"", ""},
      {" \n\n\t\n", ""},
      {"One. Two! Three?", "[One.][Two!][Three?]"},
      {"A heading\nA sentence. Another.", "<A heading>[A sentence.][Another.]"},
      {"Heading\r\n\r\nText here.", "<Heading>[Text here.]"},
      {"They met Dr. Karam in Doha. He left.", "[They met Dr. Karam in Doha.][He left.]"},
      {"Mr. J. Brown spoke. All left.", "[Mr. J. Brown spoke.][All left.]"},
      {"It cost 3.5 million. Good.", "[It cost 3.5 million.][Good.]"},
      {"He said no. They left.", "[He said no.][They left.]"},
      {"الجملة الأولى. الجملة الثانية؟ نعم!", "[الجملة الأولى.][الجملة الثانية؟][نعم!]"},
      {"قال د. كرم ذلك. ثم غادر.", "[قال د. كرم ذلك.][ثم غادر.]"},
      {"عنوان\nنص.", "<عنوان>[نص.]"},
      {"\"It works.\" She left.", "[\"It works.\"][She left.]"},
      {"(All agreed.)", "[(All agreed.)]"},
      {"\xEF\xBB\xBFText.", "[Text.]"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Split(c.text), c.sentences) << c.text;
}

TEST(Sentences, CodePointOffsets) {
  const std::string text = "عنوان\nالأولى. ثم Zürich! 😀 نعم.";
  const std::u32string points = ToUtf32(text);
  uint32_t end = 0;
  for (const SentenceSpan& s : SplitSentences(text)) {
    EXPECT_GE(s.begin, end);
    end = s.end;
    EXPECT_EQ(ToUtf8(points.substr(s.begin, s.end - s.begin)),
              text.substr(s.begin_byte, s.end_byte - s.begin_byte));
  }
}

TEST(Sentences, HostileInput) {
  EXPECT_EQ(SplitSentences(std::string(5'000'000, 'a')).size(), 1u);
  EXPECT_EQ(SplitSentences(std::string(100'000, '\n')).size(), 0u);
  SplitSentences("\xFF\xFE. \xC0 x.\xED\xA0\x80 A.");
  std::string dots;
  for (int i = 0; i < 20000; ++i) dots += "A. ";
  SplitSentences(dots);
}

}  // namespace
}  // namespace sanad
