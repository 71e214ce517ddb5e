// ASCII and plain Arabic take a table-driven path without ICU; everything else
// goes through NFKC_Casefold and canonical decomposition. Both give the same.

#include "language/normalise.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include <array>
#include <vector>

#include "language/text.h"

namespace sanad {
namespace {

constexpr bool IsDroppedMark(char32_t c) {
  return (c >= 0x0300 && c <= 0x036F) || (c >= 0x0610 && c <= 0x061A) ||
         (c >= 0x064B && c <= 0x065F) || c == 0x0670 || (c >= 0x06D6 && c <= 0x06DC) ||
         (c >= 0x06DF && c <= 0x06E8) || (c >= 0x06EA && c <= 0x06ED) ||
         (c >= 0x08D3 && c <= 0x08FF) || (c >= 0x0591 && c <= 0x05C7) || c == 0x0640;
}

// The letter or sign that stands for `c`; 0 drops it. Digits stand for themselves.
constexpr char32_t FoldLetter(char32_t c) {
  if (IsDroppedMark(c)) return 0;
  switch (c) {
    case 0x0622:  // آ
    case 0x0623:  // أ
    case 0x0625:  // إ
    case 0x0671:  // ٱ
      return 0x0627;
    case 0x0649:  // ى
    case 0x0626:  // ئ
    case 0x06CC:  // Farsi yeh
      return 0x064A;
    case 0x0624:  // ؤ
      return 0x0648;
    case 0x0629:  // ة
      return 0x0647;
    case 0x06A9:  // Farsi kaf
      return 0x0643;
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x02BC:
    case 0x02B9:
    case 0x2032:
      return '\'';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
      return '-';
    default:
      return c;
  }
}

// The same, with digits of any script made ASCII.
char32_t FoldCodePoint(char32_t c) {
  if (const char32_t letter = FoldLetter(c); letter != c) return letter;
  if (c >= 0x80 && u_charType(static_cast<UChar32>(c)) == U_DECIMAL_DIGIT_NUMBER) {
    return U'0' + static_cast<char32_t>(u_charDigitValue(static_cast<UChar32>(c)));
  }
  return c;
}

constexpr bool IsPlain(char32_t c) {
  return c < 0x80 || (c >= 0x0621 && c <= 0x065F && c != 0x063B && c != 0x063C) ||
         (c >= 0x0660 && c <= 0x0669) || c == 0x0670 || c == 0x060C || c == 0x061B || c == 0x061F;
}

// What a letter of the Arabic block (U+0600 to U+06FF) folds to: the bytes that stand for
// it, none where it is dropped. Not plain: ICU is asked.
struct Folded {
  bool plain = false;
  uint8_t size = 0;
  std::array<char, 2> bytes{};
};
constexpr char32_t kArabicBlock = 0x600;
constexpr std::array<Folded, 256> kArabicFolded = [] {
  std::array<Folded, 256> table{};
  for (char32_t i = 0; i < table.size(); ++i) {
    const char32_t c = kArabicBlock + i;
    if (!IsPlain(c)) continue;
    const char32_t f = c >= 0x0660 && c <= 0x0669 ? U'0' + (c - 0x0660) : FoldLetter(c);
    Folded& folded = table[i];
    folded.plain = true;
    if (f == 0) continue;
    folded.size = f < 0x80 ? 1 : 2;
    folded.bytes[0] = static_cast<char>(f < 0x80 ? f : 0xC0 | f >> 6);
    folded.bytes[1] = static_cast<char>(0x80 | (f & 0x3F));
  }
  return table;
}();

std::u16string ToUtf16(std::u32string_view text) {
  std::u16string out;
  out.reserve(text.size());
  for (char32_t c : text) {
    if (c < 0x10000) {
      out.push_back(static_cast<char16_t>(c));
    } else {
      out.push_back(static_cast<char16_t>(0xD7C0 + (c >> 10)));
      out.push_back(static_cast<char16_t>(0xDC00 | (c & 0x3FF)));
    }
  }
  return out;
}

std::u32string FromUtf16(std::u16string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    char32_t c = text[i];
    if (c >= 0xD800 && c < 0xDC00 && i + 1 < text.size()) {
      c = 0x10000 + ((c - 0xD800) << 10) + (static_cast<char32_t>(text[++i]) - 0xDC00);
    }
    out.push_back(c);
  }
  return out;
}

// `text` unchanged when ICU cannot normalise it (out of memory, over 2 GB).
std::u16string Apply(const UNormalizer2* form, const std::u16string& text) {
  std::u16string out(text.size() * 2 + 16, u'\0');
  UErrorCode error = U_ZERO_ERROR;
  int32_t length = unorm2_normalize(form, text.data(), static_cast<int32_t>(text.size()),
                                    out.data(), static_cast<int32_t>(out.size()), &error);
  if (error == U_BUFFER_OVERFLOW_ERROR) {
    error = U_ZERO_ERROR;
    out.resize(static_cast<size_t>(length));
    length = unorm2_normalize(form, text.data(), static_cast<int32_t>(text.size()), out.data(),
                              static_cast<int32_t>(out.size()), &error);
  }
  if (U_FAILURE(error)) return text;
  out.resize(static_cast<size_t>(length));
  return out;
}

std::string NormaliseWithIcu(std::u32string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  static const UNormalizer2* const casefold = unorm2_getNFKCCasefoldInstance(&error);
  static const UNormalizer2* const decompose = unorm2_getNFDInstance(&error);
  static const UNormalizer2* const compose = unorm2_getNFCInstance(&error);
  if (casefold == nullptr || decompose == nullptr || compose == nullptr) {
    return ToUtf8(text);  // ICU data missing: compare as written.
  }
  std::u32string folded;
  for (char32_t c : FromUtf16(Apply(decompose, Apply(casefold, ToUtf16(text))))) {
    if (char32_t f = FoldCodePoint(c)) folded.push_back(f);
  }
  return ToUtf8(FromUtf16(Apply(compose, ToUtf16(folded))));
}

}  // namespace

