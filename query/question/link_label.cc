// Links from the labels of the graph: whole labels, names in another script, words
// that stand in longer labels, misspelled names and quoted text.

#include "query/question/lattice_builder.h"

#include <algorithm>
#include <set>
#include <utility>

#include "language/inflection.h"
#include "language/keys.h"
#include "language/text.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {
namespace {

constexpr size_t kMostPeople = 3000;
constexpr size_t kMostPersonClasses = 60;
constexpr ptrdiff_t kMostWordsOfName = 6;
constexpr size_t kMostSpellings = 8;

// Whether a word is the dual of a label of one Arabic word: "البلدتان" is two of
// what is called بلدة.
bool IsDualOf(const Word& word, std::string_view label) {
  if (word.script != Script::kArabic) return false;
  for (const internal::InflectedForm& form : internal::InflectArabicNoun(label)) {
    if (form.features.number != Number::kDual) continue;
    if (form.text == word.normalised) return true;
    for (const CliticSplit& split : word.splits) {
      if (form.text == split.stem) return true;
    }
  }
  return false;
}

// Of what a word of a name sounds like in any script; empty where that says too little.
std::string SoundOf(std::string_view word) {
  constexpr size_t kEnough = 3, kFewest = 2;  // Consonants.
  std::string consonants = ConsonantSkeleton(word);
  if (consonants.size() >= kEnough) return consonants;
  std::string sounds = consonants.size() == kFewest ? SoundSkeleton(word) : std::string();
  return sounds.size() >= kEnough ? sounds : std::string();
}

// WHO, UN: a label of capitals only.
bool IsAbbreviation(std::string_view label) {
  const std::vector<Token> tokens = Tokenise(label);
  return tokens.size() == 1 && tokens[0].word->capitalisation == Capitalisation::kUpper;
}

}  // namespace

std::vector<LabelledThing> LatticeBuilder::ThingsOf(std::span<const LabelPosting> postings,
                                                    bool with_labels) const {
  std::vector<LabelledThing> out;
  std::vector<TermId> ids;
  const auto is_one_of = [](const std::array<TermId, 2>& properties, TermId predicate) {
    return std::find(properties.begin(), properties.end(), predicate) != properties.end();
  };
  for (const LabelPosting& posting : postings) {
    const bool preferred = is_one_of(preferred_labels_, posting.predicate);
    if (!preferred && !is_one_of(other_labels_, posting.predicate)) continue;
    out.emplace_back();
    out.back().preferred = preferred;
    out.back().closeness = posting.closeness;
    ids.push_back(posting.subject);
    if (with_labels) ids.push_back(posting.literal);
  }
  std::vector<Term> terms = reader_.TermsOf(ids);
  const size_t step = with_labels ? 2 : 1;
  for (size_t i = 0; i < out.size(); ++i) {
    out[i].thing = std::move(terms[i * step]);
    if (with_labels) out[i].label = std::move(terms[i * step + 1]);
  }
  return out;
}

// Names written in another script, or spelled otherwise, where some word of the
// stretch is known by nothing but longer names that hold it.
void LatticeBuilder::AddSpellings(size_t at) {
  ptrdiff_t words = 0;
  std::string name;
  bool unknown = false;
  for (size_t count = 1; count <= kLongestLabel && at + count <= lattice_.tokens.size(); ++count) {
    const Token& token = lattice_.tokens[at + count - 1];
    // A number is no part of a name's spelling; a hyphen may be ("al-Taher").
    const bool hyphen = token.normalised() == "-";
    if (!token.is_word() && !hyphen) break;
    words += hyphen ? 0 : 1;
    if (words > kMostWordsOfName) break;
    name += token.surface() + " ";
    unknown |= !hyphen && !IsKnown(at + count - 1);
    if (!unknown || hyphen) continue;
    Groups groups;
    AddLabels(at, count, errors().ValueOrEmpty(search_->LookUpSkeleton(name, kMostSpellings)),
              groups);
    Emit(at, count, groups, 0);
  }
}

