// A look at the log files before RocksDB reads them, for damage that it takes
// for the end of a log.

#ifndef SANAD_STORAGE_ROCKS_LOG_CHECK_H_
#define SANAD_STORAGE_ROCKS_LOG_CHECK_H_

#include <string>

#include <absl/status/status.h>

namespace sanad::kv {

// DataLoss when a write-ahead log or the current manifest in `directory` is
// damaged in such a way, or when files of a database are there and the file that
// names its manifest is not. A log cut short passes.
absl::Status CheckLogs(const std::string& directory);

}  // namespace sanad::kv

#endif  // SANAD_STORAGE_ROCKS_LOG_CHECK_H_
