// Any bytes are a block of the dictionary, or are refused; texts cut from the
// bytes come back from a block as they went in.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "storage/dictionary/term_cache.h"
#include "storage/encoding/term_text.h"

namespace {

void Require(bool good) {
  if (!good) abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  sanad::TermBlockReader reader;
  if (reader.Open(bytes)) {
    for (size_t i = 0; i < reader.size() && i < 1000 && reader.Seek(i); ++i) {
      sanad::TermOfText(reader.text());
    }
    reader.Seek(reader.size() / 2);
    reader.Seek(0);
  }
  sanad::DecodedTerms::Decode(7, bytes);

  std::vector<std::string_view> texts;
  for (size_t at = 0; at < size && texts.size() < sanad::kTermsPerBlock;) {
    const size_t length = std::min<size_t>(data[at], size - at - 1);
    texts.push_back(bytes.substr(at + 1, length));
    at += 1 + length;
  }
  if (texts.empty()) return 0;
  const std::string block = sanad::EncodeTermBlock(texts);
  Require(reader.Open(block) && reader.size() == texts.size());
  for (size_t i = 0; i < texts.size(); ++i) {
    Require(reader.Seek(i) && reader.text() == texts[i]);
  }
  Require(reader.Seek(texts.size() / 2) && reader.text() == texts[texts.size() / 2]);
  const auto decoded = sanad::DecodedTerms::Decode(7, block);
  Require(decoded != nullptr && decoded->Holds(7) && decoded->Text(7) == texts[0]);
  return 0;
}
