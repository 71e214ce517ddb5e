// The store: a durable set of quads with snapshots and transactions.
//
//   absl::StatusOr<std::unique_ptr<sanad::Store>> store = sanad::Store::Open("talks.sanad");
//   auto transaction = (*store)->Begin();
//   (*transaction)->Insert(quad);
//   absl::Status status = (*transaction)->Commit();   // synced when it returns
//
// Queries (<sanad/query.h>), questions (<sanad/question.h>) and loading
// (<sanad/loader.h>) are free classes and functions that take a Store.

#ifndef SANAD_STORE_H_
#define SANAD_STORE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <absl/time/time.h>
#include <sanad/export.h>
#include <sanad/term.h>

namespace sanad {

class QuadSource;  // What query execution sees (storage/quad_source.h).
namespace internal {
class StoreImpl;  // storage/
class SnapshotImpl;
class TransactionImpl;
}  // namespace internal

enum class OpenMode {
  kReadWrite,  // One process at a time.
  kReadOnly,   // Writes nothing, not even a lock file; works on a read-only file system.
  kFollower,   // Beside a live writer in another process; see Store::Refresh.
};

enum class LogLevel { kDebug, kInfo, kWarning, kError };

struct StoreOptions {
  OpenMode mode = OpenMode::kReadWrite;
  // When false, opening a path that does not exist is NotFound.
  bool create_if_missing = true;
  // Threads for flushes, compactions and folds. 0: all three are done before the
  // call that causes them returns, and no thread of theirs stays. (RocksDB keeps
  // one sleeping timer a process, whatever is set.)
  int background_threads = 1;
  // Bytes for block cache, write buffers, dictionary cache and load buffers
  // together. 0: a quarter of the machine's memory, between 64 MiB and 4 GiB.
  uint64_t memory_budget = 0;
  // Commits are synced to disk before Commit() returns. When false, a crash of
  // the machine may lose the newest commits, never tear one.
  bool sync = true;
  // Called with one line a message, possibly from several threads. The library
  // itself prints nothing.
  std::function<void(LogLevel, std::string_view)> log;
};

// One immutable state of the store. Reading it never waits for the writer.
// Holding one keeps the store's files of that state; release it soon.
// Thread-safe. Shares ownership of the store's internals.
class SANAD_EXPORT Snapshot {
 public:
  ~Snapshot();
  // The number of the newest commit in this state; 0 for an empty store.
  uint64_t commit_number() const;
  // Quads in this state, all graphs.
  uint64_t quad_count() const;
  // Whether the quad is in this state. DataLoss where that cannot be told.
  absl::StatusOr<bool> Contains(const Quad& quad) const;
  // The interface that plans and operators read; opaque to users.
  const QuadSource& source() const;

 private:
  friend class Store;
  friend class internal::StoreImpl;
  explicit Snapshot(std::shared_ptr<internal::SnapshotImpl> impl);
  std::shared_ptr<internal::SnapshotImpl> impl_;
};

// Changes that take effect together. At most one transaction is open at a
// time; Store::Begin waits for it. Destroying an uncommitted one discards it.
// Single-threaded.
class SANAD_EXPORT Transaction {
 public:
  ~Transaction();
  // Inserting a quad that is there, or removing one that is not, is no error
  // and no change.
  absl::Status Insert(const Quad& quad);
  absl::Status Remove(const Quad& quad);
  // Removes every quad of one graph (undefined: the default graph).
  absl::Status RemoveGraph(const Term& graph);
  // Removes every quad.
  absl::Status Clear();
  // What the transaction sees: the committed state plus its own changes.
  const QuadSource& source() const;
  // Quads that Commit would add and remove, so far. When that cannot be read they
  // are 0, and Commit gives the error.
  uint64_t added_count() const;
  uint64_t removed_count() const;
  // Makes the changes durable and visible, all or none. Errors: FailedPrecondition (finished,
  // read-only), ResourceExhausted or Unavailable (disk): the store reads as before, takes no
  // changes until it is opened again, and then holds the commit whole or not at all.
  absl::Status Commit();
  void Rollback();

