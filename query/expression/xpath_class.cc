// Sets are ICU's. A range or single character is closed over case before it is
// complemented or subtracted from, as flag i asks: [^Q] leaves out q too.

#include "query/expression/xpath_class.h"

#include <array>
#include <utility>

#include <unicode/uchar.h>

#include "storage/model/lexical.h"

namespace sanad {
namespace {

using icu::UnicodeSet;

constexpr int kMaxSubtractions = 20;
constexpr std::string_view kMetacharacters = "\\|.?*+(){}$-[]^";

struct Range {
  UChar32 low, high;
};

// XML's NameStartChar and what NameChar has beyond it.
constexpr std::array<Range, 16> kNameStart = {{{':', ':'},
                                               {'A', 'Z'},
                                               {'_', '_'},
                                               {'a', 'z'},
                                               {0xC0, 0xD6},
                                               {0xD8, 0xF6},
                                               {0xF8, 0x2FF},
                                               {0x370, 0x37D},
                                               {0x37F, 0x1FFF},
                                               {0x200C, 0x200D},
                                               {0x2070, 0x218F},
                                               {0x2C00, 0x2FEF},
                                               {0x3001, 0xD7FF},
                                               {0xF900, 0xFDCF},
                                               {0xFDF0, 0xFFFD},
                                               {0x10000, 0xEFFFF}}};
constexpr std::array<Range, 6> kNameMore = {
    {{'-', '-'}, {'.', '.'}, {'0', '9'}, {0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}}};

UnicodeSet NameStart() {
  UnicodeSet set;
  for (const Range range : kNameStart) set.add(range.low, range.high);
  return set;
}

UnicodeSet NameChar() {
  UnicodeSet set = NameStart();
  for (const Range range : kNameMore) set.add(range.low, range.high);
  return set;
}

UnicodeSet Space() { return UnicodeSet(' ', ' ').add('\t', '\n').add('\r'); }

UnicodeSet OfCategories(uint32_t mask) {
  UnicodeSet set;
  UErrorCode error = U_ZERO_ERROR;
  set.applyIntPropertyValue(UCHAR_GENERAL_CATEGORY_MASK, static_cast<int32_t>(mask), error);
  return set;
}

// The categories of XML Schema: a major class, or one of its subclasses.
std::optional<UnicodeSet> OfName(const std::string& name) {
  UnicodeSet set;
  UErrorCode error = U_ZERO_ERROR;
  if (name.starts_with("Is")) {
    const int32_t block = u_getPropertyValueEnum(UCHAR_BLOCK, name.c_str() + 2);
    if (block == UCHAR_INVALID_CODE) return std::nullopt;
    set.applyIntPropertyValue(UCHAR_BLOCK, block, error);
  } else {
    if (name.empty() || name.size() > 2 || name == "LC" || name == "Cs") return std::nullopt;
    const int32_t mask = u_getPropertyValueEnum(UCHAR_GENERAL_CATEGORY_MASK, name.c_str());
    const char* const canonical =
        mask == UCHAR_INVALID_CODE
            ? nullptr
            : u_getPropertyValueName(UCHAR_GENERAL_CATEGORY_MASK, mask, U_SHORT_PROPERTY_NAME);
    if (canonical == nullptr || name != canonical) return std::nullopt;  // ICU ignores case.
    set.applyIntPropertyValue(UCHAR_GENERAL_CATEGORY_MASK, mask, error);
  }
  if (U_FAILURE(error)) return std::nullopt;
  return set;
}

// {Name} behind \p or \P.
std::optional<UnicodeSet> ReadProperty(std::string_view pattern, size_t& at) {
  if (at >= pattern.size() || pattern[at] != '{') return std::nullopt;
  const size_t close = pattern.find('}', at);
  if (close == std::string_view::npos) return std::nullopt;
  const std::string name(pattern.substr(at + 1, close - at - 1));
  at = close + 1;
  return OfName(name);
}

UnicodeSet Closed(UnicodeSet set, bool fold) {
  if (fold) set.closeOver(USET_CASE_INSENSITIVE).removeAllStrings();
  return set;
}

// The character that a class or an escape names by itself.
std::optional<UChar32> SingleEscape(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      if (kMetacharacters.find(c) == std::string_view::npos) return std::nullopt;
      return static_cast<UChar32>(c);
  }
}

std::optional<UnicodeSet> MultiEscape(char c) {
  switch (c) {
    case 's':
      return Space();
    case 'i':
      return NameStart();
    case 'c':
      return NameChar();
    case 'd':
      return OfCategories(U_GC_ND_MASK);
    case 'w':
      return OfCategories(U_GC_P_MASK | U_GC_Z_MASK | U_GC_C_MASK).complement();
    default:
      return std::nullopt;
  }
}

std::optional<UnicodeSet> ReadClass(std::string_view pattern, size_t& at, bool fold, int depth);

// One part of a class: an escape for a set, a character or a range.
bool ReadPart(std::string_view pattern, size_t& at, bool fold, UnicodeSet& set) {
  const auto character = [&]() -> std::optional<UChar32> {
    if (at >= pattern.size() || pattern[at] == '[' || pattern[at] == ']') return std::nullopt;
    if (pattern[at] != '\\') return static_cast<UChar32>(NextCodePoint(pattern, at));
    if (at + 1 >= pattern.size()) return std::nullopt;
    const auto single = SingleEscape(pattern[at + 1]);
    if (single) at += 2;
    return single;
  };
  const auto low = character();
  if (!low) {
    if (at >= pattern.size() || pattern[at] != '\\') return false;
    const auto escape = ReadXPathEscape(pattern, ++at, fold);
    if (escape) set.addAll(*escape);
    return escape.has_value();
  }
  UChar32 high = *low;
  const bool is_range = at + 1 < pattern.size() && pattern[at] == '-' && pattern[at + 1] != ']' &&
                        pattern[at + 1] != '[';
  if (is_range) {
    ++at;
    const auto end = character();
    if (!end || *end < *low) return false;
    high = *end;
  }
  set.addAll(Closed(UnicodeSet(*low, high), fold));
  return true;
}

std::optional<UnicodeSet> ReadClass(std::string_view pattern, size_t& at, bool fold, int depth) {
  if (depth > kMaxSubtractions) return std::nullopt;
  ++at;
  const bool negated = at < pattern.size() && pattern[at] == '^';
  if (negated) ++at;
  UnicodeSet set;
  std::optional<UnicodeSet> subtracted;
  for (const size_t begin = at;;) {
    if (at >= pattern.size()) return std::nullopt;
    if (at > begin && pattern[at] == ']') break;
    if (at > begin && pattern.substr(at).starts_with("-[")) {
      subtracted = ReadClass(pattern, ++at, fold, depth + 1);
      if (!subtracted || at >= pattern.size() || pattern[at] != ']') return std::nullopt;
      break;
    }
    if (!ReadPart(pattern, at, fold, set)) return std::nullopt;
  }
  ++at;
  if (negated) set.complement();
  if (subtracted) set.removeAll(*subtracted);
  return set;
}

void AppendCodePoint(std::string& out, UChar32 c) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string digits;
  do {
    digits.insert(digits.begin(), kHex[c & 15]);
    c >>= 4;
  } while (c != 0);
  out.append("\\x{").append(digits).append("}");
}

}  // namespace

