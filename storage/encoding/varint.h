// Fixed and variable-length integers in byte strings. Readers check bounds: the
// bytes may come from a damaged file.

#ifndef SANAD_STORAGE_ENCODING_VARINT_H_
#define SANAD_STORAGE_ENCODING_VARINT_H_

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace sanad {

// Seven bits a byte, least first; the high bit says that more follow.
inline void PutVarint(std::string& out, uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<char>(value));
}

// Takes a varint off the front. False when it is cut off or too long.
inline bool TakeVarint(std::string_view& in, uint64_t& value) {
  value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    if (in.empty()) return false;
    const auto byte = static_cast<uint8_t>(in.front());
    in.remove_prefix(1);
    value |= static_cast<uint64_t>(byte & 0x7F) << shift;
    if ((byte & 0x80) == 0) return true;
  }
  return false;
}

// Big-endian, so that byte order is numeric order in keys.
inline void PutBigEndian(std::string& out, uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
}

inline bool TakeBigEndian(std::string_view& in, uint64_t& value) {
  if (in.size() < 8) return false;
  value = 0;
  for (size_t i = 0; i < 8; ++i) value = value << 8 | static_cast<uint8_t>(in[i]);
  in.remove_prefix(8);
  return true;
}

inline std::string BigEndianKey(uint64_t value) {
  std::string key;
  PutBigEndian(key, value);
  return key;
}

}  // namespace sanad

#endif  // SANAD_STORAGE_ENCODING_VARINT_H_
