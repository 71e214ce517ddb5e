// RocksDB's statuses in ours.

#ifndef SANAD_STORAGE_ROCKS_ROCKS_STATUS_H_
#define SANAD_STORAGE_ROCKS_ROCKS_STATUS_H_

#include <string>

#include <absl/status/status.h>
#include <rocksdb/status.h>

namespace sanad::kv {

// `path` names the store in messages.
absl::Status FromRocks(const rocksdb::Status& status, const std::string& path);

}  // namespace sanad::kv

#endif  // SANAD_STORAGE_ROCKS_ROCKS_STATUS_H_
