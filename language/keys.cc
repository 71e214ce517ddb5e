// Key sets from clitic readings, light stripping of endings and Snowball.

#include "language/keys.h"

#include <libstemmer.h>

#include <algorithm>
#include <array>
#include <memory>

#include "language/clitics.h"
#include "language/key_builder.h"
#include "language/text.h"
#include "language/token.h"

namespace sanad {
namespace {

constexpr size_t kLetter = 2;  // Bytes of an Arabic letter.
constexpr size_t kMaxKeys = 16;

struct StemmerDelete {
  void operator()(sb_stemmer* s) const { sb_stemmer_delete(s); }
};

// Stemmers keep a buffer: one of each a thread.
sb_stemmer* StemmerOf(std::string_view language) {
  thread_local const std::unique_ptr<sb_stemmer, StemmerDelete> english(
      sb_stemmer_new("english", nullptr));
  thread_local const std::unique_ptr<sb_stemmer, StemmerDelete> arabic(
      sb_stemmer_new("arabic", nullptr));
  if (language == "en") return english.get();
  if (language == "ar") return arabic.get();
  return nullptr;
}

class KeyCollector {
 public:
  void Add(std::string_view text, Closeness closeness, size_t split) {
    if (text.empty()) return;
    for (Key& key : keys_) {
      if (key.text != text) continue;
      if (closeness < key.closeness) {
        key.closeness = closeness;
        key.split = static_cast<uint8_t>(split);
      }
      return;
    }
    keys_.push_back({std::string(text), closeness, static_cast<uint8_t>(split)});
  }
  std::vector<Key> Take() {
    std::stable_sort(keys_.begin(), keys_.end(),
                     [](const Key& a, const Key& b) { return a.closeness < b.closeness; });
    if (keys_.size() > kMaxKeys) keys_.resize(kMaxKeys);
    return std::move(keys_);
  }

 private:
  std::vector<Key> keys_;
};

bool EndsWith(std::string_view word, std::string_view ending, size_t least_letters) {
  return word.ends_with(ending) && word.size() >= ending.size() + least_letters * kLetter;
}

// Regular endings taken off; a taken plural also gives the feminine singular.
void AddInflected(std::string_view stem, bool pronoun, size_t split, KeyCollector& out) {
  const auto add = [&](std::string_view base, std::string_view ending = {}) {
    if (base.size() + ending.size() < 3 * kLetter) return;
    out.Add(std::string(base) + std::string(ending), Closeness::kInflected, split);
  };
  const auto less = [&](std::string_view ending) {
    return stem.substr(0, stem.size() - ending.size());
  };
  if (EndsWith(stem, "تان", 2) || EndsWith(stem, "تين", 2)) {
    add(less("تان"), "ه");
    add(less("تان"));
  } else if (EndsWith(stem, "ات", 2)) {
    add(less("ات"), "ه");
    add(less("ات"));
  } else if (EndsWith(stem, "ين", 3) || EndsWith(stem, "ون", 3) || EndsWith(stem, "ان", 3)) {
    add(less("ين"));
    // A dual or plural of a ya-final word: "المستشفيين".
  } else if (EndsWith(stem, "وا", 3)) {
    add(less("وا"));
  } else if (pronoun && EndsWith(stem, "ت", 2)) {
    add(less("ت"), "ه");
    add(less("ت"));
  } else if (EndsWith(stem, "ت", 3)) {
    add(less("ت"));
  } else if (EndsWith(stem, "يا", 3)) {
    add(less("ا"));
  } else if (EndsWith(stem, "ا", 3)) {
    add(less("ا"));
  } else if (EndsWith(stem, "يه", 3)) {
    add(less("ه"));
  } else if (EndsWith(stem, "ه", 3)) {
    add(less("ه"));
  }
}

std::vector<Key> ArabicKeys(std::string_view normalised, std::span<const CliticSplit> splits) {
  KeyCollector out;
  out.Add(normalised, Closeness::kExact, 0);
  for (size_t i = 0; i < splits.size(); ++i) {
    const CliticSplit& split = splits[i];
    if (split.stem.size() < 3 * kLetter && i > 0) continue;
    if (i > 0) out.Add(split.stem, Closeness::kClitic, i);
    // Future س says the rest is a verb, which has forms of its own.
    AddInflected(split.stem, !split.enclitic.empty(), i, out);
    const std::string stem = Stem(split.stem, "ar");
    if (stem.size() >= 2 * kLetter) out.Add(stem, Closeness::kStem, i);
  }
  return out.Take();
}

std::vector<Key> LatinKeys(std::string_view normalised) {
  KeyCollector out;
  out.Add(normalised, Closeness::kExact, 0);
  out.Add(Stem(normalised, "en"), Closeness::kStem, 0);
  // British and American spellings of one ending: -ise -ize, -our -or.
  const size_t at = normalised.rfind("is");
  if (at != std::string_view::npos && at >= 4) {
    const std::string_view rest = normalised.substr(at + 2);
    static constexpr std::array<std::string_view, 8> kEndings = {"e",   "es",  "ed",    "er",
                                                                 "ers", "ing", "ation", "ations"};
    if (std::find(kEndings.begin(), kEndings.end(), rest) != kEndings.end()) {
      const std::string z = std::string(normalised.substr(0, at)) + "iz" + std::string(rest);
      out.Add(z, Closeness::kInflected, 0);
      out.Add(Stem(z, "en"), Closeness::kStem, 0);
    }
  }
  return out.Take();
}

}  // namespace

std::string Stem(std::string_view normalised, std::string_view language) {
  sb_stemmer* stemmer = StemmerOf(language);
  if (stemmer == nullptr || normalised.size() > 256) return std::string(normalised);
  const sb_symbol* stem =
      sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(normalised.data()),
                      static_cast<int>(normalised.size()));
  if (stem == nullptr) return std::string(normalised);
  return std::string(reinterpret_cast<const char*>(stem),
                     static_cast<size_t>(sb_stemmer_length(stemmer)));
}

