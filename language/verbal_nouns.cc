// Patterns (ف ع ل for the root): II تفعيل, III مفاعلة, IV إفعال, V تفعّل, VI تفاعل,
// VII انفعال, VIII افتعال, X استفعال. Hollow verbs of IV and X drop the middle and
// take ة (أعاد → إعادة), defective ones end in ء (ألغى → إلغاء), of II in ية.

#include "language/verbal_nouns.h"

#include <algorithm>

#include "language/normalise.h"
#include "language/text.h"

namespace sanad {
namespace {

using Letters = std::u32string;

bool IsAlef(char32_t c) { return c == U'ا' || c == U'أ' || c == U'إ'; }

// A hamza between letters is written as its neighbours want: all ways are given.
void AddNoun(const Letters& noun, std::vector<std::string>& out) {
  std::string text = Normalise(ToUtf8(noun));
  if (std::find(out.begin(), out.end(), text) == out.end()) out.push_back(std::move(text));
}

// With a long alef before the last letter: استأنف → استئناف.
Letters Lengthened(const Letters& stem, bool defective) {
  Letters out = stem.substr(0, stem.size() - 1);
  if (defective) return out + U"اء";
  for (size_t i = 2; i < out.size(); ++i) {
    if (out[i] == U'أ') out[i] = U'ئ';
  }
  return out + U"ا" + stem.back();
}

}  // namespace

std::vector<std::string> ArabicVerbalNouns(std::string_view lemma) {
  std::vector<std::string> out;
  Letters word;
  for (size_t at = 0; at < lemma.size();) {
    const char32_t c = NextCodePoint(lemma, at);
    if (c == U' ') break;
    if (c < 0x064B || c > 0x0670) word.push_back(c);
  }
  const size_t n = word.size();
  if (n < 3) return out;
  const bool defective = word.back() == U'ى';
  const bool hollow = !defective && word[n - 2] == U'ا';
  if (n >= 6 && word.starts_with(U"است")) {
    AddNoun(Lengthened(word, defective), out);
  } else if (n == 5 && word.starts_with(U"است") && hollow) {
    AddNoun(word + U"ة", out);  // استعاد → استعادة
  } else if (n == 4 && word[0] == U'أ' && hollow) {
    AddNoun(word + U"ة", out);  // أعاد → إعادة
  } else if (n == 4 && word[0] == U'أ') {
    AddNoun(Lengthened(word, defective), out);  // أطلق → إطلاق
  } else if (n >= 5 && word[0] == U'ا') {
    if (hollow) {
      // اختار → اختيار
      Letters noun = word;
      noun.insert(n - 2, U"ي");
      AddNoun(noun, out);
    } else {
      AddNoun(Lengthened(word, defective), out);  // انسحب, اقترح
    }
  } else if (n == 4 && word[0] == U'ت') {
    AddNoun(defective ? word.substr(0, 3) : word, out);  // تبنى → تبني by its keys
  } else if (n == 5 && word[0] == U'ت' && word[2] == U'ا') {
    AddNoun(word, out);  // تبادل
  } else if (n == 4 && word[1] == U'ا') {
    AddNoun(U"م" + word + U"ة", out);  // ناقش → مناقشة
  } else if (n == 3 && !IsAlef(word[0]) && !hollow) {
    if (defective) {
      AddNoun(U"ت" + word.substr(0, 2) + U"ية", out);  // سمى → تسمية
    } else {
      AddNoun(U"ت" + word.substr(0, 2) + U"ي" + word.back(), out);  // طبع → تطبيع
    }
  }
  return out;
}

VerbalNouns::VerbalNouns(const Lexicon& lexicon) {
  for (const LexicalEntry& entry : lexicon.entries()) {
    if (entry.part_of_speech == PartOfSpeech::kNoun && entry.InSet("concept")) {
      for (const LexicalForm& form : entry.forms) {
        if (form.language != "en" || !form.canonical || form.text.find(' ') != std::string::npos)
          continue;
        by_stem_[Stem(Normalise(form.text), "en")].push_back(&entry);
      }
    }
    if (entry.part_of_speech != PartOfSpeech::kVerb) continue;
    for (const LexicalForm& form : entry.forms) {
      std::vector<std::string> nouns;
      if (form.language == "ar" && form.canonical) {
        nouns = ArabicVerbalNouns(form.text);
      } else if (form.language == "en" && form.features.tense == Tense::kGerund &&
                 form.text.find(' ') == std::string::npos) {
        nouns = {Normalise(form.text)};
      }
      for (const std::string& noun : nouns) {
        std::vector<const LexicalEntry*>& entries = by_noun_[noun];
        if (entries.empty() || entries.back() != &entry) entries.push_back(&entry);
      }
    }
  }
}

std::vector<const LexicalEntry*> VerbalNouns::Find(const Token& token) const {
  std::vector<const LexicalEntry*> out;
  auto add = [&](std::string_view word, bool stem = false) {
    const auto& table = stem ? by_stem_ : by_noun_;
    const auto found = table.find(word);
    if (found == table.end()) return;
    for (const LexicalEntry* entry : found->second) {
      if (std::find(out.begin(), out.end(), entry) == out.end()) out.push_back(entry);
    }
  };
  add(token.normalised());
  if (token.normalised().ends_with("ing")) add(Stem(token.normalised(), "en"), true);
  for (const CliticSplit& split : token.word->splits) {
    if (split.enclitic.empty()) add(split.stem);
  }
  return out;
}

std::vector<std::string> VerbalNouns::WordsOf(const LexicalEntry& verb) {
  std::vector<std::string> out;
  for (const LexicalForm& form : verb.forms) {
    if (!form.canonical) continue;
    if (verb.part_of_speech == PartOfSpeech::kNoun) {
      out.push_back(form.text);
    } else if (form.language == "ar") {
      for (std::string& noun : ArabicVerbalNouns(form.text)) {
        if (std::find(out.begin(), out.end(), noun) == out.end()) out.push_back(std::move(noun));
      }
    } else if (form.language == "en" && form.text.find(' ') == std::string::npos) {
      out.push_back(form.text);
    }
  }
  return out;
}

}  // namespace sanad
