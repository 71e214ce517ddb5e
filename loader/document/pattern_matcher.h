// Matches compiled patterns against atoms.
//
// Backtracking over a list of pending steps; the work of one start position is
// bounded by a step budget, so that no rule can make a text slow.

#ifndef SANAD_LOADER_DOCUMENT_PATTERN_MATCHER_H_
#define SANAD_LOADER_DOCUMENT_PATTERN_MATCHER_H_

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <vector>

#include "loader/document/annotated_text.h"
#include "loader/document/knowledge.h"
#include "loader/document/noun_phrases.h"

namespace sanad {

// What a variable of a rule stands for.
struct Binding {
  bool bound = false;
  uint32_t first = 0, end = 0;
  MentionIds mentions;  // One, or the items of a list; empty for plain spans.
};
using Bindings = std::vector<Binding>;

struct MatchResult {
  uint32_t first = 0, end = 0;
  Bindings bindings;
};

// Single-threaded.
class PatternMatcher {
 public:
  PatternMatcher(const Knowledge& knowledge, AnnotatedText& text, NounPhrases& phrases)
      : knowledge_(knowledge), text_(text), phrases_(phrases) {}

  // The first way the rule's pattern matches from `start` on.
  std::optional<MatchResult> MatchAt(const CompiledRule& rule, uint32_t start);

  // Mentions of any of `types` that start at `atom`, longest first.
  MentionIds MentionsAt(uint32_t atom, std::span<const Symbol> types);
  MentionIds MentionsAt(uint32_t atom, std::initializer_list<Symbol> types) {
    return MentionsAt(atom, std::span<const Symbol>(types.begin(), types.size()));
  }
  // Items of a list whose first is `first`: comma, conjunction, repeated
  // preposition between them. `end` becomes one past the last.
  MentionIds ListFrom(MentionId first, std::span<const Symbol> types, uint32_t& end);

 private:
  template <typename Wanted>
  void AddMentions(uint32_t atom, std::span<const Symbol> types, MentionIds& out,
                   const Wanted& wanted) const;
  uint32_t BehindDate(uint32_t at) const;
  uint32_t BehindPlace(uint32_t at, std::span<const Symbol> types);
  MentionIds PersonBehindTitle(uint32_t atom, uint32_t end, std::span<const Symbol> types);

  struct Step {
    enum Kind : uint8_t { kNode, kBind, kRepeat, kRest } kind = kNode;
    const CompiledPattern* node = nullptr;
    uint32_t start = 0;  // kBind: where the span began; kRepeat: where this turn began.
    uint32_t count = 0;  // kRepeat: turns done; kRest: children done.
    const Step* next = nullptr;
  };

  bool Run(const Step* step, uint32_t at);
  bool RunNode(const CompiledPattern& node, const Step* next, uint32_t at);
  bool RunSequence(const CompiledPattern& node, size_t child, const Step* next, uint32_t at);
  bool RunRepeat(const CompiledPattern& node, uint32_t count, uint32_t last, const Step* next,
                 uint32_t at);
  bool RunGap(const CompiledPattern& node, const Step* next, uint32_t at);
  bool RunSet(const CompiledPattern& node, const Step* next, uint32_t at);
  bool MayStart(const CompiledPattern& node, uint32_t at) const;
  bool RunMention(const CompiledPattern& node, const Step* next, uint32_t at);
  bool TestsHold(const CompiledPattern& node, uint32_t at) const;
  bool TestHolds(const CompiledTest& test, uint32_t at) const;
  bool IsDated(uint32_t atom) const;

  const Knowledge& knowledge_;
  AnnotatedText& text_;
  NounPhrases& phrases_;
  Bindings bindings_;
  uint32_t sentence_end_ = 0, sentence_first_ = 0, sentence_body_ = 0;
  uint32_t end_ = 0;
  int budget_ = 0;
};

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_PATTERN_MATCHER_H_
