// See bit_packing.h. The portable kernels: each width has its own, unrolled, so
// that every shift is a constant; 64 values of w bits are w words exactly, and 128
// are two such halves. Those of newer processors are in unpack_x86.cc.

#include "storage/encoding/bit_packing.h"

#include <array>
#include <cstring>
#include <utility>
#include <vector>

#include "storage/encoding/unpack_x86.h"

namespace sanad {
namespace {

template <int kWidth>
inline void UnpackHalf(const uint8_t* in, uint64_t base, uint64_t* out) {
  if constexpr (kWidth == 0) {
    for (int i = 0; i < 64; ++i) out[i] = base;
  } else {
    uint64_t words[kWidth];
    std::memcpy(words, in, sizeof words);
    constexpr uint64_t kMask = kWidth == 64 ? ~uint64_t{0} : (uint64_t{1} << (kWidth % 64)) - 1;
#pragma GCC unroll 64
    for (int i = 0; i < 64; ++i) {
      const int word = i * kWidth / 64, shift = i * kWidth % 64;
      uint64_t value = words[word] >> shift;
      // The mask of the shift matters where the condition is false only.
      if (shift + kWidth > 64) value |= words[word + 1] << ((64 - shift) & 63);
      out[i] = base + (value & kMask);
    }
  }
}

template <int kWidth>
void UnpackRun(const uint8_t* in, uint64_t base, uint64_t* out) {
  UnpackHalf<kWidth>(in, base, out);
  UnpackHalf<kWidth>(in + kWidth * 8, base, out + 64);
}

using Kernel = void (*)(const uint8_t*, uint64_t, uint64_t*);

template <int... kWidths>
constexpr std::array<Kernel, sizeof...(kWidths)> Kernels(
    std::integer_sequence<int, kWidths...> /*widths*/) {
  return {&UnpackRun<kWidths>...};
}

constexpr std::array<Kernel, 65> kKernels = Kernels(std::make_integer_sequence<int, 65>());

UnpackKernel FastestKernel() {
  const std::vector<UnpackKernel> kernels = X86UnpackKernels();
  return kernels.empty() ? UnpackKernel{"portable", nullptr, -1} : kernels.front();
}

const UnpackKernel kFastest = FastestKernel();

}  // namespace

void Pack128(const uint64_t* values, int width, uint8_t* out) {
  if (width == 0) return;
  uint64_t word = 0;
  int filled = 0;
  for (size_t i = 0; i < kPackedValues; ++i) {
    word |= values[i] << filled;
    filled += width;
    if (filled >= 64) {
      std::memcpy(out, &word, 8);
      out += 8;
      filled -= 64;
      word = filled == 0 ? 0 : values[i] >> (width - filled);
    }
  }
}

void Unpack128(const uint8_t* in, int width, uint64_t base, uint64_t* values) {
  if (width <= kFastest.widest) {
    kFastest.unpack(in, width, base, values);
  } else {
    Unpack128Portable(in, width, base, values);
  }
}

void Unpack128Portable(const uint8_t* in, int width, uint64_t base, uint64_t* values) {
  kKernels[static_cast<size_t>(width)](in, base, values);
}

uint64_t UnpackOne(const uint8_t* in, int width, size_t index) {
  if (width == 0) return 0;
  const size_t bit = index * static_cast<size_t>(width);
  const size_t word = bit / 64;
  const int shift = static_cast<int>(bit % 64);
  uint64_t low = 0;
  std::memcpy(&low, in + word * 8, 8);
  uint64_t value = low >> shift;
  if (shift + width > 64) {
    uint64_t high = 0;
    std::memcpy(&high, in + word * 8 + 8, 8);
    value |= high << (64 - shift);
  }
  return width == 64 ? value : value & ((uint64_t{1} << width) - 1);
}

}  // namespace sanad
