#include "query/question/linker.h"

#include <algorithm>
#include <map>
#include <queue>
#include <set>
#include <utility>

#include "language/normalise.h"
#include "language/text.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {
namespace {

constexpr size_t kLongestLabel = 9;   // Tokens of a stretch looked up as a label.
constexpr size_t kMostPostings = 60;  // Labels kept for one stretch.
constexpr size_t kMostHolding = 200;

bool IsLabelPredicate(const Term& predicate, bool* preferred) {
  *preferred = predicate.value() != iri::kSkosAltLabel;
  return predicate.value() == iri::kRdfsLabel || predicate.value() == iri::kSkosPrefLabel ||
         predicate.value() == iri::kSkosAltLabel;
}

class LatticeBuilder {
 public:
  LatticeBuilder(const Vocabulary& vocabulary, std::string_view question)
      : vocabulary_(vocabulary), reader_(*vocabulary.source), question_(question) {}

  absl::StatusOr<Lattice> Build();

 private:
  // Links of one stretch by category and reading of its first token.
  struct Group {
    Category category;
    uint8_t split = 0;
    std::string enclitic;
    bool operator<(const Group& o) const {
      return std::tie(category, split, enclitic) < std::tie(o.category, o.split, o.enclitic);
    }
  };
  using Groups = std::map<Group, std::vector<Link>>;

  void AddValues();
  void AddClosed(size_t at);
  void AddGraphWords(size_t at);
  void AddLexicon(size_t at, std::map<size_t, Groups>& by_count);
  void AddLabels(size_t at, size_t count, Groups& groups);
  void AddHolding(size_t at, size_t count, Groups& groups);
  void AddEntry(const LexiconMatch& match, Groups& groups);
  std::vector<std::vector<Token>> Wordings(const std::vector<Token>& content) const;
  void AddConcept(const std::vector<Token>& content, Groups& groups);
  void AddState(const LexiconMatch& match, Groups& groups);
  void AddNames(size_t at);
  void AddMisspelled(size_t at);
  void Emit(size_t at, size_t count, const Groups& groups, int misspellings);
  std::optional<Category> LabelCategory(const Term& thing) const;
  uint8_t SplitFor(const Token& token, std::string_view label) const;
  void AddLink(Groups& groups, Category category, uint8_t split, std::string enclitic, Link link);
  void AddProperty(Groups& groups, uint8_t split, const std::string& enclitic, const Term& label,
                   const Link& link);
  Symbol MakeSymbol(Category category, size_t first, size_t count) const;
  // The arc of one symbol, with the particles of the split around it.
  Arc Wrap(Symbol symbol, uint8_t split, std::string_view enclitic) const;
  void AddArc(Arc arc) { lattice_.arcs[arc.first].push_back(std::move(arc)); }
  bool IsClosed(size_t token) const { return closed_[token]; }