std::optional<UnicodeSet> ReadXPathEscape(std::string_view pattern, size_t& at, bool fold) {
  if (at >= pattern.size()) return std::nullopt;
  const char c = pattern[at++];
  if (const auto single = SingleEscape(c)) return Closed(UnicodeSet(*single, *single), fold);
  const bool is_upper = c >= 'A' && c <= 'Z';
  const char lower = is_upper ? static_cast<char>(c - 'A' + 'a') : c;
  std::optional<UnicodeSet> set = lower == 'p' ? ReadProperty(pattern, at) : MultiEscape(lower);
  if (set && is_upper) set->complement();
  return set;
}

std::optional<UnicodeSet> ReadXPathClass(std::string_view pattern, size_t& at, bool fold) {
  return ReadClass(pattern, at, fold, 0);
}

void AppendRe2Class(std::string& out, const UnicodeSet& set) {
  if (set.getRangeCount() == 0) {
    out += "[^\\x{0}-\\x{10FFFF}]";
    return;
  }
  out += '[';
  for (int32_t i = 0; i < set.getRangeCount(); ++i) {
    AppendCodePoint(out, set.getRangeStart(i));
    if (set.getRangeEnd(i) == set.getRangeStart(i)) continue;
    out += '-';
    AppendCodePoint(out, set.getRangeEnd(i));
  }
  out += ']';
}

}  // namespace sanad
