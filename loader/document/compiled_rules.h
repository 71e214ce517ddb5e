// Rules made ready for matching: names resolved to symbols and slots.

#ifndef SANAD_LOADER_DOCUMENT_COMPILED_RULES_H_
#define SANAD_LOADER_DOCUMENT_COMPILED_RULES_H_

#include <span>
#include <string>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include <absl/status/status.h>
#include "loader/document/annotated_text.h"
#include "loader/document/rule_ast.h"
#include "loader/document/rule_check.h"
#include "loader/document/rule_words.h"

namespace sanad {

struct CompiledTest {
  TestKind kind = TestKind::kIn;
  bool negated = false;
  Symbol set = 0;     // kIn.
  std::string value;  // kEnds, kStarts: normalised; kScript.
};

struct CompiledPattern {
  PatternKind kind = PatternKind::kSequence;
  std::vector<CompiledPattern> children;
  uint32_t min = 1, max = 1;
  Symbol literal = 0;         // kWord: of Knowledge::literals.
  Symbol set = 0;             // kSet.
  std::vector<Symbol> types;  // kMention.
  SymbolFilter type_filter;   // Of `types`.
  bool list = false, zero_width = false;
  int slot = -1;  // Of the variable.
  std::vector<CompiledTest> tests;
};

struct CompiledPreposition {
  Symbol literal = 0;  // 0: the set.
  Symbol set = 0;
};

struct CompiledArgument {
  const Argument* source = nullptr;
  int slot = -1;
  std::vector<Symbol> types;
  std::vector<CompiledPreposition> prepositions, exclude;
};

struct CompiledCondition {
  ConditionKind kind = ConditionKind::kBound;
  bool negated = false;         // From `unless`.
  int first = -1, second = -1;  // Slots of its variables.
  Symbol set = 0;
  std::string type;  // kIs: the class, and its IRI.
  Term type_iri;
  std::string_view name;  // For the trace.
};

// What a match can begin with, so that most atoms need no attempt.
struct StartFilter {
  bool any = false;  // Anything: no test.
  std::vector<Symbol> sets, literals;
  SymbolFilter set_filter, types;  // Of `sets`; of mention types.
};

// Sets and words of which every match holds one.
struct RequiredOne {
  std::vector<Symbol> sets, literals;
};

struct CompiledRule {
  Rule source;
  CompiledPattern match;
  std::vector<std::string> variables;  // By slot.
  std::vector<CompiledArgument> arguments;
  std::vector<CompiledCondition> conditions;
  bool mention_phase = false;
  StartFilter start;
  std::vector<RequiredOne> required;
  int SlotOf(std::string_view variable) const;
};

// Word sets' phrases as a trie over the literals of their words.
class PhraseTrie {
 public:
  void Add(std::span<const Symbol> literals, Symbol set);
  // Whether a phrase begins with this word.
  bool Starts(Symbol literal) const { return FirstNode(literal) != 0; }
  // Whether this word is a phrase by itself.
  bool Holds(Symbol literal) const { return !nodes_[FirstNode(literal)].sets.empty(); }
  // Adds to `hits` every phrase that starts at `atom`, inside its sentence.
  void Match(const AnnotatedText& text, uint32_t atom, std::vector<SetHit>& hits) const;

 private:
  struct Node {
    absl::flat_hash_map<Symbol, uint32_t> next;
    std::vector<Symbol> sets;
  };
  uint32_t FirstNode(Symbol literal) const { return literal < first_.size() ? first_[literal] : 0; }

  std::vector<Node> nodes_{1};   // The root, which holds nothing, first.
  std::vector<uint32_t> first_;  // The root's next nodes, by literal; 0: none.
};

struct Knowledge;

// Compiles parsed rule files into `knowledge`. The files must have passed
// CheckRuleFile.
absl::Status CompileRules(std::span<const RuleFile> files, Knowledge& knowledge);

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_COMPILED_RULES_H_
