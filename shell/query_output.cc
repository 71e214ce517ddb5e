#include "shell/query_output.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <sanad/rdf.h>
#include <sanad/results.h>

#include "shell/table.h"

namespace sanad::shell {
namespace {

bool YieldsTriples(QueryForm form) {
  return form == QueryForm::kConstruct || form == QueryForm::kDescribe;
}

std::optional<ResultFormat> ResultFormatByName(const std::string& name) {
  if (name == "json") return ResultFormat::kJson;
  if (name == "xml") return ResultFormat::kXml;
  if (name == "csv") return ResultFormat::kCsv;
  if (name == "tsv") return ResultFormat::kTsv;
  return std::nullopt;
}

absl::StatusOr<uint64_t> WriteTriples(Cursor& cursor, RdfSyntax syntax, const Prefixes& prefixes,
                                      Console& console) {
  auto writer = RdfWriter::Create(syntax, console.streaming_sink(), prefixes);
  if (!writer.ok()) return writer.status();
  uint64_t count = 0;
  while (cursor.Next()) {
    const Quad quad{cursor.value(0), cursor.value(1), cursor.value(2), Term()};
    if (absl::Status status = (*writer)->Write(quad); !status.ok()) return status;
    ++count;
  }
  if (!cursor.status().ok()) return cursor.status();
  if (absl::Status status = (*writer)->Finish(); !status.ok()) return status;
  return count;
}

absl::StatusOr<uint64_t> WriteTable(Cursor& cursor, TableStyle style, const Prefixes& prefixes,
                                    Console& console) {
  if (cursor.form() == QueryForm::kAsk) {
    if (!cursor.Next()) return cursor.status();
    console.Out(cursor.ask_result() ? "true\n" : "false\n");
    return 1;
  }
  TableOptions options;
  options.style = style;
  options.bold_headings = console.colour();
  options.isolate_right_to_left = console.out_is_terminal();
  std::vector<std::string> headings;
  for (const std::string& variable : cursor.variables()) headings.push_back("?" + variable);
  const size_t columns = headings.size();
  TableWriter table(std::move(headings), options, console.streaming_sink());
  uint64_t count = 0;
  while (cursor.Next()) {
    std::vector<std::string> cells;
    for (size_t i = 0; i < columns; ++i) cells.push_back(TermText(cursor.value(i), prefixes));
    if (absl::Status status = table.AddRow(std::move(cells)); !status.ok()) return status;
    ++count;
  }
  if (!cursor.status().ok()) return cursor.status();
  if (absl::Status status = table.Finish(); !status.ok()) return status;
  return count;
}

}  // namespace

absl::Status CheckFormat(QueryForm form, const std::string& format) {
  if (format.empty() || format == "table" || format == "markdown") return absl::OkStatus();
  const bool rdf = RdfSyntaxByName(format).has_value();
  if (rdf == YieldsTriples(form)) {
    if (form != QueryForm::kAsk || (format != "csv" && format != "tsv")) return absl::OkStatus();
    return absl::InvalidArgumentError("--format " + format +
                                      " has no form for ASK; use table, json or xml");
  }
  return absl::InvalidArgumentError(
      rdf ? "--format " + format +
                " is for CONSTRUCT and DESCRIBE; use table, json, xml, csv, tsv or markdown"
          : "--format " + format +
                " is for SELECT and ASK; use turtle, ntriples, nquads, trig or table");
}

absl::StatusOr<uint64_t> WriteRows(Cursor& cursor, const std::string& format,
                                   const Prefixes& prefixes, Console& console) {
  if (const auto syntax = RdfSyntaxByName(format)) {
    return WriteTriples(cursor, *syntax, prefixes, console);
  }
  if (format.empty() && YieldsTriples(cursor.form())) {
    return WriteTriples(cursor, RdfSyntax::kTurtle, prefixes, console);
  }
  if (const auto result_format = ResultFormatByName(format)) {
    if (absl::Status status = WriteResults(cursor, *result_format, console.streaming_sink());
        !status.ok()) {
      return status;
    }
    return 0;
  }
  const TableStyle style = format == "markdown" ? TableStyle::kMarkdown : TableStyle::kPlain;
  return WriteTable(cursor, style, prefixes, console);
}

}  // namespace sanad::shell
