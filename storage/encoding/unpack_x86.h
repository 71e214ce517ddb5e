// Unpacking with the wide registers of newer x86-64 processors, found at run
// time; empty elsewhere.

#ifndef SANAD_STORAGE_ENCODING_UNPACK_X86_H_
#define SANAD_STORAGE_ENCODING_UNPACK_X86_H_

#include <cstdint>
#include <vector>

namespace sanad {

// As Unpack128.
using UnpackFunction = void (*)(const uint8_t* in, int width, uint64_t base, uint64_t* out);

struct UnpackKernel {
  const char* name;
  UnpackFunction unpack;
  int widest;  // Widths above are for the portable kernel.
};

// Those that this processor has, the fastest first.
std::vector<UnpackKernel> X86UnpackKernels();

}  // namespace sanad

#endif  // SANAD_STORAGE_ENCODING_UNPACK_X86_H_
