// Quads go to the bulk loader as views, as they are read; it carries a small load
// by a transaction. Replacing a graph takes a transaction of its own.

#include "loader/rdf_load.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "loader/rdf/blank_nodes.h"
#include "loader/rdf/quad_reader.h"
#include "storage/bulk_load.h"
#include "storage/model/iri_resolver.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

// Quads between two reports of progress.
constexpr uint64_t kQuadsAReport = 4096;
// A hostile text may declare any number of prefixes; this many are remembered.
constexpr size_t kMaxPrefixes = 256;

// Threads for scanning lines: all but one, which numbers the terms; few already
// scan faster than that.
int ScanningThreads() {
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()) - 1, 0, 4);
}

using PrefixList = std::vector<std::pair<std::string, std::string>>;

absl::Status CancelledStatus() {
  return absl::CancelledError("the load was cancelled; the store is as it was");
}

// Reads inputs one after the other, puts quads in the graph asked for, and
// reports progress. Single-threaded.
class InputReader {
 public:
  InputReader(std::vector<RdfInput> inputs, const LoadOptions& options)
      : inputs_(std::move(inputs)), options_(options), graph_(ViewOf(options.graph)) {
    for (const RdfInput& input : inputs_) {
      const uint64_t size = input.source->total();
      known_ = known_ && size > 0;
      total_ += size;
    }
  }

  // The size in bytes, 0 when unknown.
  uint64_t total() const { return known_ ? total_ : 0; }
  uint64_t quads() const { return quads_; }
  const PrefixList& prefixes() const { return prefixes_; }
  const std::vector<std::string>& warnings() const { return warnings_; }

  absl::Status ReadAll(QuadViewSink sink) {
    for (RdfInput& input : inputs_) SANAD_RETURN_IF_ERROR(Read(input, sink, nullptr));
    return absl::OkStatus();
  }
  // The same, with the line syntaxes on several threads, many quads at a time.
  absl::Status ReadAll(QuadViewSink sink, FlatQuadSink many) {
    for (RdfInput& input : inputs_) SANAD_RETURN_IF_ERROR(Read(input, sink, &many));
    return absl::OkStatus();
  }

 private:
  // `many` may be null.
  absl::Status Read(RdfInput& input, QuadViewSink sink, FlatQuadSink* many) {
    QuadReaderOptions options;
    options.base_iri = input.base_iri;
    options.blank_node_scope = NewBlankNodeScope();
    options.on_prefix = [&](std::string_view prefix, std::string_view iri) {
      if (prefixes_.size() < kMaxPrefixes) prefixes_.emplace_back(prefix, iri);
    };
    const uint64_t before = quads_;
    absl::Status sink_status;
    const auto one = [&](QuadView quad) -> absl::Status {
      if (quad.graph.type == TermType::kUndefined) quad.graph = graph_;
      if (++quads_ % kQuadsAReport == 0 && !Report(input)) return sink_status = CancelledStatus();
      return sink_status = sink(quad);
    };
    const auto some = [&](FlatQuads& quads) -> absl::Status {
      quads_ += quads.size();
      if (!Report(input)) return sink_status = CancelledStatus();
      return sink_status = (*many)(quads);
    };
    const bool lines = input.syntax == RdfSyntax::kNTriples || input.syntax == RdfSyntax::kNQuads;
    const int threads = ScanningThreads();
    const absl::Status status =
        lines && many != nullptr && threads > 0
            ? ReadLinesInParallel(*input.source,
                                  {input.syntax == RdfSyntax::kNQuads, options, graph_, threads},
                                  some)
            : ReadQuads(*input.source, input.syntax, options, one);
    done_ += input.source->consumed();
    if (!status.ok()) {
      if (!sink_status.ok() || input.name.empty() || !absl::IsInvalidArgument(status))
        return status;
      return MakeStatus(status.code(), input.name, ": ", FromAbsl(status.message()));
    }
    if (options_.cancel.cancelled()) return CancelledStatus();
    if (quads_ == before) {
      warnings_.push_back(
          Concat(input.name.empty() ? "the text" : input.name, " holds no statement"));
    }
    return absl::OkStatus();
  }

