// See fault_file_system.h.

#include "tests/storage/fault_file_system.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

namespace sanad {
namespace {

using rocksdb::FileOptions;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

std::optional<std::string> Content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::stringstream content;
  content << file.rdbuf();
  return content.str();
}

class FaultFile : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FaultFile(std::unique_ptr<rocksdb::FSWritableFile> file, std::string path,
            FaultFileSystem& faults)
      : FSWritableFileOwnerWrapper(std::move(file)), path_(std::move(path)), faults_(faults) {}

  IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* debug) override {
    IOStatus status = faults_.Operation("append", path_);
    if (!status.ok()) {
      // A failed write may have written a part.
      target()->Append(Slice(data.data(), data.size() / 2), options, debug).PermitUncheckedError();
      return status;
    }
    return target()->Append(data, options, debug);
  }
  IOStatus Append(const Slice& data, const IOOptions& options,
                  const rocksdb::DataVerificationInfo& /*verification*/,
                  IODebugContext* debug) override {
    return Append(data, options, debug);
  }
  IOStatus Truncate(uint64_t size, const IOOptions& options, IODebugContext* debug) override {
    IOStatus status = faults_.Operation("truncate", path_);
    return status.ok() ? target()->Truncate(size, options, debug) : status;
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    IOStatus status = faults_.Operation("sync", path_);
    if (!status.ok()) return status;
    // Read from the disk: a file opened again counts from where it was opened.
    std::error_code error;
    const uint64_t size = std::filesystem::file_size(path_, error);
    status = target()->Flush(options, debug);
    if (status.ok() && !error) faults_.Synced(path_, size);
    return status;
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return Sync(options, debug);
  }
  IOStatus RangeSync(uint64_t, uint64_t, const IOOptions&, IODebugContext*) override {
    return IOStatus::OK();
  }

 private:
  const std::string path_;
  FaultFileSystem& faults_;
};

class FaultReader : public rocksdb::FSRandomAccessFileOwnerWrapper {
 public:
  FaultReader(std::unique_ptr<rocksdb::FSRandomAccessFile> file, const FaultFileSystem& faults)
      : FSRandomAccessFileOwnerWrapper(std::move(file)), faults_(faults) {}
  IOStatus Read(uint64_t offset, size_t size, const IOOptions& options, Slice* result,
                char* scratch, IODebugContext* debug) const override {
    if (faults_.reads_fail()) return IOStatus::IOError("injected fault: read");
    return target()->Read(offset, size, options, result, scratch, debug);
  }
  IOStatus MultiRead(rocksdb::FSReadRequest* requests, size_t count, const IOOptions& options,
                     IODebugContext* debug) override {
    if (faults_.reads_fail()) return IOStatus::IOError("injected fault: read");
    return target()->MultiRead(requests, count, options, debug);
  }

 private:
  const FaultFileSystem& faults_;
};

class FaultDirectory : public rocksdb::FSDirectoryWrapper {
 public:
  FaultDirectory(std::unique_ptr<rocksdb::FSDirectory> directory, std::string path,
                 FaultFileSystem& faults)
      : FSDirectoryWrapper(std::move(directory)), path_(std::move(path)), faults_(faults) {}
  IOStatus Fsync(const IOOptions&, IODebugContext*) override {
    IOStatus status = faults_.Operation("sync", path_);
    if (status.ok()) faults_.DirectorySynced(path_);
    return status;
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* debug,
                               const rocksdb::DirFsyncOptions& /*what*/) override {
    return Fsync(options, debug);
  }

 private:
  const std::string path_;
  FaultFileSystem& faults_;
};

std::string ParentOf(const std::string& path) {
  return std::filesystem::path(path).parent_path().lexically_normal().string();
}

}  // namespace

void FaultFileSystem::Arm(Fault fault, uint64_t number) {
  const std::lock_guard lock(mutex_);
  fault_ = fault;
  first_ = number;
  operations_ = 0;
}

uint64_t FaultFileSystem::operations() const {
  const std::lock_guard lock(mutex_);
  return operations_;
}

IOStatus FaultFileSystem::Operation(const char* what, const std::string& path) {
  const std::lock_guard lock(mutex_);
  ++operations_;
  const bool fails = (fault_ == Fault::kOnce && operations_ == first_) ||
                     (fault_ == Fault::kOnward && operations_ >= first_);
  return fails ? IOStatus::IOError(std::string("injected fault: ") + what, path) : IOStatus::OK();
}

void FaultFileSystem::Synced(const std::string& path, uint64_t size) {
  if (syncs_lie_) return;
  const std::lock_guard lock(mutex_);
  synced_[path] = size;
}

