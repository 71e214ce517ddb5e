// Sentences, atoms and lexicon mentions.
//
// Every word is looked up in the lexicon; the reading that gives the longest and
// closest match decides which attached particles are split off. Where no lexicon
// knows the word, only safe shapes are split: و, and ب ك ف ل before the article,
// and ل before the shape of a verbal noun.

#include "loader/document/atoms.h"

#include <algorithm>
#include <utility>

#include "language/normalise.h"
#include "language/text.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

// Arabic letters of the particles, as normalised text has them.
constexpr std::string_view kWaw = "و", kBa = "ب", kLam = "ل", kKaf = "ك", kArticle = "ال";

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

size_t Letters(std::string_view text) { return text.size() / 2; }  // Arabic letters are two bytes.

// Whether a word is written with the ending of an indefinite noun.
bool HasTanwin(std::string_view surface) {
  for (size_t i = 0; i < surface.size();) {
    const char32_t c = NextCodePoint(surface, i);
    if (c >= 0x64B && c <= 0x64D) return true;
  }
  return false;
}

// How many bytes of `surface` hold its first `letters` letters, marks included.
size_t BytesOfLetters(std::string_view surface, size_t letters) {
  size_t offset = 0;
  while (offset < surface.size()) {
    size_t next = offset;
    const char32_t c = NextCodePoint(surface, next);
    const bool mark = (c >= 0x64B && c <= 0x65F) || c == 0x670 || c == 0x640;
    if (!mark) {
      if (letters == 0) break;
      --letters;
    }
    offset = next;
  }
  return offset;
}

// The particles to split from an Arabic word no lexicon knows.
// `opens`: whether the word begins a clause, where alone ف joins what goes before.
std::vector<std::string_view> SafeProclitics(std::string_view norm, bool opens) {
  std::vector<std::string_view> out;
  if (StartsWith(norm, kWaw) && Letters(norm) >= 4) {
    out.push_back(kWaw);
    norm.remove_prefix(kWaw.size());
  }
  for (const std::string_view p : {kBa, kKaf, std::string_view("ف")}) {
    // Names begin so, too: فالنتينا, كالفن.
    if (p != kBa && !opens) continue;
    if (StartsWith(norm, p) && StartsWith(norm.substr(p.size()), kArticle) && Letters(norm) >= 6) {
      out.push_back(p);
      return out;
    }
  }
  if (!StartsWith(norm, kLam)) return out;
  const std::string_view rest = norm.substr(kLam.size());
  const bool contracted = StartsWith(rest, kLam) && Letters(norm) >= 5;
  // Verbal nouns: استئناف and إنهاء have a second alef, مناقشة ends in ه, تسوية
  // begins with ت; a name like لافروف has none of these.
  const bool second_alef = StartsWith(rest, "ا") && rest.find("ا", 4) != std::string_view::npos &&
                           rest.substr(rest.size() - 2) != "ي";
  const bool verbal_noun =
      Letters(rest) >= 4 && (second_alef || StartsWith(rest, "ت") ||
                             (StartsWith(rest, "م") && rest.substr(rest.size() - 2) == "ه"));
  if (contracted || verbal_noun) out.push_back(kLam);
  return out;
}

struct TokenReading {
  std::vector<std::string_view> proclitics;  // Without the article.
  bool definite = false;
  const LexiconMatch* best = nullptr;
};

