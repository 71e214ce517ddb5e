// LabelSearch: the label lookups of one question.
//
// A question looks up every stretch of its words. Stretches that begin with one
// token are walked together, word by word, and the walk ends where no label goes
// on so; one cursor serves all lookups, and the postings of a word are read once.

#ifndef SANAD_LANGUAGE_LABEL_SEARCH_H_
#define SANAD_LANGUAGE_LABEL_SEARCH_H_

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include "language/label_index.h"
#include "storage/model/text.h"

namespace sanad {

// Single-threaded. Borrows the source of the reader it is made from.
class LabelSearch {
 public:
  explicit LabelSearch(const LabelIndexReader& reader);

  // Of the first `n` tokens, for each n up to all of them, the labels that are these
  // tokens, compared by keys word by word; closest first, at most `limit` for each n. Of
  // words with very many readings some may be missed, so that no walk takes long.
  absl::StatusOr<std::vector<std::vector<LabelPosting>>> LookUpEach(std::span<const Token> tokens,
                                                                    size_t limit);
  // Labels that hold all the words of `tokens` that are words or numbers, in any
  // order, among others; none without such a word. Where each of them stands in more than
  // 32,768 labels, some are missed.
  absl::StatusOr<std::vector<LabelPosting>> Holding(std::span<const Token> tokens, size_t limit);
  // Names written like this one in another script or spelling.
  absl::StatusOr<std::vector<LabelPosting>> LookUpSkeleton(std::string_view name, size_t limit);

 private:
  struct Walk {
    std::span<const Token> tokens;
    size_t limit = 0;
    std::vector<std::vector<LabelPosting>> found;  // By count of tokens.
    std::string text;                              // The entry's key so far.
    int seeks_left = 0;
  };
  // Postings of the labels that hold a word, each once with its closest key.
  struct WordPostings {
    std::vector<LabelPosting> postings;
    size_t limit = 0;
    bool complete = false;  // The limit did not cut them off.
  };

  void Step(Walk& walk, size_t at, Closeness so_far);
  void TakePostings(Walk& walk, size_t count, Closeness closeness);
  absl::StatusOr<const WordPostings*> PostingsOfWord(const Word& word, std::string_view families,
                                                     size_t limit);
  absl::StatusOr<WordPostings> ReadPostingsOfWord(const Word& word, std::string_view families,
                                                  size_t limit);
  absl::StatusOr<const Word*> RarestOf(std::span<const std::shared_ptr<const Word>> words);
  absl::StatusOr<const std::vector<LabelPosting>*> HoldingBoth(const Word& rarer,
                                                               const Word& other);
  absl::StatusOr<std::vector<LabelPosting>> HoldingAll(
      std::span<const std::shared_ptr<const Word>> words);
  absl::Status KeepHolding(const Word& word, std::vector<LabelPosting>& candidates);

  std::unique_ptr<DerivedCursor> cursor_;
  std::unordered_map<std::string, WordPostings, TransparentStringHash, TransparentStringEq> words_;
  // The labels that hold both of two words, the rarer named first.
  std::unordered_map<std::string, std::vector<LabelPosting>, TransparentStringHash,
                     TransparentStringEq>
      pairs_;
};

}  // namespace sanad

#endif  // SANAD_LANGUAGE_LABEL_SEARCH_H_
