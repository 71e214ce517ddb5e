// Fuzz target of the text pipeline: any bytes in any format are read or refused,
// and offsets of sentences lie inside the text. The first byte picks the format.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <sanad/extract.h>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const auto format = static_cast<sanad::DocumentFormat>(data[0] % 3);
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto extraction = sanad::Extract(text, format, {});
  if (!extraction.ok()) return 0;
  for (const sanad::ExtractedStatement& s : extraction->statements) {
    if (s.begin > s.end || s.end > extraction->text.size()) std::abort();
  }
  return 0;
}
