#include "shell/json_text.h"

#include <unicode/utf8.h>

#include <cstdio>

namespace sanad::shell {
namespace {

// Written as it is.
bool IsPlainAscii(uint8_t byte) {
  return byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\';
}

}  // namespace

std::string JsonString(std::string_view text) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto length = static_cast<int64_t>(text.size());
  std::string out;
  out.reserve(text.size() + 2);
  out += '"';
  for (int64_t at = 0; at < length;) {
    const int64_t begin = at;
    while (at < length && IsPlainAscii(bytes[at])) ++at;
    if (at > begin) {
      out.append(text.substr(static_cast<size_t>(begin), static_cast<size_t>(at - begin)));
      continue;
    }
    UChar32 c;
    U8_NEXT(bytes, at, length, c);
    if (c < 0) {
      out += "\uFFFD";
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c < 0x20 || c == 0x7F) {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(c));
      out += escaped;
    } else {
      out.append(text.substr(static_cast<size_t>(begin), static_cast<size_t>(at - begin)));
    }
  }
  out += '"';
  return out;
}

JsonText& JsonText::Key(std::string_view key) {
  Separate();
  text_ += JsonString(key) + ":";
  first_ = true;  // The value follows without a comma.
  return *this;
}

JsonText& JsonText::Raw(std::string_view json) {
  Separate();
  text_ += json;
  first_ = false;
  return *this;
}

JsonText& JsonText::Open(char bracket) {
  Separate();
  text_ += bracket;
  first_ = true;
  return *this;
}

JsonText& JsonText::Close(char bracket) {
  text_ += bracket;
  first_ = false;
  return *this;
}

void JsonText::Separate() {
  if (!first_) text_ += ',';
}

}  // namespace sanad::shell
