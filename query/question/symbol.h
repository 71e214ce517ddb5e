// Symbols: what the words of a question become before they are parsed.
//
// Linking turns tokens into arcs; an arc yields one to three symbols (attached
// conjunction, the word, attached pronoun). The letters of a path's symbols are
// the text that the PEGTL grammar reads (grammar.cc).

#ifndef SANAD_QUERY_QUESTION_SYMBOL_H_
#define SANAD_QUERY_QUESTION_SYMBOL_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <sanad/term.h>
#include "language/dates.h"
#include "language/durations.h"
#include "language/lexicon.h"
#include "language/numbers.h"

namespace sanad::question {

// The letter is what the grammar reads.
enum class Category : char {
  // Question words.
  kWhich = 'w',
  kWho = 'o',
  kWhere = 'l',
  kWhen = 't',
  kHowMany = 'm',
  kHow = 'h',  // Before an adjective of degree: "how long".
  kYesNo = 'q',
  kImperative = 'T',
  kDescribe = 'I',
  // Verbs without content.
  kBe = 'b',
  kDo = 'd',
  kHave = 'v',
  kAuxiliary = 'u',
  kThere = 'H',
  kExist = 'u',
  kMentioned = '!',
  // Words of the graph.
  kClass = 'N',
  kProperty = 'P',  // A relation said by a noun: "population".
  kVerb = 'V',      // A relation said by a verb or phrase: "led", "next to".
  kEntity = 'E',
  kAdjective = 'A',    // Denotes an entity: a nationality.
  kDegree = 'J',       // Adjective of degree: long.
  kComparative = 'K',  // longer
  kSuperlative = 'S',  // longest; latest
  kNumber = '#',
  kOrdinal = 'O',
  kDate = 'Y',
  kQuantity = 'Q',
  kName = 'X',  // Quoted text, or what stands behind "named".
  // Other closed classes.
  kDeterminer = 'D',
  kEach = 'e',
  kNegation = 'g',
  kWithout = 'G',
  kExcept = 'x',
  kRelative = 'r',
  kWhose = 'z',
  kOf = 'f',
  kPreposition = 'i',
  kAnd = '&',
  kOr = '|',
  kComma = ',',
  kPossessive = '\'',
  kBound = '>',       // more than, at least, …: `comparator`.
  kBoundAfter = '<',  // or more, or fewer
  kTime = 'B',        // before, after, since, until: `word` says which.
  kBetween = 'W',
  kMost = 'M',
  kNumberOf = 'k',
  kAggregate = 'a',  // `word`: average sum maximum minimum.
  kThan = 'j',
  kOrderBy = 's',
  kDirection = '^',
  kNamed = 'n',
  kNameOf = 'y',
  kComing = 'c',  // next, upcoming: planned.
  kPronoun = 'p',
  kOnly = '*',
  kFiller = 'Z',
};

// One thing a word may stand for, and how it was found.
struct Link {
  Term term;  // Class, property or entity.
  Closeness closeness = Closeness::kExact;
  bool preferred_label = true;  // rdfs:label, prefLabel or a lexicon's canonical entry.
  bool from_lexicon = false;
  bool holding = false;                              // The label holds the words among others.
  RelationSide subject_is = RelationSide::kSubject;  // Verbs: the doer's side.
  std::string preposition;  // Verbs: introduces the other side; empty: none.
  FormFeatures features;
  int8_t direction = 0;  // Adjectives of degree.
  std::vector<std::string> sets;
  Term value;                 // Verbs of a state: the value of `term` they say.
  std::vector<Term> said_of;  // Adjectives: classes they are said of; empty: any.
};

struct Symbol {
  Category category = Category::kFiller;
  uint32_t first = 0, count = 0;  // Tokens.
  uint32_t begin = 0, end = 0;    // Code points in the question.
  std::string text;               // As the question has it, clitics off.
  std::string word;               // Closed class: its value or canonical phrase.
  std::vector<Link> links;        // Words of the graph.
  bool superlative_name =
      false;              // kProperty: its name begins with a superlative ("highest point").
  bool definite = false;  // Preceded by an article (Arabic: attached).
  bool attached = false;  // A clitic.
  bool carrier = false;   // A verb that only carries a place or time: "take place".
  NumberSpan number;
  DateSpan date;
  DurationSpan duration;
  Term unit;  // kQuantity: of `number`, which then stands in the duration's place.
  Comparator comparator = Comparator::kExactly;
  int8_t direction = 0;  // kMost, kSuperlative, kDirection: +1 high, -1 low.
  uint32_t pair = 0;     // Of a verb in two places: both bear it; 0: none.
};

using SymbolPtr = std::shared_ptr<const Symbol>;

// Symbols of consecutive tokens [first, end) and what it costs to read them so.
struct Arc {
  uint32_t first = 0, end = 0;
  std::vector<SymbolPtr> symbols;
  int misspellings = 0;
  int distance = 0;  // Sum of Closeness and of readings that are less likely.
  bool content = false;
};

// Arcs by first token.
struct Lattice {
  std::vector<Token> tokens;
  std::vector<std::vector<Arc>> arcs;
  std::string language;
};

// A way through the lattice.
struct LatticePath {
  std::vector<SymbolPtr> symbols;
  std::string categories;  // A letter a symbol.
  int misspellings = 0;
  int content_arcs = 0;
  int distance = 0;
};

}  // namespace sanad::question

#endif  // SANAD_QUERY_QUESTION_SYMBOL_H_