std::string Normalise(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      out.push_back(static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte));
      continue;
    }
    // The Arabic block: two bytes, the first from 0xD8 to 0xDB.
    const bool arabic = byte >= 0xD8 && byte <= 0xDB && i + 1 < text.size() &&
                        (static_cast<unsigned char>(text[i + 1]) & 0xC0) == 0x80;
    if (!arabic) return NormaliseWithIcu(ToUtf32(text));
    const size_t letter =
        static_cast<size_t>(byte - 0xD8) << 6 | (static_cast<unsigned char>(text[++i]) & 0x3F);
    const Folded& folded = kArabicFolded[letter];
    if (!folded.plain) return NormaliseWithIcu(ToUtf32(text));
    out.append(folded.bytes.data(), folded.size);
  }
  return out;
}

std::string_view WithoutArticle(std::string_view normalised) {
  constexpr std::string_view kArticle = "ال";
  if (normalised.starts_with(kArticle)) normalised.remove_prefix(kArticle.size());
  return normalised;
}

std::string FoldDigits(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    const char32_t c = NextCodePoint(text, i);
    if (c == 0x066B) {
      out.push_back('.');
    } else if (c == 0x066C) {
      out.push_back(',');
    } else if (c >= 0x80 && u_charType(static_cast<UChar32>(c)) == U_DECIMAL_DIGIT_NUMBER) {
      out.push_back(static_cast<char>('0' + u_charDigitValue(static_cast<UChar32>(c))));
    } else {
      AppendUtf8(out, c);
    }
  }
  return out;
}

std::string IdentityName(std::string_view name) {
  const std::string normalised = Normalise(name);
  std::string out;
  bool gap = false;
  for (size_t i = 0; i < normalised.size();) {
    const char32_t c = NextCodePoint(normalised, i);
    const int type = u_charType(static_cast<UChar32>(c));
    const bool kept = u_isalnum(static_cast<UChar32>(c)) || type == U_NON_SPACING_MARK ||
                      type == U_COMBINING_SPACING_MARK;
    if (c == '\'') continue;  // "O'Brien" and "OBrien" are one name.
    if (!kept) {
      gap = true;
      continue;
    }
    if (gap && !out.empty()) out.push_back('-');
    gap = false;
    AppendUtf8(out, c);
  }
  return out;
}

}  // namespace sanad
