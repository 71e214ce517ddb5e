// Packing of 128 unsigned integers into 128 * width bits, least bit first.

#ifndef SANAD_STORAGE_ENCODING_BIT_PACKING_H_
#define SANAD_STORAGE_ENCODING_BIT_PACKING_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

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

// Reads the values of a packed run one after the other: for a few of them, which
// the kernel of a width would cost more than they do.
class PackedReader {
 public:
  // Reads only inside PackedBytes(width).
  PackedReader(const uint8_t* in, int width)
      : in_(in), width_(width), mask_(width == 64 ? ~uint64_t{0} : (uint64_t{1} << width) - 1) {}
  // REQUIRES: called at most kPackedValues times.
  uint64_t Next() {
    if (width_ == 0) return 0;
    uint64_t value = word_;
    if (left_ < width_) {
      std::memcpy(&word_, in_, sizeof word_);
      in_ += sizeof word_;
      // A shift by 64 does not occur: then nothing of the word before is left.
      value |= word_ << left_;
      const int taken = width_ - left_;
      word_ = taken == 64 ? 0 : word_ >> taken;
      left_ = 64 - taken;
    } else {
      word_ >>= width_;
      left_ -= width_;
    }
    return value & mask_;
  }

 private:
  const uint8_t* in_;
  int width_;
  uint64_t mask_;
  uint64_t word_ = 0;  // What is left of the word at hand, at the bottom.
  int left_ = 0;       // Its bits.
};

}  // namespace sanad

#endif  // SANAD_STORAGE_ENCODING_BIT_PACKING_H_
