// Rebuild: the store without the terms that no quad uses.
//
// Everything is written anew into files for one ingest, so that a crash leaves
// the store before or after. Used terms keep their sequence and move to positions
// behind all old ones; so ids keep their order, rows stay sorted, each order is
// one pass over its blocks, and a snapshot of before goes on with its own ids. The
// ingest deletes what it replaces key by key and takes the versions of the derived
// indexes away, which are made anew behind it: after a crash between, the next
// open does so.

#include <bit>
#include <map>
#include <optional>
#include <utility>

#include "storage/derived/derived_store.h"
#include "storage/encoding/varint.h"
#include "storage/families.h"
#include "storage/files/ingest_files.h"
#include "storage/index/order_writer.h"
#include "storage/model/text.h"
#include "storage/store_impl.h"

namespace sanad::internal {
namespace {

// Which positions are in use, and where they go.
class PositionMap {
 public:
  explicit PositionMap(uint64_t next_position)
      : next_position_(next_position), words_((next_position + 63) / 64) {}

  // False for a position that no commit gave.
  bool Mark(TermId id) {
    if (!id.in_dictionary()) return true;
    const uint64_t position = PositionOf(id);
    if (position >= next_position_) return false;
    if (position >= kWellKnownTerms) words_[position / 64] |= uint64_t{1} << position % 64;
    return true;
  }

  // To be called once, when all are marked.
  void Count() {
    before_.reserve(words_.size() + 1);
    uint64_t sum = 0;
    for (const uint64_t word : words_) {
      before_.push_back(sum);
      sum += static_cast<uint64_t>(std::popcount(word));
    }
    used_ = sum;
  }

  bool Used(uint64_t position) const {
    return position < next_position_ && (words_[position / 64] >> position % 64 & 1) != 0;
  }
  uint64_t used() const { return used_; }
  uint64_t first_new() const { return next_position_; }

  // REQUIRES: the id's position is in use, or the id needs none.
  TermId Moved(TermId id) const {
    if (!id.in_dictionary()) return id;
    const uint64_t position = PositionOf(id);
    if (position < kWellKnownTerms) return id;
    const uint64_t below = words_[position / 64] & ((uint64_t{1} << position % 64) - 1);
    const uint64_t place = before_[position / 64] + static_cast<uint64_t>(std::popcount(below));
    return TermId(id.bits() - position + next_position_ + place);
  }

 private:
  uint64_t next_position_;
  std::vector<uint64_t> words_, before_;
  uint64_t used_ = 0;
};

absl::Status Damaged() {
  return absl::DataLossError(
      "the store is damaged and cannot be rebuilt; run `sanad validate` to see where, and restore "
      "it from a backup");
}

using Columns = std::array<std::vector<uint64_t>, 4>;

// Hands the rows of each block of an order to `visit`, by columns.
absl::Status EachBlock(const BlockDirectory& directory, kv::Engine& engine,
                       const kv::Snapshot* snapshot,
                       const std::function<absl::Status(const Columns&)>& visit) {
  Columns columns;
  for (size_t p = 0; p < directory.top().nodes.size(); ++p) {
    SANAD_ASSIGN_OR_RETURN(const NodeList* const blocks, directory.Page(p, engine, snapshot));
    for (const NodeInfo& block : blocks->nodes) {
      LoadedBlock loaded;
      SANAD_RETURN_IF_ERROR(directory.Load(block.number, engine, snapshot, loaded));
      if (!loaded.reader.ChecksumMatches()) return Damaged();
      for (size_t c = 0; c < 4; ++c) {
        columns[c].resize(loaded.reader.rows());
        loaded.reader.Decode(c, 0, loaded.reader.rows(), columns[c].data());
      }
      SANAD_RETURN_IF_ERROR(visit(columns));
    }
  }
  return absl::OkStatus();
}

class Rebuild {
 public:
  Rebuild(kv::Engine& engine, const StoreState& before)
      : engine_(engine),
        before_(before),
        snapshot_(before.index.snapshot().get()),
        positions_(before.record.next_position) {}

  // Writes the files and fills in `record` and `fold`.
  absl::Status Write(StateRecord& record, FoldRecord& fold, std::vector<kv::IngestFiles>& files) {
    SANAD_RETURN_IF_ERROR(MarkUsed());
    record = before_.record;
    record.commit_number += 1;
    record.next_position += positions_.used();
    if (record.next_position > TermId::kPositionMask) {
      return absl::ResourceExhaustedError(
          "the dictionary has no positions left for a rebuild; dump the store and load it anew");
    }
    fold.folded_commit = record.commit_number;
    fold.next_number = before_.next_number;
    SANAD_RETURN_IF_ERROR(WriteTerms(files));
    SANAD_RETURN_IF_ERROR(WriteTermKeys(files));
    IngestSink blocks(engine_, kBlockFamily);
    for (size_t o = 0; o < kOrderCount; ++o) {
      SANAD_RETURN_IF_ERROR(WriteOrder(static_cast<Order>(o), blocks, fold));
    }
    SANAD_RETURN_IF_ERROR(Finish(blocks, files));
    IngestSink derived(engine_, kDerivedFamily);
    SANAD_RETURN_IF_ERROR(DeleteAll(kDerivedFamily, {}, kStampKey, derived));
    return Finish(derived, files);
  }

