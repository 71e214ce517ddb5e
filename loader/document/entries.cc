// The entries of a timeline or live blog. The date that heads an entry ("18 March
// 2014: …", "2021: …") dates what the entry tells, and every entry begins anew; a
// clock time ("10:00 – …") only stands before its sentence.

#include "loader/document/entries.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "language/dates.h"

namespace sanad {
namespace {

// A text with fewer dated heads is no timeline: one may be a dateline.
constexpr size_t kFewestHeads = 2;
constexpr size_t kBeforeDate = 2;  // A bullet, "on", يوم.

struct Head {
  size_t tokens = 0;  // 0: none. With the mark behind it.
  PartialDate date;
};

bool IsDigits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "9:10", "21:30"
bool IsClock(const Token& token) {
  const std::string_view norm = token.word->normalised;
  const size_t colon = norm.find(':');
  return (colon == 1 || colon == 2) && norm.size() == colon + 3 &&
         IsDigits(norm.substr(0, colon)) && IsDigits(norm.substr(colon + 1));
}

bool IsYear(const Token& token) {
  const std::string_view norm = token.word->normalised;
  return norm.size() == 4 && IsDigits(norm) && norm >= "1800" && norm < "2200";
}

class EntryFinder {
 public:
  EntryFinder(const Knowledge& knowledge, AnnotatedText& text)
      : knowledge_(knowledge), text_(text) {}

  void Run() {
    std::vector<Head> heads(text_.sentences.size());
    size_t dated = 0;
    for (uint32_t s = 0; s < text_.sentences.size(); ++s) {
      Sentence& sentence = text_.sentences[s];
      sentence.body = sentence.first;
      if (!text_.StartsParagraph(s)) continue;
      heads[s] = HeadOf(sentence);
      dated += !heads[s].date.empty();
    }
    const bool timeline = dated >= kFewestHeads;
    bool inside = false;
    PartialDate date;
    for (uint32_t s = 0; s < text_.sentences.size(); ++s) {
      Sentence& sentence = text_.sentences[s];
      const Head& head = heads[s];
      const bool clock = head.tokens != 0 && head.date.empty();
      sentence.timed = clock;
      if (clock || (head.tokens != 0 && timeline)) sentence.body = Behind(sentence, head.tokens);
      if (!timeline) continue;
      inside = inside || !head.date.empty();
      sentence.opens_entry = inside && !clock && text_.StartsParagraph(s);
      if (sentence.opens_entry) date = head.date;
      sentence.entry_date = date;
    }
  }

 private:
  static uint32_t Behind(const Sentence& sentence, size_t tokens) {
    return std::min(sentence.end, sentence.atom_of_token[tokens - 1] + 1);
  }

  // Whether a colon or a dash between spaces stands at a token, and a word behind it.
  bool IsMark(const Sentence& sentence, size_t token) const {
    if (token + 1 >= sentence.tokens.size()) return false;
    const uint32_t atom = sentence.atom_of_token[token];
    if (text_.atoms[atom].norm == ":") return true;
    return text_.atoms[atom].space_before && text_.InSet(atom, knowledge_.known.dash);
  }

  // "4 May 2012, Lima: …", "9 July 2013, by telephone: …": the mark behind a comma and a
  // few words, or 0.
  size_t BehindPlace(const Sentence& sentence, size_t token) const {
    constexpr size_t kLongestPlace = 4;
    if (token >= sentence.tokens.size()) return 0;
    const std::string& comma = text_.atoms[sentence.atom_of_token[token]].norm;
    if (comma != "," && comma != "،") return 0;
    for (size_t t = token + 1; t < sentence.tokens.size() && t <= token + kLongestPlace + 1; ++t) {
      const Atom& atom = text_.atoms[sentence.atom_of_token[t]];
      if (t > token + 1 && atom.norm == ":" && IsMark(sentence, t)) return t;
      if (atom.is_punctuation()) return 0;
    }
    return 0;
  }

  Head HeadOf(const Sentence& sentence) const {
    const std::vector<Token>& tokens = sentence.tokens;
    if (tokens.size() < 3) return {};
    if (IsClock(tokens[0]) && IsMark(sentence, 1)) return {2, {}};
    if (IsYear(tokens[0]) && IsMark(sentence, 1)) {
      return {2, {NumberOf(tokens[0]), 0, 0}};
    }
    for (const DateSpan& span : FindDates(tokens)) {
      const size_t mark = span.first + span.count;
      if (span.first > kBeforeDate || span.relative() || span.date.empty()) continue;
      if (!OnlyParticles(sentence, span.first)) continue;
      if (IsMark(sentence, mark)) return {mark + 1, span.date};
      if (const size_t behind = BehindPlace(sentence, mark); behind != 0) {
        return {behind + 1, span.date};
      }
    }
    return {};
  }

  static int NumberOf(const Token& token) {
    int number = 0;
    for (const char digit : token.word->normalised) number = number * 10 + (digit - '0');
    return number;
  }

  bool OnlyParticles(const Sentence& sentence, size_t tokens) const {
    for (size_t t = 0; t < tokens; ++t) {
      const uint32_t atom = sentence.atom_of_token[t];
      if (!text_.atoms[atom].is_punctuation() &&
          !text_.InSet(atom, knowledge_.known.function_word) &&
          !text_.InSet(atom, knowledge_.known.preposition) &&
          !text_.InSet(atom, knowledge_.known.np_stop)) {
        return false;
      }
    }
    return true;
  }

  const Knowledge& knowledge_;
  AnnotatedText& text_;
};

}  // namespace

void FindEntries(const Knowledge& knowledge, AnnotatedText& text) {
  EntryFinder(knowledge, text).Run();
}

}  // namespace sanad
