// See durable_directory.h.

#include "storage/files/durable_directory.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "storage/model/text.h"

namespace sanad {
namespace {

namespace fs = std::filesystem;

absl::Status Refused(std::string_view what, const std::string& path, const std::error_code& error) {
  return MakeStatus(absl::StatusCode::kUnavailable, "cannot ", what, " ", path, ": ",
                    error.message());
}

std::error_code LastError() { return {errno, std::generic_category()}; }

// Absolute, without a slash at its end.
fs::path Normal(const std::string& path) {
  const fs::path normal = fs::absolute(path).lexically_normal();
  return normal.has_filename() ? normal : normal.parent_path();
}

absl::Status AlreadyThere(const std::string& path) {
  return MakeStatus(absl::StatusCode::kAlreadyExists, path, " exists; name a path that does not");
}

// A directory that one attempt has for itself, as long as it holds the descriptor:
// the lock goes with a process that dies.
class Claim {
 public:
  explicit Claim(std::string path) : path_(std::move(path)) {}
  ~Claim() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  Claim(const Claim&) = delete;
  Claim& operator=(const Claim&) = delete;

  // Makes the directory, or takes over what a dead attempt left, and empties it.
  absl::Status Take() {
    while (true) {
      if (mkdir(path_.c_str(), 0755) != 0 && errno != EEXIST) {
        return Refused("create", path_, LastError());
      }
      // What is no directory, a link to one too, is someone else's.
      descriptor_ = open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
      if (descriptor_ < 0) {
        if (errno == ENOENT) continue;  // Another attempt has just ended.
        return Refused("open", path_, LastError());
      }
      // A file system without locks: the attempt goes on.
      if (flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        return MakeStatus(absl::StatusCode::kUnavailable, path_,
                          " is being written by another copy; let it end, or name another path");
      }
      if (IsStillThere()) return Empty();
      close(descriptor_);
      descriptor_ = -1;
    }
  }

 private:
  // The directory may have been renamed or removed between opening and locking.
  bool IsStillThere() const {
    struct stat opened {
    }, named{};
    return fstat(descriptor_, &opened) == 0 && lstat(path_.c_str(), &named) == 0 &&
           opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
  }
  absl::Status Empty() const {
    std::error_code error;
    for (auto entry = fs::directory_iterator(path_, error); !error && entry != fs::end(entry);
         entry.increment(error)) {
      std::error_code removing;
      fs::remove_all(entry->path(), removing);
      if (removing) return Refused("remove", entry->path().string(), removing);
    }
    return error ? Refused("read", path_, error) : absl::OkStatus();
  }

  const std::string path_;
  int descriptor_ = -1;
};

absl::Status RenameToNew(const std::string& from, const std::string& to) {
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) {
    return absl::OkStatus();
  }
  if (errno == EEXIST) return AlreadyThere(to);
  std::error_code error = LastError();
  // A file system that does not know the flag; rename() replaces empty directories only.
  if (errno == EINVAL || errno == ENOSYS) {
    error.clear();
    fs::rename(from, to, error);
    if (!error) return absl::OkStatus();
  }
  return Refused(Concat("rename ", from, " to"), to, error);
}

}  // namespace

absl::Status SyncPath(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool good = file >= 0 && fsync(file) == 0;
  const std::error_code error = LastError();
  if (file >= 0) close(file);
  return good ? absl::OkStatus() : Refused("sync", path, error);
}

absl::Status SyncTree(const std::string& path) {
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(path, error);
       !error && entry != fs::end(entry); entry.increment(error)) {
    SANAD_RETURN_IF_ERROR(SyncPath(entry->path().string()));
  }
  if (error) return Refused("read", path, error);
  return SyncPath(path);
}

std::string ParentOf(const std::string& path) { return Normal(path).parent_path().string(); }

absl::Status MakeDirectories(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return absl::OkStatus();
  const std::string parent = ParentOf(path);
  if (parent != Normal(path).string()) SANAD_RETURN_IF_ERROR(MakeDirectories(parent));
  fs::create_directory(Normal(path), error);
  if (error) return Refused("create the directory", path, error);
  return SyncPath(parent);
}

absl::Status WriteWholeDirectory(const std::string& path, std::string_view suffix,
                                 absl::FunctionRef<absl::Status(const std::string&)> write) {
  const std::string target = Normal(path).string();
  std::error_code error;
  const fs::file_status there = fs::symlink_status(target, error);
  if (fs::exists(there)) return AlreadyThere(path);
  if (there.type() != fs::file_type::not_found) return Refused("read", path, error);
  const std::string partial = Concat(target, suffix);
  SANAD_RETURN_IF_ERROR(MakeDirectories(ParentOf(target)));
  Claim claim(partial);
  SANAD_RETURN_IF_ERROR(claim.Take());
  absl::Status status = write(partial);
  if (status.ok()) status = SyncTree(partial);
  if (status.ok()) status = RenameToNew(partial, target);
  if (status.ok()) return SyncPath(ParentOf(target));
  fs::remove_all(partial, error);  // What stays is removed by the next attempt.
  return status;
}

}  // namespace sanad
