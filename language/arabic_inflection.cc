// Arabic inflection by verb pattern. The pattern is read off the unvowelled past:
// است… is form X, أ + three letters IV, ا + four VII or VIII, ت… V or VI, a long
// second letter of four III, three letters I or II. Hollow (medial ا) and
// defective (final ى or ا) verbs follow the weak paradigms; a present that the
// pattern cannot tell (قاد → يقود by default, سار → يسير) is given as data.

#include "language/inflection.h"
#include "language/normalise.h"
#include "language/text.h"

namespace sanad::internal {
namespace {

using Letters = std::u32string;

// Without vowel signs and tatweel, hamza and ة as written.
Letters Bare(std::string_view word) {
  Letters out;
  for (size_t i = 0; i < word.size();) {
    const char32_t c = NextCodePoint(word, i);
    const bool mark = (c >= 0x064B && c <= 0x065F) || c == 0x0670 || c == 0x0640;
    if (!mark) out.push_back(c);
  }
  return out;
}

struct Paradigm {
  Letters past;                        // As written.
  std::vector<Letters> present_stems;  // Without prefix.
  bool defective = false;              // Final ى or ا.
  bool hollow = false;                 // Medial long vowel before the last letter.
};

bool IsLong(char32_t c) { return c == U'ا' || c == U'و' || c == U'ي'; }

Letters Replace(Letters word, size_t at, char32_t with) {
  word[at] = with;
  return word;
}

std::vector<Letters> PresentStems(const Paradigm& p) {
  const Letters& past = p.past;
  const size_t n = past.size();
  Letters stem = past;
  if (n >= 5 && past.starts_with(U"است")) {
    stem = past.substr(1);
    if (p.hollow) stem[stem.size() - 2] = U'ي';
  } else if (n >= 4 && past[0] == U'أ') {
    stem = past.substr(1);
    if (p.hollow) stem[stem.size() - 2] = U'ي';
    if (stem.back() == U'أ') stem.back() = U'ئ';  // أنشأ ينشئ
  } else if (n == 3 && past[0] == U'أ') {         // أكد يؤكد, أمل يأمل
    std::vector<Letters> out = {Replace(past, 0, U'ؤ'), past};
    if (p.defective) {
      for (Letters& s : out) s.back() = U'ي';
    }
    return out;
  } else if (n >= 5 && past[0] == U'ا') {
    stem = past.substr(1);
  } else if (n == 3 && p.hollow) {
    stem = Replace(past, 1, U'و');
  }
  if (p.defective) stem.back() = past.back() == U'ا' && n == 3 ? U'و' : U'ي';
  return {stem};
}

class ArabicVerb {
 public:
  ArabicVerb(std::string_view lemma, std::string_view present) {
    const size_t space = std::min(lemma.find(' '), lemma.size());
    rest_ = Normalise(lemma.substr(space));
    p_.past = Bare(lemma.substr(0, space));
    const size_t n = p_.past.size();
    if (n < 2) return;
    p_.defective = p_.past.back() == U'ى' || (n == 3 && p_.past.back() == U'ا');
    // A medial alef of four letters is form III (ناقش) unless أ or است begin it.
    p_.hollow = !p_.defective && n >= 3 && p_.past[n - 2] == U'ا' &&
                (n == 3 || p_.past[0] == U'أ' || p_.past[0] == U'ا');
    const Letters given = Bare(present.substr(0, std::min(present.find(' '), present.size())));
    if (given.size() > 2) {
      p_.present_stems = {given.substr(1)};
      if (p_.defective && given.back() == U'ى') p_.present_stems[0].back() = U'ي';
    } else {
      p_.present_stems = PresentStems(p_);
    }
  }

  std::vector<InflectedForm> Run() {
    if (p_.past.size() < 2) return {};
    const Letters passive = PassivePast();
    Past(p_.past, p_.defective, passive == p_.past ? Voice::kEither : Voice::kActive);
    if (passive != p_.past) Past(passive, false, Voice::kPassive);
    for (const Letters& stem : p_.present_stems) Present(stem);
    return std::move(out_);
  }

 private:
  void Add(const Letters& form, Tense tense, Voice voice, Number number, Gender gender,
           uint8_t person = 3) {
    FormFeatures f;
    f.tense = tense;
    f.voice = voice;
    f.number = number;
    f.gender = gender;
    f.person = person;
    out_.push_back({Normalise(ToUtf8(form)) + rest_, f});
  }

  // The vowel change of the passive where unvowelled writing shows it.
  Letters PassivePast() const {
    const Letters& past = p_.past;
    const size_t n = past.size();
    if (p_.defective) return Replace(past, n - 1, U'ي');
    if (p_.hollow) {
      Letters out = Replace(past, n - 2, U'ي');
      return out;
    }
    if (past.back() == U'أ') return Replace(past, n - 1, U'ئ');  // أنشأ أُنشئ
    if (n == 4 && past[1] == U'ا') return Replace(past, 1, U'و');
    if (n == 5 && past[0] == U'ت' && past[2] == U'ا') return Replace(past, 2, U'و');
    return past;
  }

  void Past(const Letters& past, bool defective, Voice voice) {
    const auto add = [&](const Letters& form, Number number, Gender gender, uint8_t person = 3) {
      Add(form, Tense::kPast, voice, number, gender, person);
    };
    const Letters stem = defective ? past.substr(0, past.size() - 1) : past;
    add(past, Number::kSingular, Gender::kMasculine);
    add(stem + U"ت", Number::kSingular, Gender::kFeminine);
    add(stem + U"تا", Number::kDual, Gender::kFeminine);
    add(stem + U"وا", Number::kPlural, Gender::kMasculine);
    add(stem + U"و", Number::kPlural, Gender::kMasculine);  // Before a pronoun.
    if (defective) {
      add(stem + U"يا", Number::kDual, Gender::kMasculine);
      add(stem + U"ا", Number::kSingular, Gender::kMasculine);  // Before a pronoun.
    } else {
      add(stem + U"ا", Number::kDual, Gender::kMasculine);
      if (!p_.hollow) add(stem + U"نا", Number::kPlural, Gender::kUnknown, 1);
    }
  }

