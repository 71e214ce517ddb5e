// The translation walks the pattern once, left to right, copying what both
// syntaxes share. Everything that stands for a set of characters is written as a
// set of code points, out of reach of RE2's own case folding, whose idea of
// negated classes is another.

#include "query/expression/xpath_regex.h"

#include <mutex>
#include <unordered_map>
#include <utility>

#include <re2/re2.h>

#include "query/expression/xpath_class.h"

namespace sanad {
namespace {

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

struct Flags {
  bool dot_all = false;       // s
  bool multi_line = false;    // m
  bool fold = false;          // i
  bool ignore_space = false;  // x
  bool literal = false;       // q
};

std::optional<Flags> ParseFlags(std::string_view text) {
  Flags flags;
  for (const char c : text) {
    if (c == 's') {
      flags.dot_all = true;
    } else if (c == 'm') {
      flags.multi_line = true;
    } else if (c == 'i') {
      flags.fold = true;
    } else if (c == 'x') {
      flags.ignore_space = true;
    } else if (c == 'q') {
      flags.literal = true;
    } else {
      return std::nullopt;
    }
  }
  return flags;
}

// Flag x: without the white space that stands outside character classes.
std::string WithoutSpace(std::string_view pattern) {
  std::string out;
  int depth = 0;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (depth == 0 && IsSpace(c)) continue;
    if (c == '[') ++depth;
    if (c == ']' && depth > 0) --depth;
    out += c;
    // What is escaped is copied as it is, but for a blank outside a class.
    if (c == '\\' && i + 1 < pattern.size() && !(depth == 0 && IsSpace(pattern[i + 1]))) {
      out += pattern[++i];
    }
  }
  return out;
}

class Translator {
 public:
  Translator(std::string_view pattern, const Flags& flags) : pattern_(pattern), flags_(flags) {}

  std::optional<std::string> Run() {
    while (ok_ && at_ < pattern_.size()) Step();
    if (!ok_) return std::nullopt;
    return std::move(out_);
  }

 private:
  void Step() {
    const char c = pattern_[at_];
    if (c == '\\') {
      ++at_;
      Append(ReadXPathEscape(pattern_, at_, flags_.fold));
    } else if (c == '[') {
      Append(ReadXPathClass(pattern_, at_, flags_.fold));
    } else if (c == '.') {
      // XPath's dot leaves out both line ends.
      out_ += flags_.dot_all ? "." : "[^\\n\\r]";
      ++at_;
    } else if (c == '{') {
      Quantity();
    } else if (c == ']' || c == '}') {
      ok_ = false;  // They stand for themselves only when escaped.
    } else if (c == '(' && pattern_.substr(at_).starts_with("(?") &&
               !pattern_.substr(at_).starts_with("(?:")) {
      ok_ = false;
    } else {
      out_ += c;
      ++at_;
    }
  }

  void Append(const std::optional<icu::UnicodeSet>& set) {
    ok_ = set.has_value();
    if (!ok_) return;
    if (flags_.fold) out_ += "(?-i:";
    AppendRe2Class(out_, *set);
    if (flags_.fold) out_ += ')';
  }

  // {n}, {n,} or {n,m}; anything else RE2 would take for itself.
  void Quantity() {
    size_t end = at_ + 1;
    const auto digits = [&] {
      const size_t begin = end;
      while (end < pattern_.size() && IsDigit(pattern_[end])) ++end;
      return end > begin;
    };
    ok_ = digits();
    if (ok_ && end < pattern_.size() && pattern_[end] == ',') {
      ++end;
      digits();
    }
    ok_ = ok_ && end < pattern_.size() && pattern_[end] == '}';
    if (!ok_) return;
    out_ += pattern_.substr(at_, end + 1 - at_);
    at_ = end + 1;
  }

  std::string_view pattern_;
  const Flags flags_;
  size_t at_ = 0;
  bool ok_ = true;
  std::string out_;
};

}  // namespace

std::optional<std::string> TranslateXPathRegex(std::string_view pattern, std::string_view text) {
  const auto flags = ParseFlags(text);
  if (!flags) return std::nullopt;
  std::string prefix;
  if (flags->fold) prefix += 'i';
  if (flags->dot_all) prefix += 's';
  if (flags->multi_line) prefix += 'm';
  if (!prefix.empty()) prefix = "(?" + prefix + ")";
  if (flags->literal) {
    return prefix + re2::RE2::QuoteMeta(re2::StringPiece(pattern.data(), pattern.size()));
  }
  const std::string dense = flags->ignore_space ? WithoutSpace(pattern) : std::string(pattern);
  auto body = Translator(dense, *flags).Run();
  if (!body) return std::nullopt;
  return prefix + *body;
}

std::optional<std::vector<ReplacementPiece>> ParseXPathReplacement(std::string_view replacement,
                                                                   int groups, bool literal) {
  std::vector<ReplacementPiece> pieces;
  if (literal) {
    pieces.push_back({std::string(replacement), -1});
    return pieces;
  }
  std::string text;
  for (size_t i = 0; i < replacement.size(); ++i) {
    const char c = replacement[i];
    const char next = i + 1 < replacement.size() ? replacement[i + 1] : '\0';
    if (c == '\\') {
      if (next != '\\' && next != '$') return std::nullopt;
      text += next;
      ++i;
    } else if (c == '$') {
      if (!IsDigit(next)) return std::nullopt;
      int group = next - '0';
      ++i;
      while (i + 1 < replacement.size() && IsDigit(replacement[i + 1]) &&
             group * 10 + (replacement[i + 1] - '0') <= groups) {
        group = group * 10 + (replacement[++i] - '0');
      }
      if (!text.empty()) pieces.push_back({std::exchange(text, ""), -1});
      if (group <= groups) pieces.push_back({"", group});
    } else {
      text += c;
    }
  }
  if (!text.empty()) pieces.push_back({std::move(text), -1});
  return pieces;
}

std::shared_ptr<const re2::RE2> CompileXPathRegex(std::string_view pattern,
                                                  std::string_view flags) {
  static std::mutex mutex;
  static auto& cache = *new std::unordered_map<std::string, std::shared_ptr<const re2::RE2>>();
  // The length keeps flags and pattern apart, whatever they hold.
  std::string key = std::to_string(flags.size());
  key.append("/").append(flags).append(pattern);
  {
    std::lock_guard<std::mutex> lock(mutex);
    auto found = cache.find(key);
    if (found != cache.end()) return found->second;
  }
  std::shared_ptr<const re2::RE2> compiled;
  if (auto translated = TranslateXPathRegex(pattern, flags)) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(int64_t{8} << 20);
    auto regex = std::make_shared<const re2::RE2>(*translated, options);
    if (regex->ok()) compiled = std::move(regex);
  }
  std::lock_guard<std::mutex> lock(mutex);
  if (cache.size() > 256) cache.clear();
  cache.emplace(std::move(key), compiled);
  return compiled;
}

}  // namespace sanad
