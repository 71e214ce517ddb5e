// What a load or transaction that did not commit must not leave behind.

#ifndef SANAD_TESTS_STORAGE_LEFTOVERS_H_
#define SANAD_TESTS_STORAGE_LEFTOVERS_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include <sanad/store.h>
#include "storage/encoding/varint.h"
#include "storage/families.h"
#include "storage/kv/kv.h"
#include "storage/store_impl.h"

namespace sanad {

// No scratch keys of terms, and no block of terms past what the state names.
inline void ExpectNoUnnamedTerms(const Store& store) {
  kv::Engine& engine = store.impl().engine();
  auto scratch = engine.NewIterator(kTermKeyFamily, kScratchPrefix, kScratchEnd, nullptr);
  scratch->SeekToFirst();
  EXPECT_FALSE(scratch->Valid());
  const std::shared_ptr<const StoreState> state = store.impl().state();
  auto terms = engine.NewIterator(kTermFamily, BigEndianKey(state->record.next_position), kStampKey,
                                  nullptr);
  terms->SeekToFirst();
  EXPECT_FALSE(terms->Valid());
}

// Nor files that nothing needs.
inline void ExpectNothingLeft(const Store& store, const std::string& path) {
  ExpectNoUnnamedTerms(store);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
    EXPECT_EQ(entry.path().string().find("spill"), std::string::npos) << entry.path();
    EXPECT_FALSE(entry.path().parent_path().filename() == "ingest") << entry.path();
  }
}

}  // namespace sanad

#endif  // SANAD_TESTS_STORAGE_LEFTOVERS_H_
