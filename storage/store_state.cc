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

}  // namespace sanad
