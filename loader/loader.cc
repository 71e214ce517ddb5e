// Loader: sorts inputs into RDF and documents by their names and hands each kind
// to its half: rdf_load.h and document_batches.h.

#include <sanad/extract.h>
#include <sanad/loader.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "loader/document/document_loader.h"
#include "loader/document/stored_lexicons.h"
#include "loader/document_batches.h"
#include "loader/rdf_load.h"
#include "storage/model/iri_resolver.h"
#include "storage/model/lexical.h"
#include "storage/model/text.h"
#include "storage/sync/run_in_order.h"

namespace sanad {
namespace {

// A document is kept whole in memory while it is read.
constexpr size_t kMaxDocumentBytes = size_t{64} << 20;

constexpr std::array<std::pair<std::string_view, DocumentFormat>, 6> kDocumentEndings = {{
    {".txt", DocumentFormat::kPlainText},
    {".text", DocumentFormat::kPlainText},
    {".md", DocumentFormat::kMarkdown},
    {".markdown", DocumentFormat::kMarkdown},
    {".html", DocumentFormat::kHtml},
    {".htm", DocumentFormat::kHtml},
}};

std::optional<DocumentFormat> DocumentFormatOf(std::string_view path) {
  const std::string name = AsciiLower(path);
  for (const auto& [ending, format] : kDocumentEndings) {
    if (name.ends_with(ending)) return format;
  }
  return std::nullopt;
}

absl::Status UnknownEnding(std::string_view path) {
  return MakeStatus(absl::StatusCode::kInvalidArgument, path,
                    ": the name does not say what it holds; known endings are .ttl .nt .nq .trig "
                    ".rdf (also with .gz .zst) and .txt .md .html");
}

absl::StatusOr<std::string> ReadDocument(const std::string& path) {
  SANAD_ASSIGN_OR_RETURN(const std::unique_ptr<ByteSource> source, FileSource(path));
  std::string text;
  for (;;) {
    const size_t size = text.size();
    text.resize(size + (size_t{1} << 16));
    SANAD_ASSIGN_OR_RETURN(const size_t count,
                           source->Read(text.data() + size, text.size() - size));
    text.resize(size + count);
    if (count == 0) return text;
    if (text.size() > kMaxDocumentBytes) {
      return MakeStatus(absl::StatusCode::kResourceExhausted, path,
                        ": a document of more than 64 MiB; split it");
    }
  }
}

// About what a document that waits takes.
size_t BytesOf(const ExtractedDocument& document) {
  return document.extraction.text.size() + document.quads.bytes() +
         document.extraction.statements.size() * sizeof(ExtractedStatement);
}

}  // namespace

struct Loader::Impl {
  explicit Impl(Store& loaded_store) : store(loaded_store) {}

  // Reads lexicons and rules, once for the same files.
  absl::StatusOr<DocumentLoader*> PreparedDocuments(const LoadOptions& options) {
    if (documents == nullptr || lexicon_files != options.lexicon_files ||
        rule_files != options.rule_files) {
      auto prepared = std::make_unique<DocumentLoader>(options.lexicon_files, options.rule_files);
      SANAD_RETURN_IF_ERROR(prepared->Prepare());
      documents = std::move(prepared);
      lexicon_files = options.lexicon_files;
      rule_files = options.rule_files;
    }
    return documents.get();
  }

  struct Document {
    std::string path, iri;
    DocumentFormat format;
  };