  // For the other layers of the library.
  internal::TransactionImpl& impl() { return *impl_; }

 private:
  friend class Store;
  friend class internal::StoreImpl;
  explicit Transaction(std::unique_ptr<internal::TransactionImpl> impl);
  std::unique_ptr<internal::TransactionImpl> impl_;
};

struct PredicateStatistics {
  Term predicate;
  uint64_t quads = 0;
  uint64_t distinct_triples = 0;
  uint64_t distinct_subjects = 0;
  uint64_t distinct_objects = 0;
  bool distinct_counts_exact = true;  // Else estimates, to be printed with "~".
};

struct StoreStatistics {
  uint64_t commit_number = 0;
  uint64_t quads = 0;
  uint64_t distinct_triples = 0;
  uint64_t terms = 0;
  uint64_t named_graphs = 0;
  uint64_t bytes_on_disk = 0;
  uint64_t live_snapshots = 0;
  absl::Duration oldest_snapshot_age;
  uint64_t pinned_bytes = 0;
  std::vector<PredicateStatistics> predicates;     // By falling quads.
  std::vector<std::pair<Term, uint64_t>> classes;  // Instances, by falling count.
};

struct ValidationReport {
  uint64_t commit_number = 0;
  uint64_t quads_checked = 0;
  uint64_t terms_checked = 0;
  std::vector<std::string> problems;  // Empty: the store is sound.
};

// Thread-safe, but for Close().
class SANAD_EXPORT Store {
 public:
  // Opens or creates the store in directory `path`. Errors: InvalidArgument (no
  // path), NotFound, Unavailable (open elsewhere: names the holder's pid),
  // FailedPrecondition (another format, not a store), DataLoss (names the file).
  static absl::StatusOr<std::unique_ptr<Store>> Open(std::string_view path,
                                                     const StoreOptions& options = {});
  // A store that lives in memory only and ends with the object.
  static absl::StatusOr<std::unique_ptr<Store>> OpenInMemory(const StoreOptions& options = {});
  ~Store();

  // The newest committed state.
  Snapshot NewSnapshot() const;
  // Waits for the open transaction to end, at most until `deadline`
  // (then Unavailable). FailedPrecondition when the store is not writable.
  absl::StatusOr<std::unique_ptr<Transaction>> Begin(absl::Time deadline = absl::InfiniteFuture());

  // Syncs and closes. FailedPrecondition while snapshots, cursors or a
  // transaction live.
  absl::Status Close();

  // Follower only: catches up with the writer. Unavailable: try again.
  absl::Status Refresh();

  absl::StatusOr<StoreStatistics> Statistics() const;
  // Checks orders, counters, dictionary, checksums and derived indexes.
  absl::StatusOr<ValidationReport> Validate() const;
  // Folds younger rows into blocks. With `rebuild`, also drops unused terms.
  absl::Status Compact(bool rebuild = false);
  // A consistent copy of the store in a new directory, made while it is in use.
  absl::Status Backup(std::string_view directory) const;

  // Prefixes remembered for shells and writers: prefix (without colon) → IRI.
  std::vector<std::pair<std::string, std::string>> Prefixes() const;
  absl::Status SetPrefix(std::string_view prefix, std::string_view iri);

  const std::string& path() const;  // Empty for an in-memory store.
  bool read_only() const;

  // For the other layers of the library.
  internal::StoreImpl& impl() const { return *impl_; }

 private:
  explicit Store(std::shared_ptr<internal::StoreImpl> impl);
  std::shared_ptr<internal::StoreImpl> impl_;
};

// Copies a backup made by Store::Backup to a new directory `path`; synced.
SANAD_EXPORT absl::Status Restore(std::string_view backup_directory, std::string_view path);

}  // namespace sanad

#endif  // SANAD_STORE_H_
