// See entry_runs.h. An entry is varint key length · varint value length plus one,
// 0 for a deletion · key · value. A Bloom filter a run answers most look-ups of
// keys that it lacks.

#include "storage/derived/entry_runs.h"

#include <xxhash.h>

#include <algorithm>

#include "storage/encoding/varint.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

constexpr size_t kEntriesAPlace = 32;
constexpr size_t kBloomBitsAnEntry = 10;
constexpr int kBloomProbes = 6;

// Calls `visit` with the bits of a key's probes.
template <typename Visit>
void EachProbe(uint64_t hash, size_t words, Visit visit) {
  const uint64_t step = hash >> 33 | 1;
  for (int i = 0; i < kBloomProbes; ++i, hash += step) {
    const uint64_t bit = hash % (words * 64);
    visit(bit / 64, uint64_t{1} << (bit % 64));
  }
}

uint64_t HashOf(std::string_view key) { return XXH3_64bits(key.data(), key.size()); }

// Walks entries of a part of the file.
class EntryReader {
 public:
  EntryReader(const SpillFile& file, uint64_t begin, uint64_t end) : reader_(file, begin, end) {}

  // False at the end.
  absl::StatusOr<bool> Next() {
    if (reader_.at_end()) return false;
    uint64_t key_size = 0, value_size = 0;
    SANAD_RETURN_IF_ERROR(reader_.TakeVarint(key_size));
    SANAD_RETURN_IF_ERROR(reader_.TakeVarint(value_size));
    SANAD_ASSIGN_OR_RETURN(const std::string_view key, reader_.Take(key_size));
    key_.assign(key);
    value_.reset();
    if (value_size > 0) {
      SANAD_ASSIGN_OR_RETURN(const std::string_view value, reader_.Take(value_size - 1));
      value_.emplace(value);
    }
    return true;
  }
  const std::string& key() const { return key_; }
  const std::optional<std::string>& value() const { return value_; }

 private:
  SpillReader reader_;
  std::string key_;
  std::optional<std::string> value_;
};

}  // namespace

absl::Status EntryRuns::Add(const EntryBuffer& entries) {
  if (entries.empty()) return absl::OkStatus();
  if (file_ == nullptr) {
    SANAD_ASSIGN_OR_RETURN(file_, SpillFile::Create(directory_));
  }
  Run run;
  run.bloom.resize(entries.size() * kBloomBitsAnEntry / 64 + 1);
  size_t count = 0;
  std::string bytes;
  for (const EntryBuffer::Entry& entry : entries.Sorted()) {
    const std::string_view key = entry.key();
    const std::optional<std::string_view> value = entry.value();
    if (count++ % kEntriesAPlace == 0) run.places.emplace_back(key, file_->size());
    EachProbe(HashOf(key), run.bloom.size(),
              [&](uint64_t word, uint64_t bit) { run.bloom[word] |= bit; });
    bytes.clear();
    PutVarint(bytes, key.size());
    PutVarint(bytes, value ? value->size() + 1 : 0);
    bytes.append(key);
    if (value) bytes.append(*value);
    SANAD_RETURN_IF_ERROR(file_->Append(bytes));
  }
  SANAD_RETURN_IF_ERROR(file_->Flush());
  run.end = file_->size();
  runs_.push_back(std::move(run));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<std::optional<std::string>>> EntryRuns::Search(
    const Run& run, std::string_view key) const {
  auto place = std::upper_bound(run.places.begin(), run.places.end(), key,
                                [](std::string_view k, const auto& p) { return k < p.first; });
  if (place == run.places.begin()) return std::nullopt;
  const uint64_t end = place == run.places.end() ? run.end : place->second;
  EntryReader reader(*file_, (--place)->second, end);
  while (true) {
    SANAD_ASSIGN_OR_RETURN(const bool more, reader.Next());
    if (!more || key < reader.key()) return std::nullopt;
    if (reader.key() == key) return std::optional(reader.value());
  }
}

absl::StatusOr<std::optional<std::optional<std::string>>> EntryRuns::Get(
    std::string_view key) const {
  const uint64_t hash = HashOf(key);
  for (size_t r = runs_.size(); r-- > 0;) {
    bool may_have = true;
    EachProbe(hash, runs_[r].bloom.size(), [&](uint64_t word, uint64_t bit) {
      may_have = may_have && (runs_[r].bloom[word] & bit) != 0;
    });
    if (!may_have) continue;
    SANAD_ASSIGN_OR_RETURN(std::optional<std::optional<std::string>> found, Search(runs_[r], key));
    if (found) return found;
  }
  return std::nullopt;
}

absl::Status EntryRuns::VisitAll(const Visit& visit) const {
  struct Cursor {
    EntryReader reader;
    size_t run;
  };
  std::vector<std::unique_ptr<Cursor>> heap;
  // The least key first, of equal ones the newest.
  const auto later = [](const std::unique_ptr<Cursor>& a, const std::unique_ptr<Cursor>& b) {
    const int order = a->reader.key().compare(b->reader.key());
    return order != 0 ? order > 0 : a->run < b->run;
  };
  uint64_t begin = 0;
  for (size_t r = 0; r < runs_.size(); ++r) {
    auto cursor = std::make_unique<Cursor>(Cursor{EntryReader(*file_, begin, runs_[r].end), r});
    begin = runs_[r].end;
    SANAD_ASSIGN_OR_RETURN(const bool more, cursor->reader.Next());
    if (more) heap.push_back(std::move(cursor));
  }
  std::make_heap(heap.begin(), heap.end(), later);
  std::optional<std::string> last;
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end(), later);
    EntryReader& reader = heap.back()->reader;
    if (last != reader.key()) {
      last = reader.key();
      SANAD_RETURN_IF_ERROR(visit(reader.key(), reader.value()));
    }
    SANAD_ASSIGN_OR_RETURN(const bool more, reader.Next());
    if (more) {
      std::push_heap(heap.begin(), heap.end(), later);
    } else {
      heap.pop_back();
    }
  }
  return absl::OkStatus();
}

}  // namespace sanad
