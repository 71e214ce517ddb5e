// See rocks_status.h. RocksDB's own text names files and offsets and is kept;
// what to do next is ours.

#include "storage/rocks/rocks_status.h"

#include "storage/model/text.h"

namespace sanad::kv {

absl::Status FromRocks(const rocksdb::Status& status, const std::string& path) {
  if (status.ok()) return absl::OkStatus();
  const std::string text = status.ToString();
  if (status.IsNoSpace() || text.find("No space left") != std::string::npos) {
    return MakeStatus(absl::StatusCode::kResourceExhausted, "the disk of the store ", path,
                      " is full; free some space and try again (", text, ")");
  }
  if (status.IsCorruption()) {
    return MakeStatus(absl::StatusCode::kDataLoss, "the store ", path, " is damaged: ", text,
                      "; restore it from a backup, or run `sanad validate` to see what is lost");
  }
  if (status.IsNotFound() || status.IsPathNotFound()) {
    return MakeStatus(absl::StatusCode::kNotFound, path, ": ", text);
  }
  if (status.IsNotSupported() || status.IsInvalidArgument()) {
    return MakeStatus(absl::StatusCode::kDataLoss, "the store ", path,
                      " cannot be opened as it is: ", text);
  }
  if (status.IsBusy() || status.IsTryAgain() || status.IsTimedOut()) {
    return MakeStatus(absl::StatusCode::kUnavailable, path, ": ", text, "; try again");
  }
  return MakeStatus(absl::StatusCode::kUnavailable, "the store ", path,
                    " cannot be read or written: ", text);
}

}  // namespace sanad::kv
