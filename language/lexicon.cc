// Matching. Two tables from the first word of a form: by its exact normalised
// text, for every form; by the keys of the word, for nouns and class labels. A
// candidate then has to match word by word to its end.

#include "language/lexicon.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <atomic>
#include <tuple>
#include <utility>

#include "language/lexicon_reader.h"
#include "language/normalise.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

constexpr std::string_view kArticle = "ال";
constexpr size_t kWordsKept = 8192;  // Whose candidates are remembered, a thread.

struct IndexedForm {
  uint32_t entry = 0;
  uint32_t form = 0;
  bool loose = false;  // Keys may match: nouns, class labels, adjectives.
  bool name = false;   // An entity's label.
  bool acronym = false;
  bool capitalised = false;            // A name whose first word has a capital.
  std::vector<std::string> words;      // Normalised, hyphens left out.
  std::vector<std::vector<Key>> keys;  // Of each word; empty where keys do not match.
};

struct KeyEntry {
  uint32_t form = 0;
  Closeness closeness = Closeness::kExact;
};

bool IsHyphen(const Token& t) { return t.normalised() == "-"; }

// How a split of the first word may go with a part of speech.
bool SplitFits(const CliticSplit& split, const LexicalEntry& entry, const LexicalForm& form,
               bool name, bool last) {
  if (split.proclitics.empty() && split.enclitic.empty()) return true;
  if (!split.enclitic.empty() && (!last || name)) return false;
  const bool verb = entry.part_of_speech == PartOfSpeech::kVerb;
  for (const std::string& p : split.proclitics) {
    if (p == "س") {
      if (!verb || form.features.tense != Tense::kPresent) return false;
    } else if (verb && (p == "ال" || p == "ب" || p == "ك")) {
      return false;
    } else if (verb && p == "ل") {
      if (form.features.tense != Tense::kPresent) return false;
    } else if (p == "ال" || p == "ب" || p == "ك" || p == "ل") {
      switch (entry.part_of_speech) {
        case PartOfSpeech::kAdverb:
        case PartOfSpeech::kPreposition:
        case PartOfSpeech::kConjunction:
        case PartOfSpeech::kParticle:
        case PartOfSpeech::kPronoun:
          return false;
        default:
          break;
      }
    }
  }
  return true;
}

class IndexedLexicon final : public Lexicon {
 public:
  IndexedLexicon(internal::TripleTable triples, internal::LexiconContent content)
      : triples_(std::move(triples)),
        entries_(std::move(content.entries)),
        vocabulary_(std::move(content.vocabulary)) {
    for (uint32_t v = 0; v < vocabulary_.size(); ++v) by_term_[vocabulary_[v].iri] = v;
    for (uint32_t e = 0; e < entries_.size(); ++e) {
      for (LexicalForm& form : entries_[e].forms) {
        form.normalised = Normalise(form.text);
        std::erase(form.normalised, '.');  // "U.N." is compared as "un", as in texts.
        form.normalised_preposition = Normalise(form.preposition);
      }
      for (uint32_t f = 0; f < entries_[e].forms.size(); ++f) AddForm(e, f);
      for (const std::string& set : entries_[e].sets) by_set_[set].push_back(e);
      for (const Term& reference : entries_[e].references) by_reference_[reference].push_back(e);
    }
  }

  std::span<const LexicalEntry> entries() const override { return entries_; }

  std::vector<LexiconMatch> MatchAt(std::span<const Token> tokens, size_t at) const override {
    std::vector<LexiconMatch> out;
    if (at >= tokens.size() || tokens[at].is_punctuation()) return out;
    const Candidates& candidates = CandidatesOf(tokens[at].word);
    out.reserve(candidates.exact.size());
    for (const Candidate& c : candidates.exact) Consider(c, tokens, at, out);
    // What only keys find counts only where it is longer than what forms found: most
    // inflection is generated, so keys are for what no pattern makes.
    uint32_t longest = 0;
    for (const LexiconMatch& m : out) longest = std::max(longest, m.count);
    std::vector<LexiconMatch> found_by_key;
    for (const Candidate& c : candidates.by_key) Consider(c, tokens, at, found_by_key);
    for (LexiconMatch& m : found_by_key) {
      if (m.count > longest) out.push_back(std::move(m));
    }
    if (out.size() < 2) return out;
    std::sort(out.begin(), out.end(), [](const LexiconMatch& a, const LexiconMatch& b) {
      return std::tuple(b.count, a.closeness, a.entry, a.form, a.split) <
             std::tuple(a.count, b.closeness, b.entry, b.form, b.split);
    });
    // One reading per entry and length: the closest.
    std::vector<LexiconMatch> unique;
    for (LexiconMatch& m : out) {
      const auto same = [&](const LexiconMatch& u) {
        return u.entry == m.entry && u.count == m.count &&
               u.form->preposition == m.form->preposition;
      };
      if (std::none_of(unique.begin(), unique.end(), same)) unique.push_back(std::move(m));
    }
    return unique;
  }

