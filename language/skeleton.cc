// Consonant skeletons. Each script's letters map to a few classes: b(p) t(d) k(g
// j q kh gh) s(z sh ch) f(v) m n l r; vowels, semivowels, h and glottals go,
// because spellings disagree on them. Other scripts are first romanised by ICU.

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "language/keys.h"
#include "language/normalise.h"
#include "language/text.h"

namespace sanad {
namespace {

struct Digraph {
  std::string_view letters;
  std::string_view classes;
};

constexpr std::array<Digraph, 16> kDigraphs = {{{"tsch", "s"},
                                                {"tch", "s"},
                                                {"sch", "s"},
                                                {"zh", "k"},
                                                {"sh", "s"},
                                                {"chr", "kr"},  // Of Greek.
                                                {"chl", "kl"},
                                                {"ch", "s"},
                                                {"kh", "k"},
                                                {"gh", "k"},
                                                {"th", "t"},
                                                {"dh", "t"},
                                                {"ph", "f"},
                                                {"ck", "k"},
                                                {"dj", "k"},
                                                {"x", "ks"}}};

char LatinClass(char c, char next) {
  switch (c) {
    case 'b':
    case 'p':
      return 'b';
    case 't':
    case 'd':
      return 't';
    case 'c':
      return next == 'e' || next == 'i' || next == 'y' ? 's' : 'k';
    case 'k':
    case 'q':
    case 'g':
    case 'j':
      return 'k';
    case 's':
    case 'z':
      return 's';
    case 'f':
    case 'v':
      return 'f';
    case 'm':
    case 'n':
    case 'l':
    case 'r':
      return c;
    default:
      return 0;
  }
}

char ArabicClass(char32_t c) {
  switch (c) {
    case U'ب':
    case U'پ':
      return 'b';
    case U'ت':
    case U'ث':
    case U'د':
    case U'ذ':
    case U'ط':
    case U'ض':
      return 't';
    case U'ج':
    case U'خ':
    case U'غ':
    case U'ق':
    case U'ك':
    case U'گ':
    case U'ژ':
      return 'k';
    case U'س':
    case U'ش':
    case U'ص':
    case U'ز':
    case U'ظ':
    case U'چ':
      return 's';
    case U'ف':
    case U'ڤ':
      return 'f';
    case U'م':
      return 'm';
    case U'ن':
      return 'n';
    case U'ل':
      return 'l';
    case U'ر':
      return 'r';
    default:
      return 0;
  }
}

// u and i as the semivowels that Arabic writes them by.
char LatinSemivowel(char c) {
  if (c == 'w' || c == 'u' || c == 'o') return 'w';
  return c == 'y' || c == 'i' || c == 'e' ? 'y' : '\0';
}

char ArabicSemivowel(char32_t c) { return c == U'و' ? 'w' : c == U'ي' ? 'y' : '\0'; }

// Adds a class, or a semivowel that is not said already.
void AddSound(char sound, std::string& out) {
  const bool semivowel = sound == 'w' || sound == 'y';
  if (sound != 0 && !(semivowel && out.ends_with(sound))) out.push_back(sound);
}

std::string LatinSkeleton(std::string_view word, bool semivowels) {
  std::string out;
  for (size_t i = 0; i < word.size();) {
    bool matched = false;
    for (const Digraph& d : kDigraphs) {
      if (word.substr(i).starts_with(d.letters)) {
        out.append(d.classes);
        i += d.letters.size();
        matched = true;
        break;
      }
    }
    if (matched) continue;
    const char c = word[i];
    const char next = i + 1 < word.size() ? word[i + 1] : '\0';
    char sound = LatinClass(c, next);
    if (sound == 0 && semivowels) sound = LatinSemivowel(c);
    AddSound(sound, out);
    i += next == c ? 2 : 1;  // A doubled letter is one.
  }
  return out;
}

std::string ArabicSkeleton(std::string_view word, bool semivowels) {
  std::string out;
  const std::u32string letters = ToUtf32(word);
  size_t i = letters.size() > 4 && letters.starts_with(U"ال") ? 2 : 0;
  for (; i < letters.size(); ++i) {
    if (letters[i] == U'ت' && i + 1 < letters.size() && letters[i + 1] == U'ش') continue;  // ch
    char sound = ArabicClass(letters[i]);
    if (sound == 0 && semivowels) sound = ArabicSemivowel(letters[i]);
    AddSound(sound, out);
  }
  return out;
}

bool IsArabicLetter(char32_t c) { return c >= 0x0620 && c <= 0x06FF; }

std::string Romanise(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  thread_local const std::unique_ptr<icu::Transliterator> to_latin(
      icu::Transliterator::createInstance("Any-Latin; Latin-ASCII", UTRANS_FORWARD, error));
  if (to_latin == nullptr) return std::string(text);
  icu::UnicodeString buffer = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  to_latin->transliterate(buffer);
  std::string out;
  buffer.toUTF8String(out);
  return Normalise(out);
}

bool IsArticle(std::string_view word) {
  static constexpr std::array<std::string_view, 9> kArticles = {"al", "el", "ad", "an", "ar",
                                                                "as", "at", "az", "ash"};
  for (std::string_view a : kArticles) {
    if (a == word) return true;
  }
  return false;
}

// The article is written without hamza: a name that begins with one and a lam
// (ألكسندر) keeps them apart from it by a bare hamza before.
std::string WithoutFalseArticle(std::string_view name) {
  std::string out;
  for (size_t at = 0; at < name.size(); ++at) {
    const bool starts = at == 0 || name[at - 1] == ' ';
    for (const std::string_view alef : {"أل", "إل", "آل"}) {
      if (!starts || !name.substr(at).starts_with(alef)) continue;
      out += "ءال";
      at += alef.size();
      break;
    }
    if (at < name.size()) out.push_back(name[at]);
  }
  return out;
}

std::string Skeleton(std::string_view name, bool semivowels) {
  if (name.size() > 1024) name = name.substr(0, 1024);
  const std::string dashed = IdentityName(WithoutFalseArticle(name));
  std::vector<std::string> words;
  for (size_t at = 0; at <= dashed.size();) {
    const size_t dash = std::min(dashed.find('-', at), dashed.size());
    if (dash > at) words.push_back(dashed.substr(at, dash - at));
    at = dash + 1;
  }
  std::string out;
  for (size_t i = 0; i < words.size(); ++i) {
    std::string word = words[i];
    if (i + 1 < words.size() && IsArticle(word)) continue;
    size_t offset = 0;
    const char32_t first = NextCodePoint(word, offset);
    bool ascii = true;
    for (char c : word) ascii = ascii && static_cast<unsigned char>(c) < 0x80;
    if (!ascii && !IsArabicLetter(first)) word = Romanise(word);
    const std::string skeleton =
        IsArabicLetter(first) ? ArabicSkeleton(word, semivowels) : LatinSkeleton(word, semivowels);
    if (skeleton.empty()) continue;
    if (!out.empty()) out.push_back(' ');
    out += skeleton;
  }
  return out;
}

}  // namespace

std::string ConsonantSkeleton(std::string_view name) { return Skeleton(name, false); }

std::string SoundSkeleton(std::string_view name) { return Skeleton(name, true); }

}  // namespace sanad
