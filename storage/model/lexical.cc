// The character tables are those of the grammars' productions, written as
// sorted ranges; UTF-8 is checked by the lead byte's range of second bytes, with
// a fast path of eight ASCII bytes at a time.

#include "storage/model/lexical.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <iterator>
#include <system_error>

#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

struct Range {
  char32_t low, high;
};

constexpr Range kPnCharsBase[] = {
    {'A', 'Z'},       {'a', 'z'},       {0xC0, 0xD6},     {0xD8, 0xF6},       {0xF8, 0x2FF},
    {0x370, 0x37D},   {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F},   {0x2C00, 0x2FEF},
    {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF},
};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAlpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// The length of the well-formed character at `p`, or 0.
size_t CharacterLength(const unsigned char* p, size_t left) {
  const unsigned char lead = p[0];
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (left < length) return 0;
  unsigned char low = 0x80, high = 0xBF;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  if (p[1] < low || p[1] > high) return 0;
  for (size_t i = 2; i < length; ++i) {
    if (p[i] < 0x80 || p[i] > 0xBF) return 0;
  }
  return length;
}

// What ECHAR `\kind` stands for, or NUL.
char EscapedCharacter(char kind) {
  switch (kind) {
    case 't':
      return '\t';
    case 'b':
      return '\b';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 'f':
      return '\f';
    case '"':
    case '\'':
    case '\\':
      return kind;
    default:
      return '\0';
  }
}

void AppendHexEscape(std::string& out, unsigned char c) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  out += "\\u00";
  out += kHex[c >> 4];
  out += kHex[c & 15];
}

}  // namespace

size_t FindInvalidUtf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  size_t i = 0;
  while (i < text.size()) {
    if (bytes[i] < 0x80) {
      uint64_t word;
      while (i + 8 <= text.size()) {
        std::memcpy(&word, bytes + i, 8);
        if (word & 0x8080808080808080u) break;
        i += 8;
      }
      while (i < text.size() && bytes[i] < 0x80) ++i;
      continue;
    }
    const size_t length = CharacterLength(bytes + i, text.size() - i);
    if (length == 0) return i;
    i += length;
  }
  return std::string_view::npos;
}

char32_t NextLongCodePoint(std::string_view text, size_t& position) {
  const auto* p = reinterpret_cast<const unsigned char*>(text.data()) + position;
  const size_t length = CharacterLength(p, text.size() - position);
  position += std::max<size_t>(length, 1);
  switch (length) {
    case 1:
      return p[0];
    case 2:
      return static_cast<char32_t>((p[0] & 0x1F) << 6 | (p[1] & 0x3F));
    case 3:
      return static_cast<char32_t>((p[0] & 0x0F) << 12 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F));
    case 4:
      return static_cast<char32_t>((p[0] & 0x07) << 18 | (p[1] & 0x3F) << 12 | (p[2] & 0x3F) << 6 |
                                   (p[3] & 0x3F));
    default:
      return 0xFFFD;
  }
}

bool AppendUtf8(std::string& out, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return false;
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
  return true;
}

bool IsPnCharsBase(char32_t c) {
  const auto* range = std::upper_bound(std::begin(kPnCharsBase), std::end(kPnCharsBase), c,
                                       [](char32_t v, const Range& r) { return v < r.low; });
  return range != std::begin(kPnCharsBase) && c <= std::prev(range)->high;
}

bool IsPnChars(char32_t c) {
  return IsPnCharsU(c) || c == '-' || (c >= '0' && c <= '9') || c == 0xB7 ||
         (c >= 0x300 && c <= 0x36F) || (c >= 0x203F && c <= 0x2040);
}

bool IsAbsoluteIri(std::string_view text) {
  if (text.empty() || !IsAlpha(text[0])) return false;
  size_t i = 1;
  while (i < text.size() && (IsAlpha(text[i]) || IsDigit(text[i]) || text[i] == '+' ||
                             text[i] == '-' || text[i] == '.')) {
    ++i;
  }
  if (i == text.size() || text[i] != ':') return false;
  for (const char c : text) {
    if (!IsIriByte(static_cast<unsigned char>(c))) return false;
  }
  return IsValidUtf8(text);
}

bool IsLanguageTag(std::string_view text) {
  size_t i = 0;
  while (i < text.size() && IsAlpha(text[i])) ++i;
  if (i == 0) return false;
  while (i < text.size()) {
    if (text[i] != '-') return false;
    const size_t begin = ++i;
    while (i < text.size() && (IsAlpha(text[i]) || IsDigit(text[i]))) ++i;
    if (i == begin) return false;
  }
  return true;
}

bool IsBlankNodeLabel(std::string_view text) {
  if (text.empty() || text.back() == '.') return false;
  size_t i = 0;
  const char32_t first = NextCodePoint(text, i);
  if (!IsPnCharsU(first) && !(first >= '0' && first <= '9')) return false;
  while (i < text.size()) {
    const char32_t c = NextCodePoint(text, i);
    if (c != '.' && !IsPnChars(c)) return false;
  }
  return IsValidUtf8(text);
}

