// Making a load or large transaction visible: one ingest over all families, then
// a plain write that deletes what was replaced and stamps the ingest. Were that
// write lost, nothing would read what it deletes, and the next open clears it.

#include <algorithm>
#include <map>

#include "storage/encoding/varint.h"
#include "storage/families.h"
#include "storage/model/text.h"
#include "storage/store_impl.h"

namespace sanad::internal {

absl::Status StoreImpl::InstallIndex(IndexInstall& install) {
  const StoreState& before = *install.before;
  FoldRecord fold;
  std::map<std::string, std::string> meta_entries;
  for (auto& [key, name] : dictionary_->NewCodes()) meta_entries.emplace(key, std::move(name));
  if (install.folded) {
    fold.folded_commit = install.record.commit_number;
    fold.next_number = install.folded->next_number;
    fold.directories = install.folded->directories;
    meta_entries.emplace(kFoldKey, fold.Encode());
  }
  meta_entries.emplace(kStateKey, install.record.Encode());
  meta_entries.emplace(kIngestedKey, BigEndianKey(install.record.commit_number));
  IngestSink meta(*engine_, kMetaFamily);
  for (const auto& [key, value] : meta_entries) SANAD_RETURN_IF_ERROR(meta.Put(key, value));
  SANAD_RETURN_IF_ERROR(meta.Finish());
  meta.MoveTo(install.files);

  // The ingest is durable at once, so what it stands on must be too.
  SANAD_RETURN_IF_ERROR(SyncWritten());
  const MutexLock lock(&install_mutex_);
  SANAD_RETURN_IF_ERROR(engine_->Ingest(std::move(install.files)));
  install.ingested = true;
  dictionary_->CodesStored();
  auto after = std::make_shared<StoreState>(*newest());
  after->record = install.record;
  after->snapshot = engine_->NewSnapshot();
  if (install.folded) {
    after->folded_commit = fold.folded_commit;
    after->next_number = fold.next_number;
    after->index =
        IndexView(*engine_, block_cache_.get(), after->snapshot, fold.directories, DeltaVersion());
  } else {
    after->index = after->index.With(after->index.delta().With(install.changes), after->snapshot);
  }
  SANAD_ASSIGN_OR_RETURN(std::vector<TermId> excluded, after->index.ExcludedGraphs());
  after->excluded = std::make_shared<const std::vector<TermId>>(std::move(excluded));
  Publish(after);

  const std::unique_ptr<kv::Batch> batch = engine_->NewBatch();
  if (install.folded) {
    for (const std::string& key : install.folded->replaced) batch->Delete(kBlockFamily, key);
    for (uint64_t commit = before.folded_commit + 1; commit <= before.record.commit_number;
         ++commit) {
      batch->Delete(kDeltaFamily, BigEndianKey(commit));
    }
  }
  if (install.scratch) batch->DeleteRange(kTermKeyFamily, kScratchPrefix, kScratchEnd);
  AppendStamps(install.record.commit_number, after->next_number, *batch);
  if (absl::Status status = engine_->Write(*batch, options_.sync); !status.ok()) {
    Log(LogLevel::kWarning,
        Concat("what a load replaced could not be deleted: ", FromAbsl(status.message())));
  }
  return absl::OkStatus();
}

absl::Status StoreImpl::RemoveLeftovers(const StateRecord& record, uint64_t next_number) {
  const std::unique_ptr<kv::Batch> batch = engine_->NewBatch();
  bool any = false;
  const auto remove = [&](kv::Family family, std::string_view begin,
                          std::string_view end) -> absl::Status {
    const std::unique_ptr<kv::Iterator> it = engine_->NewIterator(family, begin, end, nullptr);
    it->SeekToFirst();
    if (it->Valid()) {
      any = true;
      batch->DeleteRange(family, begin, end);
    }
    return it->status();
  };
  SANAD_RETURN_IF_ERROR(remove(kTermKeyFamily, kScratchPrefix, kScratchEnd));
  SANAD_RETURN_IF_ERROR(
      remove(kTermFamily, BigEndianKey(record.next_position), BigEndianKey(~uint64_t{0})));
  for (size_t o = 0; o < kOrderCount; ++o) {
    const auto order = static_cast<Order>(o);
    SANAD_RETURN_IF_ERROR(
        remove(kBlockFamily, BlockKey(order, next_number), BlockKey(order, ~uint64_t{0})));
    SANAD_RETURN_IF_ERROR(
        remove(kBlockFamily, PageKey(order, next_number), PageKey(order, ~uint64_t{0})));
  }
  return any ? engine_->Write(*batch, false) : absl::OkStatus();
}

}  // namespace sanad::internal
