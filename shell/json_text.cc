#include "shell/json_text.h"

#include <unicode/utf8.h>

#include <cstdio>
#include <cstring>

namespace sanad::shell {
namespace {

// Written as it is.
bool IsPlainAscii(uint8_t byte) {
  return byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\';
}

// The same of eight bytes at once; may be false for some that are plain.
bool ArePlainAscii(const uint8_t* bytes) {
  constexpr uint64_t kOnes = 0x0101010101010101, kHigh = 0x8080808080808080;
  uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  const auto holds = [&](uint64_t byte) {
    const uint64_t differs = word ^ kOnes * byte;
    return (differs - kOnes) & ~differs & kHigh;
  };
  const uint64_t below_space = (word - kOnes * 0x20) & ~word & kHigh;
  return ((word & kHigh) | below_space | holds('"') | holds('\\') | holds(0x7F)) == 0;
}

// Whether a character of two bytes is here, which needs no escape.
bool IsPair(const uint8_t* bytes) {
  return bytes[0] >= 0xC2 && bytes[0] <= 0xDF && bytes[1] >= 0x80 && bytes[1] <= 0xBF;
}

}  // namespace

void AppendJsonString(std::string_view text, std::string& out) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto length = static_cast<int64_t>(text.size());
  out.reserve(out.size() + text.size() + 2);
  out += '"';
  int64_t copied = 0;  // What lies behind it is plain so far.
  const auto copy_to = [&](int64_t end) {
    out.append(text, static_cast<size_t>(copied), static_cast<size_t>(end - copied));
  };
  for (int64_t at = 0; at < length;) {
    if (at + 8 <= length && ArePlainAscii(bytes + at)) {
      at += 8;
      continue;
    }
    if (IsPlainAscii(bytes[at])) {
      ++at;
      continue;
    }
    if (at + 2 <= length && IsPair(bytes + at)) {
      at += 2;
      continue;
    }
    const int64_t begin = at;
    UChar32 c;
    U8_NEXT(bytes, at, length, c);
    if (c >= 0x80) continue;
    copy_to(begin);
    copied = at;
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
    } else {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(c));
      out += escaped;
    }
  }
  copy_to(length);
  out += '"';
}

std::string JsonString(std::string_view text) {
  std::string out;
  AppendJsonString(text, out);
  return out;
}

JsonText& JsonText::Key(std::string_view key) {
  Separate();
  AppendJsonString(key, text_);
  text_ += ':';
  first_ = true;  // The value follows without a comma.
  return *this;
}

JsonText& JsonText::Value(std::string_view text) {
  Separate();
  AppendJsonString(text, text_);
  first_ = false;
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
