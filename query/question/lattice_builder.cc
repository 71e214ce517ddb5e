// The lattice: values and closed-class phrases, and arcs made of the links that
// lexicon and labels give.

#include "query/question/lattice_builder.h"

#include <algorithm>
#include <utility>

#include "language/normalise.h"
#include "language/text.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {
namespace {

constexpr size_t kMostPostings = 60;  // Labels kept for one stretch.

bool IsArabicMark(char32_t c) { return (c >= 0x064B && c <= 0x065F) || c == 0x0670 || c == 0x0640; }

// The word as written without its attached particles and pronoun, the article kept.
std::string Unsplit(std::string_view surface, const CliticSplit& reading) {
  const std::string plain = reading.definite() ? Concat("ال", reading.stem) : reading.stem;
  size_t before = 0;
  for (const std::string& particle : reading.proclitics) {
    if (particle != "ال") before += ToUtf32(particle).size();
  }
  const size_t after = ToUtf32(reading.enclitic).size();
  std::u32string out;
  size_t letters = 0;
  for (char32_t c : ToUtf32(surface)) letters += IsArabicMark(c) ? 0 : 1;
  size_t at = 0;
  for (char32_t c : ToUtf32(surface)) {
    if (!IsArabicMark(c)) ++at;
    if (at > before && at + after <= letters) out.push_back(c);
  }
  // للسفير is ل + السفير: the alef is not written.
  const std::string text = ToUtf8(out);
  return Normalise(text) == plain ? text : plain;
}

}  // namespace

Symbol LatticeBuilder::MakeSymbol(Category category, size_t first, size_t count) const {
  Symbol symbol;
  symbol.category = category;
  symbol.first = static_cast<uint32_t>(first);
  symbol.count = static_cast<uint32_t>(count);
  const Token &a = lattice_.tokens[first], &b = lattice_.tokens[first + count - 1];
  symbol.begin = a.begin;
  symbol.end = b.end;
  symbol.text = std::string(question_.substr(a.begin_byte, b.end_byte - a.begin_byte));
  return symbol;
}

Arc LatticeBuilder::Wrap(Symbol symbol, uint8_t split, std::string_view enclitic) const {
  Arc arc;
  arc.first = symbol.first;
  arc.end = symbol.first + symbol.count;
  const Token& token = lattice_.tokens[symbol.first];
  if (split < token.word->splits.size() && split > 0) {
    const CliticSplit& reading = token.word->splits[split];
    for (const std::string& particle : reading.proclitics) {
      Symbol clitic = MakeSymbol(Category::kPreposition, symbol.first, 1);
      clitic.attached = true;
      clitic.text = particle;
      clitic.word = particle;
      if (particle == "و") {
        clitic.category = Category::kAnd;
      } else if (particle == "ال") {
        symbol.definite = true;
        continue;
      } else if (particle == "ف" || particle == "س") {
        continue;
      }
      arc.symbols.push_back(std::make_shared<Symbol>(std::move(clitic)));
    }
    if (symbol.count == 1 && !reading.stem.empty() &&
        (!reading.proclitics.empty() || !reading.enclitic.empty())) {
      symbol.text = Unsplit(token.surface(), reading);
    }
    arc.distance += 1;
  } else if (token.word->script == Script::kArabic && token.normalised().starts_with("ال")) {
    symbol.definite = true;
  }
  arc.symbols.push_back(std::make_shared<Symbol>(std::move(symbol)));
  if (!enclitic.empty()) {
    Symbol pronoun = MakeSymbol(Category::kPronoun, arc.end - 1, 1);
    pronoun.attached = true;
    pronoun.text = std::string(enclitic);
    pronoun.word = pronoun.text;
    arc.symbols.push_back(std::make_shared<Symbol>(std::move(pronoun)));
  }
  return arc;
}

