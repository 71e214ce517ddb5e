// Any bytes are a document, or are refused; every statement's span lies in the
// text, and the same bytes give the same quads.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <sanad/extract.h>

namespace {

size_t CodePoints(std::string_view text) {
  size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
  return count;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  sanad::ExtractOptions options;
  options.document_iri = "http://example.org/d";
  for (const auto format : {sanad::DocumentFormat::kPlainText, sanad::DocumentFormat::kMarkdown,
                            sanad::DocumentFormat::kHtml}) {
    const auto first = sanad::Extract(bytes, format, options);
    if (!first.ok()) continue;
    const size_t length = CodePoints(first->text);
    for (const sanad::ExtractedStatement& statement : first->statements) {
      if (statement.begin > statement.end || statement.end > length) std::abort();
    }
    const auto second = sanad::Extract(bytes, format, options);
    if (!second.ok() || second->quads != first->quads) std::abort();
  }
  return 0;
}
