// WriteResults: pulls rows from the cursor and hands bytes on in chunks. The
// first row goes out at once, so that a reader sees it before the last is
// computed; later ones are gathered into chunks that grow.

#include <algorithm>

#include <sanad/results.h>
#include "query/results/writer.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

constexpr size_t kFirstChunk = 256;
constexpr size_t kChunk = size_t{64} << 10;

std::unique_ptr<results::Writer> MakeWriter(ResultFormat format) {
  switch (format) {
    case ResultFormat::kJson:
      return results::MakeJsonWriter();
    case ResultFormat::kXml:
      return results::MakeXmlWriter();
    case ResultFormat::kCsv:
      return results::MakeCsvWriter();
    case ResultFormat::kTsv:
      break;
  }
  return results::MakeTsvWriter();
}

}  // namespace

absl::Status WriteResults(Cursor& cursor, ResultFormat format, const ByteSink& sink) {
  const std::unique_ptr<results::Writer> writer = MakeWriter(format);
  std::string buffer;
  if (cursor.form() == QueryForm::kAsk) {
    if (format == ResultFormat::kCsv || format == ResultFormat::kTsv) {
      return absl::InvalidArgumentError("CSV and TSV have no form for the answer of ASK");
    }
    if (!cursor.Next()) return cursor.status();
    writer->Boolean(cursor.ask_result(), buffer);
    return sink(buffer);
  }
  writer->Begin(cursor.variables(), buffer);
  size_t enough = 1;
  while (cursor.Next()) {
    writer->Row(cursor, buffer);
    if (buffer.size() < enough) continue;
    SANAD_RETURN_IF_ERROR(sink(buffer));
    buffer.clear();
    enough = std::clamp(enough * 2, kFirstChunk, kChunk);
  }
  if (!cursor.status().ok()) {
    // What was written stays a cut-off text: no reader takes it for a whole one.
    SANAD_RETURN_IF_ERROR(sink(buffer));
    return cursor.status();
  }
  writer->End(buffer);
  return sink(buffer);
}

}  // namespace sanad
