// See term_cache.h.

#include "storage/dictionary/term_cache.h"

#include <utility>

#include "storage/encoding/term_text.h"

namespace sanad {

std::shared_ptr<const DecodedTerms> DecodedTerms::Decode(uint64_t first, std::string_view block) {
  TermBlockReader reader;
  if (!reader.Open(block)) return nullptr;
  auto terms = std::make_shared<DecodedTerms>();
  terms->first_ = first;
  terms->ends_.reserve(reader.size());
  terms->texts_.reserve(2 * block.size());
  for (size_t i = 0; i < reader.size(); ++i) {
    if (!reader.Seek(i)) return nullptr;
    terms->texts_.append(reader.text());
    terms->ends_.push_back(static_cast<uint32_t>(terms->texts_.size()));
  }
  terms->texts_.shrink_to_fit();
  return terms;
}

std::shared_ptr<const DecodedTerms> TermCache::FindIn(const Generation& generation,
                                                      uint64_t position) const {
  const auto found = generation.blocks.find(position / kTermsPerBlock);
  if (found == generation.blocks.end()) return nullptr;
  for (const auto& block : found->second) {
    if (block->Holds(position)) return block;
  }
  return nullptr;
}

void TermCache::Charge(uint64_t bytes) {
  young_.bytes += bytes;
  if (young_.bytes < bound_) return;
  old_ = std::move(young_);
  young_ = Generation();
}

void TermCache::Add(std::shared_ptr<const DecodedTerms> block) {
  if (block->bytes() > bound_ / 8) return;
  const uint64_t last = (block->first() + block->size() - 1) / kTermsPerBlock;
  uint64_t bytes = block->bytes();
  for (uint64_t run = block->first() / kTermsPerBlock; run <= last; ++run) {
    young_.blocks[run].push_back(block);
    bytes += sizeof(Blocks) + 3 * sizeof(block);
  }
  Charge(bytes);
}

void TermCache::Add(const std::string& key, TermId id) {
  young_.ids.emplace(key, id);
  Charge(key.size() + sizeof(std::string) + 3 * sizeof(TermId));
}

std::shared_ptr<const DecodedTerms> TermCache::FindBlock(uint64_t position) {
  const MutexLock lock(&mutex_);
  if (auto block = FindIn(young_, position)) return block;
  auto block = FindIn(old_, position);
  if (block != nullptr) Add(block);
  return block;
}

void TermCache::KeepBlock(std::shared_ptr<const DecodedTerms> block) {
  const MutexLock lock(&mutex_);
  if (FindIn(young_, block->first()) == nullptr) Add(std::move(block));
}

std::optional<TermId> TermCache::FindId(const std::string& key) {
  const MutexLock lock(&mutex_);
  auto found = young_.ids.find(key);
  if (found != young_.ids.end()) return found->second;
  found = old_.ids.find(key);
  if (found == old_.ids.end()) return std::nullopt;
  const TermId id = found->second;
  Add(key, id);
  return id;
}

void TermCache::KeepId(const std::string& key, TermId id) {
  const MutexLock lock(&mutex_);
  if (!young_.ids.contains(key)) Add(key, id);
}

}  // namespace sanad
