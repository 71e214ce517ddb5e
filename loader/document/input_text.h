// Input documents to plain text: encodings, Markdown, HTML.

#ifndef SANAD_LOADER_DOCUMENT_INPUT_TEXT_H_
#define SANAD_LOADER_DOCUMENT_INPUT_TEXT_H_

#include <string>
#include <string_view>

#include <absl/status/statusor.h>
#include <sanad/loader.h>

namespace sanad {

struct InputText {
  std::string text;  // UTF-8; what all offsets count.
  std::string date;  // YYYY-MM-DD from metadata, or empty.
  std::string warning;
};

// The text of a document. UTF-8 passes, with or without byte order mark; UTF-16
// with one, windows-1256 and windows-1252 (by an HTML declaration or when the
// bytes can be nothing else) are converted, with a warning. Markup, scripts and
// styles of HTML and the marks of Markdown go; each block is a line. Errors:
// InvalidArgument naming the first bad byte.
absl::StatusOr<InputText> ReadInput(std::string_view bytes, DocumentFormat format);

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_INPUT_TEXT_H_
