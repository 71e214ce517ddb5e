// The typed meaning of a question: a tree of nodes (variables or named things)
// joined by relations, and what is asked of its root.
//
// Nodes are immutable and shared, so that the composer can try alternatives
// without copying trees. meaning → algebra is translate.h, meaning → words
// paraphrase.h.

#ifndef SANAD_QUERY_QUESTION_MEANING_H_
#define SANAD_QUERY_QUESTION_MEANING_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sanad/term.h>
#include "language/dates.h"
#include "language/durations.h"
#include "query/question/schema.h"

namespace sanad::question {

// One property, against its direction if inverse.
struct Hop {
  Term property;
  bool inverse = false;
  bool transitive = false;  // One or more times.
  friend bool operator==(const Hop&, const Hop&) = default;
};
using Chain = std::vector<Hop>;

// How a relation was said; decides how it is said again.
enum class Said : uint8_t {
  kVerb,
  kPreposition,
  kOf,
  kHave,
  kCompound,
  kNoun,
  kAdjective,
  kBe,
  kTime
};

// Any of some chains of properties from one node to another.
struct Relation {
  std::vector<Chain> chains;
  Said said = Said::kVerb;
  std::string words;        // The verb or preposition as asked, preposition apart.
  std::string preposition;  // That introduces the other side, or empty.
  bool object_gap = false;  // The other side is the doer: "that X led".
  bool passive = false;
};

struct Node;
using NodePtr = std::shared_ptr<const Node>;
struct Condition;
using ConditionPtr = std::shared_ptr<const Condition>;

struct NamedThing {
  Term term;
  Types types;
  int quality = 0;  // 0 preferred label, 1 other label, 2 other inflection, 3 spelling or holding.
};

enum class Comparison : uint8_t { kEqual, kLess, kLessOrEqual, kGreater, kGreaterOrEqual };

struct Condition {
  enum Type : uint8_t {
    kRelated,  // relation to some `target`
    kCompare,  // the value reached by `relation` compares with `target`'s (a literal or another
               // value)
    kInDate,   // the date reached lies within the partial date of `target`
    kCount,    // the number of `target`s reached compares with `number`
    kNot,      // parts[0] does not hold
    kAnd,
    kOr,
    kDiffers,    // is none of `target`
    kIs,         // is one of `target`
    kStatement,  // stated so, by a statement node: see status
  } type = kRelated;
  Relation relation;
  NodePtr target;
  Relation other;  // kCompare with a thing: from it to its value.
  std::vector<ConditionPtr> parts;
  Comparison comparison = Comparison::kEqual;
  int64_t number = 0;
  std::string words;     // How a comparison was said: "after", "more than".
  std::string text;      // What stood behind it.
  bool implied = false;  // The noun says it already.
  // "led the Turkish delegation": those the verb was said of. What they are, the head is.
  NodePtr members;
};

// The extreme of a measure over everything that fits the node's conditions.
struct Extreme {
  Relation measure;              // To the value, or to what is counted.
  NodePtr counted;               // Set: the number of these.
  int8_t direction = 1;          // +1 highest, -1 lowest.
  int64_t first = 1;             // Top N.
  int64_t place = 1;             // The Nth of them alone: "second longest".
  std::string words;             // "longest"
  Said said = Said::kAdjective;  // kHave: "with the largest population".
  std::string measure_words;
};

struct Node {
  Types types;                     // Any of; empty: anything.
  std::vector<NamedThing> things;  // Non-empty: one of these.
  bool any_thing = false;          // All of `things` are meant ("topics naming …"), not one.
  Term literal;                    // A value: date, duration, number.
  Term unit;                       // Of a number: as asked, not yet the property's.
  PartialDate date;                // Of a date literal.
  std::optional<PartialDate> date_end;
  Comparator comparator = Comparator::kExactly;  // Of a duration.
  std::vector<ConditionPtr> conditions;
  std::optional<Extreme> extreme;
  std::string words;     // The noun or name as asked.
  std::string noun;      // The class noun said with a name ("the Oslo meeting").
  std::string relative;  // The relative pronoun as asked, where one agrees with the noun.
  int64_t number = 0;    // So many were asked for ("which two countries"); 0: not said.
  bool plural = false, definite = false;
  bool dual = false;        // Two were asked for by the form of the noun (Arabic).
  bool indefinite = false;  // "a", "some", "any" were said.
  bool said_class = false;  // `types` were said, not inferred: they restrict.
  bool every = false;       // Yes/no: whether the last condition holds of each such thing.
  bool is_value() const { return !literal.is_undefined(); }
};

enum class QuestionKind : uint8_t {
  kWhich,  // which, what; also a bare noun phrase and "list …"
  kWho,
  kWhere,
  kWhen,
  kHowMany,
  kHow,  // how + adjective of degree
  kYesNo,
  kDescribe,
  kFollowUp,  // "and in …", "only those …"
};

enum class AnswerForm : uint8_t { kList, kYesNo, kCount, kAggregate, kGroup, kDescribe };

struct Ordering {
  Relation by;
  bool descending = false;
  std::string words;
};

// How good a reading is; compared member by member, smaller is better.
struct Rank {
  int misspellings = 0;
  int trivial = 0;   // Says nothing ("states that have a highest point").
  int fuzzy = 0;     // Names by holding or other spelling.
  int implicit = 0;  // Relations that no word says.
  int words = 0;     // Content arcs: fewer means longer matches.
  int detours = 0;   // Chains longer than one property; prepositions that do not match.
  int far = 0;       // Phrases that stand between a modifier and what it is said of.
  int distance = 0;  // Of inflection.
  friend auto operator<=>(const Rank&, const Rank&) = default;
};

struct Meaning {
  AnswerForm form = AnswerForm::kList;
  NodePtr focus;
  std::string aggregate;    // kAggregate: AVG SUM MAX MIN; of focus values.
  Term quantity;            // kCount: the property that gives things of a name their number.
  NodePtr group;            // kGroup: counted (focus) per group.
  Relation group_relation;  // From focus to group.
  std::optional<Ordering> ordering;
  Term unit;               // To give values in; undefined: as they are.
  std::string unit_words;  // "in miles"
  std::string language;
  Rank rank;
  QuestionKind kind = QuestionKind::kWhich;
  std::string kind_words;  // kHow: the adjective; kWhere, kWhen, kHow: the verb is `asked.words`.
  std::string heading;     // What the first column holds, as asked.
  Relation asked;          // yes/no: the last relation said, for evidence of a "no".
  // How it was asked, to be said so again.
  bool past = false;      // English: told as past.
  std::string auxiliary;  // English: the first auxiliary, "was".
  std::string negation;   // Arabic: the last negative particle.
};

// From the other side.
Relation Reversed(const Relation& relation);
// The tree with the conditions of each node in the order a sentence says them in:
// adjectives and prepositions before clauses. So questions that say the same in
// another order have one meaning.
NodePtr InOrder(const NodePtr& node, bool arabic);
// What is asked of a count that things give themselves (`quantity`): those numbers.
Meaning NumbersOf(const Meaning& meaning);
// The property whose values answer, where the focus is what one leads to; else
// undefined.
Term ValueProperty(const Node& focus);
// The tree with `fresh` in the place of `old`, everywhere.
NodePtr ReplaceNode(const NodePtr& node, const NodePtr& old, const NodePtr& fresh);

}  // namespace sanad::question

#endif  // SANAD_QUERY_QUESTION_MEANING_H_
