// See rule_list.h.

#include "loader/document/rule_list.h"

#include <algorithm>
#include <utility>

namespace sanad {

void SymbolEnds::Note(Symbol symbol, uint32_t end, std::vector<uint32_t>& ends,
                      std::vector<Symbol>& noted) {
  if (symbol >= ends.size()) ends.resize(symbol + size_t{1});
  if (ends[symbol] == 0) noted.push_back(symbol);
  ends[symbol] = end;
}

void SymbolEnds::Read(const AnnotatedText& text, const Sentence& sentence) {
  for (const Symbol set : noted_sets_) sets_[set] = 0;
  for (const Symbol literal : noted_literals_) literals_[literal] = 0;
  noted_sets_.clear();
  noted_literals_.clear();
  for (uint32_t a = sentence.first; a < sentence.end; ++a) {
    for (const SetHit& hit : text.hits[a]) Note(hit.set, a + 1, sets_, noted_sets_);
    Note(text.atoms[a].literal, a + 1, literals_, noted_literals_);
  }
}

RuleList::RuleList(std::vector<CompiledRule> rules) : rules_(std::move(rules)) {
  std::stable_sort(rules_.begin(), rules_.end(), [](const CompiledRule& a, const CompiledRule& b) {
    return a.source.priority > b.source.priority;
  });
  for (CompiledRule& rule : rules_) {
    // Moving rules moved their sources, which these point into.
    for (size_t i = 0; i < rule.arguments.size(); ++i)
      rule.arguments[i].source = &rule.source.arguments[i];
    for (size_t i = 0; i < rule.conditions.size(); ++i)
      rule.conditions[i].name = rule.source.conditions[i].name;
    Entry& entry = entries_.emplace_back();
    entry.begin = static_cast<uint32_t>(needs_.size());
    // First what is told soonest.
    std::stable_sort(rule.required.begin(), rule.required.end(),
                     [](const RequiredOne& a, const RequiredOne& b) {
                       return a.sets.size() + a.literals.size() < b.sets.size() + b.literals.size();
                     });
    for (const RequiredOne& one : rule.required) {
      needs_.push_back(static_cast<uint16_t>(one.sets.size()));
      needs_.push_back(static_cast<uint16_t>(one.literals.size()));
      needs_.insert(needs_.end(), one.sets.begin(), one.sets.end());
      needs_.insert(needs_.end(), one.literals.begin(), one.literals.end());
    }
    entry.end = static_cast<uint32_t>(needs_.size());
    const size_t number = entries_.size() - 1;
    if (rule.source.language != "ar") AddToIndex(rule, number, english_);
    if (rule.source.language.empty() || rule.source.language == "ar")
      AddToIndex(rule, number, arabic_);
  }
}

void RuleList::AddToIndex(const CompiledRule& rule, size_t number, Index& index) const {
  index.always.resize((rules_.size() + 63) / 64);
  if (rule.required.empty()) {
    index.always[number / 64] |= uint64_t{1} << (number % 64);
    return;
  }
  const auto add = [&](const std::vector<Symbol>& symbols,
                       std::vector<std::vector<uint32_t>>& rules) {
    for (const Symbol symbol : symbols) {
      if (symbol >= rules.size()) rules.resize(symbol + size_t{1});
      rules[symbol].push_back(static_cast<uint32_t>(number));
    }
  };
  add(rule.required.front().sets, index.by_set);
  add(rule.required.front().literals, index.by_literal);
}

void RuleList::Candidates(bool arabic, const SymbolEnds& ends, std::vector<uint64_t>& bits) const {
  const Index& index = arabic ? arabic_ : english_;
  bits = index.always;
  const auto add = [&](const std::vector<Symbol>& symbols,
                       const std::vector<std::vector<uint32_t>>& rules) {
    for (const Symbol symbol : symbols) {
      if (symbol >= rules.size()) continue;
      for (const uint32_t rule : rules[symbol]) bits[rule / 64] |= uint64_t{1} << (rule % 64);
    }
  };
  add(ends.sets(), index.by_set);
  add(ends.literals(), index.by_literal);
}

uint32_t RuleList::EndOfStarts(size_t rule, const SymbolEnds& ends, uint32_t end) const {
  const Entry& entry = entries_[rule];
  for (uint32_t at = entry.begin; at < entry.end && end > 0;) {
    uint32_t last = 0;
    const uint32_t sets = at + 2 + needs_[at], literals = sets + needs_[at + 1];
    for (at += 2; at < sets; ++at) last = std::max(last, ends.OfSet(needs_[at]));
    for (; at < literals; ++at) last = std::max(last, ends.OfLiteral(needs_[at]));
    end = std::min(end, last);
  }
  return end;
}

}  // namespace sanad
