// Byte scans of the lexers' hot loops, 16 bytes at a time where SSE2 is there.
//
// REQUIRES of all: a stopping byte (the window's NUL) at or after `p`, and 15
// more readable bytes behind it.

#ifndef SANAD_LOADER_RDF_SCAN_H_
#define SANAD_LOADER_RDF_SCAN_H_

#include <array>
#include <bit>

#include "storage/model/lexical.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace sanad {

inline constexpr std::array<bool, 256> kIriBytes = [] {
  std::array<bool, 256> table{};
  for (unsigned c = 0; c < 256; ++c) table[c] = IsIriByte(static_cast<unsigned char>(c));
  return table;
}();

inline bool IsIriByteFast(char c) { return kIriBytes[static_cast<unsigned char>(c)]; }
constexpr bool IsAsciiAlpha(char c) { return static_cast<unsigned char>((c | 0x20) - 'a') < 26; }
constexpr bool IsAsciiDigit(char c) { return static_cast<unsigned char>(c - '0') < 10; }
constexpr bool IsAsciiAlnum(char c) { return IsAsciiAlpha(c) || IsAsciiDigit(c); }

// The first byte that may not stand in an IRIREF ('>' and '\\' among them).
inline const char* SkipIriBytes(const char* p) {
#if defined(__SSE2__)
  const __m128i space = _mm_set1_epi8(0x20);
  for (;; p += 16) {
    const __m128i x = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    // Unsigned x <= 0x20.
    __m128i stop = _mm_cmpeq_epi8(_mm_max_epu8(x, space), space);
    // '<' and '>' differ in bit 1, '|' and '\\' in bit 5, '^' and '\\' in bit 1.
    stop =
        _mm_or_si128(stop, _mm_cmpeq_epi8(_mm_or_si128(x, _mm_set1_epi8(2)), _mm_set1_epi8('>')));
    stop = _mm_or_si128(stop,
                        _mm_cmpeq_epi8(_mm_or_si128(x, _mm_set1_epi8(0x20)), _mm_set1_epi8('|')));
    stop = _mm_or_si128(stop, _mm_cmpeq_epi8(x, _mm_set1_epi8('"')));
    stop = _mm_or_si128(stop, _mm_cmpeq_epi8(x, _mm_set1_epi8('{')));
    stop = _mm_or_si128(stop, _mm_cmpeq_epi8(x, _mm_set1_epi8('}')));
    stop = _mm_or_si128(stop, _mm_cmpeq_epi8(x, _mm_set1_epi8('^')));
    stop = _mm_or_si128(stop, _mm_cmpeq_epi8(x, _mm_set1_epi8('`')));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(stop));
    if (mask != 0) return p + std::countr_zero(mask);
  }
#else
  while (IsIriByteFast(*p)) ++p;
  return p;
#endif
}

// The first NUL, `quote`, backslash, LF or CR.
inline const char* SkipStringBytes(const char* p, char quote) {
#if defined(__SSE2__)
  const __m128i q = _mm_set1_epi8(quote);
  for (;; p += 16) {
    const __m128i x = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    __m128i stop = _mm_cmpeq_epi8(x, _mm_setzero_si128());
    stop = _mm_or_si128(stop, _mm_cmpeq_epi8(x, q));
    stop = _mm_or_si128(stop, _mm_cmpeq_epi8(x, _mm_set1_epi8('\\')));
    stop = _mm_or_si128(stop, _mm_cmpeq_epi8(x, _mm_set1_epi8('\n')));
    stop = _mm_or_si128(stop, _mm_cmpeq_epi8(x, _mm_set1_epi8('\r')));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(stop));
    if (mask != 0) return p + std::countr_zero(mask);
  }
#else
  while (*p != '\0' && *p != quote && *p != '\\' && *p != '\n' && *p != '\r') ++p;
  return p;
#endif
}

// The end of the scheme and its colon at `p`, or null. Stops before `end`.
inline const char* SkipScheme(const char* p, const char* end) {
  if (p == end || !IsAsciiAlpha(*p)) return nullptr;
  while (++p != end) {
    if (*p == ':') return p + 1;
    if (!IsAsciiAlnum(*p) && *p != '+' && *p != '-' && *p != '.') return nullptr;
  }
  return nullptr;
}

// The end of a LANGTAG's text (behind '@'), or null when it is none. The tag may
// go on where the result is the window's end.
inline const char* SkipLanguageTag(const char* p) {
  const char* begin = p;
  while (IsAsciiAlpha(*p)) ++p;
  if (p == begin) return nullptr;
  while (*p == '-') {
    begin = ++p;
    while (IsAsciiAlnum(*p)) ++p;
    if (p == begin) return nullptr;
  }
  return p;
}

}  // namespace sanad

#endif  // SANAD_LOADER_RDF_SCAN_H_
