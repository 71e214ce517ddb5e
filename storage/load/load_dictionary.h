// The terms of a bulk load and the dictionary.
//
// Each run of a load knows its distinct terms in order of key. The runs are
// merged; a term the store holds keeps its id, another gets the next position.
// So new terms get positions in string order, and each run learns the ids of its
// terms in the order it has them. New terms go to a spool, already in the blocks
// that the dictionary stores.

#ifndef SANAD_STORAGE_LOAD_LOAD_DICTIONARY_H_
#define SANAD_STORAGE_LOAD_LOAD_DICTIONARY_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include "storage/dictionary/dictionary.h"
#include "storage/files/ingest_files.h"
#include "storage/files/spill_file.h"
#include "storage/load/load_terms.h"
#include "storage/model/text.h"

namespace sanad {

// The dictionary terms of one run, by rising key. Single-threaded.
class TermRun {
 public:
  virtual ~TermRun() = default;
  virtual bool at_end() const = 0;
  // REQUIRES: !at_end(). Valid until Advance().
  virtual std::string_view key() const = 0;
  virtual std::string_view text() const = 0;
  virtual absl::Status Advance() = 0;
  // The ids of its terms, given in their order.
  virtual absl::Status TakeId(TermId id) = 0;
};

// Numbers of a load's dictionary terms with their keys, sorted by key.
class SortedTerms {
 public:
  explicit SortedTerms(const LoadTerms& terms);
  struct Entry {
    std::string_view key;
    uint32_t number;
  };
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  std::vector<Entry> entries_;
  std::deque<std::string> keys_;  // Keys that are not the text itself.
};

// A run that is held in memory.
class MemoryTermRun : public TermRun {
 public:
  // `terms` must outlive it. `ids`, by number, receives the ids.
  MemoryTermRun(const LoadTerms& terms, std::vector<TermId>& ids);
  bool at_end() const override { return next_ == sorted_.entries().size(); }
  std::string_view key() const override { return sorted_.entries()[next_].key; }
  std::string_view text() const override { return terms_.text(sorted_.entries()[next_].number); }
  absl::Status Advance() override;
  absl::Status TakeId(TermId id) override;

 private:
  const LoadTerms& terms_;
  std::vector<TermId>& ids_;
  SortedTerms sorted_;
  size_t next_ = 0, given_ = 0;
};

// New terms with consecutive positions. Written once, then read.
class NewTermSpool {
 public:
  // With an empty `directory` the blocks are kept in memory.
  NewTermSpool(uint64_t first_position, std::string directory)
      : first_position_(first_position), directory_(std::move(directory)) {}

  // Remembers the id of the IRI with this text, should it be added.
  void Watch(std::string text) { watched_.emplace(std::move(text), TermId()); }
  TermId Watched(const std::string& text) const {
    const auto found = watched_.find(text);
    return found == watched_.end() ? TermId() : found->second;
  }

  absl::Status Add(std::string_view text, TermId id, uint8_t discriminator);
  absl::Status Finish();

  uint64_t first_position() const { return first_position_; }
  uint64_t size() const { return size_; }
  // Parallel to `positions`, which rise; all of this spool.
  absl::Status Texts(std::span<const uint64_t> positions, std::vector<std::string>& texts) const;
  // Writes the entries of both dictionary families.
  absl::Status Write(Dictionary& dictionary, IngestSink& blocks, IngestSink& keys) const;

 private:
  absl::Status FlushBlock();
  absl::Status ReadBlock(size_t block, std::string& bytes) const;

  uint64_t first_position_;
  std::string directory_;
  uint64_t size_ = 0;
  std::vector<std::string> pending_;  // Texts not yet in a block; the first `pending_size_`.
  size_t pending_size_ = 0;
  std::vector<uint64_t> ends_;  // Of each block in the bytes.
  std::string bytes_;
  std::unique_ptr<SpillFile> file_;
  // By position; 0 where absent. Only long terms that share a hash have one.
  std::unordered_map<uint64_t, uint8_t> discriminators_;
  std::unordered_map<std::string, TermId, TransparentStringHash, TransparentStringEq> watched_;
};

// Gives ids to all terms of the runs. `cancelled` may be empty.
absl::Status AssignIds(std::span<TermRun* const> runs, Dictionary& dictionary, kv::Engine& engine,
                       const std::function<bool()>& cancelled, NewTermSpool& spool);

}  // namespace sanad

#endif  // SANAD_STORAGE_LOAD_LOAD_DICTIONARY_H_
