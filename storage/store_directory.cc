// See store_directory.h.

#include "storage/store_directory.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include "storage/files/durable_directory.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFormatHead = "sanad store\nformat ";

std::string LockPath(const std::string& store) { return store + "/writer.lock"; }

std::string ErrnoText(int error) { return std::generic_category().message(error); }

std::string NewFormatPath(const std::string& store) { return FormatPath(store) + ".new"; }

// Says that the directory is to become a store; FinishStoreDirectory makes it one.
absl::StatusOr<bool> BeginStore(const std::string& path) {
  const std::string text = Concat(kFormatHead, kStoreFormat, "\n");
  const std::string temporary = NewFormatPath(path);
  const int file = open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  bool good = file >= 0;
  good = good && write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  good = good && fsync(file) == 0;
  const int error = errno;
  if (file >= 0) close(file);
  if (!good) {
    return MakeStatus(absl::StatusCode::kUnavailable, "cannot write ", temporary, ": ",
                      ErrnoText(error));
  }
  SANAD_RETURN_IF_ERROR(SyncPath(path));
  return true;
}

absl::Status CheckFormat(const std::string& path) {
  std::ifstream file(FormatPath(path), std::ios::binary);
  std::stringstream content;
  content << file.rdbuf();
  const std::string text = content.str();
  if (text.compare(0, kFormatHead.size(), kFormatHead) != 0) {
    return MakeStatus(absl::StatusCode::kDataLoss, FormatPath(path),
                      " is damaged: it does not name a store format; restore the store from a "
                      "backup");
  }
  const std::string number =
      text.substr(kFormatHead.size(), text.find('\n', kFormatHead.size()) - kFormatHead.size());
  if (number == std::to_string(kStoreFormat)) return absl::OkStatus();
  return MakeStatus(absl::StatusCode::kFailedPrecondition, "the store ", path, " has format ",
                    number.substr(0, 20), " and this program reads format ", kStoreFormat,
                    "; dump it to N-Quads with the program that wrote it and load that file");
}

}  // namespace

std::string DatabasePath(const std::string& store) { return store + "/db"; }
std::string FormatPath(const std::string& store) { return store + "/FORMAT"; }

absl::Status FinishStoreDirectory(const std::string& path) {
  std::error_code error;
  fs::rename(NewFormatPath(path), FormatPath(path), error);
  if (error) {
    return MakeStatus(absl::StatusCode::kUnavailable, "cannot write ", FormatPath(path), ": ",
                      error.message());
  }
  SANAD_RETURN_IF_ERROR(SyncPath(path));
  // The store's own name.
  return SyncPath(ParentOf(path));
}

absl::StatusOr<bool> PrepareStoreDirectory(const std::string& path, bool create) {
  if (path.empty()) {
    return absl::InvalidArgumentError(
        "the path of a store is empty; name a directory, or open a store in memory");
  }
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) {
    if (!create) {
      return MakeStatus(absl::StatusCode::kNotFound, "there is no store at ", path);
    }
    SANAD_RETURN_IF_ERROR(MakeDirectories(path));
    return BeginStore(path);
  }
  if (error) {
    return MakeStatus(absl::StatusCode::kUnavailable, "cannot read ", path, ": ", error.message());
  }
  if (status.type() != fs::file_type::directory) {
    return MakeStatus(absl::StatusCode::kFailedPrecondition, path,
                      " is not a store: it is a file, and a store is a directory");
  }
  if (fs::exists(FormatPath(path), error)) {
    SANAD_RETURN_IF_ERROR(CheckFormat(path));
    return false;
  }
  const bool unfinished = fs::exists(NewFormatPath(path), error);
  if (unfinished && !create) {
    return MakeStatus(absl::StatusCode::kNotFound, "there is no store at ", path,
                      ": its creation was cut short; open it for writing to begin anew");
  }
  const bool empty = fs::is_empty(path, error);
  if (!error && create && (empty || unfinished)) return BeginStore(path);
  return MakeStatus(absl::StatusCode::kFailedPrecondition, path,
                    " is not a store: the directory holds no file FORMAT; name a store, or a "
                    "path that does not exist yet");
}

absl::StatusOr<std::unique_ptr<StoreLock>> StoreLock::Acquire(const std::string& store,
                                                              bool exclusive) {
  const std::string path = LockPath(store);
  const int descriptor = exclusive ? open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)
                                   : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    if (!exclusive) return std::unique_ptr<StoreLock>(new StoreLock(-1));
    return MakeStatus(absl::StatusCode::kUnavailable, "cannot open ", path, ": ", ErrnoText(errno),
                      "; open the store read-only, or make it writable");
  }
  auto lock = std::unique_ptr<StoreLock>(new StoreLock(descriptor));
  struct flock request {};
  request.l_type = static_cast<short>(exclusive ? F_WRLCK : F_RDLCK);
  request.l_whence = SEEK_SET;
  if (fcntl(descriptor, F_OFD_SETLK, &request) != 0) {
    if (errno != EAGAIN && errno != EACCES) {
      // A file system without locks: a reader goes on, a writer does not.
      if (!exclusive) return lock;
      return MakeStatus(absl::StatusCode::kUnavailable, "cannot lock ", path, ": ",
                        ErrnoText(errno));
    }
    char text[32] = {};
    const ssize_t size = pread(descriptor, text, sizeof text - 1, 0);
    std::string pid(text, size > 0 ? static_cast<size_t>(size) : 0);
    pid = pid.substr(0, pid.find_first_not_of("0123456789"));
    return MakeStatus(absl::StatusCode::kUnavailable, "the store ", store,
                      " is open in another place",
                      pid.empty() ? std::string() : Concat(" (process ", pid, ")"),
                      "; close it there and try again");
  }
  if (exclusive) {
    const std::string pid = Concat(getpid(), "\n");
    if (ftruncate(descriptor, 0) != 0 || pwrite(descriptor, pid.data(), pid.size(), 0) < 0) {
      return MakeStatus(absl::StatusCode::kUnavailable, "cannot write ", path, ": ",
                        ErrnoText(errno));
    }
  }
  return lock;
}

StoreLock::~StoreLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace sanad
