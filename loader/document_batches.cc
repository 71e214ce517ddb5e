// See document_batches.h.

#include "loader/document_batches.h"

#include <algorithm>
#include <utility>

#include "storage/model/text.h"

namespace sanad {

absl::Status DocumentBatches::Add(ExtractedDocument document) {
  if (options_.cancel.cancelled()) return absl::CancelledError();
  if (bulk_ != nullptr) {
    SANAD_ASSIGN_OR_RETURN(const bool fits, IsNew(document));
    const uint64_t most = std::clamp(brought_, sizes_.least_quads, sizes_.most_quads);
    if (!fits || quads_ >= most) SANAD_RETURN_IF_ERROR(Commit());
  } else if (taken_ - committed_ == sizes_.documents) {
    SANAD_RETURN_IF_ERROR(Commit());
  }
  if (bulk_ == nullptr && transaction_ == nullptr) SANAD_RETURN_IF_ERROR(Open(document));
  if (transaction_ != nullptr) {
    brought_ += document.quads.size();
    SANAD_RETURN_IF_ERROR(loader_.Store(*transaction_, document, report_));
  } else {
    SANAD_RETURN_IF_ERROR(AddToBulkLoad(std::move(document)));
  }
  ++taken_;
  return absl::OkStatus();
}

absl::Status DocumentBatches::Open(const ExtractedDocument& document) {
  if (committed_ > 0) {
    BulkLoadOptions bulk;
    bulk.small = sizes_.small;
    bulk.cancelled = [this] { return options_.cancel.cancelled(); };
    SANAD_ASSIGN_OR_RETURN(bulk_, BulkLoader::Begin(store_, bulk));
    before_ = store_.NewSnapshot();
    SANAD_ASSIGN_OR_RETURN(const bool fits, IsNew(document));
    if (fits) return absl::OkStatus();
    CloseBulkLoad();
  }
  SANAD_ASSIGN_OR_RETURN(transaction_, store_.Begin());
  return absl::OkStatus();
}

absl::StatusOr<bool> DocumentBatches::IsNew(const ExtractedDocument& document) const {
  const Term& iri = document.extraction.document;
  if (added_.contains(iri.value())) return false;
  SANAD_ASSIGN_OR_RETURN(const bool loaded, IsLoaded(before_->source(), iri));
  return !loaded;
}

absl::Status DocumentBatches::AddToBulkLoad(ExtractedDocument document) {
  loader_.Report(document, report_);
  ++report_.documents_added;
  quads_ += document.quads.size();
  added_.insert(document.extraction.document.value());
  return bulk_->AddAll(document.quads);
}

absl::Status DocumentBatches::Commit() {
  if (bulk_ != nullptr) {
    if (options_.progress) options_.progress({"commit", 0, 0, quads_});
    before_.reset();  // So that the load need not keep what it replaces.
    SANAD_ASSIGN_OR_RETURN(const BulkLoadReport loaded, bulk_->Finish());
    report_.quads_added += loaded.added;
    report_.quads_unchanged += loaded.read - loaded.added;
    CloseBulkLoad();
  } else if (transaction_ != nullptr) {
    SANAD_RETURN_IF_ERROR(loader_.Finish(*transaction_, report_));
    if (options_.progress) options_.progress({"commit", 0, 0, report_.quads_added});
    SANAD_RETURN_IF_ERROR(transaction_->Commit());
    transaction_.reset();
  }
  committed_ = taken_;
  return absl::OkStatus();
}

void DocumentBatches::CloseBulkLoad() {
  brought_ += quads_;
  bulk_.reset();
  before_.reset();
  added_.clear();
  quads_ = 0;
}

absl::Status DocumentBatches::Finish() {
  if (bulk_ != nullptr) SANAD_RETURN_IF_ERROR(Commit());
  if (transaction_ == nullptr) {
    SANAD_ASSIGN_OR_RETURN(transaction_, store_.Begin());
  }
  SANAD_RETURN_IF_ERROR(UpdateLinks(*transaction_));
  return Commit();
}

absl::Status DocumentBatches::Abandon() {
  transaction_.reset();
  CloseBulkLoad();
  taken_ = committed_;
  return committed_ == 0 ? absl::OkStatus() : Finish();
}

}  // namespace sanad
