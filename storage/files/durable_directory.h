// Directories and files that stand on the disk whole, under their names.

#ifndef SANAD_STORAGE_FILES_DURABLE_DIRECTORY_H_
#define SANAD_STORAGE_FILES_DURABLE_DIRECTORY_H_

#include <string>
#include <string_view>

#include <absl/functional/function_ref.h>
#include <absl/status/status.h>

namespace sanad {

// Makes a directory's entries, or a file, durable. Errors: Unavailable.
absl::Status SyncPath(const std::string& path);
// The same for every file and directory below `path` and for itself.
absl::Status SyncTree(const std::string& path);

// The absolute path of the directory that holds `path`.
std::string ParentOf(const std::string& path);

// Makes a directory and those that it lies in, durably. Nothing to do where it is.
absl::Status MakeDirectories(const std::string& path);

// Writes a directory that must not exist, whole or not at all: `write` fills an
// empty directory `path` + `suffix`, which is synced and then renamed. What an
// attempt that died left under that name is removed first; while an attempt lives,
// another is refused. Errors: AlreadyExists, those of `write`, Unavailable (another
// attempt is at it; the file system refuses).
absl::Status WriteWholeDirectory(const std::string& path, std::string_view suffix,
                                 absl::FunctionRef<absl::Status(const std::string&)> write);

}  // namespace sanad

#endif  // SANAD_STORAGE_FILES_DURABLE_DIRECTORY_H_
