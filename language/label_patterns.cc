// A pattern line is a class name and a sequence of text, slots and optional
// groups (one level deep). Making a label fills slots left to right and drops a
// group as a whole when one of its slots is empty.

#include "language/label_patterns.h"

#include <algorithm>
#include <array>

#include "language/closed_words.h"
#include "language/text.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

constexpr std::array<std::string_view, 7> kSlots = {"class",  "place",        "date", "ordinal",
                                                    "number", "participants", "name"};

absl::Status SyntaxError(size_t line, size_t column, std::string_view what) {
  return MakeStatus(absl::StatusCode::kInvalidArgument, "label patterns, line ", line, ", column ",
                    column, ": ", what);
}

std::string Squeeze(const std::string& text) {
  std::string out;
  for (char c : text) {
    if (c == ' ' && (out.empty() || out.back() == ' ')) continue;
    out.push_back(c);
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string SlotValue(std::string_view slot, const LabelSlots& slots, std::string_view language) {
  if (slot == "class") return slots.class_label;
  if (slot == "place") return slots.place;
  if (slot == "date") return slots.date.empty() ? "" : DateInWords(slots.date, language);
  if (slot == "ordinal") return slots.number > 0 ? OrdinalInWords(slots.number, language) : "";
  if (slot == "number") return slots.number > 0 ? Concat(slots.number) : "";
  if (slot == "participants") return slots.participants;
  return slots.name;
}

}  // namespace

absl::StatusOr<LabelPatterns> LabelPatterns::Parse(std::string_view text,
                                                   std::string_view language) {
  LabelPatterns out;
  out.language_ = std::string(language);
  size_t number = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    const size_t start = line.find_first_not_of(" \t");
    if (start == std::string_view::npos || line[start] == '#') continue;
    const size_t space = std::min(line.find_first_of(" \t", start), line.size());
    Line parsed;
    parsed.class_name = std::string(line.substr(start, space - start));
    size_t i = std::min(line.find_first_not_of(" \t", space), line.size());
    if (i == line.size()) return SyntaxError(number, space + 1, "a pattern must follow the class");
    bool open = false;
    std::string words;
    const auto flush = [&] {
      if (!words.empty()) parsed.pieces.push_back({Piece::kText, words});
      words.clear();
    };
    for (; i < line.size(); ++i) {
      const char c = line[i];
      if (c == '{') {
        flush();
        const size_t close = line.find('}', i);
        if (close == std::string_view::npos) return SyntaxError(number, i + 1, "{ has no }");
        const std::string_view slot = line.substr(i + 1, close - i - 1);
        if (std::find(kSlots.begin(), kSlots.end(), slot) == kSlots.end()) {
          return SyntaxError(number, i + 2,
                             Concat("unknown slot \"", slot,
                                    "\"; expected class, place, date, ordinal, number, "
                                    "participants or name"));
        }
        parsed.pieces.push_back({Piece::kSlot, std::string(slot)});
        i = close;
      } else if (c == '[') {
        flush();
        if (open) return SyntaxError(number, i + 1, "[ inside [ ]");
        open = true;
        parsed.pieces.push_back({Piece::kOpen, ""});
      } else if (c == ']') {
        flush();
        if (!open) return SyntaxError(number, i + 1, "] without [");
        open = false;
        parsed.pieces.push_back({Piece::kClose, ""});
      } else if (c == '}') {
        return SyntaxError(number, i + 1, "} without {");
      } else {
        words.push_back(c == '\t' ? ' ' : c);
      }
    }
    flush();
    if (open) return SyntaxError(number, line.size() + 1, "[ has no ]");
    out.lines_.push_back(std::move(parsed));
  }
  return out;
}

std::string LabelPatterns::Make(std::span<const std::string> classes,
                                const LabelSlots& slots) const {
  const auto fill = [&](const Line& line) -> std::string {
    std::string out;
    std::string group;
    bool in_group = false;
    bool group_full = true;
    for (const Piece& piece : line.pieces) {
      std::string& target = in_group ? group : out;
      switch (piece.kind) {
        case Piece::kText:
          target += piece.text;
          break;
        case Piece::kSlot: {
          const std::string value = SlotValue(piece.text, slots, language_);
          if (value.empty() && !in_group) return "";
          group_full = group_full && !value.empty();
          target += value;
          break;
        }
        case Piece::kOpen:
          in_group = true;
          group_full = true;
          group.clear();
          break;
        case Piece::kClose:
          in_group = false;
          if (group_full) out += group;
          break;
      }
    }
    return Squeeze(out);
  };
  for (const std::string& cls : classes) {
    for (const Line& line : lines_) {
      if (line.class_name != cls) continue;
      if (std::string label = fill(line); !label.empty()) return label;
    }
  }
  return "";
}

std::string DateInWords(const PartialDate& date, std::string_view language) {
  std::string out;
  const auto add = [&](std::string_view piece) {
    if (!out.empty()) out.push_back(' ');
    out += piece;
  };
  if (date.day != 0) add(Concat(date.day));
  if (date.month != 0) {
    const std::span<const std::string> names =
        internal::PhrasesOf(internal::ClosedClass::kMonth, date.month, language);
    if (!names.empty()) add(names[0]);
  }
  if (date.year != 0) add(Concat(date.year));
  return out;
}

std::string OrdinalInWords(int number, std::string_view language) {
  const std::span<const std::string> names =
      internal::PhrasesOf(internal::ClosedClass::kOrdinal, number, language);
  if (language == "ar") {
    // Definite feminine, as جولة and جلسة need it: the last form listed for 1 to 10.
    if (!names.empty() && number <= 10) return names[number == 2 ? 3 : names.size() - 1];
    if (names.size() > 1 && number < 20) return names[1];
    return Concat(number);
  }
  if (!names.empty() && number <= 20) return names[0];
  const int last = number % 10;
  const bool teen = number % 100 >= 11 && number % 100 <= 13;
  const std::string_view suffix = teen || last > 3 || last == 0 ? "th"
                                  : last == 1                   ? "st"
                                  : last == 2                   ? "nd"
                                                                : "rd";
  return Concat(number, suffix);
}

std::string JoinInWords(std::span<const std::string> items, std::string_view language) {
  std::string out;
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) {
      const bool last = i + 1 == items.size();
      out += language == "ar" ? " و" : last ? " and " : ", ";
    }
    out += items[i];
  }
  return out;
}

}  // namespace sanad
