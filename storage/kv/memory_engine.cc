// Ordered maps with versions: each key holds its values by the number of the
// write that made them, newest last; a snapshot is such a number. A write drops
// versions that no live snapshot can see. One lock guards all families; an
// iterator takes it for each move and keeps a copy of its entry.

#include "storage/kv/memory_engine.h"

#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <utility>

namespace sanad::kv {
namespace {

struct Version {
  uint64_t number;
  std::optional<std::string> value;  // nullopt: deleted.
};
using Versions = std::vector<Version>;
using Table = std::map<std::string, Versions, std::less<>>;

struct State {
  mutable std::shared_mutex mutex;
  std::vector<Table> tables;
  uint64_t newest = 0;
  std::multiset<uint64_t> live;
  uint64_t bytes = 0;

  static const std::string* Visible(const Versions& versions, uint64_t number) {
    for (auto it = versions.rbegin(); it != versions.rend(); ++it) {
      if (it->number <= number) return it->value ? &*it->value : nullptr;
    }
    return nullptr;
  }

  void Set(Table& table, std::string_view key, std::optional<std::string> value) {
    auto it = table.find(key);
    if (it == table.end()) {
      if (!value) return;
      it = table.emplace(std::string(key), Versions()).first;
    }
    Versions& versions = it->second;
    bytes += value ? key.size() + value->size() : 0;
    versions.push_back({newest, std::move(value)});
    const uint64_t oldest = live.empty() ? newest : *live.begin();
    size_t keep = versions.size() - 1;
    while (keep > 0 && versions[keep].number > oldest) --keep;
    for (size_t i = 0; i < keep; ++i) {
      if (versions[i].value) bytes -= key.size() + versions[i].value->size();
    }
    versions.erase(versions.begin(), versions.begin() + static_cast<ptrdiff_t>(keep));
    if (versions.size() == 1 && !versions[0].value) table.erase(it);
  }
};

class MemorySnapshot : public Snapshot {
 public:
  explicit MemorySnapshot(std::shared_ptr<State> state) : state_(std::move(state)) {
    const std::unique_lock lock(state_->mutex);
    number_ = state_->newest;
    state_->live.insert(number_);
  }
  ~MemorySnapshot() override {
    const std::unique_lock lock(state_->mutex);
    state_->live.erase(state_->live.find(number_));
  }
  uint64_t number() const { return number_; }

 private:
  std::shared_ptr<State> state_;
  uint64_t number_;
};

struct Change {
  enum class Kind { kPut, kDelete, kDeleteRange } kind;
  Family family;
  std::string key, value;
};

class MemoryBatch : public Batch {
 public:
  void Put(Family family, std::string_view key, std::string_view value) override {
    Add(Change::Kind::kPut, family, key, value);
  }
  void Delete(Family family, std::string_view key) override {
    Add(Change::Kind::kDelete, family, key, {});
  }
  void DeleteRange(Family family, std::string_view begin, std::string_view end) override {
    Add(Change::Kind::kDeleteRange, family, begin, end);
  }
  size_t byte_size() const override { return bytes_; }
  const std::vector<Change>& changes() const { return changes_; }

 private:
  void Add(Change::Kind kind, Family family, std::string_view key, std::string_view value) {
    bytes_ += key.size() + value.size() + 16;
    changes_.push_back({kind, family, std::string(key), std::string(value)});
  }
  std::vector<Change> changes_;
  size_t bytes_ = 0;
};

class MemoryFile : public SortedFileWriter {
 public:
  absl::Status Put(std::string_view key, std::string_view value) override {
    return Add(key, std::string(value));
  }
  absl::Status Delete(std::string_view key) override { return Add(key, std::nullopt); }
  absl::Status Finish() override {
    return entries_.empty() ? absl::InternalError("a sorted file without entries")
                            : absl::OkStatus();
  }
  uint64_t byte_size() const override { return bytes_; }
  const std::vector<std::pair<std::string, std::optional<std::string>>>& entries() const {
    return entries_;
  }

