// Many documents into a store, in batches, each of them one commit.
//
// Documents that no earlier load brought are all new quads, so batches of them go
// through the bulk load, which takes several times as many a second as a
// transaction. A batch is a transaction where its first document replaces another,
// and the first batch of a load is one, since lexicons come with it: by themselves,
// they would stay behind where the load of the documents fails.
//
//   DocumentBatches batches(store, loader, options, report);
//   SANAD_RETURN_IF_ERROR(batches.Add(document));      // for each
//   SANAD_RETURN_IF_ERROR(batches.Finish());

#ifndef SANAD_LOADER_DOCUMENT_BATCHES_H_
#define SANAD_LOADER_DOCUMENT_BATCHES_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>

#include <absl/status/status.h>
#include <sanad/extract.h>
#include <sanad/loader.h>
#include <sanad/store.h>
#include "loader/document/document_loader.h"
#include "storage/bulk_load.h"

namespace sanad {

// How much one commit takes.
struct BatchSizes {
  // Documents of a transaction: few enough that what waits for its commit stays small,
  // and many enough that a sync costs little for each.
  size_t documents = 128;
  // Quads of a bulk load, which rewrites blocks all over the index: as many as the load
  // brought before it, within these, so that in all each is written a few times. What
  // a cancel or crash loses grows with them.
  uint64_t least_quads = uint64_t{1} << 19, most_quads = uint64_t{1} << 21;
  // Quads up to which a bulk load is a transaction after all.
  size_t small = BulkLoadOptions().small;
};

// Single-threaded. Holds the writer slot while a batch is open; destroyed, it discards
// the open batch. What it is made from must outlive it.
class DocumentBatches {
 public:
  DocumentBatches(Store& store, DocumentLoader& loader, const LoadOptions& options,
                  LoadReport& report, BatchSizes sizes = {})
      : store_(store), loader_(loader), options_(options), report_(report), sizes_(sizes) {}

  // Takes the next document; commits when the batch is full. After an error the open
  // batch is lost and those before it stay. Errors: Cancelled, and those of the store.
  absl::Status Add(ExtractedDocument document);
  // Commits the open batch, and the links between all documents of the store: with it
  // where it is the only one, else behind it.
  absl::Status Finish();

  // For after an error: discards the open batch and commits the links between the
  // documents of those before it.
  absl::Status Abandon();

  // Documents of the batches that are committed.
  size_t committed() const { return committed_; }

 private:
  // Begins a batch with this document to come.
  absl::Status Open(const ExtractedDocument& document);
  // Whether the bulk load at hand may take a document: it replaces none.
  absl::StatusOr<bool> IsNew(const ExtractedDocument& document) const;
  absl::Status AddToBulkLoad(ExtractedDocument document);
  absl::Status Commit();
  void CloseBulkLoad();

  Store& store_;
  DocumentLoader& loader_;
  const LoadOptions& options_;
  LoadReport& report_;
  const BatchSizes sizes_;

  // Of the open batch: one of the two.
  std::unique_ptr<Transaction> transaction_;
  std::unique_ptr<BulkLoader> bulk_;
  std::optional<Snapshot> before_;         // What the bulk load adds to …
  std::unordered_set<std::string> added_;  // … and the documents that it holds.
  uint64_t quads_ = 0;

  uint64_t brought_ = 0;              // Quads of the batches before it.
  size_t taken_ = 0, committed_ = 0;  // Documents.
};

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_BATCHES_H_
