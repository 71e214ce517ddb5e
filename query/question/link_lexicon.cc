// Links from lexicon entries: verbs, nouns, adjectives and prepositions by what
// they denote, states by the value they say, and the wordings of a concept.

#include "query/question/lattice_builder.h"

#include <utility>

#include "language/normalise.h"

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

// The words themselves, and what the lexicon's concepts call them otherwise or
// in the other language. A label is written in one script, so wordings are, too.
std::vector<std::vector<Token>> LatticeBuilder::Wordings(const std::vector<Token>& content) const {
  constexpr size_t kMostWordings = 48;
  std::vector<std::vector<std::vector<Token>>> places;  // By place, then choice.
  for (size_t at = 0; at < content.size();) {
    size_t count = 1;
    places.push_back(ChoicesAt(content, at, &count));
    at += count;
  }
  std::vector<std::vector<Token>> all;
  for (const Script script : {lattice_.language == "ar" ? Script::kArabic : Script::kLatin,
                              lattice_.language == "ar" ? Script::kLatin : Script::kArabic}) {
    const Script other = script == Script::kArabic ? Script::kLatin : Script::kArabic;
    std::vector<std::vector<Token>> out = {{}};
    for (const std::vector<std::vector<Token>>& choices : places) {
      std::vector<std::vector<Token>> next;
      for (const std::vector<Token>& wording : out) {
        for (const std::vector<Token>& choice : choices) {
          const bool fits = std::none_of(choice.begin(), choice.end(), [&](const Token& token) {
            return token.word->script == other;
          });
          if (!fits || next.size() >= kMostWordings) continue;
          next.push_back(wording);
          next.back().insert(next.back().end(), choice.begin(), choice.end());
        }
      }
      out = std::move(next);
    }
    all.insert(all.end(), out.begin(), out.end());
  }
  return all;
}

// How the word at `at`, or the longest phrase of the lexicon that begins there,
// may be said: itself first. `count` is set to the words it takes.
std::vector<std::vector<Token>> LatticeBuilder::ChoicesAt(const std::vector<Token>& content,
                                                          size_t at, size_t* count) const {
  std::vector<std::vector<Token>> choices = {{content[at]}};
  *count = 1;
  if (vocabulary_.lexicon == nullptr) return choices;
  std::set<std::string> seen = {content[at].normalised()};
  for (const LexiconMatch& match : vocabulary_.lexicon->MatchAt(content, at)) {
    const PartOfSpeech part = match.entry->part_of_speech;
    if (part != PartOfSpeech::kNoun && part != PartOfSpeech::kAdjective &&
        part != PartOfSpeech::kLabel) {
      continue;
    }
    if (choices.size() > 1 && match.count < *count) continue;
    if (match.count > *count) {
      choices = {{content.begin() + static_cast<long>(at),
                  content.begin() + static_cast<long>(at + match.count)}};
      *count = match.count;
    }
    for (const LexicalForm& form : match.entry->forms) {
      if ((!form.canonical && part != PartOfSpeech::kLabel) ||
          !seen.insert(Normalise(form.text)).second) {
        continue;
      }
      choices.push_back(Tokenise(form.text));
    }
  }
  return choices;
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

}  // namespace sanad::question
