// Verbs said in several words: with their subject or object between them ("متى دخل
// الاتفاق حيز التنفيذ", "who called the round off"), and Arabic verbs that only carry a
// verbal noun ("تم توقيع الاتفاق": it was signed).

#include <algorithm>
#include <utility>

#include "language/normalise.h"
#include "query/question/lattice_builder.h"
#include "storage/model/text.h"

namespace sanad::question {

// Whether a stretch names something by itself, so that it is no part of a verb.
bool LatticeBuilder::IsNamed(size_t first, size_t end) const {
  return std::any_of(lattice_.arcs[first].begin(), lattice_.arcs[first].end(), [&](const Arc& arc) {
    const Symbol& symbol = *arc.symbols.back();
    return arc.end >= end && !symbol.links.empty() && symbol.category != Category::kVerb &&
           std::any_of(symbol.links.begin(), symbol.links.end(),
                       [](const Link& link) { return !link.holding; });
  });
}

// The verb as an arc of its first word, and its other words as one of no meaning: a
// way takes both or neither.
void LatticeBuilder::AddVerbInTwo(size_t at, size_t from, size_t end, const LexiconMatch& match) {
  Groups groups;
  AddEntry(match, groups);
  AddState(match, groups);
  for (const auto& [group, links] : groups) {
    if (group.category != Category::kVerb) continue;
    Symbol rest = MakeSymbol(Category::kFiller, from, end - from);
    rest.pair = ++pairs_;
    Symbol verb = MakeSymbol(Category::kVerb, at, 1);
    verb.links = links;
    verb.pair = rest.pair;
    Arc first = Wrap(std::move(verb), group.split, "");
    auto whole = std::make_shared<Symbol>(*first.symbols.back());
    whole->text = Concat(whole->text, " ", rest.text);
    first.symbols.back() = std::move(whole);
    first.content = true;
    AddArc(std::move(first));
    AddArc(Wrap(std::move(rest), 0, ""));
  }
}

void LatticeBuilder::AddSeparated(size_t at) {
  constexpr size_t kFarthest = 8, kLongestRest = 3;
  const std::vector<Token>& tokens = lattice_.tokens;
  if (vocabulary_.lexicon == nullptr || tokens[at].is_punctuation()) return;
  const ClosedWords& closed = ClosedWords::Of(lattice_.language);
  for (size_t from = at + 2; from < std::min(tokens.size(), at + kFarthest); ++from) {
    std::vector<Token> words = {tokens[at]};
    for (size_t end = from + 1; end <= std::min(tokens.size(), from + kLongestRest); ++end) {
      words.push_back(tokens[end - 1]);
      if (closed.IsPreposition(words.back().normalised()) || IsNamed(from, end)) continue;
      for (const LexiconMatch& match : vocabulary_.lexicon->MatchAt(words, 0)) {
        const bool verb = match.entry->part_of_speech == PartOfSpeech::kVerb;
        if (verb && match.count == words.size() && match.enclitic.empty()) {
          AddVerbInTwo(at, from, end, match);
        }
      }
    }
  }
}

// "تم توقيع", "جرى التوصل إلى": the verb of the verbal noun, with its preposition.
void LatticeBuilder::AddPerformed(size_t at) {
  const std::vector<Token>& tokens = lattice_.tokens;
  const ClosedWords& closed = ClosedWords::Of(lattice_.language);
  if (vocabulary_.verbal_nouns == nullptr || at + 1 >= tokens.size() ||
      !closed.IsWordFor("carries", tokens[at].normalised())) {
    return;
  }
  const std::string behind = at + 2 < tokens.size() ? tokens[at + 2].normalised() : std::string();
  std::map<size_t, Groups> by_count;
  for (const LexicalEntry* verb : vocabulary_.verbal_nouns->Find(tokens[at + 1])) {
    if (verb->part_of_speech != PartOfSpeech::kVerb) continue;
    // Of "happen" there is another verbal noun than of "sign", which is written like it.
    if (verb->references.empty() && (verb->InSet("happened") || verb->InSet("held"))) continue;
    bool taken = closed.IsWordFor("object", behind);
    const LexicalForm* said = nullptr;
    for (const LexicalForm& form : verb->forms) {
      if (form.language != lattice_.language) continue;
      if (said == nullptr) said = &form;
      taken |= !behind.empty() && Normalise(form.preposition) == behind;
    }
    if (said == nullptr) continue;
    LexiconMatch match;
    match.entry = verb;
    match.form = said;
    Groups& groups = by_count[taken ? 3 : 2];
    AddEntry(match, groups);
    AddState(match, groups);
  }
  for (auto& [count, groups] : by_count) {
    std::erase_if(groups,
                  [](const auto& group) { return group.first.category != Category::kVerb; });
    for (auto& [group, links] : groups) {
      for (Link& link : links) {
        link.preposition.clear();
        link.features.tense = Tense::kPast;
      }
    }
    if (groups.empty()) continue;
    // The first word says nothing else beside them.
    std::erase_if(lattice_.arcs[at], [&](const Arc& arc) {
      return arc.end == at + 1 && (arc.symbols.back()->category == Category::kBe ||
                                   arc.symbols.back()->category == Category::kAuxiliary);
    });
    Emit(at, count, groups, 0);
  }
}

}  // namespace sanad::question
