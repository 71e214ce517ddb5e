// The extraction rule language as a typed tree (docs/extraction_rules.md).
//
// A rule file holds word sets (closed-class words that belong to a shape), rules
// and closure rules. Words of the open classes live in the lexicons; `%name`
// names a set of either. Everything here is plain data, built by rule_parser.cc
// and checked by rule_check.cc; the matcher walks it.

#ifndef SANAD_LOADER_DOCUMENT_RULE_AST_H_
#define SANAD_LOADER_DOCUMENT_RULE_AST_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sanad {

// Where a construct stands, 1-based, for error messages.
struct RulePosition {
  uint32_t line = 0, column = 0;
};

// [name] [!name] [name="value"]: a test on one token.
struct TokenTest {
  std::string name;
  std::string value;
  bool negated = false;
  RulePosition position;
};

enum class PatternKind : uint8_t {
  kSequence,  // children in order
  kChoice,    // the first child that leads to a match
  kRepeat,    // child, min to max times, most first
  kGap,       // min to max tokens of any kind, fewest first, inside the clause
  kWord,      // text: one literal word, compared after normalisation
  kSet,       // text: a word set
  kMention,   // variable, types: a mention that starts here
  kTest,      // tests: one token
  kStart,     // ^ the sentence's first token
  kEnd,       // $ the sentence's end
};

struct Pattern {
  PatternKind kind = PatternKind::kSequence;
  std::vector<Pattern> children;
  uint32_t min = 1, max = 1;
  uint32_t depth = 1;  // Of the tree below, itself included; bounded by the parser.
  std::string text;
  std::vector<std::string> types;  // kMention: any of these.
  bool list = false;               // kMention: a list of such mentions.
  bool zero_width = false;         // kMention: looked at, not passed.
  std::string variable;            // Bound to what the pattern covers; empty: none.
  std::vector<TokenTest> tests;
  RulePosition position;
};

enum class ArgumentSide : uint8_t { kBefore, kAfter, kAny };

// A word, or a set written "%set".
struct WordOrSet {
  std::string text;
  RulePosition position;
  bool is_set() const { return !text.empty() && text.front() == '%'; }
  std::string_view set() const { return std::string_view(text).substr(1); }
};

// arg @m : Event before up to 12 prep %in optional or focus
struct Argument {
  std::string variable;
  std::vector<std::string> types;
  bool list = false;
  ArgumentSide side = ArgumentSide::kAny;
  uint32_t reach = 12;                  // Tokens between the trigger and the mention.
  bool whole_sentence = false;          // Clause barriers do not stop the search.
  std::vector<WordOrSet> prepositions;  // One must precede the mention.
  std::vector<WordOrSet> exclude;       // These must not precede it.
  bool optional = false;
  std::string fallback;  // "focus": the event spoken of; "party", "person" …; empty: none.
  RulePosition position;
};

// negated(v), planned(v), is(@m, "Meeting"), bound(v), different(@a, @b), fresh(@m) …
struct Condition {
  std::string name;
  std::vector<std::string> arguments;
  bool negated = false;  // From `unless`.
  RulePosition position;
};

// make @x : Type from span [new]
struct MakeClause {
  std::string variable;
  std::string type;
  std::string from;
  bool always_new = false;
  RulePosition position;
};

enum class RuleTermKind : uint8_t {
  kVariable,  // the entity or value of a mention
  kSpan,      // span(a, b): the text from a to b, as a position or text
  kCountry,   // country(n): of a nationality, place or person
  kState,     // state(p): the state a country or its capital stands for; others as they are
  kEndOf,     // end(d): the last day of a range
  kText,      // text(a, b): the same as a plain string
  kString,
  kInteger,
  kClass,  // kg:Name
};

struct RuleTerm {
  RuleTermKind kind = RuleTermKind::kVariable;
  std::vector<std::string> variables;
  std::string text;
  RulePosition position;
};

// emit @m kg:heldIn @p status planned, negated, by @a
struct EmitClause {
  RuleTerm subject;
  std::string property;  // The name behind "kg:".
  RuleTerm object;
  std::string status;  // Empty: what the clause says (planned, hoped …).
  bool force_negated = false;
  bool plain = false;         // Neither negation nor plan of the clause applies.
  std::string attributed_to;  // A variable.
  RulePosition position;
};

struct Rule {
  std::string name;
  std::string phase;
  std::string file;
  int32_t priority = 50;
  std::string language;  // "ar", "en", or empty for both.
  bool repeatable = false;
  Pattern match;
  std::vector<Argument> arguments;
  std::vector<Condition> conditions;
  std::vector<MakeClause> makes;
  std::vector<EmitClause> emits;
  std::vector<std::pair<std::string, std::string>> aliases;  // same @a @b
  RulePosition position;
};

// ?m kg:resultedIn ?o
struct ClosurePattern {
  std::string subject, property, object;
  RulePosition position;
};

struct ClosureRule {
  std::string name;
  std::string file;
  std::vector<ClosurePattern> premises;
  ClosurePattern conclusion;
  RulePosition position;
};

struct WordSetDeclaration {
  std::string name;
  std::string language;
  std::vector<std::string> phrases;
  RulePosition position;
};

struct RuleFile {
  std::string name;
  std::vector<WordSetDeclaration> sets;
  std::vector<Rule> rules;  // In file order; the engine sorts by priority.
  std::vector<ClosureRule> closures;
};

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_RULE_AST_H_