void LatticeBuilder::AddValues() {
  for (const DateSpan& span : FindDates(lattice_.tokens)) {
    if (span.count == 0) continue;
    Symbol symbol = MakeSymbol(Category::kDate, span.first, span.count);
    symbol.date = span;
    std::fill_n(dated_.begin() + static_cast<ptrdiff_t>(span.first), span.count, true);
    Arc arc = Wrap(std::move(symbol), 0, {});
    arc.content = true;
    AddArc(std::move(arc));
  }
  for (const DurationSpan& span : FindDurations(lattice_.tokens)) {
    if (span.count == 0) continue;
    const auto add = [&](size_t first, size_t count, Comparator comparator) {
      Symbol symbol = MakeSymbol(Category::kQuantity, first, count);
      symbol.duration = span;
      symbol.comparator = comparator;
      Arc arc = Wrap(std::move(symbol), 0, {});
      arc.content = true;
      AddArc(std::move(arc));
    };
    add(span.first, span.count, span.comparator);
    // "were longer than four hours": the words of comparing may be an adjective's.
    const size_t comparing = ComparatorAt(lattice_.tokens, span.first).count;
    if (comparing > 0 && comparing < span.count) {
      add(span.first + comparing, span.count - comparing, Comparator::kExactly);
    }
  }
  for (const NumberSpan& span : FindNumbers(lattice_.tokens)) {
    if (span.count == 0) continue;
    Symbol symbol =
        MakeSymbol(span.ordinal ? Category::kOrdinal : Category::kNumber, span.first, span.count);
    symbol.number = span;
    Arc arc = Wrap(std::move(symbol), 0, {});
    arc.content = true;
    AddArc(std::move(arc));
    // A bare year: "after 2020".
    if (!span.ordinal && span.is_integer() && span.lexical.size() == 4) {
      Symbol year = MakeSymbol(Category::kDate, span.first, span.count);
      year.date.first = span.first;
      year.date.count = span.count;
      year.date.date.year = static_cast<int>(span.value);
      Arc year_arc = Wrap(std::move(year), 0, {});
      year_arc.content = true;
      year_arc.distance = 1;
      AddArc(std::move(year_arc));
    }
  }
}

// "more than 500 miles": an amount of a unit that the lexicon knows.
void LatticeBuilder::AddQuantities(size_t at) {
  if (vocabulary_.lexicon == nullptr) return;
  const ComparatorSpan comparator = ComparatorAt(lattice_.tokens, at);
  const size_t first = at + comparator.count;
  const NumberSpan number = NumberAt(lattice_.tokens, first);
  const size_t behind = first + number.count;
  if (number.count == 0 || number.ordinal || behind >= lattice_.tokens.size()) return;
  for (const LexiconMatch& match : vocabulary_.lexicon->MatchAt(lattice_.tokens, behind)) {
    for (const Term& reference : match.entry->references) {
      if (!vocabulary_.schema->IsUnit(reference)) continue;
      Symbol symbol = MakeSymbol(Category::kQuantity, at, behind + match.count - at);
      symbol.number = number;
      symbol.unit = reference;
      symbol.comparator = comparator.comparator;
      Arc arc = Wrap(std::move(symbol), 0, {});
      arc.content = true;
      AddArc(std::move(arc));
    }
  }
}

