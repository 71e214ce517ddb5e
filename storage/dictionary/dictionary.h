// The dictionary: terms that do not fit an id, both ways.
//
// Positions are given in rising order over all kinds. Family "terms" maps the
// first position of a block of up to 64 to their texts; family "term_keys" maps
// a term's key to its id. Entries are only ever added (but for a rebuild), so
// any newer state resolves the ids of an older one.

#ifndef SANAD_STORAGE_DICTIONARY_DICTIONARY_H_
#define SANAD_STORAGE_DICTIONARY_DICTIONARY_H_

#include <atomic>
#include <cstdint>
#include <deque>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <absl/base/thread_annotations.h>
#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include "storage/dictionary/term_cache.h"
#include "storage/encoding/term_id.h"
#include "storage/encoding/term_text.h"
#include "storage/kv/kv.h"
#include "storage/model/text.h"

namespace sanad {

// Names by small code: languages or datatypes. Codes are never reused and the
// names never move. Thread-safe.
class CodeTable {
 public:
  std::string_view Name(uint32_t code) const;
  // The code of a name, given anew when unknown; kCodeInDictionary when full.
  uint32_t CodeOf(std::string_view name);
  size_t size() const;
  void Load(uint32_t code, std::string_view name);

 private:
  mutable std::shared_mutex mutex_;
  std::deque<std::string> names_;
  std::unordered_map<std::string_view, uint32_t> codes_;
};

// Thread-safe. The engine must outlive it.
class Dictionary {
 public:
  // `cache_bytes`: of lookups remembered.
  Dictionary(kv::Engine& engine, uint64_t cache_bytes) : engine_(engine), cache_(cache_bytes) {}

  // Reads the code tables. Call once, before anything else.
  absl::Status Load();

  // The id of a term, Undefined when there is none.
  absl::StatusOr<TermId> Find(const Term& term, const kv::Snapshot* snapshot) const;
  // Parallel to `ids`; undefined and the default graph give undefined terms.
  // DataLoss for an id that names no term.
  absl::Status Materialize(std::span<const TermId> ids, const kv::Snapshot* snapshot,
                           std::vector<Term>& terms) const;

  // The id of the term of a text at a given position.
  TermId MakeId(std::string_view text, uint64_t position);
  // A key for a term that has none yet; other than its plain key only where
  // long terms share a hash.
  absl::StatusOr<std::string> FreeKey(std::string_view text) const;
  // Adds to a batch the entries of new terms with consecutive positions from
  // `first`, and codes given since the last batch.
  absl::Status Append(uint64_t first, std::span<const std::string> texts,
                      std::span<const TermId> ids, kv::Batch& batch) const;
  // Entries of the meta family for codes given since CodesStored() was called.
  std::vector<std::pair<std::string, std::string>> NewCodes() const;
  // To be called when the last NewCodes() or Append() are durable. Writer only.
  void CodesStored();

  const CodeTable& languages() const { return languages_; }
  const CodeTable& datatypes() const { return datatypes_; }

 private:
  // The texts of the block at hand and where it was read from, while walking
  // through sorted positions.
  struct Walk;
  absl::Status Seek(uint64_t position, const kv::Snapshot* snapshot, Walk& walk) const;
  absl::StatusOr<TermId> FindStored(const Term& term, const std::string& text,
                                    const kv::Snapshot* snapshot) const;

  kv::Engine& engine_;
  mutable TermCache cache_;
  CodeTable languages_, datatypes_;
  size_t stored_languages_ = 0, stored_datatypes_ = 0;  // Writer only.
};

}  // namespace sanad

#endif  // SANAD_STORAGE_DICTIONARY_DICTIONARY_H_
