// Label patterns: how an event that the text leaves unnamed is called, from its
// class, place, date and number; and what may be asked of a property, whose local name
// then stands in the place of the class. One data file a language:
//
//   # class   pattern: words, {slot}, and [ … ] left out when a slot in it is empty
//   NegotiationRound   {ordinal} round of talks [in {place}]
//   Meeting            [{place}] {class} [of {date}]
//
// The first line whose class is the event's (or an ancestor, nearest first) and
// whose slots outside brackets are all filled is used. Slots: class (the class's
// label), place, date, ordinal (the number as an ordinal word or digits), number,
// participants, name. The same file parses labels nowhere: it only makes them.
//
//   "Muscat session of 3 June", "جلسة مسقط في 3 يونيو"

#ifndef SANAD_LANGUAGE_LABEL_PATTERNS_H_
#define SANAD_LANGUAGE_LABEL_PATTERNS_H_

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/status/statusor.h>
#include <sanad/term.h>
#include "language/dates.h"

namespace sanad {

// What is known of the event, already in the label's language; empty: unknown.
struct LabelSlots {
  std::string class_label = {};
  std::string place = {};
  PartialDate date = {};
  int number = 0;
  std::string participants = {};  // "Russia and Turkey"
  std::string name = {};
};

// Thread-compatible, immutable once parsed.
class LabelPatterns {
 public:
  // `language`: "en" or "ar". Errors: InvalidArgument with line and column.
  static absl::StatusOr<LabelPatterns> Parse(std::string_view text, std::string_view language);

  std::string_view language() const { return language_; }
  // `classes`: local names, the event's own class first, then its ancestors.
  // Empty when no line fits.
  std::string Make(std::span<const std::string> classes, const LabelSlots& slots) const;

 private:
  struct Piece {
    enum Kind { kText, kSlot, kOpen, kClose } kind;
    std::string text;
  };
  struct Line {
    std::string class_name;
    std::vector<Piece> pieces;
  };
  std::string language_;
  std::vector<Line> lines_;
};

// A partial date in words: "18 February 2025", "18 فبراير", "February 2025".
std::string DateInWords(const PartialDate& date, std::string_view language);
// An ordinal in words up to 20 (feminine in Arabic), digits beyond: "second", الثانية.
std::string OrdinalInWords(int number, std::string_view language);
// "X", "X and Y", "X, Y and Z"; "X وY" in Arabic.
std::string JoinInWords(std::span<const std::string> items, std::string_view language);

}  // namespace sanad

#endif  // SANAD_LANGUAGE_LABEL_PATTERNS_H_
