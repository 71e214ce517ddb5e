// The writing side: what one label adds to or takes from the index. Words are
// counted over all labels of a batch first, so that a word's entry is read and
// written once a commit.

#include "language/label_index.h"

#include <absl/container/flat_hash_map.h>

#include <charconv>
#include <map>

#include "language/label_keys.h"
#include "language/normalise.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

using internal::EntryKey;

constexpr std::string_view kSkosHiddenLabel = SANAD_SKOS_NS "hiddenLabel";
constexpr std::string_view kWrittenRep = SANAD_ONTOLEX_NS "writtenRep";

uint64_t ParseCount(std::string_view text) {
  uint64_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

class LabelIndex final : public DerivedIndex {
 public:
  std::string_view name() const override { return kLabelIndexName; }
  uint32_t version() const override { return 4; }

  std::vector<Term> predicates() const override {
    return {Term::Iri(iri::kRdfsLabel), Term::Iri(iri::kSkosPrefLabel),
            Term::Iri(iri::kSkosAltLabel), Term::Iri(kSkosHiddenLabel), Term::Iri(kWrittenRep)};
  }

  absl::Status Update(std::span<const QuadChange> changes, DerivedWriter& writer) const override {
    std::map<std::string, int64_t, std::less<>> words;  // Ordered: the same batch writes the same.
    LabelKeys keys;
    for (size_t i = 0; i < changes.size(); ++i) {
      const QuadChange& change = changes[i];
      if (!change.terms.object.is_literal()) continue;
      // Graphs that state the same label follow one another.
      const bool same = i > 0 && changes[i - 1].ids.object == change.ids.object;
      if (!same) keys = KeysOf(change.terms.object.value());
      Apply(change, keys, writer, words);
    }
    for (const auto& [word, delta] : words) {
      if (delta != 0) SANAD_RETURN_IF_ERROR(CountWord(word, delta, writer));
    }
    return absl::OkStatus();
  }

 private:
  // What a label is found by; nothing of one that is too long or has no word.
  struct LabelKeys {
    std::vector<std::shared_ptr<const Word>> words;
    std::string phrase;
    std::vector<Key> level_phrases;
    std::vector<std::string> skeletons;
  };

  static LabelKeys KeysOf(std::string_view text) {
    LabelKeys keys;
    if (text.size() > internal::kLongestLabel) return keys;
    keys.words = internal::ContentWords(Tokenise(text));
    if (keys.words.empty()) return keys;
    keys.phrase = internal::NormalisedPhrase(keys.words);
    keys.level_phrases = internal::LevelPhrases(keys.words);
    keys.skeletons = internal::NameSkeletons(text);
    return keys;
  }

  static void Apply(const QuadChange& change, const LabelKeys& label, DerivedWriter& writer,
                    std::map<std::string, int64_t, std::less<>>& counts) {
    if (label.words.empty()) return;
    const std::string tail = internal::PostingTail(change.ids.object, change.ids.subject,
                                                   change.ids.predicate, change.ids.graph);
    const auto write = [&](char family, std::string_view key_text, std::string_view value) {
      const std::string key = EntryKey(family, key_text, tail);
      if (change.added) {
        writer.Put(key, value);
      } else {
        writer.Delete(key);
      }
    };
    write('x', label.phrase, "");
    const auto write_all = [&](char family, std::span<const Key> keys) {
      for (const Key& key : keys) {
        write(family, key.text,
              std::string(1, static_cast<char>('0' + static_cast<int>(key.closeness))));
      }
    };
    write_all('p', label.level_phrases);
    if (label.words.size() > 1) {
      for (const auto& word : label.words) write_all('w', word->keys);
    }
    for (const std::string& skeleton : label.skeletons) write('s', skeleton, "");
    for (const auto& word : label.words) counts[word->normalised] += change.added ? 1 : -1;
  }

  // Entries of a word's deletions hold how many labels have it.
  static absl::Status CountWord(const std::string& word, int64_t delta, DerivedWriter& writer) {
    const std::vector<std::string> deletions = internal::Deletions(word);
    if (deletions.empty()) return absl::OkStatus();
    SANAD_ASSIGN_OR_RETURN(const std::optional<std::string> before,
                           writer.Get(EntryKey('d', deletions[0], word)));
    const int64_t count = static_cast<int64_t>(before ? ParseCount(*before) : 0) + delta;
    if (count > 0 && before) {
      writer.Put(EntryKey('d', word, word), Concat(count));
      return absl::OkStatus();  // The deletions stand already; the count is with the word.
    }
    for (const std::string& deletion : deletions) {
      const std::string key = EntryKey('d', deletion, word);
      if (count <= 0) {
        writer.Delete(key);
      } else {
        writer.Put(key, deletion == word ? Concat(count) : std::string());
      }
    }
    return absl::OkStatus();
  }
};

const bool kRegistered = RegisterDerivedIndex(MakeLabelIndex());

}  // namespace

std::unique_ptr<DerivedIndex> MakeLabelIndex() { return std::make_unique<LabelIndex>(); }

void RegisterLabelIndex() {
  if (!kRegistered) RegisterDerivedIndex(MakeLabelIndex());
}

}  // namespace sanad
