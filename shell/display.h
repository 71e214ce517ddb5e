// Text as a terminal shows it: how many columns it takes, and which of its
// characters must not reach the terminal as they are.

#ifndef SANAD_SHELL_DISPLAY_H_
#define SANAD_SHELL_DISPLAY_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace sanad::shell {

enum class NewLines { kKeep, kEscape };

// UTF-8 that a terminal shows without obeying it: control characters become
// \n, \t, \xNN or \u{NN}, directional controls \u{NNNN}, bytes that are not
// UTF-8 U+FFFD.
std::string EscapeForTerminal(std::string_view text, NewLines new_lines = NewLines::kEscape);

// Columns that `text` takes: by grapheme cluster, combining marks zero wide,
// East Asian wide characters and emoji two.
size_t DisplayWidth(std::string_view text);

// True when the text holds a character of a right-to-left script.
bool HasRightToLeft(std::string_view text);

// The text between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE, so that a
// right-to-left cell does not reorder its neighbours.
std::string Isolated(std::string_view text);

// The byte position of code point `position`; text.size() past the end.
size_t ByteOfCodePoint(std::string_view text, size_t position);

}  // namespace sanad::shell

#endif  // SANAD_SHELL_DISPLAY_H_
