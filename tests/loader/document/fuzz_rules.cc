// Any bytes are a rule file or a lexicon, or are refused.

#include <cstdint>
#include <string_view>

#include <sanad/extract.h>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  sanad::CheckRules(text, "fuzz.rules").IgnoreError();
  sanad::CheckLexicon(text, "fuzz.ttl").IgnoreError();
  return 0;
}