TokenReading ReadToken(const Token& token, std::span<const LexiconMatch> matches,
                       const Knowledge& knowledge, bool opens) {
  TokenReading reading;
  const Word& word = *token.word;
  if (word.script != Script::kArabic || !token.is_word()) {
    if (!matches.empty()) reading.best = &matches.front();
    return reading;
  }
  const PhraseTrie& phrases = knowledge.phrases;
  const auto starts = [&](std::string_view norm) {
    return phrases.Starts(knowledge.literals.Find(norm));
  };
  // ولم, فقد: a conjunction and a short word of the rules' sets.
  for (const std::string_view p : {kWaw, std::string_view("ف")}) {
    const std::string_view norm = word.normalised;
    if (Letters(norm) <= 5 && StartsWith(norm, p) && !starts(norm) &&
        starts(norm.substr(p.size()))) {
      reading.proclitics = {p};
      return reading;
    }
  }
  for (const LexiconMatch& match : matches) {
    if (match.closeness > Closeness::kInflected) continue;
    if (reading.best == nullptr || match.count > reading.best->count ||
        (match.count == reading.best->count && match.closeness < reading.best->closeness)) {
      reading.best = &match;
    }
  }
  // A word that a set of the rules holds as it stands (the name وليد) is not taken
  // apart for a word behind its first letter.
  if (reading.best != nullptr && reading.best->closeness > Closeness::kExact &&
      phrases.Holds(knowledge.literals.Find(word.normalised))) {
    return TokenReading{};
  }
  if (reading.best != nullptr && reading.best->split < word.splits.size()) {
    for (const std::string& p : word.splits[reading.best->split].proclitics) {
      if (p == kArticle) {
        reading.definite = true;
      } else {
        reading.proclitics.push_back(p);
      }
    }
    // A reading that leaves و on a word it does not begin with is one of a stem
    // key; the safe shapes decide then.
    if (reading.best->closeness <= Closeness::kClitic || !reading.proclitics.empty())
      return reading;
  }
  if (reading.best == nullptr && !starts(word.normalised))
    reading.proclitics = SafeProclitics(word.normalised, opens);
  return reading;
}

class AtomBuilder {
 public:
  AtomBuilder(const Knowledge& knowledge, AnnotatedText& text)
      : knowledge_(knowledge), text_(text) {}

  void AddSentence(uint32_t index) {
    Sentence& sentence = text_.sentences[index];
    const SentenceSpan& span = sentence.span;
    tokens_ = Tokenise(
        std::string_view(text_.text).substr(span.begin_byte, span.end_byte - span.begin_byte),
        TextBase{span.begin, span.begin_byte});
    sentence.first = static_cast<uint32_t>(text_.atoms.size());
    matches_.clear();
    stem_atom_.clear();
    last_atom_.clear();
    size_t arabic = 0, latin = 0;
    for (size_t t = 0; t < tokens_.size(); ++t) {
      arabic += tokens_[t].word->script == Script::kArabic;
      latin += tokens_[t].word->script == Script::kLatin;
      matches_.push_back(tokens_[t].is_word() ? knowledge_.lexicon->MatchAt(tokens_, t)
                                              : std::vector<LexiconMatch>{});
    }
    for (size_t t = 0; t < tokens_.size(); ++t) AddToken(index, t);
    sentence.arabic = arabic > latin;
    sentence.end = static_cast<uint32_t>(text_.atoms.size());
    text_.hits.resize(text_.atoms.size());
    text_.mentions_at.resize(text_.atoms.size());
    text_.mention_types.resize(text_.atoms.size());
    for (size_t t = 0; t < tokens_.size(); ++t) AddHits(t);
    sentence.tokens = std::move(tokens_);
    sentence.atom_of_token = stem_atom_;
  }

