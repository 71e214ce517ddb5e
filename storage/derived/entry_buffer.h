// Changes of key-value entries that wait to be written: the last one of a key wins,
// and all are handed out by key. Keys and values lie in large blocks, looked up by
// hash and sorted once, so that millions of small entries cost little each; a value
// that changes stays in its place as long as it fits, and moves to one of twice its
// size where it does not.

#ifndef SANAD_STORAGE_DERIVED_ENTRY_BUFFER_H_
#define SANAD_STORAGE_DERIVED_ENTRY_BUFFER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <absl/container/flat_hash_map.h>

namespace sanad {

// Single-threaded.
class EntryBuffer {
 public:
  struct Entry {
    char* data = nullptr;  // The key, and the value behind it.
    uint32_t key_size = 0;
    uint32_t value_size = 0;
    uint32_t value_room = 0;  // Bytes behind the key that a value may take.
    bool deleted = false;
    std::string_view key() const { return {data, key_size}; }
    // nullopt: deleted.
    std::optional<std::string_view> value() const {
      if (deleted) return std::nullopt;
      return std::string_view(data + key_size, value_size);
    }
  };

  // `common`: length of the prefix that all keys share; it speeds up sorting only.
  explicit EntryBuffer(size_t common = 0) : common_(common) {}

  // nullopt deletes the key.
  void Set(std::string_view key, std::optional<std::string_view> value);
  // Null when nothing is known of the key. Valid until the next change.
  const Entry* Find(std::string_view key) const;
  size_t size() const { return entries_.size(); }
  bool empty() const { return entries_.empty(); }
  // Memory held: blocks, entries and the index of them.
  uint64_t bytes() const {
    return block_bytes_ + entries_.capacity() * sizeof(Entry) +
           index_.capacity() * (sizeof(std::string_view) + sizeof(uint32_t) + 1);
  }
  void Clear();
  // All entries, keys rising; valid until the next change.
  std::vector<Entry> Sorted() const;

 private:
  char* Reserve(size_t size);

  size_t common_;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* free_ = nullptr;
  size_t free_size_ = 0;
  uint64_t block_bytes_ = 0;
  std::vector<Entry> entries_;
  absl::flat_hash_map<std::string_view, uint32_t> index_;  // Keys lie in the blocks.
};

}  // namespace sanad

#endif  // SANAD_STORAGE_DERIVED_ENTRY_BUFFER_H_
