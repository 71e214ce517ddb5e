// Lexical rules that the RDF syntaxes, SPARQL and the writers share: UTF-8, the
// character classes of Turtle and SPARQL names, IRI and language tag characters,
// and the escaping of N-Triples (RDF 1.1 N-Triples, section 7; Turtle, 6.5).

#ifndef SANAD_STORAGE_MODEL_LEXICAL_H_
#define SANAD_STORAGE_MODEL_LEXICAL_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sanad {

// The byte offset of the first byte that is not well-formed UTF-8 (Unicode
// table 3-7: no surrogates, no overlong forms), or npos.
size_t FindInvalidUtf8(std::string_view text);
inline bool IsValidUtf8(std::string_view text) {
  return FindInvalidUtf8(text) == std::string_view::npos;
}

// Decodes the character at `position` and moves past it. Malformed bytes give
// U+FFFD and move by one. REQUIRES: position < text.size().
char32_t NextLongCodePoint(std::string_view text, size_t& position);  // Any, ASCII too.
inline char32_t NextCodePoint(std::string_view text, size_t& position) {
  const auto byte = static_cast<unsigned char>(text[position]);
  if (byte >= 0x80) return NextLongCodePoint(text, position);
  ++position;
  return byte;
}

// Appends a character in UTF-8. False, and nothing appended, for a surrogate or
// a value above U+10FFFF.
bool AppendUtf8(std::string& out, char32_t code_point);

// PN_CHARS_BASE, PN_CHARS_U and PN_CHARS of Turtle and SPARQL.
bool IsPnCharsBase(char32_t c);
inline bool IsPnCharsU(char32_t c) { return c == '_' || IsPnCharsBase(c); }
bool IsPnChars(char32_t c);

// The bytes that may stand unescaped between '<' and '>' (IRIREF); every byte
// of a multi-byte character may.
constexpr bool IsIriByte(unsigned char c) {
  if (c <= 0x20) return false;
  switch (c) {
    case '<':
    case '>':
    case '"':
    case '{':
    case '}':
    case '|':
    case '^':
    case '`':
    case '\\':
      return false;
    default:
      return true;
  }
}

// The whole text is a scheme and a colon followed by IRIREF bytes, in UTF-8.
bool IsAbsoluteIri(std::string_view text);
// LANGTAG without the '@'.
bool IsLanguageTag(std::string_view text);
// BLANK_NODE_LABEL without the "_:".
bool IsBlankNodeLabel(std::string_view text);
// A PN_LOCAL that needs no escapes, and PN_PREFIX (may be empty).
bool IsPlainLocalName(std::string_view text);
bool IsPrefixName(std::string_view text);

// The number shorthands of Turtle and SPARQL, sign included.
enum class NumberShorthand : uint8_t { kNone, kInteger, kDecimal, kDouble };
NumberShorthand ClassifyNumber(std::string_view text);
// Whether the text, written without quotes, reads back with this datatype.
bool IsNumberShorthand(std::string_view text, std::string_view datatype);

// ASCII only.
bool EqualsIgnoringCase(std::string_view a, std::string_view b);
std::string AsciiLower(std::string_view text);
// The text without leading and trailing XML white space (tab, LF, CR, space):
// what "collapse" means for every XSD type that a cast reads.
std::string_view TrimXmlSpace(std::string_view text);

// Appends `text` with ECHAR (if `allow_echar`) and UCHAR escapes replaced. Returns
// npos, or the offset of the first bad escape.
size_t AppendUnescaped(std::string& out, std::string_view text, bool allow_echar);

// Appends `value` between quotes with the escapes of canonical N-Triples:
// \" \\ \b \t \n \f \r, and \uXXXX for the other control characters.
void AppendQuoted(std::string& out, std::string_view value);
// Appends `<iri>`, characters that IRIREF forbids as \uXXXX.
void AppendIriRef(std::string& out, std::string_view iri);

}  // namespace sanad

#endif  // SANAD_STORAGE_MODEL_LEXICAL_H_
