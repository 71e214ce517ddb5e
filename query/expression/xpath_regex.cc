// The translation walks the pattern once, left to right, copying what both
// syntaxes share and rewriting the rest. Class subtraction becomes a set
// difference over code point ranges.

#include "query/expression/xpath_regex.h"

#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include <re2/re2.h>

#include "storage/model/lexical.h"

namespace sanad {
namespace {

struct Range {
  char32_t low, high;
};
using Ranges = std::vector<Range>;

constexpr char32_t kMaxCodePoint = 0x10FFFF;

// Sorted, disjoint, joined.
void Normalize(Ranges& ranges) {
  std::sort(ranges.begin(), ranges.end(), [](Range a, Range b) { return a.low < b.low; });
  Ranges out;
  for (Range range : ranges) {
    if (!out.empty() && range.low <= out.back().high + 1) {
      out.back().high = std::max(out.back().high, range.high);
    } else {
      out.push_back(range);
    }
  }
  ranges = std::move(out);
}

Ranges Complement(Ranges ranges) {
  Normalize(ranges);
  Ranges out;
  char32_t next = 0;
  for (Range range : ranges) {
    if (range.low > next) out.push_back({next, range.low - 1});
    next = range.high + 1;
  }
  if (next <= kMaxCodePoint) out.push_back({next, kMaxCodePoint});
  return out;
}

Ranges Subtract(const Ranges& from, const Ranges& what) {
  Ranges both = Complement(from);
  both.insert(both.end(), what.begin(), what.end());
  return Complement(std::move(both));
}

const Ranges kNameStart = {
    {':', ':'},       {'A', 'Z'},       {'_', '_'},       {'a', 'z'},
    {0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},
    {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
    {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
const Ranges kNameMore = {{'-', '-'},   {'.', '.'},     {'0', '9'},
                          {0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}};

void AppendCodePoint(std::string& out, char32_t c) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string digits;
  do {
    digits.insert(digits.begin(), kHex[c & 15]);
    c >>= 4;
  } while (c != 0);
  out += "\\x{" + digits + "}";
}

void AppendClass(std::string& out, const Ranges& ranges) {
  if (ranges.empty()) {
    out += "[^\\x{0}-\\x{10FFFF}]";
    return;
  }
  out += '[';
  for (Range range : ranges) {
    AppendCodePoint(out, range.low);
    out += '-';
    AppendCodePoint(out, range.high);
  }
  out += ']';
}

class Translator {
 public:
  Translator(std::string_view pattern, bool ignore_space, bool dot_all)
      : pattern_(pattern), ignore_space_(ignore_space), dot_all_(dot_all) {}

  std::optional<std::string> Run() {
    while (ok_ && at_ < pattern_.size()) Step();
    if (!ok_) return std::nullopt;
    return std::move(out_);
  }

 private:
  bool Fail() { return ok_ = false; }

  void Step() {
    const char c = pattern_[at_];
    if (ignore_space_ && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
      ++at_;
    } else if (c == '\\') {
      ++at_;
      Escape();
    } else if (c == '[') {
      CharacterClass();
    } else if (c == '.' && !dot_all_) {
      // XPath's dot leaves out both line ends.
      out_ += "[^\\n\\r]";
      ++at_;
    } else if (c == '(' && pattern_.substr(at_).starts_with("(?") &&
               !pattern_.substr(at_).starts_with("(?:")) {
      Fail();
    } else {
      out_ += c;
      ++at_;
    }
  }

  // An escape outside a class; at_ is past the backslash.
  void Escape() {
    if (at_ >= pattern_.size()) {
      Fail();
      return;
    }
    const char c = pattern_[at_++];
    switch (c) {
      case 'i':
        AppendClass(out_, kNameStart);
        return;
      case 'I':
        AppendClass(out_, Complement(kNameStart));
        return;
      case 'c':
        AppendClass(out_, NameChars());
        return;
      case 'C':
        AppendClass(out_, Complement(NameChars()));
        return;
      case 'd':
        out_ += "\\p{Nd}";
        return;
      case 'D':
        out_ += "\\P{Nd}";
        return;
      case 's':
        out_ += "[ \\t\\n\\r]";
        return;
      case 'S':
        out_ += "[^ \\t\\n\\r]";
        return;
      case 'w':
        out_ += "[^\\p{P}\\p{Z}\\p{C}]";
        return;
      case 'W':
        out_ += "[\\p{P}\\p{Z}\\p{C}]";
        return;
      case 'n':
      case 'r':
      case 't':
        out_ += '\\';
        out_ += c;
        return;
      case 'p':
      case 'P':
        Category(c);
        return;
      default:
        if (std::string_view("\\|.?*+(){}$-[]^").find(c) == std::string_view::npos) {
          Fail();  // Back-references among others.
          return;
        }
        out_ += '\\';
        out_ += c;
    }
  }

  // \p{L}, \P{Lu}; \p{IsArabic} and other block names have no RE2 form.
  void Category(char letter) {
    const size_t close = pattern_.find('}', at_);
    if (at_ >= pattern_.size() || pattern_[at_] != '{' || close == std::string_view::npos) {
      Fail();
      return;
    }
    out_ += '\\';
    out_ += letter;
    out_ += pattern_.substr(at_, close + 1 - at_);
    at_ = close + 1;
  }

  static Ranges NameChars() {
    Ranges ranges = kNameStart;
    ranges.insert(ranges.end(), kNameMore.begin(), kNameMore.end());
    Normalize(ranges);
    return ranges;
  }

  // Without subtraction a class is copied with its escapes rewritten; with
  // subtraction it must be made of characters and ranges only.
  void CharacterClass() {
    if (auto ranges = SimpleClass(0)) {
      AppendClass(out_, *ranges);
      return;
    }
    CopyClass();
  }

  // A class of characters, ranges and nested subtractions; nullopt, with at_
  // unmoved, when it holds category escapes.
  std::optional<Ranges> SimpleClass(int depth) {
    if (depth > 20) return std::nullopt;
    const size_t start = at_;
    ++at_;
    bool negated = false;
    if (at_ < pattern_.size() && pattern_[at_] == '^') {
      negated = true;
      ++at_;
    }
    Ranges ranges;
    std::optional<Ranges> subtracted;
    bool closed = false;
    while (at_ < pattern_.size()) {
      if (pattern_[at_] == ']' && !ranges.empty()) {
        ++at_;
        closed = true;
        break;
      }
      if (pattern_.substr(at_).starts_with("-[")) {
        ++at_;
        subtracted = SimpleClass(depth + 1);
        if (!subtracted || at_ >= pattern_.size() || pattern_[at_] != ']') break;
        ++at_;
        closed = true;
        break;
      }
      const auto low = ClassCharacter();
      if (!low) break;
      char32_t high = *low;
      if (at_ + 1 < pattern_.size() && pattern_[at_] == '-' && pattern_[at_ + 1] != ']' &&
          pattern_[at_ + 1] != '[') {
        ++at_;
        const auto end = ClassCharacter();
        if (!end || *end < *low) break;
        high = *end;
      }
      ranges.push_back({*low, high});
    }
    if (!closed) {
      at_ = start;
      return std::nullopt;
    }
    Normalize(ranges);
    if (negated) ranges = Complement(std::move(ranges));
    return subtracted ? Subtract(ranges, *subtracted) : ranges;
  }

  std::optional<char32_t> ClassCharacter() {
    if (at_ >= pattern_.size()) return std::nullopt;
    if (pattern_[at_] == '[') return std::nullopt;
    if (pattern_[at_] != '\\') return NextCodePoint(pattern_, at_);
    if (at_ + 1 >= pattern_.size()) return std::nullopt;
    const char c = pattern_[at_ + 1];
    char32_t value = 0;
    switch (c) {
      case 'n':
        value = '\n';
        break;
      case 'r':
        value = '\r';
        break;
      case 't':
        value = '\t';
        break;
      default:
        if (std::string_view("\\|.?*+(){}$-[]^").find(c) == std::string_view::npos) {
          return std::nullopt;
        }
        value = static_cast<unsigned char>(c);
    }
    at_ += 2;
    return value;
  }

  void CopyClass() {
    out_ += '[';
    ++at_;
    if (at_ < pattern_.size() && pattern_[at_] == '^') {
      out_ += '^';
      ++at_;
    }
    bool first = true;
    while (at_ < pattern_.size() && (pattern_[at_] != ']' || first)) {
      first = false;
      const char c = pattern_[at_];
      if (c == '[') {
        Fail();  // A subtraction from a category.
        return;
      }
      if (c != '\\') {
        out_ += c;
        ++at_;
        continue;
      }
      ++at_;
      if (!ClassEscape()) return;
    }
    if (at_ >= pattern_.size()) {
      Fail();
      return;
    }
    out_ += ']';
    ++at_;
  }

  bool ClassEscape() {
    if (at_ >= pattern_.size()) return Fail();
    switch (pattern_[at_]) {
      case 'd':
        out_ += "\\p{Nd}";
        break;
      case 'D':
        out_ += "\\P{Nd}";
        break;
      case 's':
        out_ += " \\t\\n\\r";
        break;
      case 'i':
        AppendBare(kNameStart);
        break;
      case 'I':
        AppendBare(Complement(kNameStart));
        break;
      case 'c':
        AppendBare(NameChars());
        break;
      case 'C':
        AppendBare(Complement(NameChars()));
        break;
      case 'S':
        AppendBare(Complement({{'\t', '\n'}, {'\r', '\r'}, {' ', ' '}}));
        break;
      case 'w':
        out_ += "\\p{L}\\p{M}\\p{N}\\p{S}";
        break;
      case 'W':
        out_ += "\\p{P}\\p{Z}\\p{C}";
        break;
      case 'p':
      case 'P': {
        const char letter = pattern_[at_++];
        Category(letter);
        return ok_;
      }
      default: {
        const char c = pattern_[at_];
        if (std::string_view("nrt\\|.?*+(){}$-[]^").find(c) == std::string_view::npos)
          return Fail();
        out_ += '\\';
        out_ += c;
      }
    }
    ++at_;
    return true;
  }

  void AppendBare(const Ranges& ranges) {
    std::string text;
    AppendClass(text, ranges);
    out_ += std::string_view(text).substr(1, text.size() - 2);
  }

  std::string_view pattern_;
  bool ignore_space_;
  bool dot_all_;
  size_t at_ = 0;
  bool ok_ = true;
  std::string out_;
};

}  // namespace

std::optional<std::string> TranslateXPathRegex(std::string_view pattern, std::string_view flags) {
  bool literal = false, ignore_space = false, dot_all = false, multi_line = false, fold = false;
  for (char c : flags) {
    switch (c) {
      case 'q':
        literal = true;
        break;
      case 'x':
        ignore_space = true;
        break;
      case 's':
        dot_all = true;
        break;
      case 'm':
        multi_line = true;
        break;
      case 'i':
        fold = true;
        break;
      default:
        return std::nullopt;
    }
  }
  std::string prefix;
  if (fold) prefix += 'i';
  if (dot_all) prefix += 's';
  if (multi_line) prefix += 'm';
  if (!prefix.empty()) prefix = "(?" + prefix + ")";
  if (literal)
    return prefix + re2::RE2::QuoteMeta(re2::StringPiece(pattern.data(), pattern.size()));
  auto body = Translator(pattern, ignore_space, dot_all).Run();
  if (!body) return std::nullopt;
  return prefix + *body;
}

std::optional<std::string> TranslateXPathReplacement(std::string_view replacement, int groups,
                                                     bool literal) {
  std::string out;
  for (size_t i = 0; i < replacement.size(); ++i) {
    char c = replacement[i];
    if (literal) {
      if (c == '\\') out += '\\';
      out += c;
    } else if (c == '\\') {
      if (++i == replacement.size()) return std::nullopt;
      c = replacement[i];
      if (c != '\\' && c != '$') return std::nullopt;
      if (c == '\\') out += '\\';
      out += c;
    } else if (c == '$') {
      if (++i == replacement.size() || replacement[i] < '0' || replacement[i] > '9') {
        return std::nullopt;
      }
      // RE2 has groups 0 to 9; a group that the pattern lacks is empty.
      const int group = replacement[i] - '0';
      if (group <= groups) {
        out += '\\';
        out += replacement[i];
      }
    } else {
      out += c;
    }
  }
  return out;
}

std::shared_ptr<const re2::RE2> CompileXPathRegex(std::string_view pattern,
                                                  std::string_view flags) {
  static std::mutex mutex;
  static auto& cache = *new std::unordered_map<std::string, std::shared_ptr<const re2::RE2>>();
  std::string key(flags);
  key += '/';
  key += pattern;
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
