// Scans for the tokens of Turtle: each takes a position in a text window and
// gives the end of the longest token there, or the window's end when more text
// may lengthen it. They know byte classes only; the lexer checks the rest.
//
// REQUIRES of all: p <= end, *end is NUL and 15 more bytes are readable.

#ifndef SANAD_LOADER_RDF_TURTLE_SCAN_H_
#define SANAD_LOADER_RDF_TURTLE_SCAN_H_

#include <array>
#include <cstddef>

#include "loader/rdf/scan.h"
#include "storage/model/lexical.h"

namespace sanad {

inline bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
inline bool IsHexDigit(char c) {
  return IsAsciiDigit(c) || static_cast<unsigned char>((c | 0x20) - 'a') < 6;
}

// The ASCII part of PN_CHARS.
inline constexpr std::array<bool, 256> kNameBytes = [] {
  std::array<bool, 256> table{};
  for (unsigned c = 0; c < 128; ++c) {
    table[c] = IsAsciiAlnum(static_cast<char>(c)) || c == '_' || c == '-';
  }
  return table;
}();

inline const char* SkipNameBytes(const char* p) {
  while (kNameBytes[static_cast<unsigned char>(*p)]) ++p;
  return p;
}

// Moves over one PN_CHARS character, and all of a run in ASCII; false when there
// is none.
inline bool SkipPnChars(const char*& p, const char* end) {
  if (const char* const stop = SkipNameBytes(p); stop != p) {
    p = stop;
    return true;
  }
  if (static_cast<unsigned char>(*p) < 0x80) return false;
  size_t length = 0;
  if (!IsPnChars(NextCodePoint({p, static_cast<size_t>(end - p)}, length))) return false;
  p += length;
  return true;
}

// Moves over a character that may begin a local name or label: PN_CHARS_U or a
// digit.
inline bool SkipFirstNameCharacter(const char*& p, const char* end) {
  if (IsAsciiAlnum(*p) || *p == '_') {
    ++p;
    return true;
  }
  if (static_cast<unsigned char>(*p) < 0x80) return false;
  size_t length = 0;
  if (!IsPnCharsBase(NextCodePoint({p, static_cast<size_t>(end - p)}, length))) return false;
  p += length;
  return true;
}

// Moves over a PLX (%HH or \c); is content with what the window's end cuts.
inline bool SkipPlx(const char*& p, const char* end) {
  if (*p != '%' && *p != '\\') return false;
  const std::ptrdiff_t length = *p == '%' ? 3 : 2;
  p = end - p < length ? end : p + length;
  return true;
}

// The end of PN_LOCAL at `p`, final dots left out.
inline const char* SkipLocalName(const char* p, const char* end) {
  if (*p == ':') {
    ++p;
  } else if (!SkipFirstNameCharacter(p, end) && !SkipPlx(p, end)) {
    return p;
  }
  const char* stop = p;  // Behind the last character that is no dot.
  while (p != end) {
    if (*p == '.') {
      ++p;
      continue;
    }
    if (*p == ':') {
      ++p;
    } else if (!SkipPnChars(p, end) && !SkipPlx(p, end)) {
      break;
    }
    stop = p;
  }
  // Dots at the window's end may go on into the name.
  return p == end ? end : stop;
}

// The end of a run of PN_CHARS and dots, final dots left out.
inline const char* SkipNameCharacters(const char* p, const char* end) {
  const char* stop = p;
  while (p != end) {
    if (*p == '.') {
      ++p;
    } else if (SkipPnChars(p, end)) {
      stop = p;
    } else {
      break;
    }
  }
  return p == end ? end : stop;
}

inline const char* SkipDigits(const char* p) {
  while (IsAsciiDigit(*p)) ++p;
  return p;
}

// The end of an EXPONENT at `p`, or `p`; the window's end when it may go on.
inline const char* SkipExponent(const char* p, const char* end) {
  if (*p != 'e' && *p != 'E') return p;
  const char* q = p + 1;
  if (*q == '+' || *q == '-') ++q;
  if (q == end) return end;
  return IsAsciiDigit(*q) ? SkipDigits(q) : p;
}

inline const char* SkipNumber(const char* p, const char* end) {
  if (*p == '+' || *p == '-') ++p;
  const char* const integer = p;
  p = SkipDigits(p);
  const bool has_integer = p != integer;
  if (*p == '.') {
    if (p + 1 == end) return end;
    if (IsAsciiDigit(p[1])) {
      p = SkipDigits(p + 1);
    } else if (has_integer) {
      const char* const exponent = SkipExponent(p + 1, end);
      return exponent == p + 1 ? p : exponent;
    } else {
      return p;
    }
  }
  return SkipExponent(p, end);
}

// The closing quote of a string whose text begins at `p`, a line break in a short
// string, or the window's end.
inline const char* SkipShortString(const char* p, const char* end, char quote) {
  for (;;) {
    p = SkipStringBytes(p, quote);
    if (p == end || *p == quote || *p == '\n' || *p == '\r') return p;
    if (*p == '\\' && p + 1 == end) return end;
    p += *p == '\\' ? 2 : 1;
  }
}

inline const char* SkipLongString(const char* p, const char* end, char quote) {
  for (;;) {
    p = SkipStringBytes(p, quote);
    if (p == end) return end;
    if (*p == quote) {
      if (end - p < 3) return end;
      if (p[1] == quote && p[2] == quote) return p;
    }
    if (*p == '\\' && p + 1 == end) return end;
    p += *p == '\\' ? 2 : 1;
  }
}

}  // namespace sanad

#endif  // SANAD_LOADER_RDF_TURTLE_SCAN_H_
