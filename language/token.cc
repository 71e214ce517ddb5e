// A hand-written scanner over code points. Word analyses are kept in a cache of
// two generations a thread: when the young one is full it becomes the old one,
// so memory stays bounded and frequent words stay in.

#include "language/token.h"

#include <absl/container/flat_hash_map.h>
#include <unicode/uchar.h>

#include <utility>

#include "language/clitics.h"
#include "language/closed_words.h"
#include "language/key_builder.h"
#include "language/normalise.h"
#include "language/text.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

constexpr size_t kGeneration = 4096;    // Words in a cache generation; about a kilobyte each.
constexpr size_t kLongestCached = 128;  // Bytes.
constexpr size_t kLongestAnalysed = 512;

bool IsDigit(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9';
  return u_charType(static_cast<UChar32>(c)) == U_DECIMAL_DIGIT_NUMBER;
}

bool IsWordCharacter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || IsDigit(c) || c == '_';
  if (c == 0x0640) return true;
  const int8_t type = u_charType(static_cast<UChar32>(c));
  return u_isalnum(static_cast<UChar32>(c)) || type == U_NON_SPACING_MARK ||
         type == U_COMBINING_SPACING_MARK || type == U_ENCLOSING_MARK;
}

// Bidirectional and zero-width controls between tokens are like white space.
bool IsSkipped(char32_t c) {
  if (c < 0x80) return c <= ' ' || c == 0x7F;
  return u_isUWhiteSpace(static_cast<UChar32>(c)) ||
         u_charType(static_cast<UChar32>(c)) == U_FORMAT_CHAR;
}

bool IsJoiner(char32_t c) { return c == 0x200C || c == 0x200D || c == 0x00AD; }

bool IsApostrophe(char32_t c) { return c == '\'' || c == 0x2019 || c == 0x02BC; }

bool IsAttachedBeforeDigit(char32_t c) {
  return c == U'و' || c == U'ف' || c == U'ب' || c == U'ل' || c == U'ك';
}

Script ScriptOf(char32_t c) {
  if (c < 0x80) return u_isalpha(static_cast<UChar32>(c)) ? Script::kLatin : Script::kNone;
  if ((c >= 0x0600 && c <= 0x06FF) || (c >= 0x0750 && c <= 0x077F) ||
      (c >= 0xFB50 && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFF)) {
    return u_isalpha(static_cast<UChar32>(c)) ? Script::kArabic : Script::kNone;
  }
  if (!u_isalpha(static_cast<UChar32>(c))) return Script::kNone;
  return c <= 0x024F || (c >= 0x1E00 && c <= 0x1EFF) ? Script::kLatin : Script::kOther;
}

Capitalisation CapitalisationOf(std::u32string_view letters) {
  size_t upper = 0;
  size_t lower = 0;
  bool first_upper = false;
  bool first = true;
  for (char32_t c : letters) {
    const bool up = u_isupper(static_cast<UChar32>(c)) || u_istitle(static_cast<UChar32>(c));
    const bool low = u_islower(static_cast<UChar32>(c));
    if (!up && !low) continue;
    if (first) first_upper = up;
    first = false;
    (up ? upper : lower) += 1;
  }
  if (upper + lower == 0) return Capitalisation::kUncased;
  if (upper == 0) return Capitalisation::kLower;
  if (lower == 0) return upper == 1 ? Capitalisation::kInitial : Capitalisation::kUpper;
  return first_upper && upper == 1 ? Capitalisation::kInitial : Capitalisation::kMixed;
}

TokenKind KindOf(std::u32string_view letters) {
  bool word = false;
  bool letter = false;
  for (char32_t c : letters) {
    word = word || IsWordCharacter(c);
    letter = letter || u_isalpha(static_cast<UChar32>(c));
  }
  if (!word) return TokenKind::kPunctuation;
  return !letter && IsDigit(letters.front()) ? TokenKind::kNumber : TokenKind::kWord;
}

