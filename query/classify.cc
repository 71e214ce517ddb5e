// What a prompt asks of a line: is it SPARQL, is it complete, is it an update.
//
// A line is SPARQL when its first word begins a query or update and the next
// token can follow it in the grammar; "describe the talks" is a question.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include <sanad/query.h>
#include "query/sparql/parser.h"

namespace sanad {
namespace {

// Reads words and marks, skipping white space and comments.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  // Letters in upper case; a prefixed name ends with its colon; an IRI is "<";
  // a variable "?"; any other character itself; empty at the end.
  std::string Next() {
    Skip();
    if (rest_.empty()) return "";
    const char first = rest_[0];
    if (first == '<') {
      const size_t end = rest_.find_first_of("> \t\r\n");
      if (end == std::string_view::npos || rest_[end] != '>') return Take(1);
      rest_.remove_prefix(end + 1);
      return "<";
    }
    if (first == '?' || first == '$') {
      if (rest_.size() < 2 || !IsWord(rest_[1])) return Take(1);
      size_t end = 1;
      while (end < rest_.size() && IsWord(rest_[end])) ++end;
      rest_.remove_prefix(end);
      return "?";
    }
    if (!IsWord(first) && first != ':') return Take(1);
    size_t end = 0;
    while (end < rest_.size() && (IsWord(rest_[end]) || rest_[end] == '-' || rest_[end] == '.')) {
      ++end;
    }
    std::string word(rest_.substr(0, end));
    rest_.remove_prefix(end);
    for (char& c : word) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    if (rest_.empty() || rest_[0] != ':') return word;
    end = 1;
    while (end < rest_.size() && (IsWord(rest_[end]) || rest_[end] == '-')) ++end;
    has_local_ = end > 1;
    rest_.remove_prefix(end);
    return ":";
  }
  // The last ":" had a local name after it.
  bool has_local() const { return has_local_; }
  bool at_end() {
    Skip();
    return rest_.empty();
  }

 private:
  static bool IsWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (static_cast<unsigned char>(c) & 0x80) != 0;
  }
  std::string Take(size_t count) {
    std::string taken(rest_.substr(0, count));
    rest_.remove_prefix(count);
    return taken;
  }
  void Skip() {
    while (!rest_.empty()) {
      if (rest_[0] == '#') {
        rest_.remove_prefix(std::min(rest_.size(), rest_.find_first_of("\r\n")));
      } else if (rest_[0] == ' ' || rest_[0] == '\t' || rest_[0] == '\r' || rest_[0] == '\n') {
        rest_.remove_prefix(1);
      } else {
        return;
      }
    }
  }

  std::string_view rest_;
  bool has_local_ = false;
};

// First words and the tokens that may follow them; "<", ":" and "?" as the
// scanner gives them.
struct Opening {
  std::string_view word;
  std::string_view next;  // Separated and surrounded by blanks.
  bool is_update;
};
constexpr Opening kOpenings[] = {
    {"SELECT", " DISTINCT REDUCED * ? ( ", false},
    {"CONSTRUCT", " { WHERE FROM ", false},
    {"DESCRIBE", " * ? < : ", false},
    {"ASK", " { WHERE FROM ", false},
    {"INSERT", " DATA { ", true},
    {"DELETE", " DATA WHERE { ", true},
    {"WITH", " < : ", true},
    {"LOAD", " SILENT < : ", true},
    {"CLEAR", " SILENT GRAPH DEFAULT NAMED ALL ", true},
    {"DROP", " SILENT GRAPH DEFAULT NAMED ALL ", true},
    {"CREATE", " SILENT GRAPH ", true},
    {"ADD", " SILENT DEFAULT GRAPH < : ", true},
    {"MOVE", " SILENT DEFAULT GRAPH < : ", true},
    {"COPY", " SILENT DEFAULT GRAPH < : ", true},
};

const Opening* FindOpening(std::string_view word) {
  for (const Opening& opening : kOpenings) {
    if (opening.word == word) return &opening;
  }
  return nullptr;
}

struct FirstWords {
  bool prologue = false;   // BASE or PREFIX was seen, well-formed so far.
  bool cut_short = false;  // The text ends inside the prologue or after the first word.
  const Opening* opening = nullptr;
  bool follows = false;  // The token after the opening can follow it.
};

FirstWords ReadFirstWords(std::string_view text) {
  FirstWords result;
  Scanner scanner(text);
  for (;;) {
    const std::string word = scanner.Next();
    if (word.empty()) {
      result.cut_short = true;
      return result;
    }
    if (word == "BASE" || word == "PREFIX") {
      if (scanner.at_end()) {
        result.cut_short = true;
        return result;
      }
      if (word == "PREFIX" && (scanner.Next() != ":" || scanner.has_local())) return result;
      const std::string iri = scanner.Next();
      if (iri.empty()) {
        result.prologue = result.cut_short = true;
        return result;
      }
      if (iri != "<") return result;
      result.prologue = true;
      continue;
    }
    result.opening = FindOpening(word);
    if (result.opening == nullptr) return result;
    if (scanner.at_end()) {
      result.cut_short = true;
      return result;
    }
    const std::string next = " " + scanner.Next() + " ";
    result.follows = result.opening->next.find(next) != std::string_view::npos;
    return result;
  }
}

}  // namespace

bool IsUpdate(std::string_view text) {
  const FirstWords words = ReadFirstWords(text);
  return words.opening != nullptr && words.opening->is_update;
}

InputState ClassifyInput(std::string_view text,
                         const std::vector<std::pair<std::string, std::string>>& prefixes) {
  const FirstWords words = ReadFirstWords(text);
  if (words.opening == nullptr) {
    return words.prologue && words.cut_short ? InputState::kIncomplete : InputState::kNotSparql;
  }
  if (!words.follows) {
    return words.cut_short ? InputState::kIncomplete : InputState::kNotSparql;
  }
  ParseOptions options;
  options.base_iri = "base:";  // A relative IRI is no reason to wait for more lines.
  options.prefixes = prefixes;
  bool incomplete = false;
  if (words.opening->is_update) {
    (void)sparql::ParseUpdate(text, options, &incomplete);
  } else {
    (void)sparql::ParseQuery(text, options, &incomplete);
  }
  return incomplete ? InputState::kIncomplete : InputState::kComplete;
}

}  // namespace sanad
