// A document as the phases see it: atoms, sentences, mentions, entities and
// statements.
//
// An atom is a word without its attached Arabic particles, or such a particle,
// a number or a punctuation mark: "وأسفرت" is the atoms و and أسفرت, the article
// stays on its word and is a flag. Atoms of all sentences lie in one array;
// mentions and statements refer to them by index. Offsets are code points of
// the document's text, end exclusive.

#ifndef SANAD_LOADER_DOCUMENT_ANNOTATED_TEXT_H_
#define SANAD_LOADER_DOCUMENT_ANNOTATED_TEXT_H_

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include <absl/container/inlined_vector.h>
#include <sanad/extract.h>
#include <sanad/term.h>
#include "language/dates.h"
#include "language/lexicon.h"
#include "language/sentences.h"
#include "language/token.h"
#include "storage/model/text.h"

namespace sanad {

// The id of a word set or mention type, by name; see SymbolTable.
using Symbol = uint16_t;

// Names of word sets and mention types. Filled while rules are compiled, then
// only read.
class SymbolTable {
 public:
  Symbol Intern(std::string_view name);
  // 0 when the name was never interned.
  Symbol Find(std::string_view name) const;
  const std::string& NameOf(Symbol symbol) const { return names_[symbol]; }
  size_t size() const { return names_.size(); }

 private:
  absl::flat_hash_map<std::string, Symbol, TransparentStringHash, TransparentStringEq> ids_;
  std::vector<std::string> names_{""};
};

struct Atom {
  std::string norm;                  // Normalised, article included.
  Symbol literal = 0;                // Of `norm` among the words that rules write; 0: none of them.
  std::shared_ptr<const Word> word;  // Of the whole token.
  uint32_t begin = 0, end = 0, begin_byte = 0, end_byte = 0;
  uint32_t sentence = 0;
  uint32_t token = 0;     // In its sentence.
  bool clitic = false;    // A particle split from the word behind it.
  bool definite = false;  // Arabic, with the article (or after it was split with a preposition).
  bool known = false;     // A word of some lexicon or set.
  bool space_before = false;
  bool is_word() const { return word->kind == TokenKind::kWord; }
  bool is_number() const { return word->kind == TokenKind::kNumber; }
  bool is_punctuation() const { return word->kind == TokenKind::kPunctuation; }
};

// A word set (or the lexicon entries of a frame) that matches from an atom on.
struct SetHit {
  Symbol set = 0;
  uint32_t count = 0;  // Atoms.
  const LexicalEntry* entry = nullptr;
  const LexicalForm* form = nullptr;
};

struct Sentence {
  SentenceSpan span;
  uint32_t first = 0, end = 0;  // Atoms.
  uint32_t body = 0;            // The first atom behind the head of an entry, else `first`.
  bool opens_entry = false;     // Begins an entry of a timeline, or a paragraph behind one.
  bool timed = false;           // Headed by a clock time, as in a live blog.
  PartialDate entry_date;       // That heads the entry.
  bool arabic = false;
  std::vector<Token> tokens;
  std::vector<uint32_t> atom_of_token;  // The atom of each token's stem.
};

using MentionId = int32_t;
using EntityId = int32_t;
using MentionIds = absl::InlinedVector<MentionId, 4>;
inline constexpr int32_t kNoId = -1;

struct Mention {
  Symbol type = 0;
  uint32_t first = 0, end = 0;  // Atoms.
  uint32_t sentence = 0;
  EntityId entity = kNoId;
  Term value;  // Of dates, durations and numbers.
  PartialDate date;
  PartialDate end_date;  // Of a range.
  bool is_range = false;
  bool is_plural = false;
  bool is_definite = false;  // "the", ال.
  bool is_demonstrative = false;
  bool is_fresh = false;     // "another", "next", "previous": not one spoken of before.
  bool is_aside = false;     // An event only beside what is told: "on the sidelines of".
  bool is_to_come = false;   // A date after the writing: "next month".
  bool is_reported = false;  // A date on which something was said, not done.
  int ordinal = 0;
  int comparator = 0;  // language/durations.h Comparator of a duration or number.
  MentionId antecedent = kNoId;
};

// What the text speaks of. Its label in a language is empty when the text does
// not give it.
struct Entity {
  Term iri;
  std::string type;  // Local name of its class: "Person", "Meeting".
  std::string kind;  // Of identity: "person", "event", "topic" …
  std::string label_en, label_ar;
  bool label_is_text = false;  // As the text has it, not from a lexicon.
  std::vector<MentionId> mentions;
  EntityId same_as = kNoId;  // Merged into that one.
  // Events only.
  int ordinal = 0;
  std::string name;  // A proper one, as the text has it.
  bool planned = false, cancelled = false, postponed = false, negated = false;
  bool series = false;
  bool aside = false;       // Only beside what is told: "on the sidelines of".
  bool background = false;  // Told in a look back: "they had met in …".
  EntityId place = kNoId;
  PartialDate date;
  std::vector<EntityId> participants;
  int gender = 0;  // Persons: 1 masculine, 2 feminine.
  EntityId country = kNoId;
};

struct DocumentStatement {
  EntityId subject = kNoId;
  std::string property;     // Local name in kg:.
  EntityId object = kNoId;  // Or value.
  Term value;
  std::string value_en, value_ar;
  uint32_t sentence = 0;
  MentionId subject_mention = kNoId, object_mention = kNoId;
  bool negated = false;
  StatementStatus status = StatementStatus::kAsserted;
  EntityId attributed_to = kNoId;
  std::string rule;
  // Derived statements: indexes of the premises; empty for read ones.
  std::vector<uint32_t> premises;
};

// More than a set of symbols: what was added is held for certain, others by chance, where
// they share its bit. What it does not hold was not added.
class SymbolFilter {
 public:
  void Add(Symbol symbol) { bits_[WordOf(symbol)] |= Bit(symbol); }
  bool MayHold(Symbol symbol) const { return (bits_[WordOf(symbol)] & Bit(symbol)) != 0; }
  bool MayMeet(const SymbolFilter& other) const {
    return ((bits_[0] & other.bits_[0]) | (bits_[1] & other.bits_[1])) != 0;
  }
  bool empty() const { return (bits_[0] | bits_[1]) == 0; }

