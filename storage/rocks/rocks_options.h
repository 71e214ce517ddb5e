// How the families of a store are tuned.

#ifndef SANAD_STORAGE_ROCKS_ROCKS_OPTIONS_H_
#define SANAD_STORAGE_ROCKS_ROCKS_OPTIONS_H_

#include <memory>
#include <vector>

#include <rocksdb/cache.h>
#include <rocksdb/options.h>
#include "storage/kv/kv.h"

namespace sanad::kv {

// The one cache of a store.
std::shared_ptr<rocksdb::Cache> NewCache(size_t bytes);
rocksdb::DBOptions DatabaseOptions(const OpenSpec& spec,
                                   const std::shared_ptr<rocksdb::Cache>& cache);
rocksdb::ColumnFamilyOptions FamilyOptions(const OpenSpec& spec, const FamilySpec& family,
                                           const std::shared_ptr<rocksdb::Cache>& cache);

}  // namespace sanad::kv

#endif  // SANAD_STORAGE_ROCKS_ROCKS_OPTIONS_H_