std::shared_ptr<const Word> Analyse(std::string_view surface) {
  auto word = std::make_shared<Word>();
  word->surface = std::string(surface);
  const std::u32string letters = ToUtf32(surface);
  word->kind = letters.empty() ? TokenKind::kPunctuation : KindOf(letters);
  for (char32_t c : letters) {
    if (word->script == Script::kNone) word->script = ScriptOf(c);
  }
  word->capitalisation = CapitalisationOf(letters);
  if (word->kind == TokenKind::kNumber) {
    word->normalised = FoldDigits(surface);
  } else {
    word->normalised = Normalise(surface);
    // "U.S." compares as "us".
    if (word->kind == TokenKind::kWord) std::erase(word->normalised, '.');
  }
  if (surface.size() > kLongestAnalysed) {
    // No word of any language: kept as it is, compared as it is.
    word->splits.push_back({{}, word->normalised, ""});
    return word;
  }
  if (word->kind == TokenKind::kWord && word->script == Script::kArabic) {
    word->splits = internal::SplitClitics(surface, word->normalised);
  } else {
    word->splits.push_back({{}, word->normalised, ""});
  }
  word->keys = internal::BuildKeys(*word);
  word->closed_classes = internal::ClosedClassesOf(*word);
  return word;
}

using WordMap = absl::flat_hash_map<std::string, std::shared_ptr<const Word>, TransparentStringHash,
                                    TransparentStringEq>;

class Scanner {
 public:
  Scanner(std::string_view text, TextBase base) : text_(text), base_(base) {}

  std::vector<Token> Run() {
    out_.reserve(text_.size() / 6 + 1);
    while (at_ < text_.size()) {
      const char32_t c = Peek(0);
      if (IsSkipped(c)) {
        Advance();
        space_ = true;
      } else if (IsDigit(c)) {
        ScanNumber();
      } else if (IsWordCharacter(c)) {
        ScanWord();
      } else {
        const size_t begin = at_;
        const size_t begin_cp = code_point_;
        Advance();
        Emit(begin, begin_cp);
      }
    }
    return std::move(out_);
  }

 private:
  // The code point `ahead` characters on; 0 behind the end.
  char32_t Peek(int ahead) const {
    size_t offset = at_;
    char32_t c = 0;
    for (int i = 0; i <= ahead; ++i) {
      if (offset >= text_.size()) return 0;
      c = NextCodePoint(text_, offset);
    }
    return c;
  }
  void Advance() {
    NextCodePoint(text_, at_);
    ++code_point_;
  }
  void Advance(int count) {
    for (; count > 0; --count) Advance();
  }

  void Emit(size_t begin, size_t begin_cp) {
    Token token;
    token.word = AnalyseWord(text_.substr(begin, at_ - begin));
    token.begin = base_.code_point + static_cast<uint32_t>(begin_cp);
    token.end = base_.code_point + static_cast<uint32_t>(code_point_);
    token.begin_byte = base_.byte + static_cast<uint32_t>(begin);
    token.end_byte = base_.byte + static_cast<uint32_t>(at_);
    token.space_before = std::exchange(space_, false);
    if (!token.is_punctuation()) token.sentence_initial = std::exchange(initial_, false);
    out_.push_back(std::move(token));
  }

  int DigitRun(int ahead) const {
    int count = 0;
    while (count < 40 && IsDigit(Peek(ahead + count))) ++count;
    return count;
  }

  // How many characters after the leading run of `digits` digits belong to the
  // number, by what a separator between digits means.
  int Tail(int digits) const {
    const char32_t separator = Peek(digits);
    const int next = DigitRun(digits + 1);
    if (separator == '.' || separator == 0x066B) {
      // 3.5, but 1.2.2024 is a date with dots.
      if (next > 0 && Peek(digits + 1 + next) == '.') {
        const int third = DigitRun(digits + 2 + next);
        return third == 4 ? 2 + next + third : 0;
      }
      return next > 0 ? 1 + next : 0;
    }
    if (separator == ',' || separator == 0x066C) return next == 3 && digits <= 3 ? 4 : 0;
    if (separator == ':') return next == 2 && digits <= 2 ? 3 : 0;
    if (separator == '-' && digits == 4 && next == 2 && Peek(digits + 3) == '-' &&
        DigitRun(digits + 4) == 2) {
      return 6;
    }
    if (separator == '/' && next > 0 && Peek(digits + 1 + next) == '/') {
      const int third = DigitRun(digits + 2 + next);
      return third > 0 ? 2 + next + third : 0;
    }
    return 0;
  }

