// Any bytes parse as a query or update or are refused; what parses prints as
// algebra; the prompt's view of the same text never fails.

#include <cstdint>
#include <string_view>

#include <sanad/query.h>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto query = sanad::Query::Parse(text);
  if (query.ok()) {
    query->AlgebraText(false);
    query->AlgebraText(true);
  }
  sanad::Update::Parse(text).status().IgnoreError();
  sanad::ClassifyInput(text, {{"e", "http://example.org/"}});
  sanad::IsUpdate(text);
  return 0;
}