 private:
  void AddToken(uint32_t sentence, size_t t) {
    const Token& token = tokens_[t];
    const bool opens = t == 0 || !tokens_[t - 1].is_word();
    TokenReading reading = ReadToken(token, matches_[t], knowledge_, opens);
    if (ReadsAsName(t, reading)) reading = TokenReading{};
    uint32_t byte = token.begin_byte, point = token.begin;
    bool space_before = token.space_before;
    std::string_view rest = token.word->normalised;
    for (const std::string_view particle : reading.proclitics) {
      Atom atom;
      atom.norm = std::string(particle);
      atom.word = token.word;
      atom.begin = point;
      atom.begin_byte = byte;
      const std::string_view tail =
          std::string_view(text_.text).substr(byte, token.end_byte - byte);
      const size_t bytes = BytesOfLetters(tail, 1);
      byte += static_cast<uint32_t>(bytes);
      size_t offset = 0;
      while (offset < bytes) {
        NextCodePoint(tail, offset);
        ++point;
      }
      atom.end = point;
      atom.end_byte = byte;
      atom.sentence = sentence;
      atom.token = static_cast<uint32_t>(t);
      atom.clitic = atom.known = true;
      atom.space_before = space_before;
      space_before = false;
      if (StartsWith(rest, particle)) rest.remove_prefix(particle.size());
      text_.atoms.push_back(std::move(atom));
    }
    Atom atom;
    atom.norm = std::string(rest);
    const bool after_lam = !reading.proclitics.empty() && reading.proclitics.back() == kLam;
    if (after_lam && StartsWith(rest, kLam) && Letters(rest) >= 4 &&
        (reading.best == nullptr || reading.definite)) {
      atom.norm = std::string("ا").append(rest);
    }
    atom.word = token.word;
    atom.begin = point;
    atom.begin_byte = byte;
    atom.end = token.end;
    atom.end_byte = token.end_byte;
    atom.sentence = sentence;
    atom.token = static_cast<uint32_t>(t);
    atom.space_before = space_before;
    // The article has a bare alef: ألكسندر has none.
    const std::string_view surface =
        std::string_view(text_.text).substr(byte, token.end_byte - byte);
    atom.definite = StartsWith(atom.norm, kArticle) && Letters(atom.norm) >= 4 &&
                    (StartsWith(surface, kArticle) || atom.norm != Normalise(surface));
    atom.known = reading.best != nullptr;
    stem_atom_.push_back(static_cast<uint32_t>(text_.atoms.size()));
    last_atom_.push_back(static_cast<uint32_t>(text_.atoms.size()));
    text_.atoms.push_back(std::move(atom));
  }

  // A first name that could be read as particle and verb (سيرجي): it follows a
  // nationality and an unknown word follows it.
  bool ReadsAsName(size_t t, const TokenReading& reading) const {
    if (reading.proclitics.empty() || t == 0 || t + 1 >= tokens_.size()) return false;
    const bool after_nation =
        std::any_of(matches_[t - 1].begin(), matches_[t - 1].end(), [](const LexiconMatch& m) {
          const bool several = m.form != nullptr && m.form->features.number == Number::kPlural;
          return m.entry->InSet("nationality") || (m.entry->InSet("title") && !several);
        });
    const Token& next = tokens_[t + 1];
    return after_nation && next.is_word() && matches_[t + 1].empty() &&
           !StartsWith(next.normalised(), kArticle) && reading.proclitics.front() != kWaw;
  }

  void AddHits(size_t t) {
    const uint32_t atom = stem_atom_[t];
    std::vector<SetHit>& hits = text_.hits[atom];
    const Word& word = *tokens_[t].word;
    for (const LexiconMatch& match : matches_[t]) {
      if (!Compatible(word, match, t)) continue;
      // عقداً with its sign is the noun, not the verb of two.
      if (match.entry->part_of_speech == PartOfSpeech::kVerb && HasTanwin(tokens_[t].surface()))
        continue;
      // A preposition that links a topic to its noun is no trigger by itself.
      if (match.entry->part_of_speech == PartOfSpeech::kPreposition) continue;
      const size_t last = t + match.count - 1;
      uint32_t count = last_atom_[last] + 1 - atom;
      if (!match.form->preposition.empty()) {
        const uint32_t with = WithPreposition(atom + count, match.form->normalised_preposition);
        if (with == 0) continue;
        count = with - atom;
      }
      for (const Symbol set : knowledge_.SetsOf(*match.entry))
        hits.push_back({set, count, match.entry, match.form});
      AddMentions(match, atom, last_atom_[last] + 1);
    }
  }

