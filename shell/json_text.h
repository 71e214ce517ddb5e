// JSON written by hand: objects and arrays on one line, in the order of the
// calls. Reading JSON is elsewhere (json_object.h).

#ifndef SANAD_SHELL_JSON_TEXT_H_
#define SANAD_SHELL_JSON_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sanad::shell {

// A string as a JSON string with its quotes; bytes that are not UTF-8 become
// U+FFFD.
std::string JsonString(std::string_view text);
void AppendJsonString(std::string_view text, std::string& out);

// Builds one JSON text.
//   JsonText json;
//   json.BeginObject().Key("answers").BeginArray().Value("Riyadh").EndArray().EndObject();
class JsonText {
 public:
  JsonText() { text_.reserve(kUsual); }

  JsonText& BeginObject() { return Open('{'); }
  JsonText& EndObject() { return Close('}'); }
  JsonText& BeginArray() { return Open('['); }
  JsonText& EndArray() { return Close(']'); }
  JsonText& Key(std::string_view key);
  JsonText& Value(std::string_view text);
  JsonText& Value(uint64_t number) { return Raw(std::to_string(number)); }
  JsonText& Bool(bool value) { return Raw(value ? "true" : "false"); }
  JsonText& Null() { return Raw("null"); }
  // The text, or null where it is empty.
  JsonText& ValueOrNull(std::string_view text) { return text.empty() ? Null() : Value(text); }
  // `json` is a JSON value already.
  JsonText& Raw(std::string_view json);

  const std::string& text() const { return text_; }

 private:
  JsonText& Open(char bracket);
  JsonText& Close(char bracket);
  void Separate();

  static constexpr size_t kUsual = 512;  // Bytes; more are made room for.

  std::string text_;
  bool first_ = true;
};

}  // namespace sanad::shell

#endif  // SANAD_SHELL_JSON_TEXT_H_
