// Input to text: encodings and byte order marks, dates of metadata.

#include "loader/document/input_text.h"

#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include "language/text.h"

namespace sanad {
namespace {

using testing::HasSubstr;

InputText MustRead(std::string_view bytes, DocumentFormat format = DocumentFormat::kPlainText) {
  auto input = ReadInput(bytes, format);
  EXPECT_TRUE(input.ok()) << input.status();
  return input.ok() ? *std::move(input) : InputText{};
}

// UTF-16 with its byte order mark.
std::string Utf16(std::string_view utf8, bool big_endian) {
  std::string out;
  const auto unit = [&](char32_t u) {
    const char high = static_cast<char>(u >> 8), low = static_cast<char>(u & 0xFF);
    out += big_endian ? std::string{high, low} : std::string{low, high};
  };
  unit(0xFEFF);
  for (const char32_t c : ToUtf32(utf8)) {
    if (c < 0x10000) {
      unit(c);
    } else {
      unit(0xD7C0 + (c >> 10));
      unit(0xDC00 | (c & 0x3FF));
    }
  }
  return out;
}

TEST(InputText, Utf16OfEitherOrderIsConverted) {
  const std::string text = "عُقد الاجتماع في أوسلو – a 𝒱 b\n";
  for (const bool big_endian : {false, true}) {
    const InputText input = MustRead(Utf16(text, big_endian));
    EXPECT_EQ(input.text, text) << big_endian;
    EXPECT_THAT(input.warning, HasSubstr("UTF-16"));
  }
  const InputText html = MustRead(Utf16("<p>Talks in Oslo.</p>", false), DocumentFormat::kHtml);
  EXPECT_EQ(html.text, "Talks in Oslo.");
}

TEST(InputText, ByteOrderMarkOfUtf8Goes) {
  EXPECT_EQ(MustRead("\xEF\xBB\xBFTalks").text, "Talks");
  EXPECT_EQ(MustRead("Talks").warning, "");
}

TEST(InputText, HtmlMetadataGivesTheDate) {
  const auto date = [](std::string_view head, std::string_view body = "<p>x</p>") {
    std::string html = "<html><head>";
    html.append(head).append("</head><body>").append(body).append("</body></html>");
    return MustRead(html, DocumentFormat::kHtml).date;
  };
  EXPECT_EQ(date("<meta property='article:published_time' content='2025-02-19T10:00:00Z'>"),
            "2025-02-19");
  EXPECT_EQ(date("<meta name='date' content='2024-01-31'>"), "2024-01-31");
  EXPECT_EQ(date("<meta itemprop='datePublished' content='2023-12-01'>"), "2023-12-01");
  EXPECT_EQ(date("", "<p>On <time datetime='2022-03-04'>Friday</time> they met.</p>"),
            "2022-03-04");
  // The metadata of the page comes before a time its text tells.
  EXPECT_EQ(date("<meta name='date' content='2024-01-31'>", "<time datetime='2022-03-04'>x</time>"),
            "2024-01-31");
  EXPECT_EQ(date("<meta name='date' content='yesterday'>"), "");
  EXPECT_EQ(date("<meta name='author' content='2024-01-31'>"), "");
}

TEST(InputText, FrontMatterOfMarkdownGivesTheDate) {
  const InputText input =
      MustRead("---\ntitle: x\ndate: 2024-05-06\n---\n# Talks\n", DocumentFormat::kMarkdown);
  EXPECT_EQ(input.date, "2024-05-06");
  EXPECT_EQ(input.text, "Talks");
}

}  // namespace
}  // namespace sanad
