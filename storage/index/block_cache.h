// Blocks of the quad index kept open, so that a lookup that meets one again
// neither asks the engine for it nor reads its header.
//
// A page holds a slot for each of its blocks. The cache keeps a clock of the
// filled slots and empties those that were not read since it last came by, once
// their bytes pass its bound. The bytes lie in the engine's own cache, pinned
// there, so the bound is a part of the engine's budget.

#ifndef SANAD_STORAGE_INDEX_BLOCK_CACHE_H_
#define SANAD_STORAGE_INDEX_BLOCK_CACHE_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "storage/encoding/block_codec.h"
#include "storage/kv/kv.h"
#include "storage/sync/mutex.h"

namespace sanad {

// A decoded block header with the bytes it reads.
struct LoadedBlock {
  std::unique_ptr<kv::PinnedValue> value;
  BlockReader reader;
};

// The open blocks of one page. Thread-safe.
class OpenBlocks {
 public:
  // Null when the block is not open.
  std::shared_ptr<const LoadedBlock> Find(size_t block);
  // False when the block was open already.
  bool Keep(size_t block, std::shared_ptr<const LoadedBlock> loaded);
  // Closes the block unless it was read since the last call. True when closed.
  bool CloseIdle(size_t block);

 private:
  struct Slot {
    std::shared_ptr<const LoadedBlock> loaded;
    bool read = false;
  };
  Mutex mutex_;
  std::vector<Slot> slots_ ABSL_GUARDED_BY(mutex_);
};

// Thread-safe.
class BlockCache {
 public:
  explicit BlockCache(uint64_t bytes) : bound_(bytes) {}
  BlockCache(const BlockCache&) = delete;
  BlockCache& operator=(const BlockCache&) = delete;

  // Keeps a block open in its page's slot; closes others past the bound.
  void Keep(const std::shared_ptr<OpenBlocks>& page, size_t block,
            const std::shared_ptr<const LoadedBlock>& loaded, uint64_t bytes);

 private:
  struct Entry {
    std::weak_ptr<OpenBlocks> page;
    uint32_t block = 0;
    uint64_t bytes = 0;
  };
  const uint64_t bound_;
  Mutex mutex_;
  std::deque<Entry> clock_ ABSL_GUARDED_BY(mutex_);
  uint64_t held_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace sanad

#endif  // SANAD_STORAGE_INDEX_BLOCK_CACHE_H_
