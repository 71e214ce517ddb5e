// Files named on a command line: their text, their IRIs, their kinds.

#ifndef SANAD_SHELL_FILES_H_
#define SANAD_SHELL_FILES_H_

#include <optional>
#include <string>
#include <string_view>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <sanad/loader.h>

namespace sanad::shell {

// OK when `path` is a file that can be read; else NotFound or
// FailedPrecondition (a directory), naming it.
absl::Status CheckReadable(const std::string& path);

// The file's bytes; "-" is standard input.
absl::StatusOr<std::string> ReadFile(const std::string& path);

// The absolute file: IRI of a path, percent-encoded where RFC 3987 needs it.
std::string FileIri(const std::string& path);

// True when the text begins with a scheme, as in "file:" or "https:".
bool HasScheme(std::string_view text);

// By the ending, or by the names of the command line: text, markdown, html.
std::optional<DocumentFormat> DocumentFormatOf(std::string_view path);
std::optional<DocumentFormat> DocumentFormatByName(std::string_view name);

}  // namespace sanad::shell

#endif  // SANAD_SHELL_FILES_H_
