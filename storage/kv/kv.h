// The narrow ordered key-value interface that the storage layer stands on.
//
// Get, multi-get, ordered ranges, atomic batches over several families,
// snapshots and bulk ingest of sorted files: no more, so that another engine,
// a distributed one too, can stand behind it. storage/rocks/ implements it over
// RocksDB, memory_kv.h in memory for tests and Store::OpenInMemory.

#ifndef SANAD_STORAGE_KV_KV_H_
#define SANAD_STORAGE_KV_KV_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

namespace sanad::kv {

// A family is a separate key space; the set is fixed when a store is opened.
using Family = uint32_t;  // Index into OpenSpec::families.

enum class FamilyUse {
  kSmall,     // Few, small entries, read by key.
  kBlocks,    // Values that are compressed already and read by key.
  kText,      // Values worth compressing.
  kTextKeys,  // Text in the keys; looked up by key, often in vain.
  kRanges,    // Text in the keys; many short ranges are read, wherever they lie.
  kLog,       // Written once in key order, read at open, deleted key by key.
};

struct FamilySpec {
  std::string name;
  FamilyUse use = FamilyUse::kSmall;
  // Keys that most writes put again: they find their place at once. No range that is
  // deleted begins with one.
  std::vector<std::string> hot_keys;
  bool appended = false;  // The others mostly come in rising order; no range is deleted.
};

enum class EngineMode { kReadWrite, kReadOnly, kFollower };

struct OpenSpec {
  std::string path;
  std::vector<FamilySpec> families;
  EngineMode mode = EngineMode::kReadWrite;
  bool create = false;
  int background_threads = 1;
  uint64_t memory_bytes = uint64_t{64} << 20;  // Cache and write buffers.
  std::string scratch;                         // kFollower: a directory for its own files.
  std::function<void(std::string_view)> log;
};

// An immutable state of all families. Thread-safe.
class Snapshot {
 public:
  virtual ~Snapshot() = default;
};

// A value held in place, without a copy. Thread-safe.
class PinnedValue {
 public:
  virtual ~PinnedValue() = default;
  virtual std::string_view view() const = 0;
};

// Walks a range in key order. Single-threaded. Keys and values are valid until
// the next move.
class Iterator {
 public:
  virtual ~Iterator() = default;
  virtual void Seek(std::string_view key) = 0;         // First key >= key.
  virtual void SeekForPrev(std::string_view key) = 0;  // Last key <= key.
  virtual void SeekToFirst() = 0;
  virtual void Next() = 0;
  virtual void Prev() = 0;
  virtual bool Valid() const = 0;
  virtual std::string_view key() const = 0;
  virtual std::string_view value() const = 0;
  virtual absl::Status status() const = 0;
};

// Changes applied together, in order.
class Batch {
 public:
  virtual ~Batch() = default;
  virtual void Put(Family family, std::string_view key, std::string_view value) = 0;
  virtual void Delete(Family family, std::string_view key) = 0;
  virtual void DeleteRange(Family family, std::string_view begin, std::string_view end) = 0;
  virtual size_t byte_size() const = 0;
};

// Writes one sorted file for ingest. Keys in rising order, each once.
class SortedFileWriter {
 public:
  virtual ~SortedFileWriter() = default;
  virtual absl::Status Put(std::string_view key, std::string_view value) = 0;
  virtual absl::Status Delete(std::string_view key) = 0;
  virtual absl::Status Finish() = 0;  // REQUIRES: at least one entry.
  virtual uint64_t byte_size() const = 0;
};

struct IngestFiles {
  Family family;
  std::vector<std::unique_ptr<SortedFileWriter>> files;  // Finished; disjoint ranges.
};

struct EngineStatistics {
  uint64_t bytes_on_disk = 0;
  uint64_t memory_bytes = 0;
};

// Thread-safe.
class Engine {
 public:
  virtual ~Engine() = default;
  virtual std::shared_ptr<const Snapshot> NewSnapshot() = 0;
  // `snapshot` null: the newest state.
  virtual absl::StatusOr<std::optional<std::string>> Get(Family family, std::string_view key,
                                                         const Snapshot* snapshot) = 0;
  // Null when there is no such key.
  virtual absl::StatusOr<std::unique_ptr<PinnedValue>> GetPinned(Family family,
                                                                 std::string_view key,
                                                                 const Snapshot* snapshot) = 0;
  virtual absl::Status MultiGet(Family family, std::span<const std::string_view> keys,
                                const Snapshot* snapshot,
                                std::vector<std::optional<std::string>>& values) = 0;
  // Keys in [lower, upper); an empty `upper` means no bound.
  virtual std::unique_ptr<Iterator> NewIterator(Family family, std::string_view lower,
                                                std::string_view upper,
                                                const Snapshot* snapshot) = 0;
  virtual std::unique_ptr<Batch> NewBatch() = 0;
  virtual absl::Status Write(const Batch& batch, bool sync) = 0;
  // Makes every write that has returned durable; may run beside other writes.
  virtual absl::Status SyncLog() = 0;
  virtual absl::StatusOr<std::unique_ptr<SortedFileWriter>> NewSortedFile(Family family) = 0;
  // Makes all files of all families visible at once, durably.
  virtual absl::Status Ingest(std::vector<IngestFiles> files) = 0;
  virtual absl::Status CompactRange(Family family, std::string_view begin,
                                    std::string_view end) = 0;
  virtual absl::Status Flush() = 0;
  // A consistent copy in a new directory (hard links where possible).
  virtual absl::Status Checkpoint(const std::string& directory) = 0;
  virtual absl::Status VerifyChecksums() = 0;
  virtual EngineStatistics statistics() const = 0;
  // Follower only: takes in what the writer has written since.
  virtual absl::Status CatchUp() = 0;
  virtual absl::Status Close() = 0;
};

}  // namespace sanad::kv

#endif  // SANAD_STORAGE_KV_KV_H_
