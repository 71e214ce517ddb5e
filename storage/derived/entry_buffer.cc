// See entry_buffer.h.

#include "storage/derived/entry_buffer.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

namespace sanad {
namespace {

constexpr size_t kBlockBytes = size_t{1} << 20;

// The first bytes of a key behind what all share, as a number that orders as they do.
uint64_t HeadOf(std::string_view key, size_t common) {
  uint64_t head = 0;
  for (size_t i = 0; i < 8; ++i) {
    const size_t at = common + i;
    head = head << 8 | (at < key.size() ? static_cast<unsigned char>(key[at]) : 0);
  }
  return head;
}

}  // namespace

char* EntryBuffer::Reserve(size_t size) {
  if (size > free_size_) {
    const size_t block = std::max(size, kBlockBytes);
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(block));
    block_bytes_ += block;
    free_ = blocks_.back().get();
    free_size_ = block;
  }
  char* const out = free_;
  free_ += size;
  free_size_ -= size;
  return out;
}

void EntryBuffer::Set(std::string_view key, std::optional<std::string_view> value) {
  const std::string_view text = value.value_or(std::string_view());
  const auto known = index_.find(key);
  const size_t at = known == index_.end() ? entries_.size() : known->second;
  if (at == entries_.size()) {
    Entry entry;
    entry.data = Reserve(key.size() + text.size());
    entry.key_size = static_cast<uint32_t>(key.size());
    entry.value_room = static_cast<uint32_t>(text.size());
    std::memcpy(entry.data, key.data(), key.size());
    index_.emplace(entry.key(), static_cast<uint32_t>(at));
    entries_.push_back(entry);
  }
  Entry& entry = entries_[at];
  if (text.size() > entry.value_room) {
    // The index goes on with the older copy of the key.
    const size_t room = std::min<size_t>(2 * text.size(), std::numeric_limits<uint32_t>::max());
    char* const moved = Reserve(key.size() + room);
    std::memcpy(moved, key.data(), key.size());
    entry.data = moved;
    entry.value_room = static_cast<uint32_t>(room);
  }
  // `value` may lie in the buffer itself.
  if (!text.empty()) std::memmove(entry.data + key.size(), text.data(), text.size());
  entry.value_size = static_cast<uint32_t>(text.size());
  entry.deleted = !value.has_value();
}

const EntryBuffer::Entry* EntryBuffer::Find(std::string_view key) const {
  const auto known = index_.find(key);
  return known == index_.end() ? nullptr : &entries_[known->second];
}

void EntryBuffer::Clear() {
  index_ = {};
  entries_ = std::vector<Entry>();  // Gives its memory back, which clear() keeps.
  blocks_.clear();
  block_bytes_ = 0;
  free_ = nullptr;
  free_size_ = 0;
}

std::vector<EntryBuffer::Entry> EntryBuffer::Sorted() const {
  std::vector<std::pair<uint64_t, uint32_t>> order;
  order.reserve(entries_.size());
  for (uint32_t i = 0; i < entries_.size(); ++i) {
    order.emplace_back(HeadOf(entries_[i].key(), common_), i);
  }
  std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first
                              : entries_[a.second].key() < entries_[b.second].key();
  });
  std::vector<Entry> out;
  out.reserve(order.size());
  for (const auto& [head, i] : order) out.push_back(entries_[i]);
  return out;
}

}  // namespace sanad
