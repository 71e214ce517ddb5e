#include "language/label_keys.h"

#include <algorithm>

#include "language/text.h"

namespace sanad::internal {
namespace {

constexpr size_t kMaxPhraseKeys = 8;
constexpr size_t kKeysPerWord = 3;
constexpr size_t kPostingBytes = 32;

void AddUnique(std::vector<Key>& keys, std::string text, Closeness closeness) {
  for (const Key& k : keys) {
    if (k.text == text) return;
  }
  keys.push_back({std::move(text), closeness, 0});
}

const Key& ShortestKey(const Word& word) {
  const Key* best = &word.keys[0];
  for (const Key& k : word.keys) {
    const bool shorter = k.text.size() < best->text.size();
    if (shorter || (k.text.size() == best->text.size() && k.text < best->text)) best = &k;
  }
  return *best;
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

std::vector<Key> PhraseKeys(std::span<const std::shared_ptr<const Word>> words) {
  if (words.empty()) return {};
  if (words.size() == 1) return words[0]->keys;
  std::vector<Key> out;
  std::string canonical;
  Closeness farthest = Closeness::kExact;
  for (const auto& word : words) {
    const Key& key = ShortestKey(*word);
    if (!canonical.empty()) canonical.push_back(' ');
    canonical += key.text;
    farthest = std::max(farthest, key.closeness);
  }
  AddUnique(out, canonical, farthest);
  // Odometer over the closest keys of each word, the last word fastest.
  std::vector<size_t> digits(words.size(), 0);
  while (out.size() < kMaxPhraseKeys) {
    std::string text;
    Closeness closeness = Closeness::kExact;
    for (size_t i = 0; i < words.size(); ++i) {
      const Key& key = words[i]->keys[digits[i]];
      if (i > 0) text.push_back(' ');
      text += key.text;
      closeness = std::max(closeness, key.closeness);
    }
    AddUnique(out, std::move(text), closeness);
    size_t i = words.size();
    while (i > 0 && ++digits[i - 1] >= std::min(kKeysPerWord, words[i - 1]->keys.size())) {
      digits[--i] = 0;
    }
    if (i == 0) break;
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

bool ReadPosting(std::string_view key, LabelPosting& posting) {
  if (key.size() < kPostingBytes + 2 || key[key.size() - kPostingBytes - 1] != '\0') return false;
  const std::string_view tail = key.substr(key.size() - kPostingBytes);
  posting.literal = ReadId(tail);
  posting.subject = ReadId(tail.substr(8));
  posting.predicate = ReadId(tail.substr(16));
  posting.graph = ReadId(tail.substr(24));
  return true;
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
