#include "query/question/linker.h"

#include "language/text.h"
#include "query/question/lattice_builder.h"
#include "storage/model/text.h"

namespace sanad::question {

std::string LanguageOf(std::string_view text) {
  size_t arabic = 0, other = 0;
  for (size_t at = 0; at < text.size();) {
    char32_t c = NextCodePoint(text, at);
    if ((c >= 0x0620 && c <= 0x064A) || (c >= 0x0671 && c <= 0x06D3)) {
      ++arabic;
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      ++other;
    }
  }
  return arabic > other ? "ar" : "en";
}

absl::StatusOr<Lattice> LinkWords(const Vocabulary& vocabulary, std::string_view question) {
  return LatticeBuilder(vocabulary, question).Build();
}

}  // namespace sanad::question