std::vector<Key> KeysOfWord(std::string_view word) { return AnalyseWord(word)->keys; }

bool KeysMeet(std::span<const Key> a, std::span<const Key> b, Closeness* closeness) {
  bool met = false;
  Closeness best = Closeness::kFuzzy;
  for (const Key& x : a) {
    for (const Key& y : b) {
      const Closeness farther = std::max(x.closeness, y.closeness);
      if ((!met || farther < best) && x.text == y.text) {
        met = true;
        best = farther;
      }
    }
  }
  if (met && closeness != nullptr) *closeness = best;
  return met;
}

int EditDistance(std::u32string_view a, std::u32string_view b, int limit) {
  if (a.size() > b.size()) std::swap(a, b);
  const size_t n = a.size();
  const size_t m = b.size();
  if (m - n > static_cast<size_t>(limit)) return limit + 1;
  std::vector<int> before(n + 1);
  std::vector<int> previous(n + 1);
  std::vector<int> row(n + 1);
  for (size_t i = 0; i <= n; ++i) previous[i] = static_cast<int>(i);
  for (size_t j = 1; j <= m; ++j) {
    row[0] = static_cast<int>(j);
    int least = row[0];
    for (size_t i = 1; i <= n; ++i) {
      const int substitution = previous[i - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[i] = std::min({substitution, previous[i] + 1, row[i - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[i] = std::min(row[i], before[i - 2] + 1);
      }
      least = std::min(least, row[i]);
    }
    if (least > limit) return limit + 1;
    std::swap(before, previous);
    std::swap(previous, row);
  }
  return std::min(previous[n], limit + 1);
}

int EditDistance(std::string_view a, std::string_view b, int limit) {
  return EditDistance(ToUtf32(a), ToUtf32(b), limit);
}

namespace internal {

std::vector<Key> BuildKeys(const Word& word) {
  if (word.kind == TokenKind::kPunctuation || word.normalised.empty()) return {};
  if (word.kind == TokenKind::kNumber) return {{word.normalised, Closeness::kExact, 0}};
  if (word.script == Script::kArabic) return ArabicKeys(word.normalised, word.splits);
  if (word.script == Script::kLatin) return LatinKeys(word.normalised);
  return {{word.normalised, Closeness::kExact, 0}};
}

}  // namespace internal
}  // namespace sanad
