// Changes of key-value entries that wait to be written: the last one of a key wins,
// and all are handed out by key. Keys and values lie in large blocks, looked up by
// hash and sorted once, so that millions of small entries cost little each.

#ifndef SANAD_STORAGE_ENTRY_BUFFER_H_
#define SANAD_STORAGE_ENTRY_BUFFER_H_

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
    const char* data = nullptr;  // The key, and the value behind it.
    uint32_t key_size = 0;
    uint32_t value_size = 0;
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
  void Clear();
  // All entries, keys rising; valid until the next change.
  std::vector<Entry> Sorted() const;

 private:
  const char* Keep(std::string_view key, std::string_view value);

  size_t common_;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* free_ = nullptr;
  size_t free_size_ = 0;
  std::vector<Entry> entries_;
  absl::flat_hash_map<std::string_view, uint32_t> index_;  // Keys lie in the blocks.
};

}  // namespace sanad

#endif  // SANAD_STORAGE_ENTRY_BUFFER_H_