  // Extraction runs on all processors ahead of the writer. With `keep_going`, a broken
  // document is a warning.
  absl::Status LoadDocuments(const std::vector<Document>& files, const LoadOptions& options,
                             bool keep_going, LoadReport& report) {
    if (files.empty()) return absl::OkStatus();
    SANAD_ASSIGN_OR_RETURN(DocumentLoader* const loader, PreparedDocuments(options));
    DocumentBatches batches(store, *loader, options, report);
    using Extracted = absl::StatusOr<ExtractedDocument>;
    const auto store_one = [&](size_t i, Extracted document) -> absl::Status {
      if (options.progress) options.progress({"extract", 0, 0, i});
      if (document.ok()) return batches.Add(*std::move(document));
      if (!keep_going) return document.status();
      ++report.documents_failed;
      report.warnings.emplace_back(FromAbsl(document.status().message()));
      return options.cancel.cancelled() ? absl::CancelledError() : absl::OkStatus();
    };
    absl::Status status;
    RunInOrder<Extracted>(
        {}, files.size(),
        {[&](size_t i) { return ExtractFile(*loader, files[i], options); },
         [](const Extracted& document) { return document.ok() ? BytesOf(*document) : 0; },
         [&](size_t i, Extracted document) {
           status = store_one(i, std::move(document));
           return status.ok();
         }});
    if (status.ok()) status = batches.Finish();
    if (status.ok()) return status;
    if (absl::IsCancelled(status)) status = Cancelled(batches.committed());
    if (batches.committed() == 0) return status;
    // The batches before it stay, and get their links.
    const absl::Status linked = batches.Abandon();
    if (linked.ok()) return status;
    return MakeStatus(status.code(), FromAbsl(status.message()),
                      "; the links between the documents that stay are those before the load: ",
                      FromAbsl(linked.message()));
  }

  static absl::Status Cancelled(size_t committed) {
    if (committed == 0) {
      return absl::CancelledError("the load was cancelled; the store is as it was");
    }
    return MakeStatus(absl::StatusCode::kCancelled, "the load was cancelled; ", committed,
                      " documents stay loaded");
  }

  // Errors name the file.
  static absl::StatusOr<ExtractedDocument> ExtractFile(const DocumentLoader& loader,
                                                       const Document& file,
                                                       const LoadOptions& options) {
    SANAD_ASSIGN_OR_RETURN(const std::string text, ReadDocument(file.path));
    absl::StatusOr<ExtractedDocument> document =
        loader.Extract(text, file.format, file.iri, options.document_date);
    if (document.ok()) return document;
    return MakeStatus(document.status().code(), file.path, ": ",
                      FromAbsl(document.status().message()));
  }

  // RDF, and the lexicons that name its words, which are checked first: a broken
  // one loads nothing. Documents bring their lexicons themselves.
  absl::Status LoadRdfWithLexicons(std::vector<RdfInput> inputs, const LoadOptions& options,
                                   LoadReport& report) {
    SANAD_ASSIGN_OR_RETURN(const std::vector<LexiconFile> lexicons,
                           ReadLexiconFiles(options.lexicon_files));
    SANAD_RETURN_IF_ERROR(LoadRdfInputs(store, std::move(inputs), options, report));
    if (lexicons.empty()) return absl::OkStatus();
    SANAD_ASSIGN_OR_RETURN(const std::unique_ptr<Transaction> transaction, store.Begin());
    SANAD_RETURN_IF_ERROR(StoreLexicons(*transaction, lexicons, LexiconOwner::kUser));
    report.lexicon_quads_added += transaction->added_count();
    return transaction->Commit();
  }

