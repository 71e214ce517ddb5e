// Rendering of syntax errors. Lines longer than a terminal are cut around the
// caret; control characters of the text never reach the message.

#include "query/sparql/syntax_error.h"

#include <algorithm>

#include "storage/model/text.h"

namespace sanad::sparql {
namespace {

constexpr size_t kContext = 60;  // Bytes shown on each side of the caret.
constexpr size_t kMaxToken = 40;

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

bool IsWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == ':' || c == '-' || (static_cast<unsigned char>(c) & 0x80) != 0;
}

size_t CountCharacters(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !IsContinuation(c); }));
}

std::string Printable(std::string_view text) {
  std::string out;
  for (char c : text) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  return out;
}

}  // namespace

std::string DescribeFound(std::string_view text, size_t offset) {
  if (offset >= text.size()) return "the end of the text";
  size_t end = offset + 1;
  if (IsWord(text[offset]) || text[offset] == '?' || text[offset] == '$') {
    while (end < text.size() && IsWord(text[end])) ++end;
  } else if (text[offset] == '<') {
    while (end < text.size() && text[end] > ' ' && text[end - 1] != '>') ++end;
  }
  if (end - offset > kMaxToken) {
    end = offset + kMaxToken;
    while (end > offset && IsContinuation(text[end])) --end;
    return Concat('"', Printable(text.substr(offset, end - offset)), "…\"");
  }
  if (text[offset] == '"') return "'\"'";
  return Concat('"', Printable(text.substr(offset, end - offset)), '"');
}

absl::Status ToStatus(const SyntaxError& error, std::string_view text) {
  const size_t offset = std::min(error.offset, text.size());
  const std::string_view before = text.substr(0, offset);
  const size_t line = 1 + static_cast<size_t>(std::count(before.begin(), before.end(), '\n'));
  const size_t newline = before.rfind('\n');
  const size_t line_begin = newline == std::string_view::npos ? 0 : newline + 1;
  size_t line_end = text.find('\n', offset);
  if (line_end == std::string_view::npos) line_end = text.size();
  const size_t column = 1 + CountCharacters(text.substr(line_begin, offset - line_begin));

  size_t from = offset - line_begin > kContext ? offset - kContext : line_begin;
  while (from < offset && IsContinuation(text[from])) ++from;
  size_t to = std::min(line_end, offset + kContext);
  while (to < line_end && IsContinuation(text[to])) ++to;
  const std::string prefix = from > line_begin ? "…" : "";
  std::string shown = Printable(text.substr(from, to - from));
  const size_t caret = CountCharacters(prefix) + CountCharacters(text.substr(from, offset - from));
  return MakeStatus(absl::StatusCode::kInvalidArgument, "line ", line, ", column ", column, ": ",
                    error.message, "\n  ", prefix, shown, to < line_end ? "…" : "", "\n  ",
                    std::string(caret, ' '), "^");
}

std::string Nearest(std::string_view word, const std::vector<std::string>& candidates) {
  constexpr size_t kMaxLength = 64;
  if (word.size() > kMaxLength) return "";
  std::string best;
  size_t best_distance = std::max<size_t>(1, word.size() / 2) + 1;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > kMaxLength) continue;
    std::vector<size_t> row(candidate.size() + 1);
    for (size_t j = 0; j <= candidate.size(); ++j) row[j] = j;
    for (size_t i = 1; i <= word.size(); ++i) {
      size_t diagonal = row[0];
      row[0] = i;
      for (size_t j = 1; j <= candidate.size(); ++j) {
        const size_t substitute = diagonal + (word[i - 1] == candidate[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = std::min({substitute, row[j] + 1, row[j - 1] + 1});
      }
    }
    if (row[candidate.size()] < best_distance) {
      best_distance = row[candidate.size()];
      best = candidate;
    }
  }
  return best;
}

}  // namespace sanad::sparql
