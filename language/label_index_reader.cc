// Single lookups of the reading side. Every one is bounded: scans of a prefix stop
// at a limit.

#include <algorithm>
#include <array>
#include <charconv>

#include "language/label_index.h"
#include "language/label_keys.h"
#include "language/label_search.h"
#include "language/normalise.h"
#include "language/text.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

using internal::EntryKey;

constexpr size_t kMostNear = 256;    // Words held beside a misspelled one.
constexpr size_t kMostCounted = 48;  // Of these, whose frequency is looked up.

}  // namespace

absl::StatusOr<LabelIndexReader> LabelIndexReader::Open(const QuadSource& source) {
  const DerivedReader* reader = source.Derived(kLabelIndexName);
  if (reader == nullptr) {
    return absl::FailedPreconditionError(
        "the store keeps no label index; open it with a program that registers one");
  }
  return LabelIndexReader(source, *reader);
}

std::unique_ptr<DerivedCursor> LabelIndexReader::NewCursor() const { return reader_->NewCursor(); }

absl::StatusOr<std::vector<LabelPosting>> LabelIndexReader::LookUp(std::span<const Token> tokens,
                                                                   size_t limit) const {
  while (!tokens.empty() && tokens.back().word->keys.empty())
    tokens = tokens.first(tokens.size() - 1);
  SANAD_ASSIGN_OR_RETURN(auto found, LabelSearch(*this).LookUpEach(tokens, limit));
  return std::move(found.back());
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
  return LabelSearch(*this).Holding(tokens, limit);
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
  const std::unique_ptr<DerivedCursor> cursor = reader_->NewCursor();
  for (const std::string& deletion : internal::Deletions(wanted)) {
    const std::string prefix = EntryKey('d', deletion);
    for (cursor->Seek(prefix); cursor->Valid() && cursor->key().starts_with(prefix);
         cursor->Next()) {
      const std::string_view candidate = cursor->key().substr(prefix.size());
      const auto same = [&](const SpellingSuggestion& s) { return s.word == candidate; };
      if (std::any_of(out.begin(), out.end(), same)) continue;
      const int distance = EditDistance(letters, ToUtf32(candidate), 2);
      if (distance >= 1 && distance <= 2) out.push_back({std::string(candidate), distance, 0});
      if (out.size() >= kMostNear) break;
    }
    SANAD_RETURN_IF_ERROR(cursor->status());
  }
  // Frequency is asked of the nearest only.
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.distance < b.distance; });
  if (out.size() > kMostCounted) out.resize(kMostCounted);
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
