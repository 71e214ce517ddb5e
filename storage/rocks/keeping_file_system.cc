// See keeping_file_system.h.

#include "storage/rocks/keeping_file_system.h"

#include <utility>

namespace sanad::kv {

void KeepingFileSystem::BeginIngest() {
  const MutexLock lock(&mutex_);
  ++ingests_;
}

void KeepingFileSystem::EndIngest(bool succeeded) {
  std::vector<std::string> paths;
  {
    const MutexLock lock(&mutex_);
    failed_ = failed_ || !succeeded;
    if (--ingests_ > 0 || failed_) return;
    paths = std::exchange(waiting_, {});
  }
  for (const std::string& path : paths) {
    target()->DeleteFile(path, rocksdb::IOOptions(), nullptr).PermitUncheckedError();
  }
}

rocksdb::IOStatus KeepingFileSystem::DeleteFile(const std::string& path,
                                                const rocksdb::IOOptions& options,
                                                rocksdb::IODebugContext* debug) {
  {
    const MutexLock lock(&mutex_);
    if (failed_) return rocksdb::IOStatus::OK();
    if (ingests_ > 0) {
      waiting_.push_back(path);
      return rocksdb::IOStatus::OK();
    }
  }
  return target()->DeleteFile(path, options, debug);
}

}  // namespace sanad::kv
