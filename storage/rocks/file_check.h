// A look at a database's files before RocksDB reads them, for damage that it takes for
// the end of a log, or that ends the process in its reader.

#ifndef SANAD_STORAGE_ROCKS_FILE_CHECK_H_
#define SANAD_STORAGE_ROCKS_FILE_CHECK_H_

#include <string>

#include <absl/status/status.h>

namespace sanad::kv {

// DataLoss when a write-ahead log or the current manifest in `directory` is
// damaged in such a way, or when files of a database are there and the file that
// names its manifest is not. A log cut short passes.
absl::Status CheckLogs(const std::string& directory);

// DataLoss when a table file in `directory` is damaged in such a way. Files that are
// no tables at all pass: RocksDB says what they lack. So do files that vanish.
absl::Status CheckTables(const std::string& directory);

}  // namespace sanad::kv

#endif  // SANAD_STORAGE_ROCKS_FILE_CHECK_H_