  // Whether the match reads the first token's particles as the atoms do.
  bool Compatible(const Word& word, const LexiconMatch& match, size_t t) const {
    if (match.closeness > Closeness::kInflected && word.script == Script::kArabic) return false;
    if (match.closeness == Closeness::kInflected && word.script == Script::kArabic &&
        match.count == 1 &&
        !SameButAlef(WithoutPronoun(word, match, text_.atoms[stem_atom_[t]].norm),
                     match.form->normalised) &&
        !IsPossessed(word, match, text_.atoms[stem_atom_[t]].norm)) {
      return false;
    }
    if (word.script == Script::kArabic && match.count == 1 && !SameFirstAlef(t, match.form->text))
      return false;
    // "offered" is no form of the noun "offer"; the lexicon generates the forms.
    if (word.script == Script::kLatin && match.count == 1 &&
        word.normalised != match.form->normalised)
      return false;
    if (word.script != Script::kArabic || match.split >= word.splits.size()) return true;
    size_t split = 0;
    for (const std::string& p : word.splits[match.split].proclitics) split += p != kArticle;
    size_t atoms = 0;
    for (uint32_t a = stem_atom_[t];
         a > 0 && text_.atoms[a - 1].clitic && text_.atoms[a - 1].token == t &&
         text_.atoms[a - 1].sentence == text_.atoms[stem_atom_[t]].sentence;
         --a) {
      ++atoms;
    }
    return split == atoms;
  }

  // آخر (another) is not أخر (he delayed): writers keep the two alefs apart, while a
  // bare alef may stand for either.
  bool SameFirstAlef(size_t t, std::string_view form) const {
    constexpr std::string_view kMadda = "آ", kHamza = "أ", kHamzaBelow = "إ";
    const Atom& atom = text_.atoms[stem_atom_[t]];
    const std::string_view surface =
        std::string_view(text_.text).substr(atom.begin_byte, atom.end_byte - atom.begin_byte);
    const auto apart = [&](std::string_view one, std::string_view other) {
      return (StartsWith(surface, one) && StartsWith(form, other)) ||
             (StartsWith(surface, other) && StartsWith(form, one));
    };
    return !apart(kMadda, kHamza) && !apart(kHamza, kHamzaBelow);
  }

  // استضافتها is استضافت with what it governs.
  static std::string_view WithoutPronoun(const Word& word, const LexiconMatch& match,
                                         std::string_view norm) {
    if (match.entry->part_of_speech != PartOfSpeech::kVerb || match.split >= word.splits.size())
      return norm;
    const std::string& pronoun = word.splits[match.split].enclitic;
    if (!pronoun.empty() && norm.ends_with(pronoun)) norm.remove_suffix(pronoun.size());
    return norm;
  }

  // دورتها is دورة with its owner.
  static bool IsPossessed(const Word& word, const LexiconMatch& match, std::string_view norm) {
    constexpr std::string_view kOpen = "ت";
    if (match.entry->part_of_speech != PartOfSpeech::kNoun || match.split >= word.splits.size())
      return false;
    const std::string& pronoun = word.splits[match.split].enclitic;
    if (pronoun.empty() || !norm.ends_with(pronoun)) return false;
    norm.remove_suffix(pronoun.size());
    return norm.ends_with(kOpen) && norm == match.form->normalised;
  }

  // اجتماعا is اجتماع in the accusative; دورا is not دورة.
  static bool SameButAlef(std::string_view norm, std::string_view form) {
    if (!StartsWith(form, kArticle)) norm = WithoutArticle(norm);
    return norm == form || (norm.size() == form.size() + 2 && StartsWith(norm, form) &&
                            norm.substr(form.size()) == "ا");
  }

  // The atom behind a preposition that stands a few words after a verb; 0
  // when there is none.
  uint32_t WithPreposition(uint32_t atom, std::string_view norm) const {
    if (atom >= text_.atoms.size()) return 0;
    // The Arabic subject stands between: انضم … إلى.
    const uint32_t reach = text_.atoms[atom].word->script == Script::kArabic ? 6 : 2;
    for (uint32_t a = atom; a < text_.atoms.size() && a <= atom + reach; ++a) {
      if (text_.atoms[a].norm == norm) return a + 1;
      if (text_.atoms[a].is_punctuation()) return 0;
    }
    return 0;
  }

  void AddMentions(const LexiconMatch& match, uint32_t first, uint32_t end) {
    const LexicalEntry& entry = *match.entry;
    const bool names_entity = entry.part_of_speech == PartOfSpeech::kLabel;
    const bool nationality = entry.InSet("nationality");
    if (!names_entity && !nationality) return;
    if (names_entity && knowledge_.lexicon->Vocabulary(entry.iri) != nullptr) return;
    if (names_entity && match.closeness > Closeness::kClitic) return;
    const Atom& atom = text_.atoms[first];
    // "us" is no country: names are capitalised where the script has capitals.
    if (atom.word->script == Script::kLatin && atom.word->capitalisation < Capitalisation::kInitial)
      return;
    for (const Term& reference : entry.references) {
      if (reference.is_iri()) AddMention(reference, nationality, first, end);
    }
    if (entry.references.empty()) AddMention(entry.iri, nationality, first, end);
  }

