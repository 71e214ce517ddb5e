// Rules made ready for matching: names resolved to symbols and slots.

#ifndef SANAD_LOADER_DOCUMENT_COMPILED_RULES_H_
#define SANAD_LOADER_DOCUMENT_COMPILED_RULES_H_

#include <memory>
#include <span>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include "language/label_patterns.h"
#include "language/lexicon.h"
#include "loader/document/annotated_text.h"
#include "loader/document/rule_ast.h"

namespace sanad {

struct CompiledPattern {
  PatternKind kind = PatternKind::kSequence;
  std::vector<CompiledPattern> children;
  uint32_t min = 1, max = 1;
  std::string word;           // kWord: normalised.
  Symbol set = 0;             // kSet.
  std::vector<Symbol> types;  // kMention.
  bool list = false, zero_width = false;
  int slot = -1;  // Of the variable.
  std::vector<TokenTest> tests;
  std::vector<Symbol> test_sets;  // Parallel to tests: of [in="set"].
};

struct CompiledPreposition {
  std::string word;  // Normalised; empty: the set.
  Symbol set = 0;
};

struct CompiledArgument {
  const Argument* source = nullptr;
  int slot = -1;
  std::vector<Symbol> types;
  std::vector<CompiledPreposition> prepositions, exclude;
};

// What a match can begin with, so that most atoms need no attempt.
struct StartFilter {
  bool any = false;  // Anything: no test.
  std::vector<Symbol> sets, types;
  std::vector<std::string> words;
};

struct CompiledRule {
  Rule source;
  CompiledPattern match;
  std::vector<std::string> variables;  // By slot.
  std::vector<CompiledArgument> arguments;
  bool mention_phase = false;
  StartFilter start;
  std::vector<Symbol> required;  // Sets without which no match is possible.
  int SlotOf(std::string_view variable) const;
};

// A word set's phrases as a trie over normalised words.
class PhraseTrie {
 public:
  void Add(std::span<const std::string> words, Symbol set);
  // Whether a phrase begins with this word.
  bool Starts(std::string_view word) const { return nodes_[0].next.contains(word); }
  // Whether this word is a phrase by itself.
  bool Holds(std::string_view word) const {
    const auto it = nodes_[0].next.find(word);
    return it != nodes_[0].next.end() && !nodes_[it->second].sets.empty();
  }
  // Adds to `hits` every phrase that starts at `atom`, inside its sentence.
  void Match(const AnnotatedText& text, uint32_t atom, std::vector<SetHit>& hits) const;

 private:
  struct Node {
    std::unordered_map<std::string, uint32_t, TransparentStringHash, TransparentStringEq> next;
    std::vector<Symbol> sets;
  };
  std::vector<Node> nodes_{1};
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
  Symbol background, proximal, name_head;
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
  WellKnown known;
  PhraseTrie phrases;
  std::vector<CompiledRule> mention_rules, relation_rules;  // By falling priority.
  std::vector<ClosureRule> closures;
  std::vector<LabelPatterns> patterns_en, patterns_ar;  // One each, or none.
  std::vector<LexiconFile> lexicon_files;
  std::unordered_map<std::string, Term> capital_of;  // Country IRI → city.
  std::string lexicon_version, rules_version;
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
