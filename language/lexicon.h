// Lexicon: the words of a domain, from RDF, looked up over tokens.
//
// The RDF shape (OntoLex-Lemon, Turtle; prefixes as in docs/data_model.md):
//
//   # A verb: all words that say one relation with the same sides. A trailing
//   # preposition in a written form ("focus on") is the one that introduces the
//   # other side; it may stand apart from the verb.
//   lex:address a ontolex:LexicalEntry ; lexinfo:partOfSpeech lexinfo:verb ;
//     ontolex:canonicalForm [ ontolex:writtenRep "address"@en, "focus on"@en,
//                             "تناول"@ar, "ركز على"@ar ] ;
//     ontolex:denotes kg:addresses ;          # the relation
//     sanad:subjectIs "subject" ;             # the doer is the relation's subject (default)
//                                             # or its "object" (X led M: M kg:ledBy X)
//     sanad:frame "addresses" .               # the set rules name: %addresses
//   # Irregular forms and those no pattern makes; the base form it belongs to is
//   # named where the entry has several.
//   lex:lead ontolex:otherForm [ ontolex:writtenRep "led"@en ; sanad:formOf "lead"@en ;
//                                sanad:tense "past" ] .
//   # A noun: for a class, a relation ("leader of": kg:ledBy), or a set only.
//   lex:round a ontolex:LexicalEntry ; lexinfo:partOfSpeech lexinfo:noun ;
//     ontolex:canonicalForm [ ontolex:writtenRep "round"@en, "جولة"@ar ] ;
//     ontolex:otherForm [ ontolex:writtenRep "جولات"@ar ; sanad:number "plural" ] ;
//     ontolex:denotes kg:NegotiationRound .
//   # A verbal noun is a noun with the verb's relation and frame ("chairmanship").
//   # An adjective of degree: superlative and comparative of a property.
//   lex:long a ontolex:LexicalEntry ; lexinfo:partOfSpeech lexinfo:adjective ;
//     ontolex:canonicalForm [ ontolex:writtenRep "long"@en, "طويل"@ar ] ;
//     ontolex:otherForm [ ontolex:writtenRep "longest"@en, "أطول"@ar ; sanad:degree "superlative" ]
//     ; ontolex:denotes kg:duration ; sanad:direction "high" .       # or "low"
//   # A nationality: the adjective denotes the country.
//   lex:russian … lexinfo:adjective ; ontolex:denotes <…/id/country/RU> ; sanad:frame "nationality"
//   . # Closed words: connectives, negators, markers of status and attribution. lex:including …
//   lexinfo:partOfSpeech lexinfo:adverb ; sanad:frame "including" . # A preposition; what verbs may
//   end in. lex:on … lexinfo:partOfSpeech lexinfo:preposition . # Labels: classes, relations and
//   entities are words by their labels, too. <…/id/country/RU> a kg:Country ; rdfs:label
//   "Russia"@en, "روسيا"@ar ; skos:altLabel "Russian Federation"@en .
//
// One entry may carry both languages. Regular inflection is generated: English
// -s, -ed, -ing, plurals; Arabic past and present of sound verbs by person,
// number and gender (passive is the same unvowelled), sound plurals, duals,
// feminine. Weak roots, broken plurals and English irregulars are otherForm.
//
// What matches: verbs by their forms, with attached particles and pronouns;
// nouns, adjectives and class labels by their forms, else by the inflected keys
// of keys.h (never by stems); entity names only by their forms with particles
// off. An acronym of up to three letters ("US") must be written in capitals.

#ifndef SANAD_LANGUAGE_LEXICON_H_
#define SANAD_LANGUAGE_LEXICON_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <sanad/term.h>
#include "language/token.h"
#include "storage/quad_source.h"

namespace sanad {

enum class PartOfSpeech : uint8_t {
  kNoun,
  kVerb,
  kAdjective,
  kAdverb,
  kPreposition,
  kConjunction,
  kDeterminer,
  kPronoun,
  kParticle,
  kLabel,  // An entity, class or relation by its rdfs:label, prefLabel or altLabel.
};
enum class RelationSide : uint8_t { kSubject, kObject };
enum class Tense : uint8_t { kUnknown, kBase, kPast, kPresent, kFuture, kParticiple, kGerund };
enum class Voice : uint8_t { kUnknown, kActive, kPassive, kEither };  // Unvowelled Arabic: kEither.
enum class Number : uint8_t { kUnknown, kSingular, kDual, kPlural };
enum class Gender : uint8_t { kUnknown, kMasculine, kFeminine };
enum class Degree : uint8_t { kPositive, kComparative, kSuperlative };

struct FormFeatures {
  Tense tense = Tense::kUnknown;
  Voice voice = Voice::kUnknown;
  Number number = Number::kUnknown;
  Gender gender = Gender::kUnknown;
  Degree degree = Degree::kPositive;
  uint8_t person = 0;  // 1 2 3, 0 unknown.
  friend bool operator==(const FormFeatures&, const FormFeatures&) = default;
};

// One written form of an entry.
struct LexicalForm {
  std::string text;         // As written in the lexicon, or generated; without `preposition`.
  std::string lemma;        // The canonical form it belongs to, as written.
  std::string language;     // "en", "ar".
  std::string preposition;  // "on", "على": what introduces the other side; empty: none.
  std::string normalised;   // `text`, without periods, and `preposition`.
  std::string normalised_preposition;
  FormFeatures features;
  bool canonical = false;
  bool generated = false;
};

struct LexicalEntry {
  Term iri;  // The entry, or the labelled thing for kLabel.
  PartOfSpeech part_of_speech = PartOfSpeech::kLabel;
  std::vector<Term> references;  // What it denotes: relation, class or entity.
  // Sorted: sanad:frame values; local names of the relations it denotes; of the
  // classes it denotes or is an instance of, superclasses included.
  std::vector<std::string> sets;
  RelationSide subject_is = RelationSide::kSubject;
  int8_t direction = 0;  // Adjectives of degree: +1 high, -1 low.
  std::vector<LexicalForm> forms;
  // Other properties of the entry in the sanad: namespace, as local name and
  // value ("isoCode", "RU"), sorted; for rules that need a feature of a word.
  std::vector<std::pair<std::string, std::string>> features;