  void Present(const Letters& stem) {
    const size_t n = stem.size();
    if (n < 2) return;
    const bool weak = p_.defective && IsLong(stem.back());
    const Letters cut = weak ? stem.substr(0, n - 1) : stem;
    const bool hollow = p_.hollow && IsLong(stem[n - 2]);
    PresentOf(stem, cut, hollow || weak ? Voice::kActive : Voice::kEither);
    if (hollow && stem[n - 2] != U'ا') {
      const Letters passive = Replace(stem, n - 2, U'ا');
      PresentOf(passive, passive, Voice::kPassive);
    }
    if (weak && stem.back() == U'و') PresentOf(Replace(stem, n - 1, U'ي'), cut, Voice::kPassive);
    if (hollow) Jussive(stem.substr(0, n - 2) + stem.back());
    if (weak) Jussive(cut);
  }

  void PresentOf(const Letters& stem, const Letters& cut, Voice voice) {
    const auto add = [&](const Letters& form, Number number, Gender gender, uint8_t person = 3) {
      Add(form, Tense::kPresent, voice, number, gender, person);
    };
    add(U"ي" + stem, Number::kSingular, Gender::kMasculine);
    add(U"ت" + stem, Number::kSingular, Gender::kFeminine);
    add(U"ن" + stem, Number::kPlural, Gender::kUnknown, 1);
    add(U"ي" + cut + U"ون", Number::kPlural, Gender::kMasculine);
    add(U"ي" + cut + U"وا", Number::kPlural, Gender::kMasculine);
    add(U"ي" + cut + U"و", Number::kPlural, Gender::kMasculine);  // Before a pronoun.
    add(U"ي" + stem + U"ان", Number::kDual, Gender::kMasculine);
    add(U"ت" + stem + U"ان", Number::kDual, Gender::kFeminine);
    add(U"ي" + stem + U"ا", Number::kDual, Gender::kMasculine);
    add(U"ت" + stem + U"ا", Number::kDual, Gender::kFeminine);
  }

  void Jussive(const Letters& stem) {
    if (stem.size() < 2) return;
    Add(U"ي" + stem, Tense::kPresent, Voice::kEither, Number::kSingular, Gender::kMasculine);
    Add(U"ت" + stem, Tense::kPresent, Voice::kEither, Number::kSingular, Gender::kFeminine);
  }

  Paradigm p_;
  std::string rest_;
  std::vector<InflectedForm> out_;
};

void AddNounForms(const Letters& word, const std::string& rest, Gender gender,
                  std::vector<InflectedForm>& out) {
  const auto add = [&](const Letters& form, Number number) {
    FormFeatures f;
    f.number = number;
    f.gender = gender;
    out.push_back({Normalise(ToUtf8(form)) + rest, f});
  };
  if (word.back() == U'ة') {
    const Letters stem = word.substr(0, word.size() - 1);
    add(stem + U"ت", Number::kSingular);  // Before a pronoun.
    add(stem + U"تان", Number::kDual);
    add(stem + U"تين", Number::kDual);
    add(stem + U"تا", Number::kDual);  // Construct.
    add(stem + U"تي", Number::kDual);
    add(stem + U"ات", Number::kPlural);
    return;
  }
  if (word.back() == U'ى' || word.back() == U'ا') return;
  if (word.back() == U'ء') {
    add(word + U"ان", Number::kDual);
    add(word + U"ين", Number::kDual);
    return;
  }
  add(word + U"ا", Number::kSingular);  // Accusative, and the construct dual.
  add(word + U"ان", Number::kDual);
  add(word + U"ين", Number::kPlural);  // Also the oblique dual.
  add(word + U"ون", Number::kPlural);
  // Construct plurals, of participles only (موظفو، موظفي): of other words they
  // would be other words.
  if (word.front() == U'م' && word.size() >= 4) {
    add(word + U"و", Number::kPlural);
    add(word + U"ي", Number::kPlural);
  }
}

// Its first word and the rest, normalised.
std::pair<Letters, std::string> SplitHead(std::string_view lemma) {
  const size_t space = std::min(lemma.find(' '), lemma.size());
  return {Bare(lemma.substr(0, space)), Normalise(lemma.substr(space))};
}

}  // namespace

std::vector<InflectedForm> InflectArabicVerb(std::string_view lemma, std::string_view present) {
  return ArabicVerb(lemma, present).Run();
}

std::vector<InflectedForm> InflectArabicNoun(std::string_view lemma) {
  std::vector<InflectedForm> out;
  const auto [head, rest] = SplitHead(lemma);
  if (head.size() >= 2) AddNounForms(head, rest, Gender::kUnknown, out);
  return out;
}

std::vector<InflectedForm> InflectArabicAdjective(std::string_view lemma) {
  std::vector<InflectedForm> out;
  const auto [head, rest] = SplitHead(lemma);
  if (head.size() < 2) return out;
  AddNounForms(head, rest, Gender::kMasculine, out);
  if (head.back() != U'ة' && head.back() != U'ى' && head.back() != U'ا') {
    const Letters feminine = head + U"ة";
    FormFeatures f;
    f.number = Number::kSingular;
    f.gender = Gender::kFeminine;
    out.push_back({Normalise(ToUtf8(feminine)) + rest, f});
    AddNounForms(feminine, rest, Gender::kFeminine, out);
  }
  return out;
}

}  // namespace sanad::internal
