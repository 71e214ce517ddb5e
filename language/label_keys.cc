#include "language/label_keys.h"

#include <algorithm>
#include <array>

#include "language/text.h"

namespace sanad::internal {
namespace {

constexpr std::array kLevels = {Closeness::kExact, Closeness::kClitic, Closeness::kInflected,
                                Closeness::kStem};
constexpr size_t kPostingBytes = 32;

void AddUnique(std::vector<Key>& keys, std::string text, Closeness closeness) {
  for (const Key& k : keys) {
    if (k.text == text) return;
  }
  keys.push_back({std::move(text), closeness, 0});
}

// The reading that takes the article off, with what is attached before it; the whole
// word where it has none.
size_t BareSplit(const Word& word) {
  size_t best = 0;
  for (size_t i = 1; i < word.splits.size(); ++i) {
    const CliticSplit& split = word.splits[i];
    if (!split.enclitic.empty() || !split.definite()) continue;
    if (best == 0 || split.proclitics.size() < word.splits[best].proclitics.size()) best = i;
  }
  return best;
}

// Its key at each closeness, equal ones once.
std::vector<Key> LevelKeys(const Word& word) {
  std::vector<Key> out;
  if (word.keys.empty()) return out;
  AddUnique(out, word.keys[0].text, Closeness::kExact);
  const size_t split = BareSplit(word);
  if (split > 0) AddUnique(out, word.splits[split].stem, Closeness::kClitic);
  for (const Closeness level : {Closeness::kInflected, Closeness::kStem}) {
    const auto key = std::find_if(word.keys.begin(), word.keys.end(), [&](const Key& k) {
      return k.closeness == level && k.split == split;
    });
    if (key != word.keys.end()) AddUnique(out, key->text, level);
  }
  return out;
}

void AppendId(TermId id, std::string& out) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(id.bits() >> shift));
}

TermId ReadId(std::string_view bytes) {
  uint64_t bits = 0;
  for (size_t i = 0; i < 8; ++i) bits = bits << 8 | static_cast<unsigned char>(bytes[i]);
  return TermId(bits);
}

}  // namespace

std::vector<std::shared_ptr<const Word>> ContentWords(std::span<const Token> tokens) {
  std::vector<std::shared_ptr<const Word>> out;
  for (const Token& token : tokens) {
    if (!token.is_punctuation() && !token.word->keys.empty()) out.push_back(token.word);
  }
  return out;
}

std::string NormalisedPhrase(std::span<const std::shared_ptr<const Word>> words) {
  std::string out;
  for (const auto& word : words) {
    if (!out.empty()) out.push_back(' ');
    out += word->normalised;
  }
  return out;
}

std::vector<Key> LevelPhrases(std::span<const std::shared_ptr<const Word>> words) {
  std::vector<std::vector<Key>> keys;
  for (const auto& word : words) keys.push_back(LevelKeys(*word));
  std::vector<Key> out;
  for (const Closeness level : kLevels) {
    std::string text;
    for (const std::vector<Key>& of_word : keys) {
      size_t at = of_word.size();
      while (at > 1 && of_word[at - 1].closeness > level) --at;
      if (!text.empty()) text.push_back(' ');
      text += of_word[at - 1].text;
    }
    if (!text.empty()) AddUnique(out, std::move(text), level);
  }
  return out;
}

std::string EntryKey(char family, std::string_view text, std::string_view tail) {
  std::string out;
  out.reserve(text.size() + tail.size() + 2);
  out.push_back(family);
  out.append(text);
  out.push_back('\0');
  out.append(tail);
  return out;
}

std::string PostingTail(TermId literal, TermId subject, TermId predicate, TermId graph) {
  std::string out;
  out.reserve(kPostingBytes);
  AppendId(literal, out);
  AppendId(subject, out);
  AppendId(predicate, out);
  AppendId(graph, out);
  return out;
}

std::string LiteralTail(TermId literal) {
  std::string out;
  AppendId(literal, out);
  return out;
}

bool ReadPosting(std::string_view key, LabelPosting& posting) {
  if (key.size() < kPostingBytes + 2 || key[key.size() - kPostingBytes - 1] != '\0') return false;
  const std::string_view tail = key.substr(key.size() - kPostingBytes);
  posting.literal = ReadId(tail);
  posting.subject = ReadId(tail.substr(8));
  posting.predicate = ReadId(tail.substr(16));
  posting.graph = ReadId(tail.substr(24));
  return true;
}

std::vector<std::string> NameSkeletons(std::string_view name) {
  constexpr std::string_view kTha = "ث", kSin = "س";
  std::vector<std::string> out = {ConsonantSkeleton(name)};
  if (name.find(kTha) != std::string_view::npos) {
    std::string other(name);
    for (size_t at = 0; (at = other.find(kTha, at)) != std::string::npos; at += kSin.size()) {
      other.replace(at, kTha.size(), kSin);
    }
    out.push_back(ConsonantSkeleton(other));
  }
  std::erase_if(out, [](const std::string& s) { return s.size() < kShortestSkeleton; });
  return out;
}

std::vector<std::string> Deletions(std::string_view word) {
  constexpr size_t kShortest = 3;
  constexpr size_t kLongest = 24;
  const std::u32string letters = ToUtf32(word);
  if (letters.size() < kShortest || letters.size() > kLongest) return {};
  std::vector<std::string> out = {std::string(word)};
  for (size_t i = 0; i < letters.size(); ++i) {
    if (i > 0 && letters[i] == letters[i - 1]) continue;  // The same string again.
    std::u32string shorter = letters;
    shorter.erase(i, 1);
    out.push_back(ToUtf8(shorter));
  }
  return out;
}

}  // namespace sanad::internal
