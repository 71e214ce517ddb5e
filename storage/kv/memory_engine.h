// The key-value interface in memory: for tests and Store::OpenInMemory.

#ifndef SANAD_STORAGE_KV_MEMORY_ENGINE_H_
#define SANAD_STORAGE_KV_MEMORY_ENGINE_H_

#include <memory>

#include "storage/kv/kv.h"

namespace sanad::kv {

// An empty engine with this number of families. Ends with the object; Checkpoint
// is Unimplemented.
std::unique_ptr<Engine> NewMemoryEngine(size_t families);

}  // namespace sanad::kv

#endif  // SANAD_STORAGE_KV_MEMORY_ENGINE_H_
