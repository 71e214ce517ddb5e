// Tries lattice paths, likely ones first, and keeps the readings of best rank.
// Names that stand for several things are split into a reading each, so that
// they tie and are shown.

#include "query/question/understand.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "storage/model/text.h"

namespace sanad::question {
namespace {

constexpr size_t kMostPaths = 600;   // Of the lattice, before the grammar.
constexpr size_t kMostParsed = 60;   // That the grammar takes.
constexpr size_t kLikely = 4;        // Of those, the ones a message is about.
constexpr size_t kMostReadings = 8;  // That tie.

bool IsAmbiguous(const Node& node) { return node.things.size() > 1 && !node.any_thing; }

NodePtr FindAmbiguous(const NodePtr& node);

NodePtr FindAmbiguous(const Condition& condition) {
  if (condition.target != nullptr) {
    if (NodePtr found = FindAmbiguous(condition.target)) return found;
  }
  for (const ConditionPtr& part : condition.parts) {
    if (NodePtr found = FindAmbiguous(*part)) return found;
  }
  return nullptr;
}

NodePtr FindAmbiguous(const NodePtr& node) {
  if (node == nullptr) return nullptr;
  if (IsAmbiguous(*node)) return node;
  for (const ConditionPtr& condition : node->conditions) {
    if (NodePtr found = FindAmbiguous(*condition)) return found;
  }
  if (node->extreme.has_value()) return FindAmbiguous(node->extreme->counted);
  return nullptr;
}

void Split(const Meaning& meaning, std::vector<Meaning>& out) {
  NodePtr ambiguous = FindAmbiguous(meaning.focus);
  if (ambiguous == nullptr || out.size() >= kMostReadings) {
    out.push_back(meaning);
    return;
  }
  for (const NamedThing& thing : ambiguous->things) {
    auto one = std::make_shared<Node>(*ambiguous);
    one->things = {thing};
    one->types = thing.types;
    Meaning split = meaning;
    split.focus = ReplaceNode(meaning.focus, ambiguous, one);
    Split(split, out);
  }
}

// Whether the question says something of what was asked before.
bool GoesOn(const LatticePath& path, const QuestionSyntax& syntax) {
  if (syntax.kind == QuestionKind::kFollowUp &&
      (path.categories[0] == static_cast<char>(Category::kAnd) ||
       path.categories[0] == static_cast<char>(Category::kOnly))) {
    return true;
  }
  return std::any_of(path.symbols.begin(), path.symbols.end(), [](const SymbolPtr& symbol) {
    return symbol->category == Category::kPronoun && !symbol->attached;
  });
}

// Paths that differ only in symbols that mean the same need no second try.
std::string Signature(const LatticePath& path) {
  std::string out = path.categories;
  for (const SymbolPtr& symbol : path.symbols) {
    out += Concat(" ", symbol->first, "+", symbol->count);
    if (symbol->links.empty()) out += symbol->word;
  }
  return out;
}

// Whether a path could still tie with the best meaning so far: one that says
// everything in fewer words stands.
bool MayTie(const LatticePath& path, const std::vector<Meaning>& meanings) {
  if (meanings.empty()) return true;
  const Rank& best = meanings.front().rank;
  if (path.misspellings != best.misspellings) return path.misspellings < best.misspellings;
  const bool plain = best.trivial == 0 && best.implicit == 0 && best.fuzzy == 0;
  return !plain || path.content_arcs <= best.words;
}

// The meanings of the likeliest paths, best first.
std::vector<Meaning> Meanings(const Vocabulary& vocabulary, const Lattice& lattice,
                              const Meaning* previous, Understanding& out) {
  std::vector<Meaning> meanings;
  std::set<std::string> tried;
  size_t parsed = 0;
  for (const LatticePath& path : Paths(lattice, kMostPaths)) {
    if (parsed >= kMostParsed) break;
    if (!MayTie(path, meanings) || !tried.insert(Signature(path)).second) continue;
    std::optional<QuestionSyntax> syntax = ParseSyntax(path);
    if (!syntax.has_value()) continue;
    if (previous == nullptr && parsed < kLikely && GoesOn(path, *syntax)) {
      out.failure.no_previous = true;
    }
    if (parsed == 0) out.kind = syntax->kind;
    ++parsed;
    for (Meaning& meaning :
         Compose(vocabulary, lattice.language, path, *syntax, previous, &out.failure)) {
      meanings.push_back(std::move(meaning));
    }
    std::stable_sort(meanings.begin(), meanings.end(),
                     [](const Meaning& a, const Meaning& b) { return a.rank < b.rank; });
    if (meanings.size() > 4 * kMostReadings) meanings.resize(4 * kMostReadings);
  }
  return meanings;
}

// Whether a meaning is the best but for a word that some labels hold among others:
// for where the word's own meaning finds nothing.
bool IsNextByNames(const Rank& rank, const Rank& best) {
  return rank.misspellings == best.misspellings && rank.trivial == best.trivial &&
         rank.fuzzy == best.fuzzy + 1 && rank.implicit <= best.implicit;
}

// The best meanings as readings, each of the things of a name apart; and the next.
void TakeReadings(const Vocabulary& vocabulary, const std::vector<Meaning>& meanings,
                  Understanding& out) {
  const GraphReader reader = vocabulary.reader();
  std::set<std::string> seen;
  std::optional<Rank> second;
  const auto reading_of = [&](Meaning meaning) -> std::optional<Reading> {
    Reading reading;
    reading.translation = Translate(*vocabulary.schema, reader, meaning);
    reading.canonical = algebra::ToString(reading.translation.query);
    if (seen.contains(reading.canonical)) return std::nullopt;
    reading.meaning = std::move(meaning);
    return reading;
  };
  for (const Meaning& meaning : meanings) {
    const Rank& best = meanings.front().rank;
    if (meaning.rank != best || out.readings.size() >= kMostReadings) {
      if (out.readings.empty() || out.second.size() >= kMostReadings) continue;
      if (!IsNextByNames(meaning.rank, best)) continue;
      if (second.has_value() && *second != meaning.rank) continue;
      if (std::optional<Reading> reading = reading_of(meaning)) {
        second = meaning.rank;
        out.second.push_back(*std::move(reading));
      }
      continue;
    }
    std::vector<Meaning> split;
    Split(meaning, split);
    for (Meaning& one : split) {
      std::optional<Reading> reading = reading_of(std::move(one));
      if (!reading.has_value()) continue;
      seen.insert(reading->canonical);
      if (out.readings.size() < kMostReadings) out.readings.push_back(*std::move(reading));
    }
  }
}

}  // namespace

absl::StatusOr<Understanding> Understand(const Vocabulary& vocabulary, std::string_view question,
                                         const Meaning* previous) {
  Understanding out;
  SANAD_ASSIGN_OR_RETURN(Lattice lattice, LinkWords(vocabulary, question));
  out.language = lattice.language;
  out.tokens = lattice.tokens;
  out.unknown_token = FirstUnknownToken(lattice);
  if (out.unknown_token.has_value()) {
    out.lattice = std::move(lattice);
    return out;
  }
  TakeReadings(vocabulary, Meanings(vocabulary, lattice, previous, out), out);
  SANAD_RETURN_IF_ERROR(vocabulary.errors->status());
  if (out.readings.empty()) return out;
  // Everything of the kind has one: such a reading answers nothing. Whether some
  // thing has one may well be asked.
  const Meaning& first = out.readings.front().meaning;
  const int allowed = first.form == AnswerForm::kYesNo ? 1 : 0;
  if (first.rank.trivial > allowed) {
    out.failure.left = first.heading;
    out.readings.clear();
  }
  return out;
}

}  // namespace sanad::question