  void ScanNumber() {
    const size_t begin = at_;
    const size_t begin_cp = code_point_;
    int digits = 0;
    while (IsDigit(Peek(0))) {
      Advance();
      ++digits;
    }
    at_ = begin, code_point_ = begin_cp;
    if (digits < 40) {
      int tail = Tail(digits);
      Advance(digits + tail);
      // Further groups of three, then decimals: 1,250,000.5
      while (tail == 4 && (Peek(0) == ',' || Peek(0) == 0x066C) && DigitRun(1) == 3) Advance(4);
      if (tail == 4 && (Peek(0) == '.' || Peek(0) == 0x066B) && DigitRun(1) > 0) {
        Advance(1 + DigitRun(1));
      }
    } else {
      Advance(digits);
    }
    // "2nd", "5G": letters of the same word.
    while (IsWordCharacter(Peek(0)) && at_ < text_.size() && ScriptOf(Peek(0)) == Script::kLatin) {
      Advance();
    }
    Emit(begin, begin_cp);
  }

  void ScanWord() {
    const size_t begin = at_;
    const size_t begin_cp = code_point_;
    if (ScanInitials()) return Emit(begin, begin_cp);
    while (at_ < text_.size()) {
      const char32_t c = Peek(0);
      if (IsWordCharacter(c)) {
        Advance();
        const bool attached = at_ == begin + 2 && IsAttachedBeforeDigit(c);
        if (attached) {
          while (Peek(0) == 0x0640) Advance();
          if (IsDigit(Peek(0))) return Emit(begin, begin_cp);
        }
      } else if (IsJoiner(c) && IsWordCharacter(Peek(1))) {
        Advance();
      } else if (IsApostrophe(c) && IsWordCharacter(Peek(1))) {
        const bool possessive = (Peek(1) == 's' || Peek(1) == 'S') && !IsWordCharacter(Peek(2));
        if (possessive) {
          Emit(begin, begin_cp);
          const size_t clitic = at_;
          const size_t clitic_cp = code_point_;
          Advance(2);
          return Emit(clitic, clitic_cp);
        }
        Advance();
      } else {
        break;
      }
    }
    Emit(begin, begin_cp);
  }

  // "U.S.", "U.N": capitals with periods between; at least two.
  bool ScanInitials() {
    int letters = 0;
    int ahead = 0;
    while (letters < 8 && u_isupper(static_cast<UChar32>(Peek(ahead))) && Peek(ahead + 1) == '.') {
      ++letters;
      ahead += 2;
    }
    if (letters < 2 || IsWordCharacter(Peek(ahead))) return false;
    Advance(ahead);
    return true;
  }

  std::string_view text_;
  TextBase base_;
  size_t at_ = 0;
  size_t code_point_ = 0;
  bool space_ = false;
  bool initial_ = true;
  std::vector<Token> out_;
};

}  // namespace

std::shared_ptr<const Word> AnalyseWord(std::string_view surface) {
  if (surface.size() > kLongestCached) return Analyse(surface);
  thread_local WordMap young;
  thread_local WordMap old;
  if (const auto hit = young.find(surface); hit != young.end()) return hit->second;
  std::shared_ptr<const Word> word;
  if (const auto hit = old.find(surface); hit != old.end()) {
    word = hit->second;
  } else {
    word = Analyse(surface);
  }
  if (young.size() >= kGeneration) {
    old = std::move(young);
    young = WordMap();
  }
  young.emplace(std::string(surface), word);
  return word;
}

std::vector<Token> Tokenise(std::string_view text, TextBase base) {
  return Scanner(text, base).Run();
}

}  // namespace sanad
