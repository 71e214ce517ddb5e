// sanad extract: what documents say, without a store; one JSON object a
// statement, or the quads that loading would store.

#include <sanad/extract.h>
#include <sanad/rdf.h>

#include "shell/commands.h"
#include "shell/exit_status.h"
#include "shell/files.h"
#include "shell/json_text.h"
#include "shell/term_text.h"

namespace sanad::shell {
namespace {

constexpr std::string_view kRdfType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

std::string_view StatusName(StatementStatus status) {
  switch (status) {
    case StatementStatus::kAsserted:
      return "asserted";
    case StatementStatus::kPlanned:
      return "planned";
    case StatementStatus::kHoped:
      return "hoped";
    case StatementStatus::kClaimed:
      return "claimed";
    case StatementStatus::kCancelled:
      return "cancelled";
    case StatementStatus::kPostponed:
      return "postponed";
  }
  return "asserted";
}

void AppendTerm(const ExtractedTerm& term, JsonText& json) {
  json.BeginObject();
  if (term.term.is_literal()) {
    json.Key("value").Value(term.term.value());
    json.Key("datatype").Value(CompactIri(term.term.datatype(), WellKnownPrefixes()));
  } else {
    json.Key("iri").Value(term.term.value());
  }
  json.Key("en").ValueOrNull(term.label_en).Key("ar").ValueOrNull(term.label_ar).EndObject();
}

std::string JsonLine(const ExtractedStatement& statement, const Term& document) {
  JsonText json;
  json.BeginObject().Key("document").Value(document.value());
  json.Key("s");
  AppendTerm(statement.subject, json);
  const std::string& predicate = statement.predicate.value();
  json.Key("p").Value(predicate == kRdfType ? "kg:type"
                                            : CompactIri(predicate, WellKnownPrefixes()));
  json.Key("o");
  AppendTerm(statement.object, json);
  json.Key("sentence").Value(uint64_t{statement.sentence});
  json.Key("start").Value(uint64_t{statement.begin}).Key("end").Value(uint64_t{statement.end});
  json.Key("negated").Bool(statement.negated).Key("status").Value(StatusName(statement.status));
  json.Key("attributed_to").ValueOrNull(statement.attributed_to.value());
  return json.EndObject().text() + "\n";
}

ExtractOptions OptionsOf(const ExtractArguments& arguments, const std::string& file) {
  ExtractOptions options;
  options.document_iri = arguments.document.iri.empty() ? FileIri(file) : arguments.document.iri;
  options.document_date = arguments.document.date;
  options.lexicon_files = arguments.document.lexicons;
  options.rule_files = arguments.document.rules;
  options.trace = arguments.trace;
  return options;
}

absl::StatusOr<Extraction> ExtractFile(const ExtractArguments& arguments, const std::string& file) {
  absl::StatusOr<std::string> text = ReadFile(file);
  if (!text.ok()) return text.status();
  const auto format = DocumentFormatOf(file);
  if (!format) {
    return absl::InvalidArgumentError(file + ": its ending is none of .txt .md .html");
  }
  absl::StatusOr<Extraction> extraction = Extract(*text, *format, OptionsOf(arguments, file));
  if (extraction.ok()) return extraction;
  return absl::Status(extraction.status().code(),
                      file + ": " + std::string(extraction.status().message()));
}

absl::Status Print(const Extraction& extraction, const ExtractArguments& arguments,
                   RdfWriter* writer, Console& console) {
  if (arguments.trace) {
    console.Out(extraction.trace);
  } else if (writer != nullptr) {
    for (const Quad& quad : extraction.quads) {
      if (absl::Status status = writer->Write(quad); !status.ok()) return status;
    }
  } else {
    for (const ExtractedStatement& statement : extraction.statements) {
      console.Out(JsonLine(statement, extraction.document));
    }
  }
  return absl::OkStatus();
}

}  // namespace

int Run(const ExtractArguments& arguments, Console& console) {
  std::unique_ptr<RdfWriter> writer;
  if (arguments.format == "trig" && !arguments.trace) {
    auto made = RdfWriter::Create(RdfSyntax::kTriG, console.sink(), WellKnownPrefixes());
    if (!made.ok()) {
      console.Error(made.status());
      return kRejected;
    }
    writer = *std::move(made);
  }
  // A broken document is reported and the others go on.
  int exit_status = kDone;
  for (const std::string& file : arguments.files) {
    if (console.closed()) break;
    const absl::StatusOr<Extraction> extraction = ExtractFile(arguments, file);
    absl::Status status = extraction.status();
    if (status.ok()) {
      for (const std::string& warning : extraction->warnings) console.Error(file + ": " + warning);
      status = Print(*extraction, arguments, writer.get(), console);
    }
    if (!status.ok() && !console.closed()) {
      console.Error(status);
      exit_status = ExitStatusOf(status);
    }
  }
  if (writer != nullptr) {
    if (absl::Status status = writer->Finish(); !status.ok()) return ExitStatusOf(status);
  }
  return exit_status;
}

}  // namespace sanad::shell