  bool InSet(std::string_view set) const;
  std::string_view Feature(std::string_view name) const;  // Empty if none.
  // Its first canonical form or label in the language; empty if none.
  std::string_view Label(std::string_view language) const;
};

struct LexiconMatch {
  const LexicalEntry* entry = nullptr;  // Lives as long as the Lexicon.
  const LexicalForm* form = nullptr;
  uint32_t first = 0, count = 0;  // Tokens.
  Closeness closeness = Closeness::kExact;
  // Which reading of the first token it rests on (Word::splits); its proclitics
  // stand before the words matched.
  uint8_t split = 0;
  // The pronoun attached to the last token's reading ("ها"), or empty.
  std::string enclitic;
  // A capitalised name found in small letters ("split", "nice"): likely another
  // word in a text, but people ask that way.
  bool small_letters = false;
};

// What the vocabulary says of a relation or class.
struct VocabularyTerm {
  Term iri;
  bool is_class = false;
  std::vector<Term> parents;  // rdfs:subClassOf or rdfs:subPropertyOf.
  std::vector<Term> domain, range;
  Term inverse;  // Undefined if none.
  bool symmetric = false;
  std::vector<Term> shown_with;
};

// Immutable once built. Thread-safe.
class Lexicon {
 public:
  virtual ~Lexicon() = default;

  // From the triples of lexicons and vocabulary, graphs ignored, in any order.
  // Errors: InvalidArgument naming the entry that has a wrong shape.
  static absl::StatusOr<std::shared_ptr<const Lexicon>> Build(std::span<const Quad> quads);
  // From the lexicon graphs of a store (those typed sanad:LexiconGraph). Kept
  // per process for the source's lexicon content; cheap to call again.
  static absl::StatusOr<std::shared_ptr<const Lexicon>> FromSource(const QuadSource& source);

  virtual std::span<const LexicalEntry> entries() const = 0;

  // Everything that begins at token `at`: longest first, then closest, then in
  // order of the entries. Several readings of one stretch are all given.
  virtual std::vector<LexiconMatch> MatchAt(std::span<const Token> tokens, size_t at) const = 0;
  // The longest matches over all tokens: at each place all readings of the
  // longest stretch; stretches do not overlap. In text order.
  virtual std::vector<LexiconMatch> Match(std::span<const Token> tokens) const = 0;
  // The same, but only entries of a set; "" means all.
  virtual std::vector<LexiconMatch> MatchSet(std::span<const Token> tokens, size_t at,
                                             std::string_view set) const = 0;

  virtual bool HasSet(std::string_view set) const = 0;
  virtual std::vector<const LexicalEntry*> EntriesOfSet(std::string_view set) const = 0;
  // Entries that denote or label this thing.
  virtual std::vector<const LexicalEntry*> EntriesOf(const Term& reference) const = 0;
  // rdfs:label of a class, relation or entity in a language; else its first
  // label in any; else empty.
  virtual std::string_view LabelOf(const Term& thing, std::string_view language) const = 0;

  virtual const VocabularyTerm* Vocabulary(const Term& iri) const = 0;  // Null if not declared.
  virtual std::span<const VocabularyTerm> vocabulary() const = 0;
  // Reflexive and transitive over rdfs:subClassOf / rdfs:subPropertyOf.
  virtual bool IsSubOf(const Term& term, const Term& ancestor) const = 0;
  // rdf:type of an entity named in a lexicon.
  virtual std::vector<Term> TypesOf(const Term& thing) const = 0;
  // The objects of a triple in the lexicon (a city's kg:inCountry).
  virtual std::vector<Term> ObjectsOf(const Term& subject, const Term& predicate) const = 0;
};

// Whether token `at` is the preposition: as a word, or as one of its proclitics
// (ب, ل).
bool IsPreposition(const Token& token, std::string_view preposition);

}  // namespace sanad

#endif  // SANAD_LANGUAGE_LEXICON_H_
