// sanad extract: what documents say, without a store; one JSON object a
// statement, or the quads that loading would store.

#include <memory>

#include <sanad/extract.h>
#include <sanad/rdf.h>

#include "shell/commands.h"
#include "shell/display.h"
#include "shell/exit_status.h"
#include "shell/files.h"
#include "shell/json_text.h"
#include "shell/term_text.h"

namespace sanad::shell {
namespace {

constexpr std::string_view kRdfType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

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
  json.Key("negated")
      .Bool(statement.negated)
      .Key("status")
      .Value(StatementStatusName(statement.status));
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
  options.quads = arguments.format == "trig" && !arguments.trace;
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

// Writes extractions in one format.
class ExtractionWriter {
 public:
  ExtractionWriter(const ExtractArguments& arguments, Console& console)
      : trace_(arguments.trace), console_(console) {
    if (arguments.format == "trig" && !trace_) {
      auto made = RdfWriter::Create(RdfSyntax::kTriG, console.sink(), WellKnownPrefixes());
      if (made.ok()) writer_ = *std::move(made);
      status_ = made.status();
    }
  }

  absl::Status Write(const Extraction& extraction) {
    if (!status_.ok()) return status_;
    if (trace_) {
      console_.Out(EscapeForTerminal(extraction.trace, NewLines::kKeep));
    } else if (writer_ == nullptr) {
      for (const ExtractedStatement& statement : extraction.statements) {
        console_.Out(JsonLine(statement, extraction.document));
      }
    } else {
      for (const Quad& quad : extraction.quads) {
        if (absl::Status status = writer_->Write(quad); !status.ok()) return status;
      }
    }
    return absl::OkStatus();
  }

  absl::Status Finish() { return writer_ == nullptr ? status_ : writer_->Finish(); }

 private:
  bool trace_;
  Console& console_;
  std::unique_ptr<RdfWriter> writer_;
  absl::Status status_;
};

void PrintWarnings(const std::string& file, const Extraction& extraction, Console& console) {
  for (const std::string& warning : extraction.warnings) console.Error(file + ": " + warning);
  if (extraction.text.find_first_not_of(" \t\r\n") == std::string::npos) {
    console.Error(file + " holds no sentence");
  }
}

}  // namespace

int Run(const ExtractArguments& arguments, Console& console) {
  ExtractionWriter writer(arguments, console);
  // A broken document is reported and the others go on.
  int exit_status = kDone;
  const auto report = [&](const absl::Status& status) {
    if (status.ok() || console.closed()) return;
    console.Error(status);
    exit_status = ExitStatusOf(status);
  };
  const auto extract = [&](size_t i) { return ExtractFile(arguments, arguments.files[i]); };
  const auto write = [&](size_t i, const absl::StatusOr<Extraction>& extraction) {
    report(extraction.status());
    if (extraction.ok()) {
      PrintWarnings(arguments.files[i], *extraction, console);
      report(writer.Write(*extraction));
    }
    return !console.closed();
  };
  ExtractInOrder(arguments.files.size(), extract, write);
  report(writer.Finish());
  return exit_status;
}

}  // namespace sanad::shell
