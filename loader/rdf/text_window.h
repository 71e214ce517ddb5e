// A moving window over a UTF-8 text: what the lexers of the RDF syntaxes read.
//
// The window holds [cursor(), end()), all of it well-formed UTF-8, with a NUL
// byte at end(). A lexer that reaches end() calls More() and scans its token
// again from cursor(): so a token is always contiguous in memory and the window
// never holds more than one token and a block. Lines and columns are counted
// only for what leaves the window, and for an error.

#ifndef SANAD_LOADER_RDF_TEXT_WINDOW_H_
#define SANAD_LOADER_RDF_TEXT_WINDOW_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <absl/status/status.h>
#include "loader/rdf/byte_source.h"

namespace sanad {

// Where in a text the bytes of a source begin: at a line's first byte.
struct TextPlace {
  uint64_t line = 1;
  uint64_t offset = 0;
};

// Single-threaded.
class TextWindow {
 public:
  // The largest token or line; larger is ResourceExhausted.
  static constexpr size_t kMaxTokenBytes = size_t{1} << 28;

  // `source` must outlive the window.
  explicit TextWindow(ByteSource& source, TextPlace start = {});

  const char* cursor() const { return cursor_; }
  const char* end() const { return end_; }
  // REQUIRES: cursor() <= p <= end().
  void Advance(const char* p) { cursor_ = p; }

  // Adds bytes after end(); what lies before cursor() is dropped and all
  // pointers into the window end. False when there is no more, or on an error
  // (see status()).
  bool More();
  // OK, or why More() gave up: not UTF-8 (with byte offset, line and column), a
  // read error, a token too large.
  const absl::Status& status() const { return status_; }

  // InvalidArgument at `p`: "line 2, column 5: WHAT", the line's text and a
  // caret under the column (code points, 1-based).
  absl::Status ErrorAt(const char* p, std::string_view what) const;
  // Offset of `p` in the text.
  uint64_t OffsetOf(const char* p) const { return dropped_ + static_cast<uint64_t>(p - begin()); }

 private:
  struct Place {
    uint64_t line = 1;
    uint64_t column = 1;
  };

  const char* begin() const { return buffer_.get(); }
  Place PlaceOf(const char* p) const;
  void DropRead();
  void Expose();

  ByteSource& source_;
  size_t capacity_;
  std::unique_ptr<char[]> buffer_;
  size_t size_ = 0;  // Bytes read, those after end_ (an unfinished character) included.
  const char* cursor_;
  const char* end_;
  std::string hidden_;  // The bytes after end_, whose place the NUL takes.
  bool at_end_ = false;
  uint64_t dropped_ = 0;
  Place first_;  // The place of begin().
  absl::Status status_;
};

}  // namespace sanad

#endif  // SANAD_LOADER_RDF_TEXT_WINDOW_H_
