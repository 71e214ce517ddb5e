// See unpack_x86.h.
//
// Eight values of w bits are w bytes, so every group of eight has its bits at the
// same places. A permutation of bytes brings the eight bytes that hold a value
// into its lane; a shift by the bits before it (at most seven) and a mask are what
// is left. That holds up to 57 bits; wider values may have a part in nine bytes.
//
// AVX-512 (VBMI) permutes over the whole register, a group at a time. AVX2
// permutes within half a register only: each half loads the 16 bytes that hold
// two values.

#include "storage/encoding/unpack_x86.h"

#include <array>
#include <cstring>

#include "storage/encoding/bit_packing.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace sanad {

#if defined(__x86_64__)
namespace {

constexpr int kWidest = 57;

// Where the lanes of a group of eight values of one width are.
struct alignas(64) Wide {
  std::array<uint8_t, 64> bytes;   // Eight of each lane, from the group's start.
  std::array<uint64_t, 8> shifts;  // Bits before the value.
};
struct alignas(64) Narrow {
  std::array<uint8_t, 64> bytes;  // The same, from the start of the lane's pair …
  std::array<uint64_t, 8> shifts;
  std::array<uint8_t, 4> offsets;  // … which is here.
};

constexpr std::array<Wide, kWidest + 1> WidePlaces() {
  std::array<Wide, kWidest + 1> places{};
  for (int width = 0; width <= kWidest; ++width) {
    Wide& place = places[static_cast<size_t>(width)];
    for (int lane = 0; lane < 8; ++lane) {
      const int bit = lane * width;
      for (int i = 0; i < 8; ++i) {
        place.bytes[static_cast<size_t>(lane * 8 + i)] = static_cast<uint8_t>(bit / 8 + i);
      }
      place.shifts[static_cast<size_t>(lane)] = static_cast<uint64_t>(bit % 8);
    }
  }
  return places;
}

constexpr std::array<Narrow, kWidest + 1> NarrowPlaces() {
  const std::array<Wide, kWidest + 1> wide = WidePlaces();
  std::array<Narrow, kWidest + 1> places{};
  for (size_t width = 0; width <= kWidest; ++width) {
    Narrow& place = places[width];
    place.shifts = wide[width].shifts;
    for (size_t pair = 0; pair < 4; ++pair) {
      place.offsets[pair] = wide[width].bytes[pair * 16];
      for (size_t i = pair * 16; i < pair * 16 + 16; ++i) {
        place.bytes[i] = static_cast<uint8_t>(wide[width].bytes[i] - place.offsets[pair]);
      }
    }
  }
  return places;
}

constexpr std::array<Wide, kWidest + 1> kWide = WidePlaces();
constexpr std::array<Narrow, kWidest + 1> kNarrow = NarrowPlaces();

// The masked forms with all lanes set: the plain ones warn in GCC 12.
__attribute__((target("avx512f,avx512bw,avx512vbmi"))) void UnpackAvx512(const uint8_t* in,
                                                                         int width, uint64_t base,
                                                                         uint64_t* out) {
  const Wide& place = kWide[static_cast<size_t>(width)];
  const __m512i permutation = _mm512_load_si512(place.bytes.data());
  const __m512i shift = _mm512_load_si512(place.shifts.data());
  const __m512i mask = _mm512_set1_epi64(static_cast<long long>((uint64_t{1} << width) - 1));
  const __m512i bases = _mm512_set1_epi64(static_cast<long long>(base));
  // Bytes behind the group are neither read nor needed.
  const __mmask64 group = (uint64_t{1} << width) - 1;
  for (size_t i = 0; i < kPackedValues; i += 8, in += width) {
    const __m512i packed = _mm512_maskz_loadu_epi8(group, in);
    const __m512i lanes = _mm512_maskz_permutexvar_epi8(~__mmask64{0}, permutation, packed);
    const __m512i shifted = _mm512_maskz_srlv_epi64(0xFF, lanes, shift);
    const __m512i values = _mm512_and_si512(shifted, mask);
    _mm512_storeu_si512(out + i, _mm512_add_epi64(values, bases));
  }
}

__attribute__((target("avx2"))) void UnpackAvx2(const uint8_t* in, int width, uint64_t base,
                                                uint64_t* out) {
  // A copy, since the last loads reach behind the run.
  alignas(32) uint8_t run[PackedBytes(kWidest) + 32];
  std::memcpy(run, in, PackedBytes(width));
  std::memset(run + PackedBytes(width), 0, 32);
  const Narrow& place = kNarrow[static_cast<size_t>(width)];
  const auto* const permutations = reinterpret_cast<const __m256i*>(place.bytes.data());
  const auto* const shifts = reinterpret_cast<const __m256i*>(place.shifts.data());
  const __m256i mask = _mm256_set1_epi64x(static_cast<long long>((uint64_t{1} << width) - 1));
  const __m256i bases = _mm256_set1_epi64x(static_cast<long long>(base));
  const uint8_t* group = run;
  for (size_t i = 0; i < kPackedValues; i += 8, group += width) {
    for (size_t half = 0; half < 2; ++half) {
      const uint8_t* const low = group + place.offsets[half * 2];
      const uint8_t* const high = group + place.offsets[half * 2 + 1];
      const __m256i packed = _mm256_loadu2_m128i(reinterpret_cast<const __m128i*>(high),
                                                 reinterpret_cast<const __m128i*>(low));
      const __m256i lanes = _mm256_shuffle_epi8(packed, permutations[half]);
      const __m256i values = _mm256_and_si256(_mm256_srlv_epi64(lanes, shifts[half]), mask);
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + i + half * 4),
                          _mm256_add_epi64(values, bases));
    }
  }
}

}  // namespace

std::vector<UnpackKernel> X86UnpackKernels() {
  std::vector<UnpackKernel> kernels;
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vbmi")) {
    kernels.push_back({"AVX-512", UnpackAvx512, kWidest});
  }
  if (__builtin_cpu_supports("avx2")) kernels.push_back({"AVX2", UnpackAvx2, kWidest});
  return kernels;
}

#else

std::vector<UnpackKernel> X86UnpackKernels() { return {}; }

#endif

}  // namespace sanad
