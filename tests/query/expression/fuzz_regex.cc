// Any text is an XPath regular expression or is none: the first line gives the
// flags, the second the replacement, the third the text searched, the rest the
// pattern. What translates compiles or is refused.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <re2/re2.h>
#include "query/expression/xpath_regex.h"
#include "storage/model/lexical.h"

namespace {

std::string_view TakeLine(std::string_view& text) {
  const size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  // Terms of a query hold valid UTF-8 only.
  if (sanad::FindInvalidUtf8(rest) != std::string_view::npos) return 0;
  const std::string_view flags = TakeLine(rest);
  const std::string_view replacement = TakeLine(rest);
  const std::string text(TakeLine(rest));
  const auto regex = sanad::CompileXPathRegex(rest, flags);
  if (regex == nullptr) return 0;
  re2::RE2::PartialMatch(text, *regex);
  const bool literal = flags.find('q') != std::string_view::npos;
  // The groups that a replacement names are the pattern's.
  const int groups = regex->NumberOfCapturingGroups();
  const auto pieces = sanad::ParseXPathReplacement(replacement, groups, literal);
  if (!pieces) return 0;
  for (const sanad::ReplacementPiece& piece : *pieces) {
    if (piece.group > groups) std::abort();
  }
  return 0;
}
