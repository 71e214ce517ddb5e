// Lookups of stretches walk the entries as a tree of words; labels that hold words
// among others are found from the rarest word's postings.

#include "language/label_search.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <array>
#include <utility>

#include "language/label_keys.h"

namespace sanad {
namespace {

using internal::EntryKey;

// Postings of one word that are looked through at most; where every word of a
// phrase has more, labels beyond are missed.
constexpr size_t kScanLimit = 32768;
// Postings looked at first to tell rare words, and how many times as many then.
constexpr size_t kFirstLook = 64, kNextLook = 8;
// A seek costs about as much as so many steps.
constexpr int kStepsBeforeSeek = 8;
// Of one walk, so that no question takes long.
constexpr int kMostSeeks = 4000;

void AddPosting(std::vector<LabelPosting>& out, const LabelPosting& posting) {
  for (LabelPosting& p : out) {
    if (p.literal == posting.literal && p.subject == posting.subject &&
        p.predicate == posting.predicate && p.graph == posting.graph) {
      p.closeness = std::min(p.closeness, posting.closeness);
      return;
    }
  }
  out.push_back(posting);
}

void SortAndCut(std::vector<LabelPosting>& postings, size_t limit) {
  std::stable_sort(
      postings.begin(), postings.end(),
      [](const LabelPosting& a, const LabelPosting& b) { return a.closeness < b.closeness; });
  if (postings.size() > limit) postings.resize(limit);
}

// A match is as close as the farther of its two keys.
Closeness Farther(std::string_view stored, Closeness asked) {
  const int value = stored.empty() ? 0 : std::clamp(stored[0] - '0', 0, 4);
  return std::max(asked, static_cast<Closeness>(value));
}

bool StandsAt(const DerivedCursor& cursor, std::string_view prefix) {
  return cursor.Valid() && cursor.key().starts_with(prefix);
}

}  // namespace

LabelSearch::LabelSearch(const LabelIndexReader& reader) : cursor_(reader.NewCursor()) {}

absl::StatusOr<std::vector<std::vector<LabelPosting>>> LabelSearch::LookUpEach(
    std::span<const Token> tokens, size_t limit) {
  Walk walk;
  walk.tokens = tokens;
  walk.limit = limit;
  walk.found.resize(tokens.size() + 1);
  walk.text = "p";
  walk.seeks_left = kMostSeeks;
  if (limit > 0) Step(walk, 0, Closeness::kExact);
  SANAD_RETURN_IF_ERROR(cursor_->status());
  for (std::vector<LabelPosting>& postings : walk.found) SortAndCut(postings, limit);
  return std::move(walk.found);
}

// Goes on from the words in `walk.text` with the token at `at`.
void LabelSearch::Step(Walk& walk, size_t at, Closeness so_far) {
  while (at < walk.tokens.size() && walk.tokens[at].word->keys.empty()) ++at;
  if (at >= walk.tokens.size()) return;
  const size_t size = walk.text.size();
  for (const Key& key : walk.tokens[at].word->keys) {
    if (--walk.seeks_left < 0) break;
    if (size > 1) walk.text.push_back(' ');
    walk.text += key.text;
    const Closeness closeness = std::max(so_far, key.closeness);
    cursor_->Seek(walk.text);
    if (StandsAt(*cursor_, walk.text)) {
      TakePostings(walk, at + 1, closeness);
      walk.text.push_back(' ');
      if (!StandsAt(*cursor_, walk.text)) cursor_->Seek(walk.text);
      const bool goes_on = StandsAt(*cursor_, walk.text);
      walk.text.pop_back();
      if (goes_on) Step(walk, at + 1, closeness);
    }
    walk.text.resize(size);
  }
}

// The labels that are the words in `walk.text` and no more; the cursor stands there.
void LabelSearch::TakePostings(Walk& walk, size_t count, Closeness closeness) {
  std::vector<LabelPosting>& found = walk.found[count];
  walk.text.push_back('\0');
  for (; found.size() < walk.limit && StandsAt(*cursor_, walk.text); cursor_->Next()) {
    LabelPosting posting;
    if (!internal::ReadPosting(cursor_->key(), posting)) continue;
    posting.closeness = Farther(cursor_->value(), closeness);
    AddPosting(found, posting);
  }
  walk.text.pop_back();
}

absl::StatusOr<const LabelSearch::WordPostings*> LabelSearch::PostingsOfWord(
    const Word& word, std::string_view families, size_t limit) {
  WordPostings& known = words_[Concat(families, word.normalised)];
  if (known.complete || known.limit >= limit) return &known;
  SANAD_ASSIGN_OR_RETURN(known, ReadPostingsOfWord(word, families, limit));
  return &known;
}

absl::StatusOr<LabelSearch::WordPostings> LabelSearch::ReadPostingsOfWord(const Word& word,
                                                                          std::string_view families,
                                                                          size_t limit) {
  WordPostings read = {.postings = {}, .limit = limit, .complete = true};
  absl::flat_hash_map<std::array<uint64_t, 4>, size_t> seen;
  for (const char family : families) {
    for (const Key& key : word.keys) {
      const std::string prefix = EntryKey(family, key.text);
      for (cursor_->Seek(prefix); StandsAt(*cursor_, prefix); cursor_->Next()) {
        LabelPosting posting;
        if (!internal::ReadPosting(cursor_->key(), posting)) continue;
        if (read.postings.size() >= limit) {
          read.complete = false;
          break;
        }
        posting.closeness = Farther(cursor_->value(), key.closeness);
        if (word.keys.size() == 1) {
          read.postings.push_back(posting);
          continue;
        }
        const auto [at, added] = seen.try_emplace({posting.literal.bits(), posting.subject.bits(),
                                                   posting.predicate.bits(), posting.graph.bits()},
                                                  read.postings.size());
        if (added) {
          read.postings.push_back(posting);
        } else {
          Closeness& closeness = read.postings[at->second].closeness;
          closeness = std::min(closeness, posting.closeness);
        }
      }
      SANAD_RETURN_IF_ERROR(cursor_->status());
      if (!read.complete) return read;
    }
  }
  return read;
}

// Keeps the candidates that hold `word` too. Both they and the entries of a key are in
// order of literals, so one pass meets them: by steps where they lie close.
absl::Status LabelSearch::KeepHolding(const Word& word, std::vector<LabelPosting>& candidates) {
  std::vector<TermId> literals;
  for (const LabelPosting& candidate : candidates) literals.push_back(candidate.literal);
  std::sort(literals.begin(), literals.end());
  literals.erase(std::unique(literals.begin(), literals.end()), literals.end());
  absl::flat_hash_map<uint64_t, Closeness> holding;
  for (const Key& key : word.keys) {
    const std::string prefix = EntryKey('w', key.text);
    bool begun = false;
    for (const TermId literal : literals) {
      // Keys come closest first: a later one says no more of a label found as close.
      const auto known = holding.find(literal.bits());
      if (known != holding.end() && known->second <= key.closeness) continue;
      if (!begun) cursor_->Seek(prefix);
      begun = true;
      if (!StandsAt(*cursor_, prefix)) break;
      const std::string wanted = prefix + internal::LiteralTail(literal);
      for (int steps = 0; StandsAt(*cursor_, prefix) && cursor_->key() < wanted; ++steps) {
        if (steps < kStepsBeforeSeek) {
          cursor_->Next();
        } else {
          cursor_->Seek(wanted);
        }
      }
      if (!StandsAt(*cursor_, wanted)) continue;
      const Closeness found = Farther(cursor_->value(), key.closeness);
      const auto [at, added] = holding.try_emplace(literal.bits(), found);
      at->second = std::min(at->second, found);
    }
    SANAD_RETURN_IF_ERROR(cursor_->status());
  }
  std::erase_if(candidates, [&](LabelPosting& candidate) {
    const auto found = holding.find(candidate.literal.bits());
    if (found == holding.end()) return true;
    candidate.closeness = std::max(candidate.closeness, found->second);
    return false;
  });
  return absl::OkStatus();
}

// The word of a phrase that stands in the fewest labels, or near enough: the first whose
// postings end within a growing limit. Null when some word stands in none.
absl::StatusOr<const Word*> LabelSearch::RarestOf(
    std::span<const std::shared_ptr<const Word>> words) {
  for (size_t scanned = kFirstLook;; scanned *= kNextLook) {
    const Word* rarest = nullptr;
    size_t fewest = 0;
    for (const auto& word : words) {
      SANAD_ASSIGN_OR_RETURN(const WordPostings* found, PostingsOfWord(*word, "w", scanned));
      if (!found->complete || found->postings.size() > scanned) continue;
      if (found->postings.empty()) return nullptr;
      if (rarest != nullptr && found->postings.size() >= fewest) continue;
      rarest = word.get();
      fewest = found->postings.size();
      // Those that were complete before have been seen; one now is as rare as any.
      if (scanned > kFirstLook) return rarest;
    }
    if (rarest != nullptr) return rarest;
    if (scanned >= kScanLimit) return words.back().get();
  }
}

// The labels that hold two words, by the postings of the first.
absl::StatusOr<const std::vector<LabelPosting>*> LabelSearch::HoldingBoth(const Word& rarer,
                                                                          const Word& other) {
  const std::string pair = Concat(rarer.normalised, " ", other.normalised);
  if (const auto known = pairs_.find(pair); known != pairs_.end()) return &known->second;
  SANAD_ASSIGN_OR_RETURN(const WordPostings* found, PostingsOfWord(rarer, "w", kFirstLook));
  std::vector<LabelPosting> both = found->postings;
  SANAD_RETURN_IF_ERROR(KeepHolding(other, both));
  return &pairs_.emplace(pair, std::move(both)).first->second;
}

// The rarest word leads, so that the lists of the others are looked into, not read.
absl::StatusOr<std::vector<LabelPosting>> LabelSearch::HoldingAll(
    std::span<const std::shared_ptr<const Word>> words) {
  SANAD_ASSIGN_OR_RETURN(const Word* rarest, RarestOf(words));
  std::vector<LabelPosting> candidates;
  if (rarest == nullptr) return candidates;
  bool paired = false;
  for (const auto& word : words) {
    if (word->normalised == rarest->normalised) continue;
    if (paired) {
      SANAD_RETURN_IF_ERROR(KeepHolding(*word, candidates));
    } else {
      SANAD_ASSIGN_OR_RETURN(const std::vector<LabelPosting>* both, HoldingBoth(*rarest, *word));
      candidates = *both;
      paired = true;
    }
    if (candidates.empty()) return candidates;
  }
  if (paired) return candidates;
  // One word, said again.
  SANAD_ASSIGN_OR_RETURN(const WordPostings* found, PostingsOfWord(*rarest, "w", kFirstLook));
  return found->postings;
}

absl::StatusOr<std::vector<LabelPosting>> LabelSearch::Holding(std::span<const Token> tokens,
                                                               size_t limit) {
  const auto words = internal::ContentWords(tokens);
  std::vector<LabelPosting> out;
  if (words.empty()) return out;
  if (words.size() == 1) {
    // One-word labels stand under 'p'.
    SANAD_ASSIGN_OR_RETURN(const WordPostings* found, PostingsOfWord(*words[0], "pw", limit));
    out = found->postings;
  } else {
    SANAD_ASSIGN_OR_RETURN(out, HoldingAll(words));
  }
  SortAndCut(out, limit);
  return out;
}

absl::StatusOr<std::vector<LabelPosting>> LabelSearch::LookUpSkeleton(std::string_view name,
                                                                      size_t limit) {
  std::vector<LabelPosting> out;
  for (const std::string& skeleton : internal::NameSkeletons(name)) {
    const std::string prefix = EntryKey('s', skeleton);
    for (cursor_->Seek(prefix); out.size() < limit && StandsAt(*cursor_, prefix); cursor_->Next()) {
      LabelPosting posting;
      if (!internal::ReadPosting(cursor_->key(), posting)) continue;
      posting.closeness = Closeness::kFuzzy;
      AddPosting(out, posting);
    }
  }
  SANAD_RETURN_IF_ERROR(cursor_->status());
  return out;
}

}  // namespace sanad
