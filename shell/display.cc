// Width follows UAX #29 clusters: a cluster is as wide as its widest character
// by UAX #11, so that a base with marks, a flag or a family of joined emoji
// counts once. ASCII takes a short way round ICU.

#include "shell/display.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <memory>

namespace sanad::shell {
namespace {

bool IsPlainAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

// Calls visit(code point, begin byte, end byte); the code point is negative
// where the bytes are not UTF-8.
template <typename Visit>
void ForEachCodePoint(std::string_view text, Visit visit) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto length = static_cast<int64_t>(text.size());
  for (int64_t at = 0; at < length;) {
    const int64_t begin = at;
    UChar32 c;
    U8_NEXT(bytes, at, length, c);
    visit(c, static_cast<size_t>(begin), static_cast<size_t>(at));
  }
}

bool IsDirectionalControl(UChar32 c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

void AppendEscaped(std::string& out, UChar32 c) {
  switch (c) {
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  char text[16];
  std::snprintf(text, sizeof text, c < 0x80 ? "\\x%02X" : "\\u{%X}", static_cast<unsigned>(c));
  out += text;
}

size_t WidthOf(UChar32 c) {
  if (c < 0) return 1;
  switch (u_charType(c)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
    case U_CONTROL_CHAR:
      return c == 0xAD ? 1 : 0;  // A soft hyphen is shown.
    default:
      break;
  }
  const int east_asian = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
}

icu::BreakIterator* ClusterIterator() {
  // Making one costs more than using it; it is kept for each thread.
  thread_local std::unique_ptr<icu::BreakIterator> iterator = [] {
    UErrorCode error = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made(
        icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), error));
    return U_SUCCESS(error) ? std::move(made) : nullptr;
  }();
  return iterator.get();
}

}  // namespace

std::string EscapeForTerminal(std::string_view text, NewLines new_lines) {
  if (IsPlainAscii(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  ForEachCodePoint(text, [&](UChar32 c, size_t begin, size_t end) {
    if (c < 0) {
      out += "\uFFFD";
    } else if (c == '\n' && new_lines == NewLines::kKeep) {
      out += '\n';
    } else if (u_charType(c) == U_CONTROL_CHAR || IsDirectionalControl(c)) {
      AppendEscaped(out, c);
    } else {
      out.append(text.substr(begin, end - begin));
    }
  });
  return out;
}

size_t DisplayWidth(std::string_view text) {
  if (IsPlainAscii(text)) return text.size();
  icu::BreakIterator* clusters = ClusterIterator();
  UErrorCode error = U_ZERO_ERROR;
  UText opened = UTEXT_INITIALIZER;
  utext_openUTF8(&opened, text.data(), static_cast<int64_t>(text.size()), &error);
  if (clusters != nullptr) clusters->setText(&opened, error);
  const bool by_cluster = clusters != nullptr && U_SUCCESS(error);

  size_t width = 0;
  size_t cluster_end = 0;
  size_t cluster_width = 0;
  ForEachCodePoint(text, [&](UChar32 c, size_t begin, size_t) {
    if (begin >= cluster_end) {
      width += cluster_width;
      cluster_width = 0;
      if (by_cluster) {
        const int32_t next = clusters->following(static_cast<int32_t>(begin));
        cluster_end = next == icu::BreakIterator::DONE ? text.size() : static_cast<size_t>(next);
      }
    }
    cluster_width = std::max(cluster_width, WidthOf(c));
  });
  utext_close(&opened);
  return width + cluster_width;
}

bool HasRightToLeft(std::string_view text) {
  if (IsPlainAscii(text)) return false;
  bool found = false;
  ForEachCodePoint(text, [&](UChar32 c, size_t, size_t) {
    if (c < 0) return;
    const UCharDirection direction = u_charDirection(c);
    found = found || direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;
  });
  return found;
}

std::string Isolated(std::string_view text) { return "\u2068" + std::string(text) + "\u2069"; }

size_t ByteOfCodePoint(std::string_view text, size_t position) {
  size_t byte = text.size();
  size_t count = 0;
  ForEachCodePoint(text, [&](UChar32, size_t begin, size_t) {
    if (count++ == position) byte = begin;
  });
  return byte;
}

}  // namespace sanad::shell
