// Reads the word files and matches their phrases against tokens.

#include "query/question/closed_words.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "datasets/embedded.h"
#include "language/normalise.h"

namespace sanad::question {
namespace {

struct NamedCategory {
  std::string_view name;
  Category category;
};

constexpr std::array kCategories = {
    NamedCategory{"which", Category::kWhich},
    NamedCategory{"which-about", Category::kWhich},
    NamedCategory{"who", Category::kWho},
    NamedCategory{"where", Category::kWhere},
    NamedCategory{"when", Category::kWhen},
    NamedCategory{"what-date", Category::kWhen},
    NamedCategory{"howmany", Category::kHowMany},
    NamedCategory{"how", Category::kHow},
    NamedCategory{"howlong", Category::kHow},
    NamedCategory{"yesno", Category::kYesNo},
    NamedCategory{"imperative", Category::kImperative},
    NamedCategory{"describe", Category::kDescribe},
    NamedCategory{"be", Category::kBe},
    NamedCategory{"do", Category::kDo},
    NamedCategory{"have", Category::kHave},
    NamedCategory{"aux", Category::kAuxiliary},
    NamedCategory{"exist", Category::kExist},
    NamedCategory{"take-place", Category::kExist},
    NamedCategory{"there", Category::kThere},
    NamedCategory{"the", Category::kDeterminer},
    NamedCategory{"their", Category::kDeterminer},
    NamedCategory{"each", Category::kEach},
    NamedCategory{"no", Category::kNegation},
    NamedCategory{"not", Category::kNegation},
    NamedCategory{"without", Category::kWithout},
    NamedCategory{"except", Category::kExcept},
    NamedCategory{"other", Category::kDeterminer},
    NamedCategory{"only", Category::kOnly},
    NamedCategory{"mentioned", Category::kMentioned},
    NamedCategory{"more-than", Category::kBound},
    NamedCategory{"less-than", Category::kBound},
    NamedCategory{"at-least", Category::kBound},
    NamedCategory{"at-most", Category::kBound},
    NamedCategory{"exactly", Category::kBound},
    NamedCategory{"or-more", Category::kBoundAfter},
    NamedCategory{"or-fewer", Category::kBoundAfter},
    NamedCategory{"most", Category::kMost},
    NamedCategory{"value", Category::kSuperlative},
    NamedCategory{"comparative", Category::kComparative},
    NamedCategory{"latest", Category::kSuperlative},
    NamedCategory{"earliest", Category::kSuperlative},
    NamedCategory{"than", Category::kThan},
    NamedCategory{"as", Category::kThan},
    NamedCategory{"number-of", Category::kNumberOf},
    NamedCategory{"average", Category::kAggregate},
    NamedCategory{"sum", Category::kAggregate},
    NamedCategory{"maximum", Category::kAggregate},
    NamedCategory{"minimum", Category::kAggregate},
    NamedCategory{"before", Category::kTime},
    NamedCategory{"after", Category::kTime},
    NamedCategory{"until", Category::kTime},
    NamedCategory{"from-time", Category::kTime},
    NamedCategory{"between", Category::kBetween},
    NamedCategory{"and", Category::kAnd},
    NamedCategory{"or", Category::kOr},
    NamedCategory{"comma", Category::kComma},
    NamedCategory{"possessive", Category::kPossessive},
    NamedCategory{"of", Category::kOf},
    NamedCategory{"relative", Category::kRelative},
    NamedCategory{"whose", Category::kWhose},
    NamedCategory{"prep", Category::kPreposition},
    NamedCategory{"named", Category::kNamed},
    NamedCategory{"coming", Category::kComing},
    NamedCategory{"name-of", Category::kNameOf},
    NamedCategory{"pronoun", Category::kPronoun},
    NamedCategory{"person-pronoun", Category::kPronoun},
    NamedCategory{"thing-pronoun", Category::kPronoun},
    NamedCategory{"order-by", Category::kOrderBy},
    NamedCategory{"order-date", Category::kOrderBy},
    NamedCategory{"descending", Category::kDirection},
    NamedCategory{"ascending", Category::kDirection},
    NamedCategory{"filler", Category::kFiller},
};

std::string_view Trim(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t' || s.back() == '\r'))
    s.remove_suffix(1);
  return s;
}

int8_t DirectionOf(std::string_view name, std::string_view value) {
  if (value == "high" || name == "latest" || name == "descending") return 1;
  if (value == "low" || name == "earliest" || name == "ascending") return -1;
  return 0;
}

std::optional<Category> FindCategory(std::string_view name) {
  auto it = std::find_if(kCategories.begin(), kCategories.end(),
                         [&](const NamedCategory& c) { return c.name == name; });
  if (it == kCategories.end()) return std::nullopt;
  return it->category;
}

ClosedWords MustParseEmbedded(std::string_view path) {
  for (const EmbeddedFile& file : EmbeddedFiles()) {
    if (file.path != path) continue;
    absl::StatusOr<ClosedWords> words = ClosedWords::Parse(file.content);
    if (words.ok()) return *std::move(words);
  }
  return ClosedWords();  // A test asserts that the shipped files parse.
}

}  // namespace

absl::StatusOr<ClosedWords> ClosedWords::Parse(std::string_view text) {
  ClosedWords out;
  size_t line_number = 0;
  for (size_t at = 0; at < text.size();) {
    size_t stop = std::min(text.find('\n', at), text.size());
    std::string_view line = Trim(text.substr(at, stop - at));
    at = stop + 1;
    ++line_number;
    if (line.empty() || line.front() == '#') continue;
    size_t colon = line.find(": ");
    if (colon == std::string_view::npos) {
      return MakeStatus(absl::StatusCode::kInvalidArgument, "closed-class words, line ",
                        line_number, ": expected `category: phrase | phrase`");
    }
    std::string_view head = Trim(line.substr(0, colon));
    size_t space = head.find(' ');
    std::string_view name = head.substr(0, space);
    std::string_view value =
        space == std::string_view::npos ? std::string_view() : Trim(head.substr(space));
    std::optional<Category> category = FindCategory(name);
    const bool for_use = name == "word" && !value.empty();
    if (!category.has_value() && !for_use) {
      return MakeStatus(absl::StatusCode::kInvalidArgument, "closed-class words, line ",
                        line_number, ": unknown category \"", name, "\"");
    }
    std::string_view rest = line.substr(colon + 2);
    while (true) {
      size_t bar = rest.find(" |");
      std::string_view phrase = Trim(rest.substr(0, bar));
      if (for_use) {
        out.by_use_[std::string(value)].push_back(Normalise(phrase));
        out.written_.try_emplace(Normalise(phrase), phrase);
        if (bar == std::string_view::npos) break;
        rest = rest.substr(bar + 2);
        continue;
      }
      Phrase entry{*category, std::string(name), std::string(phrase), DirectionOf(name, value), {}};
      if (category == Category::kPreposition) out.written_.try_emplace(Normalise(phrase), phrase);
      for (const Token& token : Tokenise(phrase)) entry.tokens.push_back(token.normalised());
      if (!entry.tokens.empty()) {
        out.by_first_[entry.tokens.front()].push_back(static_cast<uint32_t>(out.phrases_.size()));
        out.phrases_.push_back(std::move(entry));
      }
      if (bar == std::string_view::npos) break;
      rest = rest.substr(bar + 2);
    }
  }
  return out;
}

const ClosedWords& ClosedWords::Of(std::string_view language) {
  static const ClosedWords& english =
      *new ClosedWords(MustParseEmbedded("questions/english.words"));
  static const ClosedWords& arabic = *new ClosedWords(MustParseEmbedded("questions/arabic.words"));
  return language == "ar" ? arabic : english;
}

std::vector<ClosedMatch> ClosedWords::MatchAt(std::span<const Token> tokens, size_t at) const {
  std::vector<ClosedMatch> out;
  auto add = [&](const std::string& first, uint8_t split) {
    auto it = by_first_.find(first);
    if (it == by_first_.end()) return;
    for (uint32_t index : it->second) {
      const Phrase& phrase = phrases_[index];
      size_t n = phrase.tokens.size();
      if (at + n > tokens.size()) continue;
      bool equal = true;
      for (size_t k = 1; k < n && equal; ++k) {
        equal = tokens[at + k].normalised() == phrase.tokens[k];
      }
      if (!equal) continue;
      out.push_back({phrase.category, phrase.name, phrase.phrase, phrase.direction,
                     static_cast<uint32_t>(n), split});
    }
  };
  const Word& word = *tokens[at].word;
  add(word.normalised, 0);
  for (size_t s = 0; s < word.splits.size(); ++s) {
    const CliticSplit& split = word.splits[s];
    // A lone article never makes another closed word of it: الما is not ما.
    if (split.proclitics.empty() || !split.enclitic.empty() || split.definite()) continue;
    if (split.stem == word.normalised) continue;
    add(split.stem, static_cast<uint8_t>(s));
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const ClosedMatch& a, const ClosedMatch& b) { return a.count > b.count; });
  return out;
}