void LatticeBuilder::AddLabels(size_t at, size_t count, const std::vector<LabelPosting>& labels,
                               Groups& groups) {
  if (lattice_.tokens[at + count - 1].is_punctuation()) return;
  for (LabelledThing& labelled : ThingsOf(labels, true)) {
    Link link;
    link.term = std::move(labelled.thing);
    link.preferred_label = labelled.preferred;
    link.closeness = labelled.closeness;
    std::optional<Category> category = LabelCategory(link.term);
    if (!category.has_value()) continue;
    if (link.closeness == Closeness::kFuzzy && *category != Category::kEntity) continue;
    // A word of a date is no name that only shares its stem (يونيو, اليونان).
    if (link.closeness >= Closeness::kStem && dated_[at] && *category == Category::kEntity)
      continue;
    const uint8_t split = link.closeness == Closeness::kFuzzy
                              ? uint8_t{0}
                              : SplitFor(lattice_.tokens[at], labelled.label.value());
    // "Who" is no abbreviation, unless it is written as one.
    if (count == 1 && IsClosed(at) && *category == Category::kEntity &&
        IsAbbreviation(labelled.label.value()) &&
        lattice_.tokens[at].word->capitalisation != Capitalisation::kUpper) {
      continue;
    }
    // A closed-class word is no name with a particle before it (فعلا is not ف + علا).
    if (count == 1 && split > 0 && IsClosed(at) && *category == Category::kEntity) continue;
    if (*category == Category::kProperty) {
      // "states bordering Georgia": a gerund of the label's verb is no noun.
      const std::string& word = lattice_.tokens[at].normalised();
      const bool gerund =
          word.size() > 5 && word.ends_with("ing") && link.closeness >= Closeness::kInflected;
      if (gerund) {
        AddLink(groups, Category::kVerb, split, "", link);
      } else {
        AddProperty(groups, split, "", labelled.label, link);
      }
    } else {
      if (count == 1 && *category == Category::kClass &&
          IsDualOf(*lattice_.tokens[at].word, labelled.label.value())) {
        link.features.number = Number::kDual;
      }
      AddLink(groups, *category, split, "", link);
    }
  }
}

// A person by one word of the name, written in the other script: "Ryabkov". Only
// for words that nothing else covers, so that the people are read then only.
void LatticeBuilder::AddSurname(size_t at) {
  const Token& token = lattice_.tokens[at];
  if (!vocabulary_.labels.has_value() || !token.is_word()) return;
  std::set<std::string> wanted = {SoundOf(token.surface())};
  for (const CliticSplit& split : token.word->splits) wanted.insert(SoundOf(split.stem));
  wanted.erase("");
  if (wanted.empty()) return;
  const TermId type = reader_.Id(iri::kRdfType), label = reader_.Id(iri::kRdfsLabel);
  std::set<TermId> people;
  for (const LabelPosting& posting :
       errors().ValueOrEmpty(vocabulary_.labels->LookUpExact("person", kMostPersonClasses))) {
    if (!vocabulary_.schema->IsClass(reader_.TermOf(posting.subject))) continue;
    reader_.Scan({TermId(), type, posting.subject}, GraphScope::Union(), [&](const IdQuad& quad) {
      people.insert(quad.subject);
      return people.size() < kMostPeople;
    });
  }
  Groups groups;
  for (TermId person : people) {
    bool named = false;
    for (const Term& name : reader_.TermsOf(reader_.Objects(person, label, true))) {
      for (const Token& word : Tokenise(name.value())) {
        named |=
            word.word->script != token.word->script && wanted.contains(SoundOf(word.surface()));
      }
    }
    if (!named) continue;
    Link link;
    link.term = reader_.TermOf(person);
    link.holding = true;
    link.closeness = Closeness::kFuzzy;
    AddLink(groups, Category::kEntity, 0, "", link);
  }
  Emit(at, 1, groups, 0);
}

// A word of a longer name that is spelled a little differently, when the other
// words of the name stand beside it: never a lone word, which is reported as
// unknown with its nearest labels.
void LatticeBuilder::AddMisspelled(size_t at) {
  if (!vocabulary_.labels.has_value()) return;
  const Token& token = lattice_.tokens[at];
  if (!token.is_word() || ToUtf32(token.normalised()).size() < 4) return;
  for (const SpellingSuggestion& suggestion :
       errors().ValueOrEmpty(vocabulary_.labels->Nearest(token.normalised(), 3))) {
    for (size_t first : {at, at == 0 ? at : at - 1}) {
      const size_t count = 2;
      if (first + 1 < lattice_.tokens.size() && lattice_.tokens[first + 1].is_punctuation())
        continue;
      if (first + count > lattice_.tokens.size()) continue;
      std::vector<Token> stretch(lattice_.tokens.begin() + static_cast<long>(first),
                                 lattice_.tokens.begin() + static_cast<long>(first + count));
      if (IsClosed(first == at ? at + 1 : first)) continue;
      std::vector<Token> corrected = Tokenise(suggestion.word);
      if (corrected.size() != 1) continue;
      stretch[at - first] = corrected[0];
      const auto postings = errors().ValueOrEmpty(search_->LookUpEach(stretch, kMostSpellings));
      if (postings.empty()) continue;
      Groups groups;
      for (LabelledThing& labelled : ThingsOf(postings.back(), false)) {
        Link link;
        link.preferred_label = labelled.preferred;
        link.term = std::move(labelled.thing);
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

}  // namespace sanad::question