 private:
  absl::Status Add(std::string_view key, std::optional<std::string> value) {
    if (!entries_.empty() && entries_.back().first >= key) {
      return absl::InternalError("keys of a sorted file must rise");
    }
    bytes_ += key.size() + (value ? value->size() : 0);
    entries_.emplace_back(std::string(key), std::move(value));
    return absl::OkStatus();
  }
  std::vector<std::pair<std::string, std::optional<std::string>>> entries_;
  uint64_t bytes_ = 0;
};

class MemoryIterator : public Iterator {
 public:
  MemoryIterator(std::shared_ptr<State> state, Family family, std::string lower, std::string upper,
                 uint64_t number, std::shared_ptr<const Snapshot> pin)
      : state_(std::move(state)),
        pin_(std::move(pin)),
        family_(family),
        lower_(std::move(lower)),
        upper_(std::move(upper)),
        number_(number) {}

  void Seek(std::string_view key) override {
    const std::shared_lock lock(state_->mutex);
    Forward(table().lower_bound(key < lower_ ? std::string_view(lower_) : key));
  }
  void SeekToFirst() override { Seek(lower_); }
  void SeekForPrev(std::string_view key) override {
    const std::shared_lock lock(state_->mutex);
    if (!upper_.empty() && key >= upper_) {
      Backward(table().lower_bound(upper_));
    } else {
      Backward(table().upper_bound(key));
    }
  }
  void Next() override {
    const std::shared_lock lock(state_->mutex);
    Forward(table().upper_bound(key_));
  }
  void Prev() override {
    const std::shared_lock lock(state_->mutex);
    Backward(table().lower_bound(key_));
  }
  bool Valid() const override { return valid_; }
  std::string_view key() const override { return key_; }
  std::string_view value() const override { return value_; }
  absl::Status status() const override { return absl::OkStatus(); }

 private:
  const Table& table() const { return state_->tables[family_]; }
  bool Take(const Table::const_iterator& it) {
    const std::string* value = State::Visible(it->second, number_);
    if (value == nullptr) return false;
    key_ = it->first;
    value_ = *value;
    return valid_ = true;
  }
  void Forward(Table::const_iterator it) {
    valid_ = false;
    for (; it != table().end() && (upper_.empty() || it->first < upper_); ++it) {
      if (Take(it)) return;
    }
  }
  void Backward(Table::const_iterator it) {
    valid_ = false;
    while (it != table().begin()) {
      --it;
      if (it->first < lower_) return;
      if (Take(it)) return;
    }
  }

  std::shared_ptr<State> state_;
  std::shared_ptr<const Snapshot> pin_;  // Keeps the versions of an iterator without a snapshot.
  Family family_;
  std::string lower_, upper_;
  uint64_t number_;
  bool valid_ = false;
  std::string key_, value_;
};

class MemoryValue : public PinnedValue {
 public:
  explicit MemoryValue(std::string value) : value_(std::move(value)) {}
  std::string_view view() const override { return value_; }

 private:
  std::string value_;
};

class MemoryEngine : public Engine {
 public:
  explicit MemoryEngine(size_t families) : state_(std::make_shared<State>()) {
    state_->tables.resize(families);
  }