void LatticeBuilder::AddClosed(size_t at) {
  const ClosedWords& words = ClosedWords::Of(lattice_.language);
  std::map<std::string, uint32_t> longest;
  for (const ClosedMatch& match : words.MatchAt(lattice_.tokens, at)) {
    auto [it, added] = longest.try_emplace(
        std::string(match.category == Category::kHow
                        ? match.name
                        : std::string_view(reinterpret_cast<const char*>(&match.category), 1)),
        match.count);
    if (!added && match.count < it->second) continue;
    Symbol symbol = MakeSymbol(match.category, at, match.count);
    symbol.word = std::string(match.name);
    if (match.category == Category::kPreposition || match.category == Category::kOf ||
        match.category == Category::kPronoun) {
      symbol.word = std::string(match.name == "person-pronoun"  ? "person"
                                : match.name == "thing-pronoun" ? "thing"
                                                                : match.phrase);
    }
    symbol.direction = match.direction;
    if (match.category == Category::kBound) {
      symbol.comparator = match.name == "more-than"   ? Comparator::kMoreThan
                          : match.name == "less-than" ? Comparator::kLessThan
                          : match.name == "at-least"  ? Comparator::kAtLeast
                          : match.name == "at-most"   ? Comparator::kAtMost
                                                      : Comparator::kExactly;
    } else if (match.category == Category::kBoundAfter) {
      symbol.comparator = match.name == "or-more" ? Comparator::kAtLeast : Comparator::kAtMost;
    }
    Arc arc = Wrap(std::move(symbol), match.split, {});
    arc.content = match.category == Category::kSuperlative;
    AddArc(std::move(arc));
    // "larger" says something of a longer name, as other adjectives do.
    if (match.split == 0 && match.category != Category::kComparative) {
      const bool joins =
          match.category == Category::kOf || match.category == Category::kPreposition ||
          match.category == Category::kAnd || match.category == Category::kDeterminer;
      for (uint32_t k = 0; k < match.count; ++k) {
        closed_[at + k] = true;
        if (joins) joins_[at + k] = true;
        if (match.category == Category::kComing) coming_[at + k] = true;
      }
    }
  }
  const Token& token = lattice_.tokens[at];
  if (token.normalised() == "'s") {
    for (Category category : {Category::kPossessive, Category::kBe}) {
      AddArc(Wrap(MakeSymbol(category, at, 1), 0, {}));
    }
    closed_[at] = true;
  }
  if (token.is_punctuation() && lattice_.arcs[at].empty()) {
    Symbol symbol = MakeSymbol(Category::kFiller, at, 1);
    AddArc(Wrap(std::move(symbol), 0, {}));
    closed_[at] = true;
  }
}

std::optional<Category> LatticeBuilder::LabelCategory(const Term& thing) const {
  if (vocabulary_.schema->IsClass(thing)) return Category::kClass;
  if (vocabulary_.schema->FindProperty(thing) != nullptr) return Category::kProperty;
  if (!thing.is_iri() && !thing.is_blank_node()) return std::nullopt;
  return Category::kEntity;
}

void LatticeBuilder::AddLink(Groups& groups, Category category, uint8_t split, std::string enclitic,
                             Link link) {
  std::vector<Link>& links = groups[{category, split, std::move(enclitic)}];
  for (Link& old : links) {
    if (old.term == link.term && old.preposition == link.preposition &&
        old.subject_is == link.subject_is) {
      if (link.holding && !old.holding) return;
      old.preferred_label |= link.preferred_label;
      old.closeness = std::min(old.closeness, link.closeness);
      old.holding &= link.holding;
      // An English label that is a verb's form is no plural of a noun (Emit).
      if (category == Category::kVerb && link.from_lexicon && lattice_.language == "en" &&
          old.features.tense == Tense::kUnknown) {
        old.from_lexicon = true;
        old.features.tense = link.features.tense;
      }
      return;
    }
  }
  links.push_back(std::move(link));
}

// A label says a relation as a noun ("population"), as a verb ("flows through")
// or as either; English endings tell.
void LatticeBuilder::AddProperty(Groups& groups, uint8_t split, const std::string& enclitic,
                                 const Term& label, const Link& link) {
  bool noun = true, verb = true;
  std::vector<Token> tokens = Tokenise(label.value());
  if (!tokens.empty() && tokens[0].word->script == Script::kLatin) {
    const std::string& first = tokens.front().normalised();
    const bool ends_open =
        tokens.size() > 1 && ClosedWords::Of("en").IsPreposition(tokens.back().normalised());
    const bool gerund = first.ends_with("ing") && first.size() > 5;
    const bool past = first.ends_with("ed") && first.size() > 4;
    noun = !ends_open && !gerund && !past;
    verb = ends_open || gerund || past || (first.ends_with("s") && !first.ends_with("ss"));
  }
  if (noun) AddLink(groups, Category::kProperty, split, enclitic, link);
  if (verb) AddLink(groups, Category::kVerb, split, enclitic, link);
}

