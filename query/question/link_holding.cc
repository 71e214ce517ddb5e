// Links to things whose longer labels hold the words asked: "flights" finds
// "resuming direct flights". Each word may be said otherwise or in the other
// language, by the lexicon's concepts and verbal nouns; a label must hold one
// choice of every word. What the lexicon knows and no label holds is known, and
// nothing is so called.

#include <algorithm>
#include <set>
#include <utility>

#include "language/normalise.h"
#include "query/question/lattice_builder.h"

namespace sanad::question {
namespace {

constexpr size_t kMostHolding = 200;       // Labels kept for the words as asked …
constexpr size_t kFewHolding = 40;         // … where there are more.
constexpr size_t kMostOfOneChoice = 4000;  // … and looked through for one choice.
constexpr size_t kMostChoices = 64;        // Of one place.

bool NamesConcept(PartOfSpeech part) {
  return part == PartOfSpeech::kNoun || part == PartOfSpeech::kAdjective ||
         part == PartOfSpeech::kLabel;
}

}  // namespace

HoldingPlace LatticeBuilder::PlaceAt(const std::vector<Token>& content, size_t at) const {
  HoldingPlace place;
  place.choices = {{content[at]}};
  if (vocabulary_.lexicon == nullptr) return place;
  std::set<std::string> seen = {content[at].normalised()};
  auto add = [&](std::string_view words) {
    if (place.choices.size() < kMostChoices && seen.insert(Normalise(words)).second) {
      place.choices.push_back(Tokenise(words));
    }
  };
  for (const LexiconMatch& match : vocabulary_.lexicon->MatchAt(content, at)) {
    if (!NamesConcept(match.entry->part_of_speech)) continue;
    if (match.count < place.count) continue;
    if (match.count > place.count) {
      place.count = match.count;
      place.choices = {{content.begin() + static_cast<long>(at),
                        content.begin() + static_cast<long>(at + match.count)}};
    }
    if (match.entry->InSet("concept") || match.entry->InSet("conceptAdjective")) {
      place.entry = match.entry;
    }
    const bool label = match.entry->part_of_speech == PartOfSpeech::kLabel;
    for (const LexicalForm& form : match.entry->forms) {
      // Broken plurals are words of their own; regular ones meet by their keys.
      const bool plural = !form.generated && form.features.number == Number::kPlural;
      if (form.canonical || plural || label) add(form.text);
    }
  }
  if (place.count == 1 && vocabulary_.verbal_nouns != nullptr) {
    for (const LexicalEntry* verb : vocabulary_.verbal_nouns->Find(content[at])) {
      if (place.entry == nullptr && verb->InSet("concept")) place.entry = verb;
      for (const std::string& word : VerbalNouns::WordsOf(*verb)) add(word);
    }
  }
  return place;
}

const LatticeBuilder::PlacePostings& LatticeBuilder::PostingsOf(const HoldingPlace& place) {
  // The first choice is the words as asked, which decide the others.
  std::string words;
  for (const Token& token : place.choices[0]) words += token.normalised() + " ";
  const auto [known, fresh] = places_.try_emplace(std::move(words));
  PlacePostings& out = known->second;
  if (!fresh) return out;
  for (const std::vector<Token>& choice : place.choices) {
    const std::vector<LabelPosting> postings =
        errors().ValueOrEmpty(search_->Holding(choice, kMostOfOneChoice));
    for (const LabelPosting& posting : postings) {
      auto [it, added] = out.closest.try_emplace(posting.literal.bits(), posting.closeness);
      it->second = std::min(it->second, posting.closeness);
    }
    out.postings.insert(out.postings.end(), postings.begin(), postings.end());
  }
  return out;
}

// Labels that hold a choice of every place.
std::vector<LabelPosting> LatticeBuilder::HoldingAll(const std::vector<HoldingPlace>& places) {
  std::vector<LabelPosting> kept;
  for (size_t i = 0; i < places.size(); ++i) {
    const PlacePostings& place = PostingsOf(places[i]);
    if (i == 0) kept = place.postings;
    std::erase_if(kept, [&](LabelPosting& posting) {
      const auto it = place.closest.find(posting.literal.bits());
      if (it == place.closest.end()) return true;
      posting.closeness = std::max(posting.closeness, it->second);
      return false;
    });
    if (kept.empty()) break;
  }
  return kept;
}

std::vector<LabelPosting> LatticeBuilder::HoldingPostings(const std::vector<Token>& content,
                                                          const LexicalEntry** known) {
  std::vector<HoldingPlace> places;
  bool choices = false, all_known = true;
  for (size_t at = 0; at < content.size();) {
    places.push_back(PlaceAt(content, at));
    choices |= places.back().choices.size() > 1;
    all_known &= places.back().entry != nullptr;
    at += places.back().count;
  }
  *known = all_known ? places[0].entry : nullptr;
  if (choices) return HoldingAll(places);
  return errors().ValueOrEmpty(search_->Holding(content, kMostHolding));
}

// Whether a single word of a meaning of its own may be part of a longer name, and
// whether of documents' things only.
bool LatticeBuilder::MayBePart(const Groups& groups, bool* only_documents) {
  for (const auto& [group, links] : groups) {
    for (const Link& link : links) {
      if (link.closeness > Closeness::kStem) continue;
      if (group.category == Category::kClass || group.category == Category::kAdjective) {
        *only_documents = true;
      } else if (group.category != Category::kEntity) {
        return false;
      }
    }
  }
  return true;
}

// The particles of the first word, when taking them off makes it fit.
uint8_t LatticeBuilder::SplitWithin(const Token& first, std::string_view label) const {
  const std::vector<CliticSplit>& splits = first.word->splits;
  uint8_t split = 0;
  if (splits.size() < 2) return split;
  int best = 1000;
  for (const Token& word : Tokenise(label)) {
    const uint8_t s = SplitFor(first, word.surface());
    Closeness closeness;
    if (!KeysMeet(KeysOfWord(splits[s].stem), word.word->keys, &closeness)) continue;
    const int score =
        static_cast<int>(closeness) * 10 + static_cast<int>(splits[s].proclitics.size());
    if (score < best) {
      best = score;
      split = s;
    }
  }
  return split;
}

void LatticeBuilder::AddHolding(size_t at, size_t count, Groups& groups) {
  // "new", "next" say something of a longer name.
  const auto in_name = [&](size_t k) { return !IsClosed(k) || (count > 1 && coming_[k]); };
  if (!in_name(at) || !in_name(at + count - 1)) return;
  std::vector<Token> content;
  for (size_t k = at; k < at + count; ++k) {
    if (in_name(k)) {
      content.push_back(lattice_.tokens[k]);
    } else if (!joins_[k]) {
      return;  // A verb or question word never stands inside a name.
    }
  }
  if (content.empty()) return;
  bool only_documents = false;
  if (count == 1 && !MayBePart(groups, &only_documents)) return;
  const LexicalEntry* known = nullptr;
  std::vector<LabelPosting> postings = HoldingPostings(content, &known);
  // Names of the lexicon (cities, countries) are known whole or not at all.
  std::erase_if(postings, [&](const LabelPosting& posting) {
    return lexicon_graphs_.contains(posting.graph);
  });
  if (postings.empty() && known != nullptr && groups.empty()) {
    Link link;
    link.term = known->iri;
    link.holding = true;
    AddLink(groups, Category::kEntity, 0, "", link);
  }
  // Where they are cut off anyway, a few stand for all: too many are no name.
  if (postings.size() >= kMostHolding) postings.resize(kFewHolding);
  const Token& first = lattice_.tokens[at];
  const bool splits = first.word->splits.size() > 1;
  for (LabelledThing& labelled : ThingsOf(postings, splits)) {
    Link link;
    link.preferred_label = labelled.preferred;
    link.term = std::move(labelled.thing);
    if (only_documents && !link.term.value().starts_with("file:")) continue;
    if (LabelCategory(link.term) != Category::kEntity) continue;
    link.closeness = labelled.closeness;
    link.holding = true;
    const uint8_t split = splits ? SplitWithin(first, labelled.label.value()) : uint8_t{0};
    AddLink(groups, Category::kEntity, split, "", link);
  }
}

}  // namespace sanad::question
