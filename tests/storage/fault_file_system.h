// A file system below RocksDB that fails and loses power on demand.
//
// Every change of a file or directory is an operation with a number. From a
// chosen number on, one operation or all of them return an error. What was not
// synced is remembered: LosePower() takes files back to their last sync and
// directories to theirs, as the least a machine must keep. Nothing is really
// synced, since the process lives on, which makes a run quick.

#ifndef SANAD_TESTS_STORAGE_FAULT_FILE_SYSTEM_H_
#define SANAD_TESTS_STORAGE_FAULT_FILE_SYSTEM_H_

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

namespace sanad {

enum class Fault {
  kNone,
  kOnce,   // One operation fails.
  kOnward  // It and all behind it fail: a dead disk.
};

// Thread-safe.
class FaultFileSystem : public rocksdb::FileSystemWrapper {
 public:
  FaultFileSystem() : rocksdb::FileSystemWrapper(rocksdb::FileSystem::Default()) {}
  const char* Name() const override { return "FaultFileSystem"; }

  // Counts anew; operation `number` (from 1) is the first to fail.
  void Arm(Fault fault, uint64_t number);
  // Operations since Arm.
  uint64_t operations() const;
  // With `syncs_lie`, a sync returns without having synced.
  void SetSyncsLie(bool syncs_lie) { syncs_lie_ = syncs_lie; }
  // Reads of tables fail, as while a disk is away. They have no numbers.
  void SetReadsFail(bool reads_fail) { reads_fail_ = reads_fail; }
  bool reads_fail() const { return reads_fail_; }
  // REQUIRES: no file is open.
  void LosePower();

  rocksdb::IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus ReopenWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                       std::unique_ptr<rocksdb::FSWritableFile>* file,
                                       rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewRandomAccessFile(const std::string& path,
                                        const rocksdb::FileOptions& options,
                                        std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
                                        rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewDirectory(const std::string& path, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* directory,
                                 rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus DeleteFile(const std::string& path, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus LinkFile(const std::string& from, const std::string& to,
                             const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* debug) override;

  // For the wrapped files.
  rocksdb::IOStatus Operation(const char* what, const std::string& path);
  void Synced(const std::string& path, uint64_t size);
  void DirectorySynced(const std::string& path);

 private:
  void Created(const std::string& path);
  // The operation that gives a file the name `to`, counted and remembered.
  rocksdb::IOStatus Named(const char* what, const std::string& to);

  mutable std::mutex mutex_;
  Fault fault_ = Fault::kNone;
  uint64_t first_ = 0, operations_ = 0;
  std::atomic<bool> syncs_lie_{false}, reads_fail_{false};
  std::map<std::string, uint64_t> synced_;  // Bytes that survive, by path.
  // Entries that a directory may forget, with what was there before.
  std::map<std::string, std::optional<std::string>> unsynced_entries_;
};

}  // namespace sanad

#endif  // SANAD_TESTS_STORAGE_FAULT_FILE_SYSTEM_H_
