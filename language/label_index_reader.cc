// The reading side. Every lookup is bounded: prefix scans stop at a limit, and
// words that many labels hold are checked on the labels of the rarest one.

#include <algorithm>
#include <array>
#include <charconv>

#include <absl/container/flat_hash_map.h>

#include "language/label_index.h"
#include "language/label_keys.h"
#include "language/normalise.h"
#include "language/text.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

using internal::EntryKey;

// Postings of one word that are looked through at most; where every word of a
// phrase has more, labels beyond are missed.
constexpr size_t kScanLimit = 32768;

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

Closeness ClosenessOf(std::string_view value, const Key& key) {
  const int stored = value.empty() ? 0 : value[0] - '0';
  return std::max(key.closeness, static_cast<Closeness>(std::clamp(stored, 0, 4)));
}

// Postings of the labels that hold a word, under any of its keys, each posting
// once with its closest key. `complete` is false where the limit cut them off.
struct WordPostings {
  std::vector<LabelPosting> postings;
  bool complete = true;
};

absl::StatusOr<WordPostings> PostingsOfWord(const DerivedReader& reader, const Word& word,
                                            std::string_view families, size_t limit) {
  WordPostings out;
  absl::flat_hash_map<std::string, size_t> seen;
  for (const char family : families) {
    for (const Key& key : word.keys) {
      const std::string prefix = EntryKey(family, key.text);
      SANAD_RETURN_IF_ERROR(
          reader.Scan(prefix, [&](std::string_view entry, std::string_view value) {
            LabelPosting posting;
            if (!internal::ReadPosting(entry, posting)) return true;
            posting.closeness = ClosenessOf(value, key);
            const auto [at, added] =
                seen.try_emplace(std::string(entry.substr(prefix.size())), out.postings.size());
            if (added) {
              out.postings.push_back(posting);
            } else {
              Closeness& known = out.postings[at->second].closeness;
              known = std::min(known, posting.closeness);
            }
            out.complete = out.postings.size() < limit;
            return out.complete;
          }));
      if (!out.complete) return out;
    }
  }
  return out;
}

// How closely a label (the literal of some posting) holds a word; nullopt if not.
absl::StatusOr<std::optional<Closeness>> HoldsWord(const DerivedReader& reader, TermId literal,
                                                   const Word& word) {
  const std::string tail = internal::PostingTail(literal, {}, {}, {}).substr(0, 8);
  std::optional<Closeness> nearest;
  for (const Key& key : word.keys) {
    SANAD_RETURN_IF_ERROR(
        reader.Scan(EntryKey('w', key.text, tail), [&](std::string_view, std::string_view value) {
          const Closeness c = ClosenessOf(value, key);
          if (!nearest || c < *nearest) nearest = c;
          return false;
        }));
  }
  return nearest;
}