  std::vector<LexiconMatch> Match(std::span<const Token> tokens) const override {
    std::vector<LexiconMatch> out;
    for (size_t at = 0; at < tokens.size();) {
      std::vector<LexiconMatch> here = MatchAt(tokens, at);
      if (here.empty()) {
        ++at;
        continue;
      }
      const uint32_t longest = here.front().count;
      for (LexiconMatch& m : here) {
        if (m.count == longest) out.push_back(std::move(m));
      }
      at += longest;
    }
    return out;
  }

  std::vector<LexiconMatch> MatchSet(std::span<const Token> tokens, size_t at,
                                     std::string_view set) const override {
    std::vector<LexiconMatch> out = MatchAt(tokens, at);
    if (!set.empty()) {
      std::erase_if(out, [&](const LexiconMatch& m) { return !m.entry->InSet(set); });
    }
    return out;
  }

  bool HasSet(std::string_view set) const override { return by_set_.contains(set); }

  std::vector<const LexicalEntry*> EntriesOfSet(std::string_view set) const override {
    const auto found = by_set_.find(set);
    return found == by_set_.end() ? std::vector<const LexicalEntry*>{} : Pointers(found->second);
  }

  std::vector<const LexicalEntry*> EntriesOf(const Term& reference) const override {
    const auto found = by_reference_.find(reference);
    return found == by_reference_.end() ? std::vector<const LexicalEntry*>{}
                                        : Pointers(found->second);
  }

  std::string_view LabelOf(const Term& thing, std::string_view language) const override {
    const Term* any = nullptr;
    for (std::string_view predicate : {iri::kSkosPrefLabel, iri::kRdfsLabel, iri::kSkosAltLabel}) {
      for (const internal::TripleTable::Statement& s : triples_.Of(thing)) {
        if (s.predicate != predicate) continue;
        if (s.object->language() == language) return s.object->value();
        if (any == nullptr) any = s.object;
      }
    }
    return any == nullptr ? std::string_view() : std::string_view(any->value());
  }

  const VocabularyTerm* Vocabulary(const Term& iri) const override {
    const auto found = by_term_.find(iri);
    return found == by_term_.end() ? nullptr : &vocabulary_[found->second];
  }

  std::span<const VocabularyTerm> vocabulary() const override { return vocabulary_; }

  bool IsSubOf(const Term& term, const Term& ancestor) const override {
    std::vector<const Term*> seen = {&term};
    for (size_t i = 0; i < seen.size(); ++i) {
      if (*seen[i] == ancestor) return true;
      const VocabularyTerm* v = Vocabulary(*seen[i]);
      if (v == nullptr) continue;
      for (const Term& parent : v->parents) {
        const bool known =
            std::any_of(seen.begin(), seen.end(), [&](const Term* s) { return *s == parent; });
        if (!known) seen.push_back(&parent);
      }
    }
    return false;
  }

  std::vector<Term> TypesOf(const Term& thing) const override {
    return triples_.ObjectsOf(thing, iri::kRdfType);
  }

  std::vector<Term> ObjectsOf(const Term& subject, const Term& predicate) const override {
    return triples_.ObjectsOf(subject, predicate.value());
  }

 private:
  std::vector<const LexicalEntry*> Pointers(const std::vector<uint32_t>& indexes) const {
    std::vector<const LexicalEntry*> out;
    for (uint32_t i : indexes) {
      if (out.empty() || out.back() != &entries_[i]) out.push_back(&entries_[i]);
    }
    return out;
  }

  // Sets the words, and for a loose form their keys. Generated forms are many
  // and plain: they are split without a full analysis.
  static void SetWords(const LexicalForm& source, IndexedForm& form) {
    if (source.generated && source.text.find_first_of("'.,0123456789") == std::string::npos) {
      const std::string& text = source.normalised;
      for (size_t at = 0; at < text.size();) {
        const size_t end = std::min(text.find_first_of(" -", at), text.size());
        if (end > at) form.words.push_back(text.substr(at, end - at));
        at = end + 1;
      }
      return;
    }
    for (const Token& token : Tokenise(source.text)) {
      if (token.is_punctuation()) continue;
      form.words.push_back(token.normalised());
      if (form.loose) form.keys.push_back(token.word->keys);
      if (token.sentence_initial) form.capitalised = form.name && token.is_capitalised();
      form.acronym = form.name && token.word->capitalisation == Capitalisation::kUpper;
    }
    form.acronym = form.acronym && form.words.size() == 1 && form.words[0].size() <= 3;
  }

