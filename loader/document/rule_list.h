// The rules of one phase, and which of them a sentence may match where.
//
// Most rules need a word that most sentences lack. What each rule needs lies in one
// block of numbers, apart from the rules, so that passing over those costs little.

#ifndef SANAD_LOADER_DOCUMENT_RULE_LIST_H_
#define SANAD_LOADER_DOCUMENT_RULE_LIST_H_

#include <cstdint>
#include <vector>

#include "loader/document/compiled_rules.h"

namespace sanad {

// Of one sentence, by symbol: one past the last atom where a set or a word of the rules
// stands; 0 where it stands nowhere.
class SymbolEnds {
 public:
  void Read(const AnnotatedText& text, const Sentence& sentence);
  uint32_t OfSet(Symbol set) const { return set < sets_.size() ? sets_[set] : 0; }
  uint32_t OfLiteral(Symbol literal) const {
    return literal < literals_.size() ? literals_[literal] : 0;
  }

 private:
  static void Note(Symbol symbol, uint32_t end, std::vector<uint32_t>& ends,
                   std::vector<Symbol>& noted);

  std::vector<uint32_t> sets_, literals_;
  std::vector<Symbol> noted_sets_, noted_literals_;  // What is not 0.
};

// Immutable once made; shared by threads.
class RuleList {
 public:
  RuleList() = default;
  // Rules of equal priority stay in their order.
  explicit RuleList(std::vector<CompiledRule> rules);
  RuleList(RuleList&&) = default;
  RuleList& operator=(RuleList&&) = default;

  const std::vector<CompiledRule>& rules() const { return rules_; }  // By falling priority.

  // One past the last atom of a sentence from which a rule may match; 0: none. Each
  // thing that a match holds stands at its first atom or behind it. `end`: one past
  // the sentence's last atom.
  uint32_t EndOfStarts(size_t rule, bool arabic, const SymbolEnds& ends, uint32_t end) const;

 private:
  enum class Language : uint8_t { kAny, kEnglish, kArabic };
  struct Entry {
    Language language = Language::kAny;
    uint32_t begin = 0, end = 0;  // In needs_.
  };

  std::vector<CompiledRule> rules_;
  std::vector<Entry> entries_;  // By rule.
  // For each thing needed: how many sets it may be, how many literals, and those.
  std::vector<uint16_t> needs_;
};

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_RULE_LIST_H_