 private:
  static absl::Status Finish(IngestSink& sink, std::vector<kv::IngestFiles>& files) {
    SANAD_RETURN_IF_ERROR(sink.Finish());
    sink.MoveTo(files);
    return absl::OkStatus();
  }

  absl::Status DeleteAll(kv::Family family, std::string_view lower, std::string_view upper,
                         IngestSink& sink) {
    const auto it = engine_.NewIterator(family, lower, upper, snapshot_);
    for (it->SeekToFirst(); it->Valid(); it->Next()) SANAD_RETURN_IF_ERROR(sink.Delete(it->key()));
    return it->status();
  }

  absl::Status MarkUsed() {
    bool known = true;
    SANAD_RETURN_IF_ERROR(
        EachBlock(*before_.index.directories()[0], engine_, snapshot_, [&](const Columns& columns) {
          for (const auto& column : columns) {
            for (const uint64_t bits : column) {
              known = positions_.Mark(TermId(bits)) && known;
            }
          }
          return absl::OkStatus();
        }));
    positions_.Count();
    return known ? absl::OkStatus() : Damaged();
  }

  absl::Status WriteTerms(std::vector<kv::IngestFiles>& files) {
    IngestSink sink(engine_, kTermFamily);
    const std::string lower = BigEndianKey(kWellKnownTerms);
    SANAD_RETURN_IF_ERROR(DeleteAll(kTermFamily, lower, kStampKey, sink));
    std::vector<std::string> texts;
    uint64_t written = 0;
    const auto flush = [&] {
      const std::vector<std::string_view> views(texts.begin(), texts.end());
      absl::Status status =
          sink.Put(BigEndianKey(positions_.first_new() + written), EncodeTermBlock(views));
      written += texts.size();
      texts.clear();
      return status;
    };
    const auto it = engine_.NewIterator(kTermFamily, lower, kStampKey, snapshot_);
    for (it->SeekToFirst(); it->Valid(); it->Next()) {
      std::string_view key = it->key();
      uint64_t first = 0;
      TermBlockReader block;
      if (!TakeBigEndian(key, first) || !block.Open(it->value())) return Damaged();
      for (size_t i = 0; i < block.size(); ++i) {
        if (!positions_.Used(first + i)) continue;
        if (!block.Seek(i)) return Damaged();
        texts.push_back(std::string(block.text()));
        if (texts.size() == kTermsPerBlock) SANAD_RETURN_IF_ERROR(flush());
      }
    }
    SANAD_RETURN_IF_ERROR(it->status());
    if (!texts.empty()) SANAD_RETURN_IF_ERROR(flush());
    // A used id without a term would give every later one the wrong place.
    if (written != positions_.used()) return Damaged();
    return Finish(sink, files);
  }

  // The keys of long terms that share a hash end in a number that must count from
  // 0 without a gap.
  absl::Status WriteTermKeys(std::vector<kv::IngestFiles>& files) {
    IngestSink sink(engine_, kTermKeyFamily);
    std::vector<std::string> keys;  // Alike but for that number.
    std::vector<TermId> ids;        // Used ones among theirs.
    const auto flush = [&]() -> absl::Status {
      for (size_t i = 0; i < keys.size(); ++i) {
        SANAD_RETURN_IF_ERROR(i < ids.size()
                                  ? sink.Put(keys[i], BigEndianKey(positions_.Moved(ids[i]).bits()))
                                  : sink.Delete(keys[i]));
      }
      keys.clear();
      ids.clear();
      return absl::OkStatus();
    };
    const auto it = engine_.NewIterator(kTermKeyFamily, {}, kStampKey, snapshot_);
    for (it->SeekToFirst(); it->Valid(); it->Next()) {
      const std::string_view key = it->key();
      std::string_view value = it->value();
      uint64_t bits = 0;
      // Left over by a transaction that did not end.
      if (!key.empty() && key.front() == '\0') {
        SANAD_RETURN_IF_ERROR(sink.Delete(key));
        continue;
      }
      if (key.empty() || !TakeBigEndian(value, bits)) return Damaged();
      const bool hashed = key.front() >= 'a' && key.front() <= 'z';
      const bool same = hashed && !keys.empty() && keys.back().size() == key.size() &&
                        key.starts_with(std::string_view(keys.back()).substr(0, key.size() - 1));
      if (!same) SANAD_RETURN_IF_ERROR(flush());
      keys.emplace_back(key);
      const TermId id(bits);
      const uint64_t position = PositionOf(id);
      if (position < kWellKnownTerms || positions_.Used(position)) ids.push_back(id);
    }
    SANAD_RETURN_IF_ERROR(it->status());
    SANAD_RETURN_IF_ERROR(flush());
    return Finish(sink, files);
  }