  void AddForm(uint32_t e, uint32_t f) {
    const LexicalEntry& entry = entries_[e];
    const bool label = entry.part_of_speech == PartOfSpeech::kLabel;
    const bool declared = label && by_term_.contains(entry.iri);
    IndexedForm form;
    form.entry = e;
    form.form = f;
    form.name = label && !declared;
    form.loose = entry.part_of_speech == PartOfSpeech::kNoun || declared ||
                 entry.part_of_speech == PartOfSpeech::kAdjective;
    SetWords(entry.forms[f], form);
    if (form.words.empty()) return;
    const uint32_t index = static_cast<uint32_t>(forms_.size());
    exact_[form.words[0]].push_back(index);
    if (!form.keys.empty()) {
      for (const Key& key : form.keys[0]) {
        // A lemma that begins with what looks like a particle is still whole.
        if (key.closeness == Closeness::kExact || key.closeness == Closeness::kInflected) {
          by_key_[key.text].push_back({index, key.closeness});
        }
      }
    }
    forms_.push_back(std::move(form));
  }

  // Words behind the first; the number of tokens of the whole, 0 if they differ.
  size_t MatchRest(const IndexedForm& form, std::span<const Token> tokens, size_t at,
                   Closeness& closeness, std::string& enclitic) const {
    size_t next = at + 1;
    for (size_t i = 1; i < form.words.size(); ++i) {
      if (next < tokens.size() && IsHyphen(tokens[next])) ++next;
      if (next >= tokens.size()) return 0;
      const bool last = i + 1 == form.words.size();
      if (!WordMatches(form, i, *tokens[next].word, last, closeness, enclitic)) return 0;
      ++next;
    }
    return next - at;
  }

  // A word inside a form: equal, with or without article, or with a pronoun at
  // the end; in nouns also an inflected form.
  static bool WordMatches(const IndexedForm& form, size_t at, const Word& word, bool last,
                          Closeness& closeness, std::string& enclitic) {
    const std::string& wanted = form.words[at];
    if (wanted == word.normalised) return true;
    if (word.script == Script::kArabic) {
      for (const CliticSplit& split : word.splits) {
        const bool article_only = split.proclitics.size() == 1 && split.definite();
        if (!split.proclitics.empty() && !article_only) continue;
        if (!split.enclitic.empty() && (!last || form.name)) continue;
        if (split.stem != wanted) continue;
        closeness = std::max(closeness, Closeness::kClitic);
        enclitic = split.enclitic;
        return true;
      }
    }
    if (form.keys.empty()) return false;
    Closeness met = Closeness::kExact;
    if (!KeysMeet(form.keys[at], word.keys, &met) || met > Closeness::kInflected) return false;
    closeness = std::max(closeness, met);
    return true;
  }

  // A form that begins with a word, as one reading of the word has it.
  struct Candidate {
    uint32_t form = 0;
    uint8_t split = 0;
    Closeness closeness = Closeness::kExact;
  };
  struct Candidates {
    std::shared_ptr<const Word> word;  // Keeps the key of the table alive.
    std::vector<Candidate> exact, by_key;
  };

  // The candidates of a word, remembered a thread: which forms may begin with it does
  // not depend on the words behind. Valid until the next call on this thread.
  const Candidates& CandidatesOf(const std::shared_ptr<const Word>& word) const {
    struct Cache {
      uint64_t lexicon = 0;
      absl::flat_hash_map<const Word*, Candidates> by_word;
    };
    thread_local Cache cache;
    if (cache.lexicon != id_ || cache.by_word.size() >= kWordsKept) {
      cache.by_word.clear();
      cache.lexicon = id_;
    }
    const auto [it, inserted] = cache.by_word.try_emplace(word.get());
    if (inserted) {
      it->second.word = word;
      FindExact(*word, it->second.exact);
      FindByKey(*word, it->second.by_key);
    }
    return it->second;
  }

  void Propose(const Candidate& candidate, const Word& word, std::vector<Candidate>& out) const {
    const IndexedForm& form = forms_[candidate.form];
    const LexicalEntry& entry = entries_[form.entry];
    const bool single = form.words.size() == 1;
    if (!SplitFits(word.splits[candidate.split], entry, entry.forms[form.form], form.name, single))
      return;
    if (form.acronym && word.capitalisation != Capitalisation::kUpper) return;
    out.push_back(candidate);
  }

