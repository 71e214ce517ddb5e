// Linker: from the words of a question to a lattice of what they may stand for.
//
// At every token all stretches that a closed-class phrase, a lexicon entry or a
// label of the graph covers become arcs; stretches of content words whose words
// all stand in longer labels become entity arcs marked `holding`. Nothing of the
// domain is known here but through Lexicon, LabelIndexReader and Schema.

#ifndef SANAD_QUERY_QUESTION_LINKER_H_
#define SANAD_QUERY_QUESTION_LINKER_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/statusor.h>
#include "language/label_index.h"
#include "language/lexicon.h"
#include "language/verbal_nouns.h"
#include "query/question/closed_words.h"
#include "query/question/schema.h"
#include "query/question/symbol.h"

namespace sanad::question {

// Everything words come from, for one state of a store. Borrowed parts outlive
// it. Thread-safe.
struct Vocabulary {
  GraphReader reader() const { return GraphReader(*source, *errors); }

  const QuadSource* source = nullptr;
  // Of all reads for what is asked; shared, so that copies report to one place.
  std::shared_ptr<ReadErrors> errors = std::make_shared<ReadErrors>();
  std::shared_ptr<const Lexicon> lexicon;
  std::optional<LabelIndexReader> labels;  // Unset: the source keeps no label index.
  std::shared_ptr<const Schema> schema;
  std::shared_ptr<const VerbalNouns> verbal_nouns;  // Of the lexicon.
};

// "ar" when most letters are Arabic, else "en".
std::string LanguageOf(std::string_view text);

// Builds the lattice. Questions longer than kMostTokens are InvalidArgument; errors of
// reading are returned as they are.
inline constexpr size_t kMostTokens = 200;
absl::StatusOr<Lattice> LinkWords(const Vocabulary& vocabulary, std::string_view question);

// The first token that no arc can cover on a way from start to end; nullopt
// when some path exists.
std::optional<size_t> FirstUnknownToken(const Lattice& lattice);

// Ways through the lattice, likely ones first: fewest misspellings, then fewest
// content arcs, then closest; at most `limit`.
std::vector<LatticePath> Paths(const Lattice& lattice, size_t limit);

}  // namespace sanad::question

#endif  // SANAD_QUERY_QUESTION_LINKER_H_
