// Unicode offsets: code points and bytes of one UTF-8 text.
//
// Documents and questions keep offsets in code points (what people and the
// annotation formats count) and in bytes (what slicing needs). Malformed bytes
// never crash anything here: each byte that starts no well-formed sequence
// counts as one code point, U+FFFD. Decoding itself is in storage/model/lexical.h.

#ifndef SANAD_LANGUAGE_TEXT_H_
#define SANAD_LANGUAGE_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/model/lexical.h"

namespace sanad {

std::u32string ToUtf32(std::string_view text);
std::string ToUtf8(std::u32string_view text);

// Maps code point offsets of a text to byte offsets and back. It does not keep
// the text. Memory: 4 bytes for 64 code points; a lookup decodes at most 64.
// Thread-compatible.
class OffsetMap {
 public:
  OffsetMap() = default;
  explicit OffsetMap(std::string_view text);

  // `text` must be the one given to the constructor. Offsets behind the end
  // give the end.
  size_t ByteOf(std::string_view text, size_t code_point) const;
  size_t CodePointOf(std::string_view text, size_t byte) const;
  size_t code_points() const { return code_points_; }

 private:
  std::vector<uint32_t> byte_of_block_;  // Byte offset of code point 64 * i.
  size_t code_points_ = 0;
};

}  // namespace sanad

#endif  // SANAD_LANGUAGE_TEXT_H_
