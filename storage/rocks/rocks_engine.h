// RocksDB behind the key-value interface.

#ifndef SANAD_STORAGE_ROCKS_ROCKS_ENGINE_H_
#define SANAD_STORAGE_ROCKS_ROCKS_ENGINE_H_

#include <memory>

#include <absl/status/statusor.h>
#include "storage/kv/kv.h"

namespace rocksdb {
class Env;
}

namespace sanad::kv {

// Opens or creates (spec.create) the database in spec.path. Errors: Unavailable
// (locked by another process), DataLoss (damaged), NotFound.
absl::StatusOr<std::unique_ptr<Engine>> OpenRocks(const OpenSpec& spec);

// Databases opened afterwards run on `env`; null: on the machine's own.
void SetEnvForTesting(rocksdb::Env* env);

}  // namespace sanad::kv

#endif  // SANAD_STORAGE_ROCKS_ROCKS_ENGINE_H_
