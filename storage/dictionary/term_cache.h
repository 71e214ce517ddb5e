// What the dictionary remembers of its lookups, both ways.
//
// Ids to terms by whole blocks of the dictionary, their front coding undone:
// terms that are read together lie together. Terms to ids one by one, only those
// that were found. Both hold two generations: what is asked for moves into the
// younger, and when that is full it becomes the older and the older is dropped.
// Entries of a dictionary never change, so nothing here grows stale.

#ifndef SANAD_STORAGE_DICTIONARY_TERM_CACHE_H_
#define SANAD_STORAGE_DICTIONARY_TERM_CACHE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include "storage/encoding/term_id.h"
#include "storage/sync/mutex.h"

namespace sanad {

// The texts of consecutive positions. Thread-safe: immutable once filled.
class DecodedTerms {
 public:
  // From a block of the dictionary whose first position is `first`. Null for
  // damaged bytes.
  static std::shared_ptr<const DecodedTerms> Decode(uint64_t first, std::string_view block);

  uint64_t first() const { return first_; }
  size_t size() const { return ends_.size(); }
  bool Holds(uint64_t position) const {
    return position >= first_ && position - first_ < ends_.size();
  }
  // REQUIRES: Holds(position).
  std::string_view Text(uint64_t position) const {
    const size_t i = position - first_;
    const uint32_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::string_view(texts_).substr(begin, ends_[i] - begin);
  }
  uint64_t bytes() const { return sizeof *this + texts_.capacity() + ends_.capacity() * 4; }

 private:
  uint64_t first_ = 0;
  std::string texts_;
  std::vector<uint32_t> ends_;
};

// Thread-safe.
class TermCache {
 public:
  explicit TermCache(uint64_t bytes) : bound_(bytes / 2) {}
  TermCache(const TermCache&) = delete;
  TermCache& operator=(const TermCache&) = delete;

  // The block that holds a position, or null.
  std::shared_ptr<const DecodedTerms> FindBlock(uint64_t position);
  void KeepBlock(std::shared_ptr<const DecodedTerms> block);

  // The id of the term of a key, as far as it is remembered.
  std::optional<TermId> FindId(const std::string& key);
  void KeepId(const std::string& key, TermId id);

 private:
  // Blocks by each run of kTermsPerBlock positions that they have a part in.
  using Blocks = std::vector<std::shared_ptr<const DecodedTerms>>;
  struct Generation {
    absl::flat_hash_map<uint64_t, Blocks> blocks;
    absl::flat_hash_map<std::string, TermId> ids;
    uint64_t bytes = 0;
  };
  std::shared_ptr<const DecodedTerms> FindIn(const Generation& generation, uint64_t position) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Add(std::shared_ptr<const DecodedTerms> block) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Add(const std::string& key, TermId id) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Charge(uint64_t bytes) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const uint64_t bound_;  // Of one generation.
  Mutex mutex_;
  Generation young_ ABSL_GUARDED_BY(mutex_), old_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace sanad

#endif  // SANAD_STORAGE_DICTIONARY_TERM_CACHE_H_
