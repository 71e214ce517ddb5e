#include "query/question/messages.h"

#include <sstream>

#include "datasets/embedded.h"
#include "storage/model/text.h"

namespace sanad::question {
namespace {

std::string_view Trim(std::string_view s) {
  while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\r')) s.remove_suffix(1);
  return s;
}

std::string_view FileOf(std::string_view path) {
  for (const EmbeddedFile& file : EmbeddedFiles()) {
    if (file.path == path) return file.content;
  }
  return {};
}

}  // namespace

Messages::Messages(std::string_view file) {
  for (size_t at = 0; at < file.size();) {
    size_t stop = std::min(file.find('\n', at), file.size());
    std::string_view line = Trim(file.substr(at, stop - at));
    at = stop + 1;
    if (line.empty() || line.front() == '#') continue;
    size_t colon = line.find(": ");
    if (colon == std::string_view::npos) continue;
    texts_[std::string(line.substr(0, colon))] = std::string(Trim(line.substr(colon + 2)));
  }
  auto hour = texts_.find("hour");
  if (hour != texts_.end()) {
    size_t bars = 0;
    for (char c : hour->second) bars += c == '|' ? 1 : 0;
    arabic_ = bars == 2;
  }
}

const Messages& Messages::Of(std::string_view language) {
  static const Messages& english = *new Messages(FileOf("questions/english.messages"));
  static const Messages& arabic = *new Messages(FileOf("questions/arabic.messages"));
  return language == "ar" ? arabic : english;
}

bool Messages::Has(std::string_view key) const { return texts_.find(key) != texts_.end(); }

std::string Messages::Get(std::string_view key, const std::vector<std::string>& parts) const {
  auto it = texts_.find(key);
  if (it == texts_.end()) return std::string(key);
  std::string out;
  const std::string& text = it->second;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{' && i + 2 < text.size() && text[i + 2] == '}' && text[i + 1] >= '0' &&
        text[i + 1] <= '9') {
      const size_t part = static_cast<size_t>(text[i + 1] - '0');
      if (part < parts.size()) out += parts[part];
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

// The forms of a key, written "one | two | more".
std::vector<std::string> Messages::Forms(std::string_view key) const {
  std::vector<std::string> forms;
  std::string text = Get(key);
  for (size_t at = 0; at <= text.size();) {
    size_t bar = std::min(text.find('|', at), text.size());
    forms.emplace_back(Trim(std::string_view(text).substr(at, bar - at)));
    at = bar + 1;
  }
  return forms;
}

std::string Messages::Distance(std::string_view unit, int64_t number, bool past) const {
  const std::vector<std::string> forms = Forms(Concat(past ? "past-" : "next-", unit));
  const size_t form = number < 1 ? 0 : static_cast<size_t>(number - 1);
  if (form < forms.size()) return forms[form];
  return Get(past ? "past" : "next", {Counted(unit, number)});
}

std::string Messages::Counted(std::string_view key, int64_t number) const {
  const std::vector<std::string> forms = Forms(key);
  std::istringstream words(Get("numbers"));
  std::string word, said = std::to_string(number);
  for (int64_t i = 0; words >> word; ++i) {
    if (i == number) said = word;
  }
  if (!arabic_) return Concat(said, " ", number == 1 || forms.size() < 2 ? forms[0] : forms[1]);
  if (number == 1) return forms[0];
  if (number == 2 && forms.size() > 1) return forms[1];
  if (number >= 3 && number <= 10 && forms.size() > 2) return Concat(said, " ", forms[2]);
  return Concat(number, " ", forms[0]);
}

}  // namespace sanad::question
