// The rows of a query on standard output, in the format that was asked for.

#ifndef SANAD_SHELL_QUERY_OUTPUT_H_
#define SANAD_SHELL_QUERY_OUTPUT_H_

#include <cstdint>
#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <sanad/query.h>

#include "shell/console.h"
#include "shell/term_text.h"

namespace sanad::shell {

// OK when `format` can show results of that form: triples as RDF, rows and
// booleans otherwise. Empty is the form's own default.
absl::Status CheckFormat(QueryForm form, const std::string& format);

// Writes every row; the result is their count (ASK: 1), or the error of the
// cursor or of standard output.
absl::StatusOr<uint64_t> WriteRows(Cursor& cursor, const std::string& format,
                                   const Prefixes& prefixes, Console& console);

}  // namespace sanad::shell

#endif  // SANAD_SHELL_QUERY_OUTPUT_H_
