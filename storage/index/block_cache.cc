// See block_cache.h. A page that has gone took its slots along; its entries
// count until the clock comes by.

#include "storage/index/block_cache.h"

#include <utility>

namespace sanad {

std::shared_ptr<const LoadedBlock> OpenBlocks::Find(size_t block) {
  const MutexLock lock(&mutex_);
  if (block >= slots_.size()) return nullptr;
  slots_[block].read = true;
  return slots_[block].loaded;
}

bool OpenBlocks::Keep(size_t block, std::shared_ptr<const LoadedBlock> loaded) {
  const MutexLock lock(&mutex_);
  if (block >= slots_.size()) slots_.resize(block + 1);
  Slot& slot = slots_[block];
  if (slot.loaded != nullptr) return false;
  slot.loaded = std::move(loaded);
  slot.read = false;
  return true;
}

bool OpenBlocks::CloseIdle(size_t block) {
  std::shared_ptr<const LoadedBlock> closed;  // Freed behind the lock.
  const MutexLock lock(&mutex_);
  Slot& slot = slots_[block];
  if (std::exchange(slot.read, false)) return false;
  closed.swap(slot.loaded);
  return true;
}

void BlockCache::Keep(const std::shared_ptr<OpenBlocks>& page, size_t block,
                      const std::shared_ptr<const LoadedBlock>& loaded, uint64_t bytes) {
  if (bytes > bound_ / 8 || !page->Keep(block, loaded)) return;
  const MutexLock lock(&mutex_);
  clock_.push_back({page, static_cast<uint32_t>(block), bytes});
  held_ += bytes;
  // Twice round at most: the first may only find blocks that were read.
  for (size_t steps = 2 * clock_.size(); held_ > bound_ && steps > 0; --steps) {
    Entry entry = std::move(clock_.front());
    clock_.pop_front();
    const std::shared_ptr<OpenBlocks> owner = entry.page.lock();
    if (owner == nullptr || owner->CloseIdle(entry.block)) {
      held_ -= entry.bytes;
    } else {
      clock_.push_back(std::move(entry));
    }
  }
}

}  // namespace sanad