// Keeps the candidates that hold `word` too: by probing for each of a few
// candidates, by reading the word's own postings beside many.
absl::Status KeepHolding(const DerivedReader& reader, const Word& word,
                         std::vector<LabelPosting>& candidates) {
  constexpr size_t kProbed = 400;
  absl::flat_hash_map<TermId, Closeness> holding;
  if (candidates.size() > kProbed) {
    SANAD_ASSIGN_OR_RETURN(const WordPostings postings,
                           PostingsOfWord(reader, word, "w", kScanLimit));
    for (const LabelPosting& p : postings.postings) holding.try_emplace(p.literal, p.closeness);
  } else {
    for (const LabelPosting& candidate : candidates) {
      if (holding.contains(candidate.literal)) continue;
      SANAD_ASSIGN_OR_RETURN(const std::optional<Closeness> c,
                             HoldsWord(reader, candidate.literal, word));
      if (c) holding.emplace(candidate.literal, *c);
    }
  }
  std::vector<LabelPosting> kept;
  for (LabelPosting& candidate : candidates) {
    const auto found = holding.find(candidate.literal);
    if (found == holding.end()) continue;
    candidate.closeness = std::max(candidate.closeness, found->second);
    kept.push_back(candidate);
  }
  candidates = std::move(kept);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<LabelIndexReader> LabelIndexReader::Open(const QuadSource& source) {
  const DerivedReader* reader = source.Derived(kLabelIndexName);
  if (reader == nullptr) {
    return absl::FailedPreconditionError(
        "the store keeps no label index; open it with a program that registers one");
  }
  return LabelIndexReader(source, *reader);
}

absl::StatusOr<std::vector<LabelPosting>> LabelIndexReader::LookUp(std::span<const Token> tokens,
                                                                   size_t limit) const {
  const auto words = internal::ContentWords(tokens);
  std::vector<LabelPosting> out;
  if (words.empty()) return out;
  // Exactly written ones first, so that a cut keeps the closest.
  SANAD_ASSIGN_OR_RETURN(out, LookUpExact(internal::NormalisedPhrase(words), limit));
  for (const Key& key : internal::PhraseKeys(words)) {
    if (out.size() >= limit) break;
    SANAD_RETURN_IF_ERROR(
        reader_->Scan(EntryKey('p', key.text), [&](std::string_view entry, std::string_view value) {
          LabelPosting posting;
          if (!internal::ReadPosting(entry, posting)) return true;
          posting.closeness = ClosenessOf(value, key);
          AddPosting(out, posting);
          return out.size() < limit;
        }));
  }
  SortAndCut(out, limit);
  return out;
}

absl::StatusOr<std::vector<LabelPosting>> LabelIndexReader::LookUpExact(std::string_view text,
                                                                        size_t limit) const {
  const auto words = internal::ContentWords(Tokenise(text));
  std::vector<LabelPosting> out;
  if (words.empty() || limit == 0) return out;
  SANAD_RETURN_IF_ERROR(reader_->Scan(EntryKey('x', internal::NormalisedPhrase(words)),
                                      [&](std::string_view entry, std::string_view) {
                                        LabelPosting posting;
                                        if (internal::ReadPosting(entry, posting)) {
                                          out.push_back(posting);
                                        }
                                        return out.size() < limit;
                                      }));
  return out;
}

absl::StatusOr<std::vector<LabelPosting>> LabelIndexReader::Holding(std::span<const Token> tokens,
                                                                    size_t limit) const {
  const auto words = internal::ContentWords(tokens);
  if (words.empty()) return absl::InvalidArgumentError("no word to look for");
  if (words.size() == 1) {
    // One-word labels stand under 'p'.
    SANAD_ASSIGN_OR_RETURN(WordPostings found, PostingsOfWord(*reader_, *words[0], "pw", limit));
    SortAndCut(found.postings, limit);
    return std::move(found.postings);
  }
  // The first word whose postings end within a growing limit is the rarest, or
  // near enough; it leads.
  std::vector<LabelPosting> candidates;
  size_t leader = 0;
  bool complete = false;
  for (size_t scanned = 64; !complete && scanned <= kScanLimit; scanned *= 8) {
    for (size_t i = 0; i < words.size() && !complete; ++i) {
      SANAD_ASSIGN_OR_RETURN(WordPostings found, PostingsOfWord(*reader_, *words[i], "w", scanned));
      complete = found.complete;
      leader = i;
      candidates = std::move(found.postings);
    }
  }
  for (size_t i = 0; i < words.size() && !candidates.empty(); ++i) {
    if (i != leader) SANAD_RETURN_IF_ERROR(KeepHolding(*reader_, *words[i], candidates));
  }
  SortAndCut(candidates, limit);
  return candidates;
}

absl::StatusOr<std::vector<LabelPosting>> LabelIndexReader::LookUpSkeleton(std::string_view name,
                                                                           size_t limit) const {
  std::vector<LabelPosting> out;
  const std::string skeleton = ConsonantSkeleton(name);
  if (skeleton.empty()) return out;
  SANAD_RETURN_IF_ERROR(
      reader_->Scan(EntryKey('s', skeleton), [&](std::string_view entry, std::string_view) {
        LabelPosting posting;
        if (internal::ReadPosting(entry, posting)) {
          posting.closeness = Closeness::kFuzzy;
          out.push_back(posting);
        }
        return out.size() < limit;
      }));
  return out;
}

absl::StatusOr<std::vector<Completion>> LabelIndexReader::Complete(std::string_view prefix,
                                                                   size_t limit) const {
  std::vector<Completion> out;
  std::string start = internal::NormalisedPhrase(internal::ContentWords(Tokenise(prefix)));
  if (prefix.ends_with(' ') && !start.empty()) start.push_back(' ');
  start.insert(0, "x");
  SANAD_RETURN_IF_ERROR(reader_->Scan(start, [&](std::string_view entry, std::string_view) {
    LabelPosting posting;
    if (!internal::ReadPosting(entry, posting)) return true;
    const std::string_view text = entry.substr(1, entry.find('\0') - 1);
    if (out.empty() || out.back().normalised != text) {
      if (out.size() >= limit) return false;
      out.push_back({std::string(text), posting});
    }
    return true;
  }));
  return out;
}

absl::StatusOr<std::vector<SpellingSuggestion>> LabelIndexReader::Nearest(std::string_view word,
                                                                          size_t limit) const {
  const std::string wanted = Normalise(word);
  const std::u32string letters = ToUtf32(wanted);
  std::vector<SpellingSuggestion> out;
  for (const std::string& deletion : internal::Deletions(wanted)) {
    SANAD_RETURN_IF_ERROR(
        reader_->Scan(EntryKey('d', deletion), [&](std::string_view entry, std::string_view) {
          const std::string_view candidate = entry.substr(entry.find('\0') + 1);
          const auto same = [&](const SpellingSuggestion& s) { return s.word == candidate; };
          if (std::any_of(out.begin(), out.end(), same)) return true;
          const int distance = EditDistance(letters, ToUtf32(candidate), 2);
          if (distance >= 1 && distance <= 2) out.push_back({std::string(candidate), distance, 0});
          return out.size() < 256;
        }));
  }
  for (SpellingSuggestion& s : out) {
    SANAD_ASSIGN_OR_RETURN(const std::optional<std::string> count,
                           reader_->Get(EntryKey('d', s.word, s.word)));
    if (count) std::from_chars(count->data(), count->data() + count->size(), s.labels);
  }
  std::sort(out.begin(), out.end(), [](const SpellingSuggestion& a, const SpellingSuggestion& b) {
    if (a.distance != b.distance) return a.distance < b.distance;
    return a.labels != b.labels ? a.labels > b.labels : a.word < b.word;
  });
  if (out.size() > limit) out.resize(limit);
  return out;
}

absl::StatusOr<std::vector<LabelPosting>> LabelIndexReader::LabelsOf(TermId subject) const {
  std::vector<LabelPosting> out;
  static constexpr std::array<std::string_view, 3> kLabels = {iri::kRdfsLabel, iri::kSkosPrefLabel,
                                                              iri::kSkosAltLabel};
  for (std::string_view label : kLabels) {
    SANAD_ASSIGN_OR_RETURN(const TermId predicate, source_->Find(Term::Iri(label)));
    if (predicate.is_undefined()) continue;
    for (const GraphScope& scope : {GraphScope::Default(), GraphScope::Each()}) {
      ScanRequest request;
      request.pattern = {subject, predicate, TermId()};
      request.order = Order::kSpo;
      request.scope = scope;
      SANAD_ASSIGN_OR_RETURN(const std::unique_ptr<QuadScan> scan, source_->Scan(request));
      QuadBatch batch;
      while (scan->Next(batch)) {
        for (size_t i = 0; i < batch.size; ++i) {
          LabelPosting posting;
          posting.literal = batch.columns[2][i];
          posting.subject = subject;
          posting.predicate = predicate;
          posting.graph =
              scope.kind == GraphScope::Kind::kEach ? batch.columns[3][i] : TermId::DefaultGraph();
          out.push_back(posting);
        }
      }
      SANAD_RETURN_IF_ERROR(scan->status());
    }
  }
  return out;
}

}  // namespace sanad
