// Inside the linker: builds the lattice of a question. link_lexicon.cc adds arcs
// from the lexicon, link_label.cc those from labels, lattice_builder.cc the rest.

#ifndef SANAD_QUERY_QUESTION_LATTICE_BUILDER_H_
#define SANAD_QUERY_QUESTION_LATTICE_BUILDER_H_

#include <array>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include "language/label_search.h"
#include "query/question/linker.h"

namespace sanad::question {

inline constexpr size_t kLongestLabel = 9;  // Tokens of a stretch looked up as a label.

// A thing by one of its labels.
struct LabelledThing {
  Term thing, label;
  bool preferred = false;  // Not an alternative label.
  Closeness closeness = Closeness::kExact;
};

// A word, or phrase of the lexicon, of a name and the ways it may be said.
struct HoldingPlace {
  std::vector<std::vector<Token>> choices;  // As asked first.
  size_t count = 1;                         // Words it takes.
  const LexicalEntry* entry = nullptr;      // Set: a concept of the lexicon.
};

class LatticeBuilder {
 public:
  LatticeBuilder(const Vocabulary& vocabulary, std::string_view question)
      : vocabulary_(vocabulary), reader_(vocabulary.reader()), question_(question) {}

  absl::StatusOr<Lattice> Build();

 private:
  // Links of one stretch by category and reading of its first token.
  struct Group {
    Category category;
    uint8_t split = 0;
    std::string enclitic;
    bool operator<(const Group& o) const {
      return std::tie(category, split, enclitic) < std::tie(o.category, o.split, o.enclitic);
    }
  };
  using Groups = std::map<Group, std::vector<Link>>;

  void AddValues();
  void AddQuantities(size_t at);
  void AddClosed(size_t at);
  void AddGraphWords(size_t at);
  void AddLexicon(size_t at, std::map<size_t, Groups>& by_count);
  // `labels`: those that are the stretch.
  void AddLabels(size_t at, size_t count, const std::vector<LabelPosting>& labels, Groups& groups);
  void AddSpellings(size_t at);
  // The things of postings of label properties, in their order; without their labels
  // where these are not asked for.
  std::vector<LabelledThing> ThingsOf(std::span<const LabelPosting> postings,
                                      bool with_labels) const;
  void AddHolding(size_t at, size_t count, Groups& groups);
  void AddEntry(const LexiconMatch& match, Groups& groups);
  HoldingPlace PlaceAt(const std::vector<Token>& content, size_t at) const;
  // Labels that hold a choice of one place, and how closely by literal.
  struct PlacePostings {
    std::vector<LabelPosting> postings;
    absl::flat_hash_map<uint64_t, Closeness> closest;
  };
  const PlacePostings& PostingsOf(const HoldingPlace& place);
  std::vector<LabelPosting> HoldingAll(const std::vector<HoldingPlace>& places);
  // `known`: an entry when every word is a concept of the lexicon.
  std::vector<LabelPosting> HoldingPostings(const std::vector<Token>& content,
                                            const LexicalEntry** known);
  static bool MayBePart(const Groups& groups, bool* only_documents);
  uint8_t SplitWithin(const Token& first, std::string_view label) const;
  void AddState(const LexiconMatch& match, Groups& groups);
  bool IsNamed(size_t first, size_t end) const;
  void AddVerbInTwo(size_t at, size_t from, size_t end, const LexiconMatch& match);
  void AddSeparated(size_t at);
  void AddPerformed(size_t at);
  void AddNames(size_t at);
  void AddMisspelled(size_t at);
  // Whether an arc covers a token, and one by its own meaning.
  bool IsCovered(size_t token) const { return Covers(token, false); }
  bool IsKnown(size_t token) const { return Covers(token, true); }
  bool Covers(size_t token, bool by_meaning) const;
  void AddSurname(size_t at);
  void Emit(size_t at, size_t count, const Groups& groups, int misspellings);
  std::optional<Category> LabelCategory(const Term& thing) const;
  uint8_t SplitFor(const Token& token, std::string_view label) const;
  void AddLink(Groups& groups, Category category, uint8_t split, std::string enclitic, Link link);
  void AddProperty(Groups& groups, uint8_t split, const std::string& enclitic, const Term& label,
                   const Link& link);
  Symbol MakeSymbol(Category category, size_t first, size_t count) const;
  // The arc of one symbol, with the particles of the split around it.
  Arc Wrap(Symbol symbol, uint8_t split, std::string_view enclitic) const;
  void AddArc(Arc arc) { lattice_.arcs[arc.first].push_back(std::move(arc)); }
  bool IsClosed(size_t token) const { return closed_[token]; }
  ReadErrors& errors() const { return *vocabulary_.errors; }

  const Vocabulary& vocabulary_;
  GraphReader reader_;
  std::optional<LabelSearch> search_;  // Unset: no label index.
  std::map<std::string, PlacePostings> places_;
  std::array<TermId, 2> preferred_labels_, other_labels_;  // Label properties.
  std::string_view question_;
  Lattice lattice_;
  uint32_t pairs_ = 0;
  std::vector<bool> closed_;  // Covered by a closed-class phrase, whole.
  std::vector<bool> dated_;   // Tokens of dates.
  std::set<TermId> lexicon_graphs_;
  std::vector<size_t> named_;  // How far the longest name that covers a token goes on.
  std::vector<bool> joins_;    // By a preposition, article or conjunction.
  std::vector<bool> coming_;   // By "next", "new" alone.
};

}  // namespace sanad::question

#endif  // SANAD_QUERY_QUESTION_LATTICE_BUILDER_H_
