// The label index: from words to the labels and written forms that hold them.
//
// A DerivedIndex named "labels" over rdfs:label, skos:prefLabel, skos:altLabel
// and ontolex:writtenRep, so that it follows every commit. Its entries (all end
// in the four big-endian term ids literal, subject, predicate, graph, 32 bytes):
//
//   x <normalised label> 00 ids    exact lookup and completion by prefix
//   p <phrase key> 00 ids          lookup by keys: as written, without particles,
//                                  without endings, by stems, where these differ
//   w <word key> 00 ids            labels of several words that hold this one, under
//                                  all keys of it
//   s <skeleton> 00 ids            names by consonant skeleton (4 consonants or more)
//   d <word less a letter> 00 <word> → number of labels that hold the word
//                                  (Symmetric delete spelling correction, Garbe 2012)
//
// The value of p and w entries is the key's closeness, a digit. Nothing is held in
// memory; a lookup is a few ordered scans. A question, which looks up every stretch
// of its words, does so through a LabelSearch (label_search.h).

#ifndef SANAD_LANGUAGE_LABEL_INDEX_H_
#define SANAD_LANGUAGE_LABEL_INDEX_H_

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
#include "storage/derived_index.h"
#include "storage/quad_source.h"

namespace sanad {

inline constexpr std::string_view kLabelIndexName = "labels";

// Registers the index for stores opened afterwards; done by a static object too,
// but a linker may drop that one. Idempotent.
void RegisterLabelIndex();

// The index itself, for tests.
std::unique_ptr<DerivedIndex> MakeLabelIndex();

// One label literal of one thing in one graph.
struct LabelPosting {
  TermId literal, subject, predicate, graph;
  Closeness closeness = Closeness::kExact;
  friend bool operator==(const LabelPosting&, const LabelPosting&) = default;
};

struct Completion {
  std::string normalised;  // The label's normalised text.
  LabelPosting posting;
};

struct SpellingSuggestion {
  std::string word;     // A word of some label, normalised.
  int distance = 0;     // 1 or 2.
  uint64_t labels = 0;  // How many labels hold it.
};

// Reads the index of one snapshot; the source must outlive it. Thread-safe.
class LabelIndexReader {
 public:
  // FailedPrecondition when the source keeps no label index.
  static absl::StatusOr<LabelIndexReader> Open(const QuadSource& source);

  // Labels that are these tokens, compared by keys word by word; closest first,
  // at most `limit`.
  absl::StatusOr<std::vector<LabelPosting>> LookUp(std::span<const Token> tokens,
                                                   size_t limit = 1000) const;
  // Labels equal to the text after Normalise.
  absl::StatusOr<std::vector<LabelPosting>> LookUpExact(std::string_view text,
                                                        size_t limit = 1000) const;
  // Labels that hold all the words of `tokens` that are words or numbers, in any
  // order, among others; none without such a word.
  absl::StatusOr<std::vector<LabelPosting>> Holding(std::span<const Token> tokens,
                                                    size_t limit = 1000) const;
  // Labels that begin with the text, in order of their normalised text.
  absl::StatusOr<std::vector<Completion>> Complete(std::string_view prefix, size_t limit) const;
  // The nearest words of labels by edit distance, then by frequency: all within
  // distance 1, and those within 2 that become equal by one deletion on each side.
  absl::StatusOr<std::vector<SpellingSuggestion>> Nearest(std::string_view word,
                                                          size_t limit) const;
  // The labels of one thing in all graphs: rdfs:label first, then prefLabel,
  // then altLabel.
  absl::StatusOr<std::vector<LabelPosting>> LabelsOf(TermId subject) const;
  // Over the index's entries; ends before the source does.
  std::unique_ptr<DerivedCursor> NewCursor() const;

 private:
  LabelIndexReader(const QuadSource& source, const DerivedReader& reader)
      : source_(&source), reader_(&reader) {}
  const QuadSource* source_;
  const DerivedReader* reader_;
};

}  // namespace sanad

#endif  // SANAD_LANGUAGE_LABEL_INDEX_H_