  const Vocabulary& vocabulary_;
  GraphReader reader_;
  std::string_view question_;
  Lattice lattice_;
  std::vector<bool> closed_;  // Covered by a closed-class phrase, whole.
  std::set<TermId> lexicon_graphs_;
  std::vector<size_t> named_;  // How far the longest name that covers a token goes on.
  std::vector<bool> joins_;    // By a preposition, article or conjunction.
};

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
      symbol.text = reading.definite() ? Concat("ال", reading.stem) : reading.stem;
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
    Arc arc = Wrap(std::move(symbol), 0, {});
    arc.content = true;
    AddArc(std::move(arc));
  }
  for (const DurationSpan& span : FindDurations(lattice_.tokens)) {
    if (span.count == 0) continue;
    Symbol symbol = MakeSymbol(Category::kDuration, span.first, span.count);
    symbol.duration = span;
    symbol.comparator = span.comparator;
    Arc arc = Wrap(std::move(symbol), 0, {});
    arc.content = true;
    AddArc(std::move(arc));
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
      symbol.word = std::string(match.phrase);
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
    if (match.split == 0) {
      const bool joins =
          match.category == Category::kOf || match.category == Category::kPreposition ||
          match.category == Category::kAnd || match.category == Category::kDeterminer;
      for (uint32_t k = 0; k < match.count; ++k) {
        closed_[at + k] = true;
        if (joins) joins_[at + k] = true;
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

void LatticeBuilder::AddEntry(const LexiconMatch& match, Groups& groups) {
  const LexicalEntry& entry = *match.entry;
  Link link;
  link.closeness = match.closeness;
  link.from_lexicon = true;
  link.subject_is = entry.subject_is;
  link.direction = entry.direction;
  link.sets = entry.sets;
  link.preposition = match.form->preposition;
  link.features = match.form->features;
  for (const auto& [name, value] : entry.features) {
    if (name == "saidOf") link.said_of.push_back(Term::Iri(value));
  }
  std::vector<Term> references = entry.references;
  if (entry.part_of_speech == PartOfSpeech::kLabel) references = {entry.iri};
  for (const Term& reference : references) {
    link.term = reference;
    const bool is_property = vocabulary_.schema->FindProperty(reference) != nullptr;
    const bool is_class = vocabulary_.schema->IsClass(reference);
    auto add = [&](Category category) {
      AddLink(groups, category, match.split, match.enclitic, link);
    };
    switch (entry.part_of_speech) {
      case PartOfSpeech::kVerb:
        if (is_property) add(Category::kVerb);
        break;
      case PartOfSpeech::kNoun:
        if (is_property) {
          add(Category::kProperty);
        } else {
          add(is_class ? Category::kClass : Category::kEntity);
        }
        break;
      case PartOfSpeech::kAdjective:
        if (entry.direction != 0 && is_property) {
          add(link.features.degree == Degree::kSuperlative   ? Category::kSuperlative
              : link.features.degree == Degree::kComparative ? Category::kComparative
                                                             : Category::kDegree);
          // Arabic has one form for both degrees.
          if (link.features.degree == Degree::kSuperlative && lattice_.language == "ar") {
            add(Category::kComparative);
          }
        } else if (is_property) {
          add(Category::kVerb);
        } else {
          add(Category::kAdjective);
        }
        break;
      case PartOfSpeech::kPreposition:
        if (is_property) add(Category::kPreposition);
        break;
      case PartOfSpeech::kLabel:
        if (is_property) {
          AddProperty(groups, match.split, match.enclitic, Term::String(match.form->text), link);
        } else {
          add(is_class ? Category::kClass : Category::kEntity);
        }
        break;
      default:
        break;
    }
  }
}

// A verb without a relation of its own says a state, where its set is a value in
// the graph ("cancelled"), or only that something happened.
void LatticeBuilder::AddState(const LexiconMatch& match, Groups& groups) {
  Link link;
  link.closeness = match.closeness;
  link.from_lexicon = true;
  link.features = match.form->features;
  link.sets = match.entry->sets;
  bool known = match.entry->part_of_speech == PartOfSpeech::kVerb &&
               match.entry->references.empty() &&
               (match.entry->InSet("happened") || match.entry->InSet("held"));
  for (const std::string& set : match.entry->sets) {
    const TermId value = reader_.Id(Term::String(set));
    if (value.is_undefined()) continue;
    std::set<TermId> predicates;
    (void)reader_.Scan({TermId(), TermId(), value}, GraphScope::Union(), [&](const IdQuad& quad) {
      predicates.insert(quad.predicate);
      return predicates.size() < 8;
    });
    for (TermId predicate : predicates) {
      link.term = reader_.TermOf(predicate);
      if (vocabulary_.schema->FindProperty(link.term) == nullptr) continue;
      link.value = Term::String(set);
      AddLink(groups, Category::kVerb, match.split, match.enclitic, link);
      known = false;
    }
  }
  if (known) {
    link.term = match.entry->iri;
    AddLink(groups, Category::kVerb, match.split, match.enclitic, link);
  }
}

void LatticeBuilder::AddLexicon(size_t at, std::map<size_t, Groups>& by_count) {
  if (vocabulary_.lexicon == nullptr) return;
  for (const LexiconMatch& match : vocabulary_.lexicon->MatchAt(lattice_.tokens, at)) {
    if (match.count == 0 || at + match.count > lattice_.tokens.size()) continue;
    AddEntry(match, by_count[match.count]);
    const PartOfSpeech part = match.entry->part_of_speech;
    if (part != PartOfSpeech::kNoun && part != PartOfSpeech::kPreposition &&
        part != PartOfSpeech::kLabel) {
      AddState(match, by_count[match.count]);
    }
  }
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

void LatticeBuilder::AddLabels(size_t at, size_t count, Groups& groups) {
  if (lattice_.tokens[at + count - 1].is_punctuation()) return;
  std::span<const Token> stretch(&lattice_.tokens[at], count);
  absl::StatusOr<std::vector<LabelPosting>> postings =
      vocabulary_.labels->LookUp(stretch, kMostPostings);
  if (!postings.ok() || postings->empty()) {
    if (count > 4) return;
    std::string name;
    for (const Token& token : stretch) name += token.surface() + " ";
    postings = vocabulary_.labels->LookUpSkeleton(name, 8);
    if (!postings.ok()) return;
    // Other spellings of a word of this script are a matter of the spelling, not
    // of a name written in another script.
    for (LabelPosting& posting : *postings) posting.closeness = Closeness::kFuzzy;
  }
  for (const LabelPosting& posting : *postings) {
    std::vector<Term> terms =
        reader_.TermsOf({posting.literal, posting.subject, posting.predicate});
    Link link;
    if (!IsLabelPredicate(terms[2], &link.preferred_label)) continue;
    link.term = terms[1];
    link.closeness = posting.closeness;
    std::optional<Category> category = LabelCategory(link.term);
    if (!category.has_value()) continue;
    if (posting.closeness == Closeness::kFuzzy && *category != Category::kEntity) continue;
    const uint8_t split = posting.closeness == Closeness::kFuzzy
                              ? uint8_t{0}
                              : SplitFor(lattice_.tokens[at], terms[0].value());
    if (*category == Category::kProperty) {
      AddProperty(groups, split, "", terms[0], link);
    } else {
      AddLink(groups, *category, split, "", link);
    }
  }
}

void LatticeBuilder::AddHolding(size_t at, size_t count, Groups& groups) {
  if (IsClosed(at) || IsClosed(at + count - 1)) return;
  std::vector<Token> content;
  for (size_t k = at; k < at + count; ++k) {
    if (!IsClosed(k)) {
      content.push_back(lattice_.tokens[k]);
    } else if (!joins_[k]) {
      return;  // A verb or question word never stands inside a name.
    }
  }
  if (content.empty()) return;
  bool only_documents = false;
  if (count == 1) {
    // A word with a meaning of its own is not part of a longer name.
    for (const auto& [group, links] : groups) {
      for (const Link& link : links) {
        if ((group.category == Category::kClass || group.category == Category::kAdjective) &&
            link.closeness <= Closeness::kStem)
          only_documents = true;
        if (group.category != Category::kEntity && group.category != Category::kClass &&
            group.category != Category::kAdjective && link.closeness <= Closeness::kStem) {
          return;
        }
      }
    }
  }
  std::vector<LabelPosting> postings;
  std::vector<std::vector<Token>> wordings = Wordings(content);
  for (const std::vector<Token>& wording : wordings) {
    absl::StatusOr<std::vector<LabelPosting>> found =
        vocabulary_.labels->Holding(wording, kMostHolding);
    if (found.ok()) postings.insert(postings.end(), found->begin(), found->end());
  }
  if (postings.empty() && wordings.size() > 1) AddConcept(content, groups);
  for (const LabelPosting& posting : postings) {
    std::vector<Term> terms =
        reader_.TermsOf({posting.literal, posting.subject, posting.predicate});
    Link link;
    if (!IsLabelPredicate(terms[2], &link.preferred_label)) continue;
    link.term = terms[1];
    // Names of the lexicon (cities, countries) are known whole or not at all.
    if (lexicon_graphs_.contains(posting.graph)) continue;
    if (only_documents && !link.term.value().starts_with("file:")) continue;
    if (LabelCategory(link.term) != Category::kEntity) continue;
    link.closeness = posting.closeness;
    link.holding = true;
    // The particles of the first word, when taking them off makes it fit.
    const std::vector<CliticSplit>& splits = lattice_.tokens[at].word->splits;
    uint8_t split = 0;
    if (splits.size() > 1) {
      int best = 1000;
      for (const Token& word : Tokenise(terms[0].value())) {
        uint8_t s = SplitFor(lattice_.tokens[at], word.surface());
        Closeness closeness;
        if (!KeysMeet(KeysOfWord(splits[s].stem), word.word->keys, &closeness)) continue;
        int score =
            static_cast<int>(closeness) * 10 + static_cast<int>(splits[s].proclitics.size());
        if (score < best) {
          best = score;
          split = s;
        }
      }
    }
    AddLink(groups, Category::kEntity, split, "", link);
  }
}

// The words themselves, and what the lexicon's concepts call them otherwise or
// in the other language.
std::vector<std::vector<Token>> LatticeBuilder::Wordings(const std::vector<Token>& content) const {
  constexpr size_t kMostWordings = 24;
  std::vector<std::vector<Token>> out = {{}};
  for (size_t at = 0; at < content.size();) {
    std::vector<std::vector<Token>> choices = {{content[at]}};
    size_t count = 1;
    if (vocabulary_.lexicon != nullptr) {
      std::set<std::string> seen = {content[at].normalised()};
      for (const LexiconMatch& match : vocabulary_.lexicon->MatchAt(content, at)) {
        const PartOfSpeech part = match.entry->part_of_speech;
        if (part != PartOfSpeech::kNoun && part != PartOfSpeech::kAdjective &&
            part != PartOfSpeech::kLabel) {
          continue;
        }
        if (choices.size() > 1 && match.count < count) continue;
        if (match.count > count) {
          choices = {{content.begin() + static_cast<long>(at),
                      content.begin() + static_cast<long>(at + match.count)}};
          count = match.count;
        }
        for (const LexicalForm& form : match.entry->forms) {
          if ((!form.canonical && part != PartOfSpeech::kLabel) ||
              !seen.insert(Normalise(form.text)).second)
            continue;
          choices.push_back(Tokenise(form.text));
        }
      }
    }
    std::vector<std::vector<Token>> next;
    for (const std::vector<Token>& wording : out) {
      for (const std::vector<Token>& choice : choices) {
        if (next.size() >= kMostWordings) break;
        next.push_back(wording);
        next.back().insert(next.back().end(), choice.begin(), choice.end());
      }
    }
    out = std::move(next);
    at += count;
  }
  return out;
}

// A word that the lexicon knows and no label holds: known, and nothing is so called.
void LatticeBuilder::AddConcept(const std::vector<Token>& content, Groups& groups) {
  for (const LexiconMatch& match : vocabulary_.lexicon->MatchAt(content, 0)) {
    if (!match.entry->InSet("concept") || match.count != content.size()) continue;
    Link link;
    link.term = match.entry->iri;
    link.holding = true;
    link.closeness = match.closeness;
    AddLink(groups, Category::kEntity, match.split, match.enclitic, link);
    return;
  }
}

void LatticeBuilder::Emit(size_t at, size_t count, const Groups& groups, int misspellings) {
  for (const auto& [group, all_links] : groups) {
    std::vector<Link> links = all_links;
    if (group.category == Category::kProperty) {
      // A label that the lexicon knows as a verb is no noun.
      for (const auto& [other, verbs] : groups) {
        if (other.category != Category::kVerb) continue;
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
      if (moved) continue;
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
  for (size_t count = longest; count >= 1 && vocabulary_.labels.has_value(); --count) {
    Groups& groups = by_count[count];
    AddLabels(at, count, groups);
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

// A word of a longer name that is spelled a little differently, when the other
// words of the name stand beside it: never a lone word, which is reported as
// unknown with its nearest labels.
void LatticeBuilder::AddMisspelled(size_t at) {
  if (!vocabulary_.labels.has_value()) return;
  const Token& token = lattice_.tokens[at];
  if (!token.is_word() || ToUtf32(token.normalised()).size() < 4) return;
  absl::StatusOr<std::vector<SpellingSuggestion>> nearest =
      vocabulary_.labels->Nearest(token.normalised(), 3);
  if (!nearest.ok()) return;
  for (const SpellingSuggestion& suggestion : *nearest) {
    for (size_t first : {at, at == 0 ? at : at - 1}) {
      const size_t count = 2;
      if (first + count > lattice_.tokens.size()) continue;
      std::vector<Token> stretch(lattice_.tokens.begin() + static_cast<long>(first),
                                 lattice_.tokens.begin() + static_cast<long>(first + count));
      if (IsClosed(first == at ? at + 1 : first)) continue;
      std::vector<Token> corrected = Tokenise(suggestion.word);
      if (corrected.size() != 1) continue;
      stretch[at - first] = corrected[0];
      absl::StatusOr<std::vector<LabelPosting>> postings = vocabulary_.labels->LookUp(stretch, 8);
      if (!postings.ok()) continue;
      Groups groups;
      for (const LabelPosting& posting : *postings) {
        std::vector<Term> terms = reader_.TermsOf({posting.subject, posting.predicate});
        Link link;
        if (!IsLabelPredicate(terms[1], &link.preferred_label)) continue;
        link.term = terms[0];
        link.closeness = Closeness::kFuzzy;
        if (LabelCategory(link.term) != Category::kEntity) continue;
        AddLink(groups, Category::kEntity, 0, "", link);
      }
      Emit(first, count, groups, 1);
    }
  }
}

// "named X", "called X", quoted text: the words themselves.
void LatticeBuilder::AddNames(size_t at) {
  const std::string& text = lattice_.tokens[at].surface();
  const bool opens = text == "\"" || text == "«" || text == "“";
  if (!opens) return;
  for (size_t k = at + 1; k < lattice_.tokens.size() && k < at + 12; ++k) {
    const std::string& close = lattice_.tokens[k].surface();
    if (close != "\"" && close != "»" && close != "”") continue;
    if (k == at + 1 || !vocabulary_.labels.has_value()) return;
    std::vector<Token> content;
    for (size_t i = at + 1; i < k; ++i) {
      if (!IsClosed(i)) content.push_back(lattice_.tokens[i]);
    }
    if (content.empty()) return;
    Groups groups;
    for (size_t i = at + 1; i < k; ++i) AddHolding(at + 1, k - at - 1, groups);
    Symbol symbol = MakeSymbol(Category::kName, at, k - at + 1);
    for (auto& [group, links] : groups) {
      for (Link& link : links) {
        Link copy = link;
        symbol.links.push_back(std::move(copy));
      }
    }
    symbol.text = std::string(
        question_.substr(lattice_.tokens[at + 1].begin_byte,
                         lattice_.tokens[k - 1].end_byte - lattice_.tokens[at + 1].begin_byte));
    if (symbol.links.empty()) return;
    Arc arc = Wrap(std::move(symbol), 0, {});
    arc.content = true;
    AddArc(std::move(arc));
    return;
  }
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
  joins_.assign(n, false);
  named_.assign(n, 0);
  for (TermId graph :
       reader_.Subjects(reader_.Id(iri::kRdfType), reader_.Id(iri::kLexiconGraph), true)) {
    lexicon_graphs_.insert(graph);
  }
  for (size_t at = 0; at < n; ++at) AddClosed(at);
  AddValues();
  for (size_t at = 0; at < n; ++at) {
    AddGraphWords(at);
    AddNames(at);
  }
  for (size_t at = 0; at < n; ++at) {
    if (lattice_.arcs[at].empty()) AddMisspelled(at);
  }
  return std::move(lattice_);
}

}  // namespace

std::string LanguageOf(std::string_view text) {
  size_t arabic = 0, other = 0;
  for (size_t at = 0; at < text.size();) {
    char32_t c = NextCodePoint(text, at);
    if ((c >= 0x0620 && c <= 0x064A) || (c >= 0x0671 && c <= 0x06D3)) {
      ++arabic;
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      ++other;
    }
  }
  return arabic > other ? "ar" : "en";
}

absl::StatusOr<Lattice> LinkWords(const Vocabulary& vocabulary, std::string_view question) {
  return LatticeBuilder(vocabulary, question).Build();
}

std::optional<size_t> FirstUnknownToken(const Lattice& lattice) {
  const size_t n = lattice.tokens.size();
  std::vector<bool> reachable(n + 1, false), useful(n + 1, false);
  reachable[0] = true;
  for (size_t at = 0; at < n; ++at) {
    if (!reachable[at]) continue;
    for (const Arc& arc : lattice.arcs[at]) reachable[arc.end] = true;
  }
  if (reachable[n]) return std::nullopt;
  // The last place reached is where no word is known.
  for (size_t at = n; at-- > 0;) {
    if (reachable[at]) return at;
  }
  return 0;
}

std::vector<LatticePath> Paths(const Lattice& lattice, size_t limit) {
  const size_t n = lattice.tokens.size();
  // Cost to go, so that the search never enters a dead end.
  constexpr int kFar = 1 << 28;
  auto cost_of = [](const Arc& arc) {
    return arc.misspellings * 100000 + (arc.content ? 100 : 10) + arc.distance;
  };
  std::vector<int> to_go(n + 1, kFar);
  to_go[n] = 0;
  for (size_t at = n; at-- > 0;) {
    for (const Arc& arc : lattice.arcs[at]) {
      if (to_go[arc.end] < kFar) to_go[at] = std::min(to_go[at], cost_of(arc) + to_go[arc.end]);
    }
  }
  std::vector<LatticePath> out;
  if (n == 0 || to_go[0] >= kFar) return out;
  struct Partial {
    int estimate, cost;
    size_t at;
    int previous;  // Index into `steps`, -1 at the start.
    bool operator<(const Partial& o) const { return estimate > o.estimate; }
  };
  struct Step {
    const Arc* arc;
    int previous;
  };
  std::vector<Step> steps;
  std::priority_queue<Partial> queue;
  queue.push({to_go[0], 0, 0, -1});
  while (!queue.empty() && out.size() < limit && steps.size() < limit * 64) {
    Partial top = queue.top();
    queue.pop();
    if (top.at == n) {
      LatticePath path;
      std::vector<const Arc*> arcs;
      for (int s = top.previous; s >= 0; s = steps[static_cast<size_t>(s)].previous) {
        arcs.push_back(steps[static_cast<size_t>(s)].arc);
      }
      std::reverse(arcs.begin(), arcs.end());
      for (const Arc* arc : arcs) {
        path.misspellings += arc->misspellings;
        path.content_arcs += arc->content ? 1 : 0;
        path.distance += arc->distance;
        for (const SymbolPtr& symbol : arc->symbols) {
          if (symbol->category == Category::kFiller) continue;
          path.symbols.push_back(symbol);
          path.categories.push_back(static_cast<char>(symbol->category));
        }
      }
      out.push_back(std::move(path));
      continue;
    }
    for (const Arc& arc : lattice.arcs[top.at]) {
      if (to_go[arc.end] >= kFar) continue;
      const int cost = top.cost + cost_of(arc);
      steps.push_back({&arc, top.previous});
      queue.push({cost + to_go[arc.end], cost, arc.end, static_cast<int>(steps.size()) - 1});
    }
  }
  return out;
}

}  // namespace sanad::question
