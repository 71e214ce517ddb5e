// Packing of 128 unsigned integers into 128 * width bits, least bit first.

#ifndef SANAD_STORAGE_ENCODING_BIT_PACKING_H_
#define SANAD_STORAGE_ENCODING_BIT_PACKING_H_

#include <cstddef>
#include <cstdint>

namespace sanad {

inline constexpr size_t kPackedValues = 128;

// Bytes that 128 values of `width` bits take.
constexpr size_t PackedBytes(int width) { return static_cast<size_t>(width) * 16; }

// Bits that hold `value`; 0 for 0.
constexpr int BitWidth(uint64_t value) { return value == 0 ? 0 : 64 - __builtin_clzll(value); }

// Writes PackedBytes(width) bytes. REQUIRES: 0 <= width <= 64; each value fits.
void Pack128(const uint64_t* values, int width, uint8_t* out);

// Reads PackedBytes(width) bytes and writes `base` plus each value, with the
// fastest kernel that the processor has.
void Unpack128(const uint8_t* in, int width, uint64_t base, uint64_t* values);
// The same on any processor.
void Unpack128Portable(const uint8_t* in, int width, uint64_t base, uint64_t* values);

// Value `index` of a packed run. Reads only inside its PackedBytes(width).
uint64_t UnpackOne(const uint8_t* in, int width, size_t index);

}  // namespace sanad

#endif  // SANAD_STORAGE_ENCODING_BIT_PACKING_H_
