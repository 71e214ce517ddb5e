// See bulk_load.h. One transaction carries the whole load.

#include "storage/bulk_load.h"

#include "storage/model/text.h"

namespace sanad {

absl::StatusOr<BulkLoadReport> BulkLoad(Store& store, const QuadPull& pull,
                                        const BulkLoadOptions& options) {
  SANAD_ASSIGN_OR_RETURN(const std::unique_ptr<Transaction> transaction,
                         store.Begin(options.deadline));
  BulkLoadReport report;
  std::vector<Quad> batch;
  while (true) {
    SANAD_RETURN_IF_ERROR(pull(batch));
    if (batch.empty()) break;
    if (options.cancelled && options.cancelled()) {
      return absl::CancelledError("the load was cancelled; the store is as it was");
    }
    for (const Quad& quad : batch) SANAD_RETURN_IF_ERROR(transaction->Insert(quad));
    report.read += batch.size();
    if (options.progress) options.progress("read", report.read);
  }
  report.added = transaction->added_count();
  if (options.progress) options.progress("commit", report.added);
  SANAD_RETURN_IF_ERROR(transaction->Commit());
  report.commit_number = store.NewSnapshot().commit_number();
  return report;
}

}  // namespace sanad