  Store& store;
  std::unique_ptr<DocumentLoader> documents;
  std::vector<std::string> lexicon_files, rule_files;
};

Loader::Loader(Store& store) : impl_(std::make_unique<Impl>(store)) {}
Loader::~Loader() = default;

absl::StatusOr<LoadReport> Loader::LoadFile(const std::string& path, const LoadOptions& options) {
  LoadReport report;
  if (const std::optional<RdfSyntax> syntax = RdfSyntaxOf(path)) {
    std::vector<RdfInput> inputs;
    SANAD_ASSIGN_OR_RETURN(RdfInput input, OpenRdfInput(path, *syntax, options));
    inputs.push_back(std::move(input));
    SANAD_RETURN_IF_ERROR(impl_->LoadRdfWithLexicons(std::move(inputs), options, report));
    return report;
  }
  // What is wrong with the file comes before what is wrong with its name.
  if (absl::StatusOr<std::unique_ptr<ByteSource>> source = FileSource(path); !source.ok()) {
    return source.status();
  }
  const std::optional<DocumentFormat> format = DocumentFormatOf(path);
  if (!format) return UnknownEnding(path);
  const std::string iri = options.document_iri.empty() ? FileIri(path) : options.document_iri;
  SANAD_RETURN_IF_ERROR(
      impl_->LoadDocuments({{path, iri, *format}}, options, /*keep_going=*/false, report));
  return report;
}

absl::StatusOr<LoadReport> Loader::LoadRdf(std::string_view text, RdfSyntax syntax,
                                           const LoadOptions& options) {
  LoadReport report;
  std::vector<RdfInput> inputs;
  inputs.push_back({"", MemorySource(text), syntax, options.base_iri});
  SANAD_RETURN_IF_ERROR(impl_->LoadRdfWithLexicons(std::move(inputs), options, report));
  return report;
}

absl::StatusOr<LoadReport> Loader::LoadDocument(std::string_view text, DocumentFormat format,
                                                const LoadOptions& options) {
  if (options.document_iri.empty()) {
    return absl::InvalidArgumentError("a document in memory needs LoadOptions::document_iri");
  }
  LoadReport report;
  SANAD_ASSIGN_OR_RETURN(DocumentLoader* const loader, impl_->PreparedDocuments(options));
  SANAD_ASSIGN_OR_RETURN(
      ExtractedDocument document,
      loader->Extract(text, format, options.document_iri, options.document_date));
  DocumentBatches batches(impl_->store, *loader, options, report);
  SANAD_RETURN_IF_ERROR(batches.Add(std::move(document)));
  SANAD_RETURN_IF_ERROR(batches.Finish());
  return report;
}

absl::StatusOr<LoadReport> Loader::LoadFiles(const std::vector<std::string>& paths,
                                             const LoadOptions& options) {
  std::vector<RdfInput> inputs;
  std::vector<Impl::Document> documents;
  for (const std::string& path : paths) {
    if (const std::optional<RdfSyntax> syntax = RdfSyntaxOf(path)) {
      SANAD_ASSIGN_OR_RETURN(RdfInput input, OpenRdfInput(path, *syntax, options));
      inputs.push_back(std::move(input));
    } else if (const std::optional<DocumentFormat> format = DocumentFormatOf(path)) {
      documents.push_back({path, FileIri(path), *format});
    } else {
      return UnknownEnding(path);
    }
  }
  if (documents.size() > 1 && !options.document_iri.empty()) {
    return absl::InvalidArgumentError(
        "one document IRI was given for several documents; load them one by one");
  }
  if (!documents.empty() && !options.document_iri.empty()) documents[0].iri = options.document_iri;
  LoadReport report;
  // Broken rules load nothing, RDF neither.
  if (!documents.empty()) SANAD_RETURN_IF_ERROR(impl_->PreparedDocuments(options).status());
  if (!inputs.empty()) {
    SANAD_RETURN_IF_ERROR(impl_->LoadRdfWithLexicons(std::move(inputs), options, report));
  }
  SANAD_RETURN_IF_ERROR(impl_->LoadDocuments(documents, options, /*keep_going=*/true, report));
  return report;
}

absl::Status Loader::Forget(const Term& document_iri) {
  SANAD_ASSIGN_OR_RETURN(const std::unique_ptr<Transaction> transaction, impl_->store.Begin());
  SANAD_RETURN_IF_ERROR(ForgetDocument(*transaction, document_iri));
  return transaction->Commit();
}

absl::StatusOr<std::vector<DocumentInfo>> Loader::Documents() const {
  return ListDocuments(impl_->store.NewSnapshot().source());
}

}  // namespace sanad
