#include "query/question/word_forms.h"

#include <algorithm>
#include <utility>

#include "language/normalise.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {
namespace {

bool Denotes(const LexicalEntry& entry, const Relation& relation) {
  for (const Chain& chain : relation.chains) {
    for (const Hop& hop : chain) {
      for (const Term& reference : entry.references) {
        if (reference == hop.property) return true;
      }
    }
  }
  return false;
}

// Forms that no lexicon gives, by their endings: "borders", "located".
void GuessEnglish(std::string_view verb, VerbForms& out) {
  if (verb.ends_with("ed")) {
    out.past = out.participle = std::string(verb);
    out.asked.tense = Tense::kPast;
  } else if (verb.ends_with("s") && !verb.ends_with("ss")) {
    out.third = std::string(verb);
    out.base = std::string(verb.substr(0, verb.size() - 1));
    out.asked.tense = Tense::kPresent;
  } else if (!verb.ends_with("ing")) {
    out.base = std::string(verb);
    out.third = std::string(verb) + (verb.ends_with("ss") || verb.ends_with("sh") ? "es" : "s");
    out.asked.tense = Tense::kBase;
  }
}

void TakeEnglishForms(const LexiconMatch& match, VerbForms& out) {
  std::string participle;
  for (const LexicalForm& form : match.entry->forms) {
    if (form.language != "en" || form.lemma != match.form->lemma) continue;
    switch (form.features.tense) {
      case Tense::kPresent:
        if (out.third.empty()) out.third = form.text;
        break;
      case Tense::kPast:
        // An irregular form is given; the regular one beside it is not said.
        if (out.past.empty() || !form.generated) out.past = form.text;
        break;
      case Tense::kParticiple:
        if (participle.empty() || !form.generated) participle = form.text;
        break;
      case Tense::kGerund:
        break;
      default:
        if (form.canonical) out.base = form.text;
        break;
    }
  }
  out.participle = participle.empty() ? out.past : participle;
}

}  // namespace

VerbForms WordForms::Verb(std::string_view words, const Relation& relation) const {
  VerbForms out;
  const std::vector<Token> tokens = Tokenise(words);
  if (tokens.empty()) return out;
  const LexiconMatch* best = nullptr;
  std::vector<LexiconMatch> matches;
  if (vocabulary_.lexicon != nullptr) matches = vocabulary_.lexicon->MatchAt(tokens, 0);
  auto better = [&](const LexiconMatch& a, const LexiconMatch& b) {
    const bool x = Denotes(*a.entry, relation), y = Denotes(*b.entry, relation);
    if (x != y) return x;
    if (a.count != b.count) return a.count > b.count;
    // The past of "lead" before the base of another verb that is written so.
    return a.closeness < b.closeness;
  };
  for (const LexiconMatch& match : matches) {
    if (match.entry->part_of_speech != PartOfSpeech::kVerb || match.count == 0) continue;
    if (match.form->language != language_ || match.count > tokens.size()) continue;
    if (best == nullptr || better(match, *best)) best = &match;
  }
  const size_t count = best == nullptr ? 1 : best->count;
  if (count < tokens.size()) out.rest = std::string(words.substr(tokens[count].begin_byte));
  if (best == nullptr) {
    if (language_ == "en") GuessEnglish(tokens[0].normalised(), out);
    return out;
  }
  out.known = true;
  out.denotes = Denotes(*best->entry, relation);
  out.subject_is = best->entry->subject_is;
  out.asked = best->form->features;
  if (out.asked.tense == Tense::kUnknown && best->form->canonical) out.asked.tense = Tense::kBase;
  if (language_ == "en") TakeEnglishForms(*best, out);
  return out;
}

bool WordForms::IsHuman(const Types& types) const {
  for (const Term& type : types) {
    for (const Term& super : vocabulary_.schema->SuperClasses(type)) {
      const TermId label = reader_.Id(iri::kRdfsLabel);
      for (const Term& text : reader_.TermsOf(reader_.Objects(reader_.Id(super), label, true))) {
        if (text.value() == "person") return true;
      }
    }
  }
  return false;
}

NounForms WordForms::Noun(std::string_view words, const Types& types) const {
  NounForms out;
  out.human = IsHuman(types);
  const std::vector<Token> tokens = Tokenise(words);
  if (tokens.empty()) return out;
  const Word& word = *tokens[0].word;
  if (vocabulary_.lexicon != nullptr) {
    for (const LexiconMatch& match : vocabulary_.lexicon->MatchAt(tokens, 0)) {
      const PartOfSpeech part = match.entry->part_of_speech;
      if (part != PartOfSpeech::kNoun || match.form->language != language_) continue;
      if (match.count == 0 || match.count > tokens.size()) continue;
      if (out.number == Number::kUnknown) out.number = match.form->features.number;
      if (out.gender == Gender::kUnknown) out.gender = match.form->features.gender;
    }
  }
  if (word.script != Script::kArabic) return out;
  out.definite = word.normalised.size() > 8 && word.normalised.starts_with("ال");
  if (word.normalised.ends_with("ات")) out.number = Number::kPlural;
  if (out.number == Number::kUnknown) out.number = Number::kSingular;
  if (out.gender == Gender::kUnknown) {
    out.gender = word.surface.ends_with("ة") ? Gender::kFeminine : Gender::kMasculine;
  }
  return out;
}

std::string WordForms::Plural(const std::string& noun) const {
  const std::vector<Token> tokens = Tokenise(noun);
  if (tokens.empty()) return noun;
  if (vocabulary_.lexicon != nullptr) {
    for (const LexiconMatch& match : vocabulary_.lexicon->MatchAt(tokens, 0)) {
      if (match.entry->part_of_speech != PartOfSpeech::kNoun || match.count != tokens.size()) {
        continue;
      }
      if (match.form->features.number == Number::kPlural) return noun;
      for (const LexicalForm& form : match.entry->forms) {
        // Generated Arabic plurals may be ones that no one writes.
        if (form.language == language_ && form.lemma == match.form->lemma &&
            form.features.number == Number::kPlural &&
            (language_ == "en" || !form.generated || form.text.ends_with("ات"))) {
          return form.text;
        }
      }
    }
  }
  if (language_ != "en" || noun.ends_with("s")) return noun;
  const bool consonant_y =
      noun.ends_with("y") && noun.size() > 1 &&
      std::string_view("aeiou").find(noun[noun.size() - 2]) == std::string_view::npos;
  return consonant_y ? noun.substr(0, noun.size() - 1) + "ies" : noun + "s";
}

bool WordForms::IsDescription(std::string_view label, const Types& types) const {
  const std::vector<Token> tokens = Tokenise(label);
  for (size_t at = 0; at < tokens.size(); ++at) {
    if (vocabulary_.lexicon == nullptr || tokens[at].is_capitalised()) continue;
    for (const LexiconMatch& match : vocabulary_.lexicon->MatchAt(tokens, at)) {
      if (match.entry->part_of_speech != PartOfSpeech::kNoun &&
          match.entry->part_of_speech != PartOfSpeech::kLabel) {
        continue;
      }
      std::vector<Term> references = match.entry->references;
      references.push_back(match.entry->iri);
      for (const Term& reference : references) {
        for (const Term& type : types) {
          if (vocabulary_.schema->IsSubClass(type, reference)) return true;
        }
      }
    }
  }
  return false;
}

}  // namespace sanad::question
