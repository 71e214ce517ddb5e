// A look at the table files before RocksDB reads them, for damage that ends the
// process in its reader.

#ifndef SANAD_STORAGE_ROCKS_TABLE_CHECK_H_
#define SANAD_STORAGE_ROCKS_TABLE_CHECK_H_

#include <string>

#include <absl/status/status.h>

namespace sanad::kv {

// DataLoss when a table file in `directory` is damaged in such a way. Files that are
// no tables at all pass: RocksDB says what they lack. So do files that vanish.
absl::Status CheckTables(const std::string& directory);

}  // namespace sanad::kv

#endif  // SANAD_STORAGE_ROCKS_TABLE_CHECK_H_