  void AddMention(const Term& iri, bool nationality, uint32_t first, uint32_t end) {
    if (!StartsWith(iri.value(), SANAD_ID_NS)) return;
    const EntityId entity = LexiconEntity(knowledge_, text_, iri);
    Mention mention;
    mention.type = knowledge_.symbols.Find(
        nationality ? "Nation" : text_.entities[static_cast<size_t>(entity)].type);
    if (mention.type == 0) return;
    mention.first = first;
    mention.end = end;
    mention.sentence = text_.atoms[first].sentence;
    if (!nationality && IsInsideName(first, end)) return;
    for (const MentionId other : text_.mentions_at[first]) {
      const Mention& m = text_.mentions[static_cast<size_t>(other)];
      if (m.type == mention.type && m.entity == entity && m.end == end) return;
    }
    mention.entity = entity;
    text_.AddMention(std::move(mention));
  }

  // "Guinea" in "Papua New Guinea".
  bool IsInsideName(uint32_t first, uint32_t end) const {
    constexpr uint32_t kReach = 6;
    for (uint32_t a = first > kReach ? first - kReach : 0; a < first; ++a) {
      for (const MentionId id : text_.mentions_at[a]) {
        if (text_.mentions[static_cast<size_t>(id)].end >= end) return true;
      }
    }
    return false;
  }

  const Knowledge& knowledge_;
  AnnotatedText& text_;
  std::vector<Token> tokens_;
  std::vector<std::vector<LexiconMatch>> matches_;
  std::vector<uint32_t> stem_atom_, last_atom_;
};

}  // namespace

EntityId LexiconEntity(const Knowledge& knowledge, AnnotatedText& text, const Term& iri) {
  if (const EntityId known = text.EntityOf(iri); known != kNoId) return known;
  Entity entity;
  entity.iri = iri;
  const std::vector<Term> types = knowledge.lexicon->TypesOf(iri);
  for (const Term& type : types) {
    if (StartsWith(type.value(), SANAD_KG_NS)) {
      entity.type = type.value().substr(std::string_view(SANAD_KG_NS).size());
      break;
    }
  }
  if (entity.type.empty()) {
    entity.type = iri.value().find("/country/") != std::string::npos ? "Country"
                  : iri.value().find("/place/") != std::string::npos ? "City"
                                                                     : "Organization";
  }
  entity.kind = "lexicon";
  entity.label_en = std::string(knowledge.lexicon->LabelOf(iri, "en"));
  entity.label_ar = std::string(knowledge.lexicon->LabelOf(iri, "ar"));
  return text.AddEntity(std::move(entity));
}

void AnnotateAtoms(const Knowledge& knowledge, AnnotatedText& text) {
  const std::vector<SentenceSpan> spans = SplitSentences(text.text);
  text.sentences.resize(spans.size());
  AtomBuilder builder(knowledge, text);
  size_t arabic = 0, other = 0;
  for (uint32_t s = 0; s < spans.size(); ++s) {
    text.sentences[s].span = spans[s];
    builder.AddSentence(s);
    (text.sentences[s].arabic ? arabic : other) += text.sentences[s].end - text.sentences[s].first;
  }
  text.language = arabic > other ? "ar" : "en";
  for (Atom& atom : text.atoms) atom.literal = knowledge.literals.Find(atom.norm);
  text.hit_sets.resize(text.atoms.size());
  for (uint32_t a = 0; a < text.atoms.size(); ++a) {
    Atom& atom = text.atoms[a];
    knowledge.phrases.Match(text, a, text.hits[a]);
    for (const SetHit& hit : text.hits[a]) text.hit_sets[a].Add(hit.set);
    atom.known = atom.known || !text.hits[a].empty();
  }
}

}  // namespace sanad
