// Lines first, then ICU's sentence rules inside a line; a break whose left side
// ends in an abbreviation or an initial is removed.

#include "language/sentences.h"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include <algorithm>
#include <memory>

#include "language/closed_words.h"
#include "language/text.h"

namespace sanad {
namespace {

struct BreakDelete {
  void operator()(UBreakIterator* b) const { ubrk_close(b); }
};
struct TextDelete {
  void operator()(UText* t) const { utext_close(t); }
};

constexpr size_t kMaxLine = size_t{1} << 30;  // ICU's offsets are 32 bits.

bool IsLineEnd(char32_t c) {
  return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029 || c == 0x0B || c == 0x0C;
}

bool IsBlank(char32_t c) {
  return c <= ' ' || (c >= 0x7F && (u_isUWhiteSpace(static_cast<UChar32>(c)) || c == 0x200B ||
                                    c == 0xFEFF || c == 0x200E || c == 0x200F));
}

bool IsFinalPunctuation(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x061F || c == 0x06D4 || c == 0x2026;
}

// True when `left` (a sentence candidate) ends in "Dr.", "J." or the like.
bool EndsInAbbreviation(std::string_view left) {
  while (!left.empty() && static_cast<unsigned char>(left.back()) <= ' ') left.remove_suffix(1);
  if (!left.ends_with('.')) return false;
  size_t begin = left.size() - 1;
  while (begin > 0 && static_cast<unsigned char>(left[begin - 1]) > ' ' && left[begin - 1] != '(') {
    --begin;
  }
  const std::string_view word = left.substr(begin, left.size() - 1 - begin);
  if (word.empty() || word.size() > 12) return false;
  const std::u32string letters = ToUtf32(word);
  // An initial: "J. Smith". "I." may end a sentence.
  if (letters.size() == 1 && u_isupper(static_cast<UChar32>(letters[0])) && letters[0] != U'I') {
    return true;
  }
  std::string bare(word);
  std::erase(bare, '.');
  const std::vector<Token> tokens = Tokenise(bare);
  if (tokens.size() != 1) return false;
  const internal::ClosedMatch match =
      internal::MatchClosed(internal::ClosedClass::kAbbreviation, tokens, 0);
  // "May 5 is no. 1" – lower-case "no" and "may" as words end sentences more often.
  return match.count == 1 && (tokens[0].word->script != Script::kLatin ||
                              tokens[0].is_capitalised() || word.find('.') != word.npos);
}

// "برعاية أممية.. اتفاق على هدنة": two dots part a headline, not sentences.
bool EndsInTwoDots(std::string_view left) {
  while (!left.empty() && static_cast<unsigned char>(left.back()) <= ' ') left.remove_suffix(1);
  return left.ends_with("..") && !left.ends_with("...");
}

class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text) {}

  std::vector<SentenceSpan> Run() {
    size_t line = 0;
    for (size_t at = 0; at < text_.size();) {
      const size_t before = at;
      const char32_t c = NextCodePoint(text_, at);
      if (!IsLineEnd(c)) continue;
      SplitLine(line, before);
      line = at;
    }
    SplitLine(line, text_.size());
    return std::move(out_);
  }

 private:
  void SplitLine(size_t begin, size_t end) {
    if (begin >= end) return;
    const size_t first = out_.size();
    const std::string_view line = text_.substr(begin, end - begin);
    size_t start = 0;
    for (size_t stop : Breaks(line)) {
      if (stop < line.size() && (EndsInAbbreviation(line.substr(start, stop - start)) ||
                                 EndsInTwoDots(line.substr(start, stop - start)))) {
        continue;
      }
      Add(begin + start, begin + stop);
      start = stop;
    }
    if (start < line.size()) Add(begin + start, end);
    if (out_.size() == first + 1) {
      SentenceSpan& only = out_.back();
      size_t at = only.end_byte;
      // Closing quotes and brackets may follow the final stop.
      char32_t last = 0;
      for (int i = 0; i < 3 && at > only.begin_byte; ++i) {
        do {
          --at;
        } while (at > only.begin_byte && (static_cast<unsigned char>(text_[at]) & 0xC0) == 0x80);
        size_t offset = at;
        last = NextCodePoint(text_, offset);
        if (last != '"' && last != ')' && last != 0x00BB && last != 0x201D) break;
      }
      only.is_heading = !IsFinalPunctuation(last);
    }
  }

  std::vector<size_t> Breaks(std::string_view line) {
    std::vector<size_t> out;
    if (line.size() > kMaxLine) return out;
    UErrorCode error = U_ZERO_ERROR;
    thread_local const std::unique_ptr<UBreakIterator, BreakDelete> breaks([] {
      UErrorCode open_error = U_ZERO_ERROR;
      return ubrk_open(UBRK_SENTENCE, "en", nullptr, 0, &open_error);
    }());
    if (breaks == nullptr) return out;
    const std::unique_ptr<UText, TextDelete> source(
        utext_openUTF8(nullptr, line.data(), static_cast<int64_t>(line.size()), &error));
    ubrk_setUText(breaks.get(), source.get(), &error);
    if (U_FAILURE(error)) return out;
    for (int32_t at = ubrk_next(breaks.get()); at != UBRK_DONE; at = ubrk_next(breaks.get())) {
      out.push_back(static_cast<size_t>(at));
    }
    return out;
  }

  // Trims and appends; code points are counted on from the sentence before.
  void Add(size_t begin, size_t end) {
    while (begin < end) {
      size_t next = begin;
      if (!IsBlank(NextCodePoint(text_, next))) break;
      begin = next;
    }
    size_t last = begin;  // Behind the last character that is not blank.
    for (size_t at = begin; at < end;) {
      if (!IsBlank(NextCodePoint(text_, at))) last = at;
    }
    if (last == begin) return;
    SentenceSpan span;
    span.begin_byte = static_cast<uint32_t>(begin);
    span.end_byte = static_cast<uint32_t>(last);
    span.begin = CodePointsUpTo(begin);
    span.end = CodePointsUpTo(last);
    out_.push_back(span);
  }

  uint32_t CodePointsUpTo(size_t byte) {
    while (counted_bytes_ < byte) {
      NextCodePoint(text_, counted_bytes_);
      ++counted_;
    }
    return counted_;
  }

  std::string_view text_;
  size_t counted_bytes_ = 0;
  uint32_t counted_ = 0;
  std::vector<SentenceSpan> out_;
};

}  // namespace

std::vector<SentenceSpan> SplitSentences(std::string_view text) { return Splitter(text).Run(); }

}  // namespace sanad