  void FindExact(const Word& word, std::vector<Candidate>& out) const {
    for (size_t s = 0; s < word.splits.size(); ++s) {
      const CliticSplit& split = word.splits[s];
      const auto number = static_cast<uint8_t>(s);
      const bool whole = split.proclitics.empty() && split.enclitic.empty();
      const Closeness closeness = whole ? Closeness::kExact : Closeness::kClitic;
      if (const auto found = exact_.find(split.stem); found != exact_.end()) {
        for (uint32_t index : found->second) {
          const bool generated = FormOf(index).generated;
          Propose(
              {index, number, generated ? std::max(closeness, Closeness::kInflected) : closeness},
              word, out);
        }
      }
      // A name that is written with its article: "بالرياض".
      if (split.proclitics.size() > 1 && split.definite()) {
        if (const auto found = exact_.find(Concat(kArticle, split.stem)); found != exact_.end()) {
          for (uint32_t index : found->second) Propose({index, number, closeness}, word, out);
        }
      }
    }
  }

  // Stems are left out: "police" and "policy" share one.
  void FindByKey(const Word& word, std::vector<Candidate>& out) const {
    for (const Key& key : word.keys) {
      const auto found = by_key_.find(key.text);
      if (found == by_key_.end()) continue;
      for (const KeyEntry& entry : found->second) {
        const Closeness closeness = std::max(entry.closeness, key.closeness);
        if (closeness != Closeness::kInflected) continue;  // FindExact has closer ones.
        Propose({entry.form, key.split, closeness}, word, out);
      }
    }
  }

  // Adds the match of a candidate whose further words follow.
  void Consider(const Candidate& candidate, std::span<const Token> tokens, size_t at,
                std::vector<LexiconMatch>& out) const {
    const IndexedForm& form = forms_[candidate.form];
    const LexicalEntry& entry = entries_[form.entry];
    const Word& word = *tokens[at].word;
    Closeness closeness = candidate.closeness;
    std::string enclitic =
        form.words.size() == 1 ? word.splits[candidate.split].enclitic : std::string();
    const size_t count = MatchRest(form, tokens, at, closeness, enclitic);
    if (count == 0) return;
    LexiconMatch match;
    match.entry = &entry;
    match.form = &entry.forms[form.form];
    match.first = static_cast<uint32_t>(at);
    match.count = static_cast<uint32_t>(count);
    match.closeness = closeness;
    match.split = candidate.split;
    match.enclitic = std::move(enclitic);
    match.small_letters = form.capitalised && word.capitalisation == Capitalisation::kLower;
    out.push_back(std::move(match));
  }

  const LexicalForm& FormOf(uint32_t index) const {
    return entries_[forms_[index].entry].forms[forms_[index].form];
  }

  // Tells this lexicon from all others of the process.
  static uint64_t NextId() {
    static std::atomic<uint64_t> last{0};
    return ++last;
  }

  const uint64_t id_ = NextId();
  internal::TripleTable triples_;
  std::vector<LexicalEntry> entries_;
  std::vector<VocabularyTerm> vocabulary_;
  std::vector<IndexedForm> forms_;
  absl::flat_hash_map<std::string, std::vector<uint32_t>, TransparentStringHash,
                      TransparentStringEq>
      exact_;
  absl::flat_hash_map<std::string, std::vector<KeyEntry>, TransparentStringHash,
                      TransparentStringEq>
      by_key_;
  absl::flat_hash_map<std::string, std::vector<uint32_t>, TransparentStringHash,
                      TransparentStringEq>
      by_set_;
  absl::flat_hash_map<Term, std::vector<uint32_t>> by_reference_;
  absl::flat_hash_map<Term, uint32_t> by_term_;
};

}  // namespace

bool LexicalEntry::InSet(std::string_view set) const {
  return std::binary_search(sets.begin(), sets.end(), set);
}

std::string_view LexicalEntry::Feature(std::string_view name) const {
  for (const auto& [key, value] : features) {
    if (key == name) return value;
  }
  return {};
}

std::string_view LexicalEntry::Label(std::string_view language) const {
  for (const LexicalForm& form : forms) {
    if (form.canonical && form.language == language) return form.text;
  }
  return {};
}

absl::StatusOr<std::shared_ptr<const Lexicon>> Lexicon::Build(std::span<const Quad> quads) {
  internal::TripleTable triples(quads);
  SANAD_ASSIGN_OR_RETURN(internal::LexiconContent content, internal::ReadLexicon(triples));
  // A shared_ptr: matches point into it, and sessions share the cached one.
  return std::shared_ptr<const Lexicon>(
      std::make_shared<IndexedLexicon>(std::move(triples), std::move(content)));
}

bool IsPreposition(const Token& token, std::string_view preposition) {
  if (preposition.empty()) return false;
  const std::string wanted = Normalise(preposition);
  if (token.normalised() == wanted) return true;
  if (token.word->script != Script::kArabic) return false;
  for (const CliticSplit& split : token.word->splits) {
    for (const std::string& proclitic : split.proclitics) {
      if (proclitic == wanted) return true;
    }
    // عليه, منها: the preposition with a pronoun.
    if (split.stem == wanted && !split.enclitic.empty()) return true;
  }
  return false;
}

}  // namespace sanad
