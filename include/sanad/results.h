// Writers of solutions in the SPARQL 1.1 result formats, streaming.

#ifndef SANAD_RESULTS_H_
#define SANAD_RESULTS_H_

#include <functional>
#include <string_view>

#include <absl/status/status.h>
#include <sanad/export.h>
#include <sanad/query.h>

namespace sanad {

enum class ResultFormat { kJson, kXml, kCsv, kTsv };

// Receives bytes; an error stops the writer and is returned by it.
using ByteSink = std::function<absl::Status(std::string_view)>;

// Writes every row of `cursor` (SELECT or ASK); rows are handed to `sink` as
// they come. Returns the cursor's or the sink's error. CSV and TSV of ASK:
// InvalidArgument.
SANAD_EXPORT absl::Status WriteResults(Cursor& cursor, ResultFormat format, const ByteSink& sink);

}  // namespace sanad

#endif  // SANAD_RESULTS_H_
