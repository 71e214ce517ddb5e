// See store_state.h.

#include "storage/store_state.h"

#include "storage/encoding/varint.h"
#include "storage/families.h"
#include "storage/model/text.h"

namespace sanad {

std::string StateRecord::Encode() const {
  std::string bytes;
  PutVarint(bytes, commit_number);
  PutVarint(bytes, next_position);
  return bytes;
}

bool StateRecord::Decode(std::string_view bytes) {
  return TakeVarint(bytes, commit_number) && TakeVarint(bytes, next_position) && bytes.empty() &&
         next_position >= kWellKnownTerms;
}

std::string FoldRecord::Encode() const {
  std::string bytes;
  PutVarint(bytes, folded_commit);
  PutVarint(bytes, next_number);
  for (const auto& directory : directories) {
    const std::string top = EncodeNodes(directory->top().nodes);
    PutVarint(bytes, top.size());
    bytes.append(top);
  }
  return bytes;
}

bool FoldRecord::Decode(std::string_view bytes) {
  if (!TakeVarint(bytes, folded_commit) || !TakeVarint(bytes, next_number)) return false;
  for (size_t o = 0; o < kOrderCount; ++o) {
    uint64_t size = 0;
    if (!TakeVarint(bytes, size) || size > bytes.size()) return false;
    auto directory = BlockDirectory::Decode(static_cast<Order>(o), bytes.substr(0, size));
    if (!directory.ok()) return false;
    directories[o] = *std::move(directory);
    bytes.remove_prefix(size);
  }
  return bytes.empty();
}

absl::StatusOr<PredicateCounts> PredicateCountCache::Get(TermId predicate,
                                                         const IndexView& index) const {
  {
    const MutexLock lock(&mutex_);
    const auto known = counts_.find(predicate);
    if (known != counts_.end()) return known->second;
  }
  // Two that ask at once both count.
  SANAD_ASSIGN_OR_RETURN(const PredicateCounts counts, index.CountPredicate(predicate, true));
  constexpr size_t kMost = 10000;
  const MutexLock lock(&mutex_);
  if (counts_.size() < kMost) counts_.emplace(predicate, counts);
  return counts;
}

std::string StampOf(uint64_t commit_number, uint64_t next_number) {
  std::string stamp;
  PutVarint(stamp, commit_number);
  PutVarint(stamp, next_number);
  return stamp;
}

void AppendStamps(uint64_t commit_number, uint64_t next_number, kv::Batch& batch) {
  const std::string stamp = StampOf(commit_number, next_number);
  for (kv::Family family = 0; family < kFamilyCount; ++family) {
    batch.Put(family, kStampKey, stamp);
  }
}

}  // namespace sanad
