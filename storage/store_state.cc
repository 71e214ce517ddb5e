// See store_state.h.

#include "storage/store_state.h"

#include "storage/encoding/varint.h"

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

}  // namespace sanad