 private:
  static size_t WordOf(Symbol symbol) { return symbol >> 6U & 1U; }
  static uint64_t Bit(Symbol symbol) { return uint64_t{1} << (symbol & 63U); }
  std::array<uint64_t, 2> bits_{};
};

struct AnnotatedText {
  std::string document_iri;
  std::string text;
  std::string language;  // "ar" or "en".
  PartialDate document_date;
  EntityId dateline_place = kNoId;
  uint32_t dateline_end = 0;  // The atom of its dash; 0: none.
  std::vector<Sentence> sentences;
  std::vector<Atom> atoms;
  // By first atom.
  std::vector<std::vector<SetHit>> hits;
  std::vector<SymbolFilter> hit_sets;  // Of `hits`, once all are there.
  std::vector<MentionIds> mentions_at;
  std::vector<SymbolFilter> mention_types;  // Of `mentions_at`.
  std::vector<Mention> mentions;
  std::vector<Entity> entities;
  std::vector<DocumentStatement> statements;
  std::vector<std::string> warnings;
  std::string trace;
  bool tracing = false;

  std::string_view TextOf(uint32_t first, uint32_t end) const;
  bool StartsParagraph(uint32_t sentence) const;
  // The hit of a set that starts at an atom, longest; null if none.
  const SetHit* HitAt(uint32_t atom, Symbol set) const {
    const bool may = atom < hit_sets.size() && set != 0 && hit_sets[atom].MayHold(set);
    return may ? LongestHit(atom, set) : nullptr;
  }
  bool InSet(uint32_t atom, Symbol set) const { return HitAt(atom, set) != nullptr; }
  MentionId AddMention(Mention mention);
  // One that is not found by its place: the text names the thing only elsewhere.
  MentionId AddImpliedMention(Mention mention);
  // Mentions that were added with a type, by first atom; those of one atom as added.
  const std::vector<MentionId>& InOrder(Symbol type) const;
  // The first mention of a type in a sentence, what a fallback stands for left out; kNoId.
  MentionId FirstIn(uint32_t sentence, Symbol type) const;
  EntityId Resolve(EntityId entity) const;
  EntityId AddEntity(Entity entity);
  // The first entity added with this IRI, or kNoId.
  EntityId EntityOf(const Term& iri) const;

 private:
  const SetHit* LongestHit(uint32_t atom, Symbol set) const;

  absl::flat_hash_map<std::string, EntityId> entity_of_iri_;
  std::vector<std::vector<MentionId>> in_order_;  // By type.
};

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_ANNOTATED_TEXT_H_
