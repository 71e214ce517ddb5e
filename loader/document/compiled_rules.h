// Rules made ready for matching: names resolved to symbols and slots.

#ifndef SANAD_LOADER_DOCUMENT_COMPILED_RULES_H_
#define SANAD_LOADER_DOCUMENT_COMPILED_RULES_H_

#include <memory>
#include <span>
#include <string>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include "language/label_patterns.h"
#include "language/lexicon.h"
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

struct CompiledRule {
  Rule source;
  CompiledPattern match;
  std::vector<std::string> variables;  // By slot.
  std::vector<CompiledArgument> arguments;
  std::vector<CompiledCondition> conditions;
  bool mention_phase = false;
  StartFilter start;
  std::vector<Symbol> required;           // Sets without which no match is possible,
  std::vector<Symbol> required_literals;  // and words.
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

// Sets and types that the phases written in C++ ask for by name. Their words are
// data: `set` blocks of rule files and frames of lexicons.
struct WellKnown {
  // Clause structure.
  Symbol barrier, separator, relative, np_stop, np_trim, light_head, article, demonstrative,
      between;
  Symbol preposition, function_word, any_verb;
  // Status.
  Symbol negator, not_negator, future, planned, hope, condition, request, next, claim, say, deny,
      cancel, postpone, past_aux;
  // Events.
  Symbol event, series, fresh, indefinite, other_part, plural_event, copula, pronoun_event,
      this_time;
  Symbol party, party_persons, he, she, they;
  Symbol sidelines, aside, fields, happen, audience, press, that, postponing, cancelling;
  Symbol background, proximal, name_head, including, any, apposition, say_bare, say_about;
  Symbol title, colleague, posting, infinitive, in, about, addresses;
  Symbol definite_article, by_event, purpose;
  Symbol state_noun, city_noun, capital;
  // Values.
  Symbol midnight, before_year_end, dash;
  // Mention types.
  Symbol t_country, t_city, t_place, t_organization, t_person, t_nation, t_date, t_duration,
      t_number, t_ordinal, t_event, t_party, t_np, t_position, t_title, t_span, t_outcome,
      t_proposal;
};

// A lexicon or vocabulary file, as a store keeps it.
struct LexiconFile {
  std::string name;         // "verbs", "classes": the last part of its graph's IRI.
  std::string hash;         // Of its content.
  std::vector<Quad> quads;  // Without graph; blank nodes named for the file.
};

// What extraction knows besides the text: lexicon, rules, labels. Immutable once
// built, shared by threads.
struct Knowledge {
  std::shared_ptr<const Lexicon> lexicon;
  SymbolTable symbols;
  SymbolTable literals;  // The words that rules and their sets write, normalised.
  WellKnown known;
  PhraseTrie phrases;
  SetNames set_names;                                       // That the rule files declare.
  std::vector<CompiledRule> mention_rules, relation_rules;  // By falling priority.
  std::vector<ClosureRule> closures;
  std::vector<LabelPatterns> patterns_en, patterns_ar;  // One each, or none.
  std::vector<LexiconFile> lexicon_files;
  std::unordered_map<std::string, Term> capital_of;  // Country IRI → city.
  std::vector<std::vector<Symbol>> entry_sets;  // Of lexicon->entries(), those that rules ask for.
  std::string lexicon_version, rules_version;

  std::span<const Symbol> SetsOf(const LexicalEntry& entry) const {
    return entry_sets[static_cast<size_t>(&entry - lexicon->entries().data())];
  }
};

// Compiles parsed rule files into `knowledge`. The files must have passed
// CheckRuleFile.
absl::Status CompileRules(std::span<const RuleFile> files, Knowledge& knowledge);

// Lexicon files by themselves, each checked. InvalidArgument with file, line and
// column; NotFound.
absl::StatusOr<std::vector<LexiconFile>> ReadLexiconFiles(std::span<const std::string> paths);

// Built-in knowledge with files added: read from datasets and the given paths.
// InvalidArgument, NotFound.
absl::StatusOr<std::shared_ptr<const Knowledge>> BuildKnowledge(
    std::span<const std::string> lexicon_files, std::span<const std::string> rule_files);

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_COMPILED_RULES_H_
