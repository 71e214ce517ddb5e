// See derived_store.h, and derived_index.h for the registry.

#include "storage/derived/derived_store.h"

#include <algorithm>
#include <vector>

#include "storage/families.h"
#include "storage/model/text.h"
#include "storage/sync/mutex.h"

namespace sanad {
namespace {

struct Registry {
  Mutex mutex;
  std::vector<std::unique_ptr<DerivedIndex>> indexes ABSL_GUARDED_BY(mutex);
};

Registry& TheRegistry() {
  static Registry* registry = new Registry;  // Never destroyed: stores may outlive statics.
  return *registry;
}

std::string IndexPrefix(std::string_view name) { return Concat(name, '\0'); }

class StoredDerivedCursor final : public DerivedCursor {
 public:
  StoredDerivedCursor(std::unique_ptr<kv::Iterator> it, std::string_view prefix)
      : it_(std::move(it)), target_(prefix), prefix_size_(prefix.size()) {}
  void Seek(std::string_view key) override {
    target_.resize(prefix_size_);
    target_.append(key);
    it_->Seek(target_);
  }
  void Next() override { it_->Next(); }
  bool Valid() const override { return it_->Valid(); }
  std::string_view key() const override { return it_->key().substr(prefix_size_); }
  std::string_view value() const override { return it_->value(); }
  absl::Status status() const override { return it_->status(); }

 private:
  std::unique_ptr<kv::Iterator> it_;
  std::string target_;  // The index's prefix, and a key behind it.
  const size_t prefix_size_;
};

}  // namespace

bool RegisterDerivedIndex(std::unique_ptr<DerivedIndex> index) {
  Registry& registry = TheRegistry();
  const MutexLock lock(&registry.mutex);
  for (const auto& known : registry.indexes) {
    if (known->name() == index->name()) return false;
  }
  registry.indexes.push_back(std::move(index));
  std::sort(registry.indexes.begin(), registry.indexes.end(),
            [](const auto& a, const auto& b) { return a->name() < b->name(); });
  return true;
}

std::vector<const DerivedIndex*> RegisteredDerivedIndexes() {
  Registry& registry = TheRegistry();
  const MutexLock lock(&registry.mutex);
  std::vector<const DerivedIndex*> indexes;
  for (const auto& index : registry.indexes) indexes.push_back(index.get());
  return indexes;
}

std::pair<std::string, std::string> DerivedKeyRange(std::string_view name) {
  return {IndexPrefix(name), Concat(name, '\1')};
}

std::string DerivedVersionKey(std::string_view name) { return Concat("derived/", name); }

StoredDerivedReader::StoredDerivedReader(kv::Engine& engine, std::string_view name,
                                         std::shared_ptr<const kv::Snapshot> snapshot)
    : engine_(engine), prefix_(IndexPrefix(name)), snapshot_(std::move(snapshot)) {}

absl::StatusOr<std::optional<std::string>> StoredDerivedReader::Get(std::string_view key) const {
  return engine_.Get(kDerivedFamily, Concat(prefix_, key), snapshot_.get());
}

std::unique_ptr<DerivedCursor> StoredDerivedReader::NewCursor() const {
  const auto [lower, upper] =
      DerivedKeyRange(std::string_view(prefix_).substr(0, prefix_.size() - 1));
  return std::make_unique<StoredDerivedCursor>(
      engine_.NewIterator(kDerivedFamily, lower, upper, snapshot_.get()), prefix_);
}

absl::Status StoredDerivedReader::Scan(
    std::string_view prefix,
    const std::function<bool(std::string_view, std::string_view)>& visit) const {
  const std::string lower = Concat(prefix_, prefix);
  std::string upper = lower;
  while (!upper.empty() && upper.back() == '\xFF') upper.pop_back();
  // The index's own prefix ends in 00, so `upper` never becomes empty.
  upper.back() = static_cast<char>(upper.back() + 1);
  auto it = engine_.NewIterator(kDerivedFamily, lower, upper, snapshot_.get());
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    if (!visit(it->key().substr(prefix_.size()), it->value())) break;
  }
  return it->status();
}

StoredDerivedWriter::StoredDerivedWriter(kv::Engine& engine, std::string_view name,
                                         std::string spill_directory)
    : engine_(engine),
      prefix_(IndexPrefix(name)),
      changes_(prefix_.size()),
      spills_(!spill_directory.empty()),
      runs_(std::move(spill_directory)) {}

void StoredDerivedWriter::Put(std::string_view key, std::string_view value) {
  changes_.Set(Concat(prefix_, key), value);
}

void StoredDerivedWriter::Delete(std::string_view key) {
  changes_.Set(Concat(prefix_, key), std::nullopt);
}

absl::StatusOr<std::optional<std::string>> StoredDerivedWriter::Get(std::string_view key) const {
  const std::string full = Concat(prefix_, key);
  if (const EntryBuffer::Entry* entry = changes_.Find(full)) {
    if (entry->deleted) return std::nullopt;
    return std::string(*entry->value());
  }
  if (!runs_.empty()) {
    SANAD_ASSIGN_OR_RETURN(std::optional<std::optional<std::string>> entry, runs_.Get(full));
    if (entry) return *std::move(entry);
  }
  return engine_.Get(kDerivedFamily, full, nullptr);
}

absl::Status StoredDerivedWriter::Spill() {
  if (!spills_) return absl::OkStatus();
  SANAD_RETURN_IF_ERROR(runs_.Add(changes_));
  changes_.Clear();
  return absl::OkStatus();
}

absl::Status StoredDerivedWriter::VisitAll(const EntryRuns::Visit& visit) {
  if (runs_.empty()) {
    for (const EntryBuffer::Entry& entry : changes_.Sorted()) {
      SANAD_RETURN_IF_ERROR(visit(entry.key(), entry.value()));
    }
    return absl::OkStatus();
  }
  SANAD_RETURN_IF_ERROR(Spill());
  return runs_.VisitAll(visit);
}

void StoredDerivedWriter::Flush(kv::Batch& batch) {
  for (const EntryBuffer::Entry& entry : changes_.Sorted()) {
    if (entry.deleted) {
      batch.Delete(kDerivedFamily, entry.key());
    } else {
      batch.Put(kDerivedFamily, entry.key(), *entry.value());
    }
  }
  changes_.Clear();
}

}  // namespace sanad
