// The file system below a database, with one difference: while files are being
// ingested none is deleted, and after an ingest that failed none ever is. When the
// manifest cannot be synced RocksDB takes the ingest back and deletes its files,
// although the manifest may name them; the database would not open again. Files
// that were not needed after all go at the next open.

#ifndef SANAD_STORAGE_ROCKS_KEEPING_FILE_SYSTEM_H_
#define SANAD_STORAGE_ROCKS_KEEPING_FILE_SYSTEM_H_

#include <string>
#include <vector>

#include <absl/base/thread_annotations.h>
#include <rocksdb/file_system.h>

#include "storage/sync/mutex.h"

namespace sanad::kv {

// Thread-safe.
class KeepingFileSystem : public rocksdb::FileSystemWrapper {
 public:
  explicit KeepingFileSystem(const std::shared_ptr<rocksdb::FileSystem>& base)
      : rocksdb::FileSystemWrapper(base) {}
  const char* Name() const override { return "KeepingFileSystem"; }

  // From here on deletions wait …
  void BeginIngest();
  // … until here, or for good if the ingest failed.
  void EndIngest(bool succeeded);

  rocksdb::IOStatus DeleteFile(const std::string& path, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;

 private:
  Mutex mutex_;
  int ingests_ ABSL_GUARDED_BY(mutex_) = 0;
  bool failed_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::string> waiting_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace sanad::kv

#endif  // SANAD_STORAGE_ROCKS_KEEPING_FILE_SYSTEM_H_