  std::shared_ptr<const Snapshot> NewSnapshot() override {
    return std::make_shared<MemorySnapshot>(state_);
  }
  absl::StatusOr<std::optional<std::string>> Get(Family family, std::string_view key,
                                                 const Snapshot* snapshot) override {
    const std::shared_lock lock(state_->mutex);
    return Read(family, key, Number(snapshot));
  }
  absl::StatusOr<std::unique_ptr<PinnedValue>> GetPinned(Family family, std::string_view key,
                                                         const Snapshot* snapshot) override {
    const std::shared_lock lock(state_->mutex);
    std::optional<std::string> value = Read(family, key, Number(snapshot));
    if (!value) return nullptr;
    return std::make_unique<MemoryValue>(*std::move(value));
  }
  absl::Status MultiGet(Family family, std::span<const std::string_view> keys,
                        const Snapshot* snapshot,
                        std::vector<std::optional<std::string>>& values) override {
    const std::shared_lock lock(state_->mutex);
    const uint64_t number = Number(snapshot);
    values.clear();
    for (std::string_view key : keys) values.push_back(Read(family, key, number));
    return absl::OkStatus();
  }
  std::unique_ptr<Iterator> NewIterator(Family family, std::string_view lower,
                                        std::string_view upper, const Snapshot* snapshot) override {
    std::shared_ptr<const Snapshot> pin;
    if (snapshot == nullptr) {
      pin = NewSnapshot();
      snapshot = pin.get();
    }
    const uint64_t number = static_cast<const MemorySnapshot*>(snapshot)->number();
    return std::make_unique<MemoryIterator>(state_, family, std::string(lower), std::string(upper),
                                            number, std::move(pin));
  }
  std::unique_ptr<Batch> NewBatch() override { return std::make_unique<MemoryBatch>(); }
  absl::Status Write(const Batch& batch, bool) override {
    const std::unique_lock lock(state_->mutex);
    ++state_->newest;
    for (const Change& change : static_cast<const MemoryBatch&>(batch).changes()) Apply(change);
    return absl::OkStatus();
  }
  absl::Status SyncLog() override { return absl::OkStatus(); }
  absl::StatusOr<std::unique_ptr<SortedFileWriter>> NewSortedFile(Family) override {
    return std::make_unique<MemoryFile>();
  }
  absl::Status Ingest(std::vector<IngestFiles> files) override {
    const std::unique_lock lock(state_->mutex);
    ++state_->newest;
    for (const IngestFiles& family : files) {
      for (const auto& file : family.files) {
        for (const auto& [key, value] : static_cast<const MemoryFile&>(*file).entries()) {
          state_->Set(state_->tables[family.family], key, value);
        }
      }
    }
    return absl::OkStatus();
  }
  absl::Status CompactRange(Family, std::string_view, std::string_view) override {
    return absl::OkStatus();
  }
  absl::Status Flush() override { return absl::OkStatus(); }
  absl::Status Checkpoint(const std::string&) override {
    return absl::UnimplementedError("a store in memory has no files to back up; dump it instead");
  }
  absl::Status VerifyChecksums() override { return absl::OkStatus(); }
  EngineStatistics statistics() const override {
    const std::shared_lock lock(state_->mutex);
    return {0, state_->bytes};
  }
  absl::Status CatchUp() override { return absl::OkStatus(); }
  absl::Status Close() override { return absl::OkStatus(); }

 private:
  uint64_t Number(const Snapshot* snapshot) const {
    return snapshot == nullptr ? state_->newest
                               : static_cast<const MemorySnapshot*>(snapshot)->number();
  }
  std::optional<std::string> Read(Family family, std::string_view key, uint64_t number) const {
    const Table& table = state_->tables[family];
    auto it = table.find(key);
    if (it == table.end()) return std::nullopt;
    const std::string* value = State::Visible(it->second, number);
    return value == nullptr ? std::nullopt : std::optional<std::string>(*value);
  }
  void Apply(const Change& change) {
    Table& table = state_->tables[change.family];
    switch (change.kind) {
      case Change::Kind::kPut:
        state_->Set(table, change.key, change.value);
        break;
      case Change::Kind::kDelete:
        state_->Set(table, change.key, std::nullopt);
        break;
      case Change::Kind::kDeleteRange:
        for (auto it = table.lower_bound(change.key);
             it != table.end() && it->first < change.value;) {
          const std::string key = (it++)->first;
          state_->Set(table, key, std::nullopt);
        }
        break;
    }
  }

  std::shared_ptr<State> state_;
};

}  // namespace

std::unique_ptr<Engine> NewMemoryEngine(size_t families) {
  return std::make_unique<MemoryEngine>(families);
}

}  // namespace sanad::kv
