// sanad convert: RDF in one syntax to RDF in another, as it is read. The writer
// is made at the first quad, when the prefixes declared so far are known.

#include <memory>

#include <sanad/rdf.h>

#include "shell/commands.h"
#include "shell/exit_status.h"
#include "shell/files.h"
#include "shell/term_text.h"

namespace sanad::shell {
namespace {

class Converter {
 public:
  Converter(RdfSyntax to, Console& console) : to_(to), console_(console) {}

  void AddPrefix(std::string_view prefix, std::string_view iri) {
    if (writer_ == nullptr) AddPrefixes(prefixes_, {{std::string(prefix), std::string(iri)}});
  }

  absl::Status Write(const Quad& quad) {
    if (absl::Status status = Start(); !status.ok()) return status;
    return writer_->Write(quad);
  }

  absl::Status Finish() {
    if (absl::Status status = Start(); !status.ok()) return status;
    return writer_->Finish();
  }

 private:
  absl::Status Start() {
    if (writer_ != nullptr) return absl::OkStatus();
    auto writer = RdfWriter::Create(to_, console_.sink(), prefixes_);
    if (writer.ok()) writer_ = *std::move(writer);
    return writer.status();
  }

  RdfSyntax to_;
  Console& console_;
  Prefixes prefixes_;
  std::unique_ptr<RdfWriter> writer_;
};

absl::Status Convert(const ConvertArguments& arguments, RdfSyntax from, RdfSyntax to,
                     Console& console) {
  Converter converter(to, console);
  RdfReadOptions options;
  options.base_iri = arguments.base;
  options.on_prefix = [&](std::string_view prefix, std::string_view iri) {
    converter.AddPrefix(prefix, iri);
  };
  const QuadSink sink = [&](const Quad& quad) { return converter.Write(quad); };
  absl::Status status;
  if (arguments.file == "-") {
    absl::StatusOr<std::string> text = ReadFile(arguments.file);
    if (!text.ok()) return text.status();
    status = ReadRdf(*text, from, options, sink);
  } else {
    if (options.base_iri.empty()) options.base_iri = FileIri(arguments.file);
    status = ReadRdfFile(arguments.file, from, options, sink);
  }
  return status.ok() ? converter.Finish() : status;
}

}  // namespace

int Run(const ConvertArguments& arguments, Console& console) {
  if (arguments.file != "-") {
    if (absl::Status status = CheckReadable(arguments.file); !status.ok()) {
      console.Error(status);
      return kRejected;
    }
  }
  const auto from =
      arguments.from.empty() ? RdfSyntaxOf(arguments.file) : RdfSyntaxByName(arguments.from);
  if (!from) {
    console.Error(arguments.file + ": its ending names no RDF syntax; say it with --from");
    return kUsage;
  }
  const absl::Status status = Convert(arguments, *from, *RdfSyntaxByName(arguments.to), console);
  if (!status.ok() && !console.closed()) {
    console.Discard();
    console.Error(status);
  }
  return ExitStatusOf(status);
}

}  // namespace sanad::shell
