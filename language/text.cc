// UTF-8 decoding that never fails, and the block index behind OffsetMap: the
// byte offset of every 64th code point; a lookup walks from the nearest one.

#include "language/text.h"

#include <algorithm>

namespace sanad {
namespace {

constexpr size_t kBlock = 64;
constexpr char32_t kReplacement = 0xFFFD;

bool IsContinuation(unsigned char c) { return (c & 0xC0) == 0x80; }

// Decodes at `offset`; false (and one byte) for a malformed sequence.
bool Decode(std::string_view text, size_t& offset, char32_t& out) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(offset);
  if (first < 0x80) {
    out = first;
    ++offset;
    return true;
  }
  int length = 0;
  char32_t value = 0;
  char32_t least = 0;
  if (first >= 0xC2 && first <= 0xDF) {
    length = 2, value = first & 0x1Fu, least = 0x80;
  } else if (first >= 0xE0 && first <= 0xEF) {
    length = 3, value = first & 0x0Fu, least = 0x800;
  } else if (first >= 0xF0 && first <= 0xF4) {
    length = 4, value = first & 0x07u, least = 0x10000;
  }
  if (length == 0 || offset + static_cast<size_t>(length) > text.size()) {
    out = kReplacement;
    ++offset;
    return false;
  }
  for (int i = 1; i < length; ++i) {
    const unsigned char c = byte(offset + static_cast<size_t>(i));
    if (!IsContinuation(c)) {
      out = kReplacement;
      ++offset;
      return false;
    }
    value = value << 6 | (c & 0x3Fu);
  }
  if (value < least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
    out = kReplacement;
    ++offset;
    return false;
  }
  out = value;
  offset += static_cast<size_t>(length);
  return true;
}

}  // namespace

char32_t NextCodePoint(std::string_view text, size_t& offset) {
  char32_t out = 0;
  Decode(text, offset, out);
  return out;
}

void AppendUtf8(char32_t c, std::string& out) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = kReplacement;
  const auto push = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    push(c);
  } else if (c < 0x800) {
    push(0xC0 | c >> 6);
    push(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    push(0xE0 | c >> 12);
    push(0x80 | (c >> 6 & 0x3F));
    push(0x80 | (c & 0x3F));
  } else {
    push(0xF0 | c >> 18);
    push(0x80 | (c >> 12 & 0x3F));
    push(0x80 | (c >> 6 & 0x3F));
    push(0x80 | (c & 0x3F));
  }
}

std::u32string ToUtf32(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) out.push_back(NextCodePoint(text, i));
  return out;
}

std::string ToUtf8(std::u32string_view text) {
  std::string out;
  out.reserve(text.size() * 2);
  for (char32_t c : text) AppendUtf8(c, out);
  return out;
}

std::optional<size_t> FindInvalidUtf8(std::string_view text) {
  char32_t ignored = 0;
  for (size_t i = 0; i < text.size();) {
    const size_t at = i;
    if (!Decode(text, i, ignored)) return at;
  }
  return std::nullopt;
}

OffsetMap::OffsetMap(std::string_view text) {
  size_t count = 0;
  for (size_t i = 0; i < text.size(); ++count) {
    if (count % kBlock == 0) byte_of_block_.push_back(static_cast<uint32_t>(i));
    NextCodePoint(text, i);
  }
  code_points_ = count;
}

size_t OffsetMap::ByteOf(std::string_view text, size_t code_point) const {
  if (code_point >= code_points_) return text.size();
  size_t byte = byte_of_block_[code_point / kBlock];
  for (size_t left = code_point % kBlock; left > 0; --left) NextCodePoint(text, byte);
  return byte;
}

size_t OffsetMap::CodePointOf(std::string_view text, size_t byte) const {
  if (byte >= text.size()) return code_points_;
  const auto above = std::upper_bound(byte_of_block_.begin(), byte_of_block_.end(), byte);
  const size_t block = static_cast<size_t>(above - byte_of_block_.begin()) - 1;
  size_t at = byte_of_block_[block];
  size_t code_point = block * kBlock;
  while (at < byte) {
    NextCodePoint(text, at);
    if (at <= byte) ++code_point;
  }
  return code_point;
}

}  // namespace sanad
