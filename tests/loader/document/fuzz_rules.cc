// Fuzz target of the rule parser: any bytes are a rule file or an error.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "loader/document/rule_parser.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto file = sanad::ParseRules({reinterpret_cast<const char*>(data), size}, "fuzz.rules");
  if (!file.ok() && file.status().message().empty()) std::abort();
  return 0;
}