  absl::Status WriteOrder(Order order, IngestSink& sink, FoldRecord& fold) {
    const auto o = static_cast<size_t>(order);
    SANAD_RETURN_IF_ERROR(DeleteAll(kBlockFamily, BlockKey(order, 0), PageKey(order, 0), sink));
    const OrderWriter::Sink put = [&](std::string_view key, std::string_view value) {
      return sink.Put(key, value);
    };
    OrderWriter writer(order, fold.next_number, put);
    const auto append = [&](const Columns& columns) -> absl::Status {
      for (size_t i = 0; i < columns[0].size(); ++i) {
        Row row;
        for (size_t c = 0; c < 4; ++c) row[c] = positions_.Moved(TermId(columns[c][i]));
        SANAD_RETURN_IF_ERROR(writer.Append(row));
      }
      return absl::OkStatus();
    };
    SANAD_RETURN_IF_ERROR(EachBlock(*before_.index.directories()[o], engine_, snapshot_, append));
    SANAD_ASSIGN_OR_RETURN(OrderWriter::Result result, writer.Finish());
    const std::string end(1, static_cast<char>(o + 1));
    SANAD_RETURN_IF_ERROR(DeleteAll(kBlockFamily, PageKey(order, 0), end, sink));
    for (const auto& [key, value] : result.page_entries) {
      SANAD_RETURN_IF_ERROR(sink.Put(key, value));
    }
    fold.next_number = result.next_number;
    fold.directories[o] = BlockDirectory::FromPages(order, std::move(result.pages), nullptr);
    return absl::OkStatus();
  }

  kv::Engine& engine_;
  const StoreState& before_;
  const kv::Snapshot* snapshot_;
  PositionMap positions_;
};

}  // namespace

absl::Status StoreImpl::DropUnusedTerms() {
  SANAD_RETURN_IF_ERROR(AcquireWriter(absl::InfiniteFuture()));
  absl::Status status = Fold();
  if (status.ok()) {
    const MutexLock fold_lock(&fold_mutex_);
    status = RebuildFolded();
  }
  ReleaseWriter();
  return status;
}

absl::Status StoreImpl::RebuildFolded() {
  const std::shared_ptr<const StoreState> before = newest();
  StateRecord record;
  FoldRecord fold;
  std::vector<kv::IngestFiles> files;
  SANAD_RETURN_IF_ERROR(Rebuild(*engine_, *before).Write(record, fold, files));
  IngestSink meta(*engine_, kMetaFamily);
  std::map<std::string, std::optional<std::string>> entries;
  for (const DerivedIndex* index : indexes_) entries[DerivedVersionKey(index->name())];
  entries[std::string(kFoldKey)] = fold.Encode();
  entries[std::string(kStateKey)] = record.Encode();
  entries[std::string(kIngestedKey)] = BigEndianKey(record.commit_number);
  for (const auto& [key, value] : entries) {
    SANAD_RETURN_IF_ERROR(value ? meta.Put(key, *value) : meta.Delete(key));
  }
  SANAD_RETURN_IF_ERROR(meta.Finish());
  meta.MoveTo(files);

  SANAD_RETURN_IF_ERROR(engine_->Ingest(std::move(files)));
  absl::Status status = PublishRebuilt(*before, record, fold);
  if (status.ok()) return status;
  // What is on disk is whole; an open makes it current.
  const MutexLock lock(&mutex_);
  return ShutForWriting(status);
}

absl::Status StoreImpl::PublishRebuilt(const StoreState& before, const StateRecord& record,
                                       const FoldRecord& fold) {
  auto after = std::make_shared<StoreState>(before);
  after->record = record;
  after->folded_commit = fold.folded_commit;
  after->next_number = fold.next_number;
  // Remembered lookups are of old ids; those who hold an old state keep them.
  after->dictionary = std::make_shared<Dictionary>(*engine_, options_.memory_budget / 16);
  SANAD_RETURN_IF_ERROR(after->dictionary->Load());
  after->snapshot = engine_->NewSnapshot();
  after->index =
      IndexView(*engine_, block_cache_.get(), after->snapshot, fold.directories, DeltaVersion());
  SANAD_ASSIGN_OR_RETURN(std::vector<TermId> excluded, after->index.ExcludedGraphs());
  after->excluded = std::make_shared<const std::vector<TermId>>(std::move(excluded));
  dictionary_ = after->dictionary;
  for (const DerivedIndex* index : indexes_) {
    SANAD_RETURN_IF_ERROR(RebuildDerivedIndex(*index, *after));
  }
  const std::unique_ptr<kv::Batch> batch = engine_->NewBatch();
  AppendStamps(record.commit_number, fold.next_number, *batch);
  SANAD_RETURN_IF_ERROR(WriteToLog(*batch));
  after->snapshot = engine_->NewSnapshot();
  after->index = after->index.With(DeltaVersion(), after->snapshot);
  const MutexLock lock(&install_mutex_);
  Publish(std::move(after));
  return absl::OkStatus();
}

}  // namespace sanad::internal
