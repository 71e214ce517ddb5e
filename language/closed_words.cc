// One hash table from the first word of a phrase to all phrases that begin with
// it, over all classes, built once from the embedded files.

#include "language/closed_words.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>

#include "datasets/embedded.h"
#include "language/normalise.h"
#include "storage/model/text.h"

namespace sanad::internal {
namespace {

constexpr std::array<std::string_view, static_cast<size_t>(ClosedClass::kCount)> kSections = {
    "cardinal",
    "multiplier",
    "ordinal",
    "ordinal-suffix",
    "and",
    "half",
    "month",
    "ambiguous-month",
    "weekday",
    "date-unit",
    "dual-date-unit",
    "day-offset",
    "direction",
    "same",
    "ago",
    "ago-before",
    "day-word",
    "month-word",
    "year-word",
    "of",
    "year-introducer",
    "range-and",
    "range-open",
    "era-word",
    "time-unit",
    "dual-time-unit",
    "comparator",
    "abbreviation",
    "article"};

constexpr std::string_view kArticle = "ال";

struct Phrase {
  ClosedClass closed_class;
  int64_t value;
  std::vector<std::string> rest;  // Words after the first.
};

struct Table {
  absl::flat_hash_map<std::string, std::vector<Phrase>, TransparentStringHash, TransparentStringEq>
      by_first;
  std::map<std::pair<std::string, std::pair<ClosedClass, int64_t>>, std::vector<std::string>>
      written;
};

std::string_view Trim(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t' || s.back() == '\r'))
    s.remove_suffix(1);
  return s;
}

std::vector<std::string_view> SplitOn(std::string_view s, char separator) {
  std::vector<std::string_view> out;
  for (size_t at = 0; at <= s.size();) {
    const size_t end = std::min(s.find(separator, at), s.size());
    if (const std::string_view piece = Trim(s.substr(at, end - at)); !piece.empty()) {
      out.push_back(piece);
    }
    at = end + 1;
  }
  return out;
}

void AddPhrase(Table& table, ClosedClass closed_class, int64_t value, std::string_view text,
               const std::string& language) {
  table.written[{language, {closed_class, value}}].emplace_back(text);
  const std::string normalised = Normalise(text);
  const std::vector<std::string_view> words = SplitOn(normalised, ' ');
  if (words.empty()) return;
  Phrase phrase{closed_class, value, {}};
  for (size_t i = 1; i < words.size(); ++i) phrase.rest.emplace_back(words[i]);
  table.by_first[std::string(words[0])].push_back(std::move(phrase));
}

void ReadFile(Table& table, std::string_view content, const std::string& language) {
  ClosedClass section = ClosedClass::kCount;
  for (std::string_view line : SplitOn(content, '\n')) {
    if (line.front() == '#') continue;
    if (line.front() == '[') {
      const std::string_view name = line.substr(1, line.find(']') - 1);
      const auto found = std::find(kSections.begin(), kSections.end(), name);
      section = static_cast<ClosedClass>(found - kSections.begin());
      continue;
    }
    const size_t equals = line.find('=');
    if (section == ClosedClass::kCount || equals == std::string_view::npos) continue;
    const std::string_view number = Trim(line.substr(0, equals));
    int64_t value = 0;
    std::from_chars(number.data(), number.data() + number.size(), value);
    for (std::string_view phrase : SplitOn(line.substr(equals + 1), '|')) {
      AddPhrase(table, section, value, phrase, language);
    }
  }
}

const Table& TheTable() {
  static const Table* const table = [] {
    auto* built = new Table;  // Kept for the life of the process, like the data.
    for (const EmbeddedFile& file : EmbeddedFiles()) {
      if (!file.path.starts_with("language/") || !file.path.ends_with(".words")) continue;
      ReadFile(*built, file.content,
               file.path.find("arabic") != std::string_view::npos ? "ar" : "en");
    }
    return built;
  }();
  return *table;
}

// A token under one of the readings a closed word may have: its text with the
// article, and what stands before.
bool TokenIs(const Token& token, std::string_view word, bool first, ClosedMatch& match) {
  if (token.normalised() == word) return true;
  if (token.word->script != Script::kArabic) return false;
  for (const CliticSplit& split : token.word->splits) {
    if (!split.enclitic.empty() || split.proclitics.empty()) continue;
    if (!first && !(split.proclitics.size() == 1 && split.definite())) continue;
    bool conjunction = false;
    bool preposition = false;
    for (const std::string& p : split.proclitics) {
      if (p == "و" || p == "ف") conjunction = true;
      if (p == "ب" || p == "ل" || p == "ك") preposition = true;
    }
    const bool same = word == split.stem || (split.definite() && word.starts_with(kArticle) &&
                                             word.substr(kArticle.size()) == split.stem);
    if (!same) continue;
    if (first) {
      match.conjunction = conjunction;
      match.preposition = preposition;
      match.definite = split.definite();
    }
    return true;
  }
  return false;
}

size_t MatchRest(const Phrase& phrase, std::span<const Token> tokens, size_t at) {
  size_t next = at + 1;
  ClosedMatch ignored;
  for (const std::string& word : phrase.rest) {
    if (next < tokens.size() && tokens[next].normalised() == "-") ++next;
    if (next >= tokens.size() || !TokenIs(tokens[next], word, false, ignored)) return 0;
    ++next;
  }
  return next - at;
}

void TryFirst(std::string_view first, ClosedClass closed_class, std::span<const Token> tokens,
              size_t at, const ClosedMatch& affixes, ClosedMatch& best) {
  const auto& by_first = TheTable().by_first;
  const auto found = by_first.find(first);
  if (found == by_first.end()) return;
  for (const Phrase& phrase : found->second) {
    if (phrase.closed_class != closed_class) continue;
    const size_t count = MatchRest(phrase, tokens, at);
    if (count <= best.count) continue;
    best = affixes;
    best.value = phrase.value;
    best.count = count;
  }
}

}  // namespace

uint32_t ClosedClassesOf(const Word& word) {
  static_assert(static_cast<int>(ClosedClass::kCount) <= 32);
  uint32_t out = 0;
  const auto& by_first = TheTable().by_first;
  const auto add = [&](std::string_view first) {
    const auto found = by_first.find(first);
    if (found == by_first.end()) return;
    for (const Phrase& p : found->second) out |= uint32_t{1} << static_cast<int>(p.closed_class);
  };
  add(word.normalised);
  for (const CliticSplit& split : word.splits) {
    if (!split.enclitic.empty() || split.proclitics.empty()) continue;
    add(split.stem);
    if (split.definite()) add(Concat(kArticle, split.stem));
  }
  return out;
}

ClosedMatch MatchClosed(ClosedClass closed_class, std::span<const Token> tokens, size_t at) {
  ClosedMatch best;
  if (at >= tokens.size()) return best;
  if ((tokens[at].word->closed_classes >> static_cast<int>(closed_class) & 1) == 0) return best;
  const Token& token = tokens[at];
  TryFirst(token.normalised(), closed_class, tokens, at, {}, best);
  if (token.word->script != Script::kArabic) return best;
  for (const CliticSplit& split : token.word->splits) {
    if (!split.enclitic.empty() || split.proclitics.empty()) continue;
    ClosedMatch affixes;
    for (const std::string& p : split.proclitics) {
      affixes.conjunction = affixes.conjunction || p == "و" || p == "ف";
      affixes.preposition = affixes.preposition || p == "ب" || p == "ل" || p == "ك";
    }
    affixes.definite = split.definite();
    if (affixes.definite) {
      TryFirst(Concat(kArticle, split.stem), closed_class, tokens, at, affixes, best);
    }
    TryFirst(split.stem, closed_class, tokens, at, affixes, best);
  }
  return best;
}

std::span<const std::string> PhrasesOf(ClosedClass closed_class, int64_t value,
                                       std::string_view language) {
  const auto& written = TheTable().written;
  const auto found = written.find({std::string(language), {closed_class, value}});
  if (found == written.end()) return {};
  return found->second;
}

}  // namespace sanad::internal
