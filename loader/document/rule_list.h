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
  // What stands somewhere.
  const std::vector<Symbol>& sets() const { return noted_sets_; }
  const std::vector<Symbol>& literals() const { return noted_literals_; }

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

  // The rules of a sentence's language of whose first need something stands in it: a bit
  // a rule.
  void Candidates(bool arabic, const SymbolEnds& ends, std::vector<uint64_t>& bits) const;

  // One past the last atom of a sentence from which a rule may match; 0: none. Each
  // thing that a match holds stands at its first atom or behind it. `end`: one past
  // the sentence's last atom.
  uint32_t EndOfStarts(size_t rule, const SymbolEnds& ends, uint32_t end) const;

 private:
  struct Entry {
    uint32_t begin = 0, end = 0;  // In needs_.
  };
  // Of one language: the rules that need nothing, and those whose first need a symbol is.
  struct Index {
    std::vector<uint64_t> always;  // Bits.
    std::vector<std::vector<uint32_t>> by_set, by_literal;
  };

  void AddToIndex(const CompiledRule& rule, size_t number, Index& index) const;

  std::vector<CompiledRule> rules_;
  Index english_, arabic_;
  std::vector<Entry> entries_;  // By rule.
  // For each thing needed: how many sets it may be, how many literals, and those.
  std::vector<uint16_t> needs_;
};

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_RULE_LIST_H_