bool IsPlainLocalName(std::string_view text) {
  if (text.empty()) return true;
  if (text.back() == '.' || !IsValidUtf8(text)) return false;
  size_t i = 0;
  const char32_t first = NextCodePoint(text, i);
  if (!IsPnCharsU(first) && first != ':' && !(first >= '0' && first <= '9')) return false;
  while (i < text.size()) {
    const char32_t c = NextCodePoint(text, i);
    if (c != '.' && c != ':' && !IsPnChars(c)) return false;
  }
  return true;
}

bool IsPrefixName(std::string_view text) {
  if (text.empty()) return true;
  if (text.back() == '.' || !IsValidUtf8(text)) return false;
  size_t i = 0;
  if (!IsPnCharsBase(NextCodePoint(text, i))) return false;
  while (i < text.size()) {
    const char32_t c = NextCodePoint(text, i);
    if (c != '.' && !IsPnChars(c)) return false;
  }
  return true;
}

NumberShorthand ClassifyNumber(std::string_view text) {
  size_t i = 0;
  if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
  const size_t integer_begin = i;
  while (i < text.size() && IsDigit(text[i])) ++i;
  const bool has_integer = i > integer_begin;
  if (i == text.size()) return has_integer ? NumberShorthand::kInteger : NumberShorthand::kNone;
  bool has_fraction = false;
  if (text[i] == '.') {
    const size_t fraction_begin = ++i;
    while (i < text.size() && IsDigit(text[i])) ++i;
    has_fraction = i > fraction_begin;
    if (i == text.size()) {
      return has_fraction ? NumberShorthand::kDecimal : NumberShorthand::kNone;
    }
  }
  if (!has_integer && !has_fraction) return NumberShorthand::kNone;
  if (text[i] != 'e' && text[i] != 'E') return NumberShorthand::kNone;
  if (++i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
  const size_t exponent_begin = i;
  while (i < text.size() && IsDigit(text[i])) ++i;
  return i > exponent_begin && i == text.size() ? NumberShorthand::kDouble : NumberShorthand::kNone;
}

bool IsNumberShorthand(std::string_view text, std::string_view datatype) {
  switch (ClassifyNumber(text)) {
    case NumberShorthand::kInteger:
      return datatype == iri::kXsdInteger;
    case NumberShorthand::kDecimal:
      return datatype == iri::kXsdDecimal;
    case NumberShorthand::kDouble:
      return datatype == iri::kXsdDouble;
    case NumberShorthand::kNone:
      break;
  }
  return false;
}

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return Lower(x) == Lower(y); });
}

std::string AsciiLower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), Lower);
  return out;
}

std::string_view TrimXmlSpace(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

size_t AppendUnescaped(std::string& out, std::string_view text, bool allow_echar) {
  size_t i = 0;
  while (i < text.size()) {
    const size_t backslash = text.find('\\', i);
    out.append(text, i, backslash == std::string_view::npos ? backslash : backslash - i);
    if (backslash == std::string_view::npos) break;
    if (backslash + 1 == text.size()) return backslash;
    const char kind = text[backslash + 1];
    i = backslash + 2;
    if (kind == 'u' || kind == 'U') {
      const size_t digits = kind == 'u' ? 4 : 8;
      uint32_t code_point = 0;
      if (text.size() - i < digits) return backslash;
      const auto [end, error] =
          std::from_chars(text.data() + i, text.data() + i + digits, code_point, 16);
      if (error != std::errc() || end != text.data() + i + digits || !AppendUtf8(out, code_point)) {
        return backslash;
      }
      i += digits;
      continue;
    }
    const char character = allow_echar ? EscapedCharacter(kind) : '\0';
    if (character == '\0') return backslash;
    out += character;
  }
  return std::string_view::npos;
}

void AppendQuoted(std::string& out, std::string_view value) {
  out += '"';
  size_t copied = 0;
  for (size_t i = 0; i < value.size(); ++i) {
    const auto c = static_cast<unsigned char>(value[i]);
    if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F) continue;
    out.append(value, copied, i - copied);
    copied = i + 1;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        AppendHexEscape(out, c);
    }
  }
  out.append(value, copied);
  out += '"';
}

void AppendIriRef(std::string& out, std::string_view iri) {
  out += '<';
  size_t copied = 0;
  for (size_t i = 0; i < iri.size(); ++i) {
    const auto c = static_cast<unsigned char>(iri[i]);
    if (IsIriByte(c)) continue;
    out.append(iri, copied, i - copied);
    copied = i + 1;
    AppendHexEscape(out, c);
  }
  out.append(iri, copied);
  out += '>';
}

}  // namespace sanad
