// The block index behind OffsetMap: the byte offset of every 64th code point; a lookup walks from
// the nearest one.

#include "language/text.h"

#include <algorithm>

namespace sanad {
namespace {

constexpr size_t kBlock = 64;
}  // namespace

std::u32string ToUtf32(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) out.push_back(NextCodePoint(text, i));
  return out;
}

std::string ToUtf8(std::u32string_view text) {
  std::string out;
  out.reserve(text.size() * 2);
  for (char32_t c : text) {
    if (!AppendUtf8(out, c)) AppendUtf8(out, 0xFFFD);
  }
  return out;
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
