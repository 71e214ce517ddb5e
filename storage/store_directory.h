// The directory of a store: what it holds, its format number and its lock.
//
//   STORE/FORMAT      "sanad store\nformat 2\n"; FORMAT.new until the store is whole
//   STORE/writer.lock held while a process has the store open; the holder's pid
//   STORE/db/         the key-value engine's files

#ifndef SANAD_STORAGE_STORE_DIRECTORY_H_
#define SANAD_STORAGE_STORE_DIRECTORY_H_

#include <memory>
#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

namespace sanad {

// Counts up with every change of the bytes on disk that older code cannot read.
inline constexpr uint32_t kStoreFormat = 2;

// An advisory lock on one file (open file description lock, so a second open of
// the same process is refused too). Released on destruction.
class StoreLock {
 public:
  // Exclusive for a writer; shared for a reader, which needs no write access and
  // takes none where there is no lock file. Unavailable names the holder's pid.
  static absl::StatusOr<std::unique_ptr<StoreLock>> Acquire(const std::string& store,
                                                            bool exclusive);
  ~StoreLock();
  StoreLock(const StoreLock&) = delete;
  StoreLock& operator=(const StoreLock&) = delete;

 private:
  explicit StoreLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

// Makes sure that `path` is a store of our format. With `create`, a missing or
// empty directory, or one whose creation was cut short, is made ready to become
// one: then true is returned, and FinishStoreDirectory is to be called when the
// store is in it. Errors: NotFound, FailedPrecondition (no store; another format),
// Unavailable (the file system refuses).
absl::StatusOr<bool> PrepareStoreDirectory(const std::string& path, bool create);
absl::Status FinishStoreDirectory(const std::string& path);

std::string DatabasePath(const std::string& store);
std::string FormatPath(const std::string& store);

}  // namespace sanad

#endif  // SANAD_STORAGE_STORE_DIRECTORY_H_
