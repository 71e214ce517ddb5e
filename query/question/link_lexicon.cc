// Links from lexicon entries: verbs, nouns, adjectives and prepositions by what
// they denote, states by the value they say, and the wordings of a concept.

#include "query/question/lattice_builder.h"

#include <utility>

namespace sanad::question {

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

// A word without a relation of its own says a state, where its set is a value in
// the graph ("cancelled"), or only that something happened.
void LatticeBuilder::AddState(const LexiconMatch& match, Groups& groups) {
  Link link;
  link.closeness = match.closeness;
  link.from_lexicon = true;
  link.features = match.form->features;
  link.sets = match.entry->sets;
  const bool adjective = match.entry->part_of_speech == PartOfSpeech::kAdjective;
  bool known = match.entry->part_of_speech == PartOfSpeech::kVerb &&
               match.entry->references.empty() &&
               (match.entry->InSet("happened") || match.entry->InSet("held"));
  for (const std::string& set : match.entry->sets) {
    for (TermId predicate : reader_.PropertiesTaking(Term::String(set))) {
      link.term = reader_.TermOf(predicate);
      if (vocabulary_.schema->FindProperty(link.term) == nullptr) continue;
      link.value = Term::String(set);
      AddLink(groups, Category::kVerb, match.split, match.enclitic, link);
      known = false;
      // "the cancelled round": said before its noun, or behind it in Arabic.
      const Tense tense = match.form->features.tense;
      const bool carrier = match.entry->InSet("happened") || match.entry->InSet("held");
      const bool participle = !carrier && match.form->language == "en" &&
                              (tense == Tense::kParticiple || tense == Tense::kPast);
      if (adjective || participle) {
        AddLink(groups, Category::kComing, match.split, match.enclitic, link);
      }
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

}  // namespace sanad::question