void FaultFileSystem::DirectorySynced(const std::string& path) {
  if (syncs_lie_) return;
  const std::lock_guard lock(mutex_);
  const std::string directory = std::filesystem::path(path).lexically_normal().string();
  std::erase_if(unsynced_entries_, [&](const auto& entry) {
    return ParentOf(entry.first) == directory || ParentOf(entry.first) + "/" == directory;
  });
}

void FaultFileSystem::Created(const std::string& path) {
  std::optional<std::string> before = Content(path);
  const std::lock_guard lock(mutex_);
  unsynced_entries_.try_emplace(path, std::move(before));
}

IOStatus FaultFileSystem::Named(const char* what, const std::string& to) {
  IOStatus status = Operation(what, to);
  if (status.ok()) Created(to);
  return status;
}

void FaultFileSystem::LosePower() {
  const std::lock_guard lock(mutex_);
  std::error_code ignored;
  for (const auto& [path, size] : synced_) {
    if (std::filesystem::file_size(path, ignored) > size && !ignored) {
      std::filesystem::resize_file(path, size, ignored);
    }
  }
  for (const auto& [path, before] : unsynced_entries_) {
    std::filesystem::remove(path, ignored);
    if (before) std::ofstream(path, std::ios::binary) << *before;
  }
  synced_.clear();
  unsynced_entries_.clear();
}

IOStatus FaultFileSystem::NewWritableFile(const std::string& path, const FileOptions& options,
                                          std::unique_ptr<rocksdb::FSWritableFile>* file,
                                          IODebugContext* debug) {
  IOStatus status = Named("create", path);
  if (!status.ok()) return status;
  std::unique_ptr<rocksdb::FSWritableFile> inner;
  status = target()->NewWritableFile(path, options, &inner, debug);
  if (!status.ok()) return status;
  {
    const std::lock_guard lock(mutex_);
    synced_[path] = 0;
  }
  *file = std::make_unique<FaultFile>(std::move(inner), path, *this);
  return status;
}

IOStatus FaultFileSystem::ReopenWritableFile(const std::string& path, const FileOptions& options,
                                             std::unique_ptr<rocksdb::FSWritableFile>* file,
                                             IODebugContext* debug) {
  IOStatus status = Operation("open", path);
  if (!status.ok()) return status;
  std::unique_ptr<rocksdb::FSWritableFile> inner;
  status = target()->ReopenWritableFile(path, options, &inner, debug);
  if (status.ok()) *file = std::make_unique<FaultFile>(std::move(inner), path, *this);
  return status;
}

IOStatus FaultFileSystem::NewRandomAccessFile(const std::string& path, const FileOptions& options,
                                              std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
                                              IODebugContext* debug) {
  std::unique_ptr<rocksdb::FSRandomAccessFile> inner;
  const IOStatus status = target()->NewRandomAccessFile(path, options, &inner, debug);
  if (status.ok()) *file = std::make_unique<FaultReader>(std::move(inner), *this);
  return status;
}

IOStatus FaultFileSystem::NewDirectory(const std::string& path, const IOOptions& options,
                                       std::unique_ptr<rocksdb::FSDirectory>* directory,
                                       IODebugContext* debug) {
  std::unique_ptr<rocksdb::FSDirectory> inner;
  const IOStatus status = target()->NewDirectory(path, options, &inner, debug);
  if (status.ok()) *directory = std::make_unique<FaultDirectory>(std::move(inner), path, *this);
  return status;
}

IOStatus FaultFileSystem::DeleteFile(const std::string& path, const IOOptions& options,
                                     IODebugContext* debug) {
  IOStatus status = Operation("delete", path);
  if (!status.ok()) return status;
  {
    const std::lock_guard lock(mutex_);
    synced_.erase(path);
    unsynced_entries_.erase(path);
  }
  return target()->DeleteFile(path, options, debug);
}

IOStatus FaultFileSystem::RenameFile(const std::string& from, const std::string& to,
                                     const IOOptions& options, IODebugContext* debug) {
  IOStatus status = Named("rename", to);
  if (!status.ok()) return status;
  status = target()->RenameFile(from, to, options, debug);
  const std::lock_guard lock(mutex_);
  unsynced_entries_.erase(from);
  if (auto node = synced_.extract(from)) synced_.insert_or_assign(to, node.mapped());
  return status;
}

IOStatus FaultFileSystem::LinkFile(const std::string& from, const std::string& to,
                                   const IOOptions& options, IODebugContext* debug) {
  IOStatus status = Named("link", to);
  if (!status.ok()) return status;
  status = target()->LinkFile(from, to, options, debug);
  const std::lock_guard lock(mutex_);
  if (auto it = synced_.find(from); it != synced_.end()) synced_[to] = it->second;
  return status;
}

}  // namespace sanad
