// What extraction knows besides the text, out of the built-in files and a caller's.

#ifndef SANAD_LOADER_DOCUMENT_KNOWLEDGE_H_
#define SANAD_LOADER_DOCUMENT_KNOWLEDGE_H_

#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include <absl/status/statusor.h>
#include "language/label_patterns.h"
#include "language/lexicon.h"
#include "loader/document/compiled_rules.h"
#include "loader/document/rule_list.h"
#include "loader/document/well_known_sets.h"

namespace sanad {

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
  SetNames set_names;  // That the rule files declare.
  RuleList mention_rules, relation_rules, lead_rules;
  std::vector<ClosureRule> closures;
  std::vector<LabelPatterns> patterns_en, patterns_ar;  // Of events.
  std::vector<LabelPatterns> question_patterns;         // Of properties; `name` is the object.
  std::vector<LexiconFile> lexicon_files;
  std::unordered_map<std::string, Term> capital_of;  // Country IRI → city.
  std::vector<std::vector<Symbol>> entry_sets;  // Of lexicon->entries(), those that rules ask for.
  std::string lexicon_version, rules_version;

  std::span<const Symbol> SetsOf(const LexicalEntry& entry) const {
    return entry_sets[static_cast<size_t>(&entry - lexicon->entries().data())];
  }
};

// Lexicon files by themselves, each checked. InvalidArgument with file, line and
// column; NotFound.
absl::StatusOr<std::vector<LexiconFile>> ReadLexiconFiles(std::span<const std::string> paths);

// Built-in knowledge with files added: read from datasets and the given paths.
// InvalidArgument, NotFound.
absl::StatusOr<std::shared_ptr<const Knowledge>> BuildKnowledge(
    std::span<const std::string> lexicon_files, std::span<const std::string> rule_files);

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_KNOWLEDGE_H_