uint8_t LatticeBuilder::SplitFor(const Token& token, std::string_view label) const {
  const std::vector<CliticSplit>& splits = token.word->splits;
  if (splits.size() < 2) return 0;
  std::vector<Token> label_tokens = Tokenise(label);
  if (label_tokens.empty()) return 0;
  const std::string& target = label_tokens[0].normalised();
  if (target == token.normalised()) return 0;
  std::vector<Key> target_keys = KeysOfWord(label_tokens[0].surface());
  size_t best = 0;
  int best_score = 1000;
  for (size_t s = 0; s < splits.size(); ++s) {
    std::string word = splits[s].definite() ? Concat("ال", splits[s].stem) : splits[s].stem;
    Closeness closeness = Closeness::kExact;
    int score;
    if (splits[s].stem == target || word == target) {
      score = 0;
    } else if (KeysMeet(KeysOfWord(splits[s].stem), target_keys, &closeness)) {
      score = 10 * static_cast<int>(closeness);
    } else {
      continue;
    }
    score += splits[s].enclitic.empty() ? 0 : 3;
    score += static_cast<int>(splits[s].proclitics.size()) - (splits[s].definite() ? 1 : 0);
    if (score < best_score) {
      best = s;
      best_score = score;
    }
  }
  return static_cast<uint8_t>(best);
}

void LatticeBuilder::Emit(size_t at, size_t count, const Groups& groups, int misspellings) {
  for (const auto& [group, all_links] : groups) {
    std::vector<Link> links = all_links;
    if (group.category == Category::kProperty) {
      // A label that the lexicon knows as a verb is no noun.
      for (const auto& other : groups) {
        if (other.first.category != Category::kVerb) continue;
        const std::vector<Link>& verbs = other.second;
        std::erase_if(links, [&](const Link& link) {
          return std::any_of(verbs.begin(), verbs.end(), [&](const Link& verb) {
            return verb.from_lexicon && verb.features.tense != Tense::kUnknown &&
                   verb.term == link.term;
          });
        });
      }
      if (links.empty()) continue;
    }
    // A relation named by a preposition or time word is that word's.
    if (group.category == Category::kVerb || group.category == Category::kProperty ||
        group.category == Category::kPreposition) {
      bool moved = false;
      for (Arc& arc : lattice_.arcs[at]) {
        const Category category = arc.symbols.back()->category;
        if (arc.end != at + count || arc.content || category == Category::kAnd) continue;
        if (category != Category::kPreposition && category != Category::kOf &&
            category != Category::kTime && category != Category::kBetween) {
          continue;
        }
        auto linked = std::make_shared<Symbol>(*arc.symbols.back());
        for (const Link& link : links) {
          bool known = false;
          for (const Link& old : linked->links) known |= old.term == link.term;
          if (!known) linked->links.push_back(link);
        }
        arc.symbols.back() = linked;
        moved = true;
      }
      // A verb that is also written as the preposition stays a verb (مثّل, مثل).
      const bool verb = group.category == Category::kVerb &&
                        std::any_of(links.begin(), links.end(), [](const Link& link) {
                          return link.from_lexicon && link.features.tense != Tense::kUnknown;
                        });
      if (moved && !verb) continue;
    }
    Symbol symbol = MakeSymbol(group.category, at, count);
    symbol.links = links;
    int distance = 100;
    for (const Link& link : links) {
      distance = std::min(distance, static_cast<int>(link.closeness) * 2 + (link.holding ? 3 : 0));
      if (link.direction != 0) symbol.direction = link.direction;
      for (const std::string& set : link.sets) symbol.carrier |= set == "happened" || set == "held";
    }
    if (group.category == Category::kProperty) {
      for (const Arc& arc : lattice_.arcs[at]) {
        if (arc.symbols.back()->category != Category::kSuperlative || arc.end >= at + count)
          continue;
        symbol.superlative_name = true;
        symbol.direction = arc.symbols.back()->direction;
      }
    }
    if (group.category == Category::kPreposition) {
      symbol.word = Normalise(symbol.text);
    }
    Arc arc = Wrap(std::move(symbol), group.split, group.enclitic);
    arc.distance += distance;
    arc.misspellings = misspellings;
    arc.content = group.category != Category::kPreposition;
    AddArc(std::move(arc));
  }
}