const std::vector<std::string>& ClosedWords::WordsFor(std::string_view use) const {
  static const std::vector<std::string>& none = *new std::vector<std::string>();
  const auto it = by_use_.find(use);
  return it == by_use_.end() ? none : it->second;
}

std::string_view ClosedWords::WordFor(std::string_view use) const {
  const std::vector<std::string>& words = WordsFor(use);
  return words.empty() ? std::string_view() : AsWritten(words.front());
}

std::string_view ClosedWords::AsWritten(std::string_view word) const {
  const auto it = written_.find(word);
  return it == written_.end() ? word : std::string_view(it->second);
}

bool ClosedWords::IsWordFor(std::string_view use, std::string_view word) const {
  const std::vector<std::string>& words = WordsFor(use);
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::vector<std::string> ClosedWords::Phrases(std::string_view prefix) const {
  std::vector<std::string> out;
  for (const Phrase& phrase : phrases_) {
    if (Normalise(phrase.phrase).starts_with(prefix)) out.push_back(phrase.phrase);
  }
  return out;
}

bool ClosedWords::IsPreposition(std::string_view word) const {
  auto it = by_first_.find(word);
  if (it == by_first_.end()) return false;
  return std::any_of(it->second.begin(), it->second.end(), [&](uint32_t index) {
    const Phrase& phrase = phrases_[index];
    return phrase.tokens.size() == 1 &&
           (phrase.category == Category::kPreposition || phrase.category == Category::kOf);
  });
}

}  // namespace sanad::question
