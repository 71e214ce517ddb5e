// Inside language/: from lexicon triples to entries and vocabulary.

#ifndef SANAD_LANGUAGE_LEXICON_READER_H_
#define SANAD_LANGUAGE_LEXICON_READER_H_

#include <span>
#include <string>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include <absl/status/statusor.h>

#include "language/lexicon.h"

namespace sanad::internal {

// Triples by subject, sorted.
class TripleTable {
 public:
  explicit TripleTable(std::span<const Quad> quads);
  struct Statement {
    std::string_view predicate;
    const Term* object;
  };
  std::span<const Statement> Of(const Term& subject) const;
  std::span<const Term> subjects() const { return subjects_; }
  // The members of an RDF list, at most 1000; empty for none.
  std::vector<Term> ListOf(const Term& head) const;
  std::vector<Term> ObjectsOf(const Term& subject, std::string_view predicate) const;
  bool Has(const Term& subject, std::string_view predicate, const Term& object) const;

 private:
  std::vector<Quad> quads_;
  std::vector<Term> subjects_;
  absl::flat_hash_map<Term, std::vector<Statement>> by_subject_;
};

struct LexiconContent {
  std::vector<LexicalEntry> entries;
  std::vector<VocabularyTerm> vocabulary;
};

// Errors: InvalidArgument naming the entry and what is wrong with it.
absl::StatusOr<LexiconContent> ReadLexicon(const TripleTable& triples);

}  // namespace sanad::internal

#endif  // SANAD_LANGUAGE_LEXICON_READER_H_
