// Inside language/: the keys under which the label index keeps a label, and the
// layout of its entries. Writer and reader share them.

#ifndef SANAD_LANGUAGE_LABEL_KEYS_H_
#define SANAD_LANGUAGE_LABEL_KEYS_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "language/label_index.h"

namespace sanad::internal {

// The words of a label or phrase that count: letters and digits.
std::vector<std::shared_ptr<const Word>> ContentWords(std::span<const Token> tokens);

// Words joined by a space, normalised.
std::string NormalisedPhrase(std::span<const std::shared_ptr<const Word>> words);

// A label by one key of each of its words at each closeness: as written, without
// articles, without endings, by stems; equal ones once, with the closest. What a label
// is kept under: whoever asks has all the keys of the other words, so that they meet.
std::vector<Key> LevelPhrases(std::span<const std::shared_ptr<const Word>> words);

// family + text + NUL (+ tail)
std::string EntryKey(char family, std::string_view text, std::string_view tail = {});
std::string PostingTail(TermId literal, TermId subject, TermId predicate, TermId graph);
// How the tails of a literal's postings begin.
std::string LiteralTail(TermId literal);
// False when the key does not end in a posting.
bool ReadPosting(std::string_view key, LabelPosting& posting);

// The consonant skeletons of a name that are long enough to tell: one, or two where a
// letter is heard in two ways by other languages (ث: t or s).
std::vector<std::string> NameSkeletons(std::string_view name);

// `word` and each string that is it less one letter; for words of 3 to 24 letters.
std::vector<std::string> Deletions(std::string_view word);

// The part of a label that is indexed: longer texts are no names.
inline constexpr size_t kLongestLabel = 512;
// Shorter skeletons say too little to be kept.
inline constexpr size_t kShortestSkeleton = 4;

}  // namespace sanad::internal

#endif  // SANAD_LANGUAGE_LABEL_KEYS_H_
