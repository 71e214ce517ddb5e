// Blocks are checked for UTF-8 as they come. The bytes of a character cut by the
// end of a block stay hidden until the next one arrives.

#include "loader/rdf/text_window.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "storage/model/lexical.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

constexpr size_t kBlockBytes = size_t{1} << 18;
// Room for the NUL, and for scans that read a vector beyond it.
constexpr size_t kPadding = 64;
constexpr size_t kMaxCharacterBytes = 4;
// What an error shows of its line, before and after the caret.
constexpr size_t kShownBefore = 60, kShownAfter = 30;

// Small texts need no large window. A compressed size says nothing, but growing
// costs little.
size_t InitialCapacity(const ByteSource& source) {
  if (source.total() == 0) return kBlockBytes;
  return static_cast<size_t>(std::clamp<uint64_t>(source.total() + 1, 1024, kBlockBytes));
}

uint64_t CountCharacters(const char* begin, const char* end) {
  return static_cast<uint64_t>(
      std::count_if(begin, end, [](char c) { return (c & 0xC0) != 0x80; }));
}

// The text with control characters as '?', so that a message cannot move a
// terminal's cursor.
std::string Printable(const char* begin, const char* end) {
  std::string out(begin, end);
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = c == '\t' ? ' ' : '?';
  }
  return out;
}

}  // namespace

TextWindow::TextWindow(ByteSource& source, TextPlace start)
    : source_(source),
      capacity_(InitialCapacity(source)),
      buffer_(std::make_unique_for_overwrite<char[]>(capacity_ + kPadding)),
      cursor_(buffer_.get()),
      end_(buffer_.get()) {
  dropped_ = start.offset;
  first_.line = start.line;
  if (More() && start.offset == 0 && std::string_view(cursor_, end_).starts_with("\xEF\xBB\xBF")) {
    cursor_ += 3;
  }
}

void TextWindow::DropRead() {
  const auto read = static_cast<size_t>(cursor_ - begin());
  if (read == 0) return;
  first_ = PlaceOf(cursor_);
  dropped_ += read;
  std::memmove(buffer_.get(), buffer_.get() + read, size_ - read);
  size_ -= read;
}

bool TextWindow::More() {
  if (at_end_ || !status_.ok()) return false;
  const auto shown = static_cast<size_t>(end_ - cursor_);
  std::memcpy(buffer_.get() + (end_ - begin()), hidden_.data(), hidden_.size());
  DropRead();
  if (size_ == capacity_) {
    if (capacity_ >= kMaxTokenBytes) {
      status_ =
          absl::ResourceExhaustedError("a term or line is larger than 256 MiB; split or remove it");
    } else {
      auto larger = std::make_unique_for_overwrite<char[]>(capacity_ * 2 + kPadding);
      std::memcpy(larger.get(), buffer_.get(), size_);
      buffer_ = std::move(larger);
      capacity_ *= 2;
    }
  }
  // Filling the buffer makes rescans of a growing token linear in all.
  while (status_.ok() && !at_end_ && size_ < capacity_) {
    absl::StatusOr<size_t> count = source_.Read(buffer_.get() + size_, capacity_ - size_);
    if (!count.ok()) {
      status_ = std::move(count).status();
    } else {
      at_end_ = *count == 0;
      size_ += *count;
    }
  }
  cursor_ = begin();
  end_ = begin() + shown;
  Expose();
  return static_cast<size_t>(end_ - begin()) > shown;
}

void TextWindow::Expose() {
  const auto shown = static_cast<size_t>(end_ - begin());
  const size_t bad = FindInvalidUtf8({end_, size_ - shown});
  end_ = bad == std::string_view::npos ? begin() + size_ : end_ + bad;
  const auto left = static_cast<size_t>(begin() + size_ - end_);
  if (status_.ok() && left > 0 && (left >= kMaxCharacterBytes || at_end_)) {
    const Place place = PlaceOf(end_);
    status_ = MakeStatus(absl::StatusCode::kInvalidArgument, "not UTF-8 at byte ", OffsetOf(end_),
                         " (line ", place.line, ", column ", place.column,
                         "); convert the text to UTF-8");
  }
  hidden_.assign(end_, left);
  if (!status_.ok()) size_ -= left;
  buffer_[static_cast<size_t>(end_ - begin())] = '\0';
}

TextWindow::Place TextWindow::PlaceOf(const char* p) const {
  Place place = first_;
  const auto breaks = static_cast<uint64_t>(std::count(begin(), p, '\n'));
  const char* line_begin = begin();
  if (breaks > 0) {
    line_begin =
        std::find(std::make_reverse_iterator(p), std::make_reverse_iterator(begin()), '\n').base();
    place = {first_.line + breaks, 1};
  }
  place.column += CountCharacters(line_begin, p);
  return place;
}

absl::Status TextWindow::ErrorAt(const char* p, std::string_view what) const {
  const Place place = PlaceOf(p);
  const char* line_begin = p;
  while (line_begin > begin() && line_begin[-1] != '\n') --line_begin;
  const char* line_end = std::find(p, end_, '\n');
  if (line_end > p && line_end[-1] == '\r') --line_end;
  // Cut long lines between characters.
  const auto is_inside = [](char c) { return (c & 0xC0) == 0x80; };
  if (static_cast<size_t>(p - line_begin) > kShownBefore) line_begin = p - kShownBefore;
  while (line_begin < p && is_inside(*line_begin)) ++line_begin;
  if (static_cast<size_t>(line_end - p) > kShownAfter) line_end = p + kShownAfter;
  while (line_end > p && line_end < end_ && is_inside(*line_end)) --line_end;
  return MakeStatus(absl::StatusCode::kInvalidArgument, "line ", place.line, ", column ",
                    place.column, ": ", what, "\n  ", Printable(line_begin, line_end), "\n  ",
                    std::string(CountCharacters(line_begin, p), ' '), "^");
}

}  // namespace sanad
