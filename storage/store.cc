// The public handles: thin over storage/store_impl.h and its kin.

#include <sanad/store.h>

#include <filesystem>
#include <memory>

#include "storage/files/durable_directory.h"
#include "storage/model/text.h"
#include "storage/snapshot_impl.h"
#include "storage/store_directory.h"
#include "storage/store_impl.h"
#include "storage/transaction_impl.h"

namespace sanad {

Snapshot::Snapshot(std::shared_ptr<internal::SnapshotImpl> impl) : impl_(std::move(impl)) {}
Snapshot::~Snapshot() = default;
uint64_t Snapshot::commit_number() const { return impl_->version(); }

uint64_t Snapshot::quad_count() const { return impl_->state().index.QuadCount(); }

absl::StatusOr<bool> Snapshot::Contains(const Quad& quad) const {
  SANAD_ASSIGN_OR_RETURN(const TermId subject, impl_->Find(quad.subject));
  SANAD_ASSIGN_OR_RETURN(const TermId predicate, impl_->Find(quad.predicate));
  SANAD_ASSIGN_OR_RETURN(const TermId object, impl_->Find(quad.object));
  TermId graph = TermId::DefaultGraph();
  if (!quad.graph.is_undefined()) {
    SANAD_ASSIGN_OR_RETURN(graph, impl_->Find(quad.graph));
  }
  for (const TermId id : {subject, predicate, object, graph}) {
    if (id.is_undefined()) return false;
  }
  SANAD_ASSIGN_OR_RETURN(const uint64_t count,
                         impl_->Count({subject, predicate, object}, GraphScope::One(graph)));
  return count > 0;
}

const QuadSource& Snapshot::source() const { return *impl_; }

Transaction::Transaction(std::unique_ptr<internal::TransactionImpl> impl)
    : impl_(std::move(impl)) {}
Transaction::~Transaction() = default;
absl::Status Transaction::Insert(const Quad& quad) { return impl_->Insert(quad); }
absl::Status Transaction::Remove(const Quad& quad) { return impl_->Remove(quad); }
absl::Status Transaction::RemoveGraph(const Term& graph) { return impl_->RemoveGraph(graph); }
absl::Status Transaction::Clear() { return impl_->Clear(); }
const QuadSource& Transaction::source() const { return *impl_; }
uint64_t Transaction::added_count() const { return impl_->added_count(); }
uint64_t Transaction::removed_count() const { return impl_->removed_count(); }
absl::Status Transaction::Commit() { return impl_->Commit(); }
void Transaction::Rollback() { impl_->Rollback(); }

Store::Store(std::shared_ptr<internal::StoreImpl> impl) : impl_(std::move(impl)) {}
Store::~Store() = default;

absl::StatusOr<std::unique_ptr<Store>> Store::Open(std::string_view path,
                                                   const StoreOptions& options) {
  SANAD_ASSIGN_OR_RETURN(std::shared_ptr<internal::StoreImpl> impl,
                         internal::StoreImpl::Open(std::string(path), options));
  return std::unique_ptr<Store>(new Store(std::move(impl)));
}

absl::StatusOr<std::unique_ptr<Store>> Store::OpenInMemory(const StoreOptions& options) {
  SANAD_ASSIGN_OR_RETURN(std::shared_ptr<internal::StoreImpl> impl,
                         internal::StoreImpl::OpenInMemory(options));
  return std::unique_ptr<Store>(new Store(std::move(impl)));
}

Snapshot Store::NewSnapshot() const { return Snapshot(std::atomic_load(&impl_)->NewSnapshot()); }

absl::StatusOr<std::unique_ptr<Transaction>> Store::Begin(absl::Time deadline) {
  SANAD_ASSIGN_OR_RETURN(std::unique_ptr<internal::TransactionImpl> impl,
                         std::atomic_load(&impl_)->Begin(deadline));
  return std::unique_ptr<Transaction>(new Transaction(std::move(impl)));
}

absl::Status Store::Close() { return std::atomic_load(&impl_)->Close(); }

absl::Status Store::Refresh() {
  const std::shared_ptr<internal::StoreImpl> old = std::atomic_load(&impl_);
  if (old->options().mode != OpenMode::kFollower) {
    return absl::FailedPreconditionError("only a store opened as a follower can be refreshed");
  }
  SANAD_ASSIGN_OR_RETURN(std::shared_ptr<internal::StoreImpl> fresh,
                         internal::StoreImpl::OpenAgain(*old));
  std::atomic_store(&impl_, std::move(fresh));
  return absl::OkStatus();
}

absl::StatusOr<StoreStatistics> Store::Statistics() const {
  return std::atomic_load(&impl_)->Statistics();
}
absl::StatusOr<ValidationReport> Store::Validate() const {
  return std::atomic_load(&impl_)->Validate();
}
absl::Status Store::Compact(bool rebuild) { return std::atomic_load(&impl_)->Compact(rebuild); }
absl::Status Store::Backup(std::string_view directory) const {
  return std::atomic_load(&impl_)->Backup(std::string(directory));
}
std::vector<std::pair<std::string, std::string>> Store::Prefixes() const {
  return std::atomic_load(&impl_)->Prefixes();
}
absl::Status Store::SetPrefix(std::string_view prefix, std::string_view iri) {
  return std::atomic_load(&impl_)->SetPrefix(prefix, iri);
}
const std::string& Store::path() const { return std::atomic_load(&impl_)->path(); }
bool Store::read_only() const { return std::atomic_load(&impl_)->read_only(); }

absl::Status Restore(std::string_view backup_directory, std::string_view path) {
  const std::string from(backup_directory);
  SANAD_RETURN_IF_ERROR(PrepareStoreDirectory(from, false).status());
  return WriteWholeDirectory(std::string(path), ".restoring", [&](const std::string& partial) {
    std::error_code error;
    std::filesystem::copy(from, partial, std::filesystem::copy_options::recursive, error);
    if (!error) return absl::OkStatus();
    return MakeStatus(absl::StatusCode::kUnavailable, "cannot copy ", from, " to ", partial, ": ",
                      error.message());
  });
}

}  // namespace sanad
