// The key spaces of a store; docs/storage_format.md draws their keys.

#ifndef SANAD_STORAGE_FAMILIES_H_
#define SANAD_STORAGE_FAMILIES_H_

#include <string>
#include <string_view>
#include <vector>

#include "storage/kv/kv.h"

namespace sanad {

inline constexpr kv::Family kMetaFamily = 0;     // State, codes, prefixes, index versions.
inline constexpr kv::Family kTermFamily = 1;     // First position → block of terms.
inline constexpr kv::Family kTermKeyFamily = 2;  // Term key → id.
inline constexpr kv::Family kDeltaFamily = 3;    // Commit number → its changes.
inline constexpr kv::Family kBlockFamily = 4;    // Order and number → block or page.
inline constexpr kv::Family kDerivedFamily = 5;  // Index name, 00, key → value.
inline constexpr kv::Family kFamilyCount = 6;

// Keys of the writer's own in the family of term keys: terms that a large
// transaction must find again before it commits. No other key begins with a 00.
// They go when it ends, or when the store is next opened.
inline constexpr std::string_view kScratchPrefix("\0", 1);
inline constexpr std::string_view kScratchEnd("\1", 1);

// A key of every family, behind all others: what StampOf says.
inline constexpr std::string_view kStampKey = "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFFstamp";

// The record of the store's state, in kMetaFamily.
inline constexpr std::string_view kStateKey = "state";

inline std::vector<kv::FamilySpec> StoreFamilies() {
  const std::string stamp(kStampKey);
  return {{"meta", kv::FamilyUse::kSmall, {std::string(kStateKey), stamp}},
          {"terms", kv::FamilyUse::kText, {stamp}},
          {"term_keys", kv::FamilyUse::kTextKeys, {stamp}},
          {"delta", kv::FamilyUse::kLog, {stamp}, true},
          {"blocks", kv::FamilyUse::kBlocks, {stamp}},
          {"derived", kv::FamilyUse::kRanges, {stamp}}};
}

}  // namespace sanad

#endif  // SANAD_STORAGE_FAMILIES_H_