  // False when the load was cancelled.
  bool Report(const RdfInput& input) const {
    if (options_.progress) {
      options_.progress({"read", done_ + input.source->consumed(), total(), quads_});
    }
    return !options_.cancel.cancelled();
  }

  std::vector<RdfInput> inputs_;
  const LoadOptions& options_;
  const TermView graph_;
  uint64_t total_ = 0;
  bool known_ = true;
  uint64_t done_ = 0;
  uint64_t quads_ = 0;
  PrefixList prefixes_;
  std::vector<std::string> warnings_;
};

absl::Status ReplaceGraph(Store& store, InputReader& reader, const LoadOptions& options,
                          LoadReport& report) {
  SANAD_ASSIGN_OR_RETURN(const std::unique_ptr<Transaction> transaction, store.Begin());
  SANAD_RETURN_IF_ERROR(transaction->RemoveGraph(options.graph));
  SANAD_RETURN_IF_ERROR(
      reader.ReadAll([&](const QuadView& quad) { return transaction->Insert(quad.ToQuad()); }));
  const uint64_t added = transaction->added_count();
  const uint64_t removed = transaction->removed_count();
  if (options.progress) {
    options.progress({"commit", reader.total(), reader.total(), reader.quads()});
  }
  SANAD_RETURN_IF_ERROR(transaction->Commit());
  report.quads_added += added;
  report.quads_removed += removed;
  report.quads_unchanged += reader.quads() - added;
  return absl::OkStatus();
}

absl::Status AddQuads(Store& store, InputReader& reader, const LoadOptions& options,
                      LoadReport& report) {
  BulkLoadOptions bulk;
  bulk.cancelled = [&] { return options.cancel.cancelled(); };
  bulk.progress = [&](std::string_view stage, uint64_t quads) {
    // Reading reports itself, with bytes.
    if (options.progress && stage != "read") options.progress({stage, 0, 0, quads});
  };
  SANAD_ASSIGN_OR_RETURN(const std::unique_ptr<BulkLoader> loader, BulkLoader::Begin(store, bulk));
  SANAD_RETURN_IF_ERROR(reader.ReadAll([&](const QuadView& quad) { return loader->Add(quad); },
                                       [&](FlatQuads& quads) { return loader->AddAll(quads); }));
  SANAD_ASSIGN_OR_RETURN(const BulkLoadReport loaded, loader->Finish());
  report.quads_added += loaded.added;
  report.quads_unchanged += loaded.read - loaded.added;
  return absl::OkStatus();
}

// Remembers prefixes that the store does not know yet; the first of a name wins.
absl::Status RememberPrefixes(Store& store, const PrefixList& prefixes) {
  for (const auto& [prefix, iri] : prefixes) {
    bool known = false;
    for (const auto& [name, ignored] : store.Prefixes()) known = known || name == prefix;
    if (!known) SANAD_RETURN_IF_ERROR(store.SetPrefix(prefix, iri));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<RdfInput> OpenRdfInput(const std::string& path, RdfSyntax syntax,
                                      const LoadOptions& options) {
  SANAD_ASSIGN_OR_RETURN(std::unique_ptr<ByteSource> source, FileSource(path));
  return RdfInput{path, std::move(source), syntax,
                  options.base_iri.empty() ? FileIri(path) : options.base_iri};
}

absl::Status LoadRdfInputs(Store& store, std::vector<RdfInput> inputs, const LoadOptions& options,
                           LoadReport& report) {
  InputReader reader(std::move(inputs), options);
  SANAD_RETURN_IF_ERROR(options.replace_graph ? ReplaceGraph(store, reader, options, report)
                                              : AddQuads(store, reader, options, report));
  for (const std::string& warning : reader.warnings()) report.warnings.push_back(warning);
  return RememberPrefixes(store, reader.prefixes());
}

}  // namespace sanad
