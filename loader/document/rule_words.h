// The words that rules may use for conditions, tests of one atom and statuses.

#ifndef SANAD_LOADER_DOCUMENT_RULE_WORDS_H_
#define SANAD_LOADER_DOCUMENT_RULE_WORDS_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include <sanad/extract.h>

namespace sanad {

enum class ConditionKind : uint8_t {
  // Of the clause around a match or binding.
  kNegated,
  kPlanned,
  kFuture,
  kHoped,
  kCancelled,
  kPostponed,
  kAttributed,
  kDenied,
  kIn,
  kHas,
  kAfter,
  kInfinitive,
  kOwned,
  kAnswers,
  kFollows,
  kTakesOther,
  kOfSeries,
  kAttributive,
  kItHolds,
  kOutcomeFirst,
  kFocusless,
  kSubjectless,
  kEventless,
  kFirstSentence,
  // Of a variable.
  kBound,
  kSingle,
  kRange,
  kElsewhere,
  kPlaced,
  kStated,
  kParties,
  kPlural,
  kDefinite,
  kFresh,
  kComparator,
  kKnown,
  kEventful,
  kSeveral,
  kPersonFirst,
  kEventFirst,
  kIndefinite,
  kSubjectFirst,
  kIs,
  kSame,
  kDifferent,
};

inline constexpr std::pair<std::string_view, ConditionKind> kConditionWords[] = {
    {"negated", ConditionKind::kNegated},
    {"planned", ConditionKind::kPlanned},
    {"future", ConditionKind::kFuture},
    {"hoped", ConditionKind::kHoped},
    {"cancelled", ConditionKind::kCancelled},
    {"postponed", ConditionKind::kPostponed},
    {"attributed", ConditionKind::kAttributed},
    {"denied", ConditionKind::kDenied},
    {"in", ConditionKind::kIn},
    {"has", ConditionKind::kHas},
    {"after", ConditionKind::kAfter},
    {"infinitive", ConditionKind::kInfinitive},
    {"owned", ConditionKind::kOwned},
    {"answers", ConditionKind::kAnswers},
    {"follows", ConditionKind::kFollows},
    {"takes_other", ConditionKind::kTakesOther},
    {"of_series", ConditionKind::kOfSeries},
    {"attributive", ConditionKind::kAttributive},
    {"it_holds", ConditionKind::kItHolds},
    {"outcome_first", ConditionKind::kOutcomeFirst},
    {"focusless", ConditionKind::kFocusless},
    {"subjectless", ConditionKind::kSubjectless},
    {"eventless", ConditionKind::kEventless},
    {"first_sentence", ConditionKind::kFirstSentence},
    {"bound", ConditionKind::kBound},
    {"single", ConditionKind::kSingle},
    {"range", ConditionKind::kRange},
    {"elsewhere", ConditionKind::kElsewhere},
    {"placed", ConditionKind::kPlaced},
    {"stated", ConditionKind::kStated},
    {"parties", ConditionKind::kParties},
    {"plural", ConditionKind::kPlural},
    {"definite", ConditionKind::kDefinite},
    {"fresh", ConditionKind::kFresh},
    {"comparator", ConditionKind::kComparator},
    {"known", ConditionKind::kKnown},
    {"eventful", ConditionKind::kEventful},
    {"several", ConditionKind::kSeveral},
    {"person_first", ConditionKind::kPersonFirst},
    {"event_first", ConditionKind::kEventFirst},
    {"indefinite", ConditionKind::kIndefinite},
    {"subject_first", ConditionKind::kSubjectFirst},
    {"is", ConditionKind::kIs},
    {"same", ConditionKind::kSame},
    {"different", ConditionKind::kDifferent},
};

enum class TestKind : uint8_t {
  kIn,
  kCap,
  kUpper,
  kDefinite,
  kKnown,
  kUnknown,
  kNumber,
  kWord,
  kPunctuation,
  kClitic,
  kInitial,
  kVerb,
  kDated,
  kShort,
  kEnds,
  kStarts,
  kScript,
  kSpelt,
};

inline constexpr std::pair<std::string_view, TestKind> kTestWords[] = {
    {"in", TestKind::kIn},
    {"cap", TestKind::kCap},
    {"upper", TestKind::kUpper},
    {"def", TestKind::kDefinite},
    {"known", TestKind::kKnown},
    {"unknown", TestKind::kUnknown},
    {"num", TestKind::kNumber},
    {"word", TestKind::kWord},
    {"punct", TestKind::kPunctuation},
    {"clitic", TestKind::kClitic},
    {"initial", TestKind::kInitial},
    {"verb", TestKind::kVerb},
    {"dated", TestKind::kDated},
    {"short", TestKind::kShort},
    {"ends", TestKind::kEnds},
    {"starts", TestKind::kStarts},
    {"script", TestKind::kScript},
    {"spelt", TestKind::kSpelt},
};

inline constexpr std::pair<std::string_view, StatementStatus> kStatusWords[] = {
    {"planned", StatementStatus::kPlanned},     {"hoped", StatementStatus::kHoped},
    {"claimed", StatementStatus::kClaimed},     {"cancelled", StatementStatus::kCancelled},
    {"postponed", StatementStatus::kPostponed}, {"asserted", StatementStatus::kAsserted},
};

// What a word stands for in such a table; nothing where it is none of them.
template <typename Kind, size_t N>
constexpr std::optional<Kind> KindOf(const std::pair<std::string_view, Kind> (&words)[N],
                                     std::string_view word) {
  for (const auto& [name, kind] : words) {
    if (name == word) return kind;
  }
  return std::nullopt;
}

// Whether a condition's quoted argument is a word set.
constexpr bool AsksForSet(ConditionKind kind) {
  return kind == ConditionKind::kIn || kind == ConditionKind::kHas ||
         kind == ConditionKind::kAfter || kind == ConditionKind::kAnswers ||
         kind == ConditionKind::kFollows;
}

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_RULE_WORDS_H_