void LatticeBuilder::AddGraphWords(size_t at) {
  if (lattice_.tokens[at].is_punctuation()) return;
  std::map<size_t, Groups> by_count;
  AddLexicon(at, by_count);
  const size_t longest = std::min(kLongestLabel, lattice_.tokens.size() - at);
  std::vector<std::vector<LabelPosting>> labels;
  if (search_.has_value()) {
    labels = errors().ValueOrEmpty(
        search_->LookUpEach(std::span(lattice_.tokens).subspan(at, longest), kMostPostings));
  }
  labels.resize(longest + 1);
  for (size_t count = longest; count >= 1 && search_.has_value(); --count) {
    Groups& groups = by_count[count];
    AddLabels(at, count, labels[count], groups);
    // Words inside a name that is there whole are not parts of other names.
    for (const auto& [group, links] : groups) {
      for (const Link& link : links) {
        if (count > 1 && group.category == Category::kEntity &&
            link.closeness <= Closeness::kInflected) {
          for (size_t k = at; k < at + count; ++k) named_[k] = std::max(named_[k], at + count - k);
        }
      }
    }
    if (named_[at] <= count) AddHolding(at, count, groups);
  }
  for (const auto& [count, groups] : by_count) Emit(at, count, groups, 0);
}

bool LatticeBuilder::Covers(size_t token, bool by_meaning) const {
  const auto by_holding = [](const SymbolPtr& symbol) {
    return !symbol->links.empty() && std::all_of(symbol->links.begin(), symbol->links.end(),
                                                 [](const Link& link) { return link.holding; });
  };
  for (size_t at = token < kLongestLabel ? 0 : token - kLongestLabel; at <= token; ++at) {
    for (const Arc& arc : lattice_.arcs[at]) {
      if (arc.end <= token) continue;
      if (!by_meaning || std::none_of(arc.symbols.begin(), arc.symbols.end(), by_holding)) {
        return true;
      }
    }
  }
  return false;
}

absl::StatusOr<Lattice> LatticeBuilder::Build() {
  lattice_.language = LanguageOf(question_);
  lattice_.tokens = Tokenise(question_);
  const size_t n = lattice_.tokens.size();
  if (n > kMostTokens) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, "a question of ", n,
                      " words is too long; ask in at most ", kMostTokens, " words");
  }
  lattice_.arcs.resize(n);
  closed_.assign(n, false);
  dated_.assign(n, false);
  joins_.assign(n, false);
  coming_.assign(n, false);
  named_.assign(n, 0);
  if (vocabulary_.labels.has_value()) search_.emplace(*vocabulary_.labels);
  preferred_labels_ = {reader_.Id(iri::kRdfsLabel), reader_.Id(iri::kSkosPrefLabel)};
  other_labels_ = {reader_.Id(iri::kSkosAltLabel), reader_.Id(SANAD_SKOS_NS "hiddenLabel")};
  for (TermId graph :
       reader_.Subjects(reader_.Id(iri::kRdfType), reader_.Id(iri::kLexiconGraph), true)) {
    lexicon_graphs_.insert(graph);
  }
  for (size_t at = 0; at < n; ++at) AddClosed(at);
  AddValues();
  for (size_t at = 0; at < n; ++at) {
    AddQuantities(at);
    AddGraphWords(at);
    AddNames(at);
  }
  for (size_t at = 0; at < n; ++at) {
    AddSeparated(at);
    AddPerformed(at);
  }
  for (size_t at = 0; at < n; ++at) {
    if (search_.has_value()) AddSpellings(at);
  }
  for (size_t at = 0; at < n; ++at) {
    if (!IsCovered(at)) AddSurname(at);
    if (!IsCovered(at)) AddMisspelled(at);
  }
  SANAD_RETURN_IF_ERROR(errors().status());
  return std::move(lattice_);
}

}  // namespace sanad::question
