// Care of a store: statistics, compaction, backup, prefixes.

#include <algorithm>
#include <filesystem>

#include "storage/families.h"
#include "storage/files/durable_directory.h"
#include "storage/model/text.h"
#include "storage/snapshot_impl.h"
#include "storage/store_impl.h"

namespace sanad::internal {
namespace {

constexpr std::string_view kPrefixKeys = "prefix/";

}  // namespace

void StoreImpl::Log(LogLevel level, std::string_view message) const {
  if (options_.log) options_.log(level, message);
}

std::shared_ptr<SnapshotImpl> StoreImpl::NewSnapshot() {
  return std::make_shared<SnapshotImpl>(shared_from_this(), state());
}

void StoreImpl::SnapshotOpened(const SnapshotImpl* snapshot) {
  const MutexLock lock(&mutex_);
  snapshots_.emplace(snapshot, absl::Now());
}

void StoreImpl::SnapshotClosed(const SnapshotImpl* snapshot) {
  const MutexLock lock(&mutex_);
  snapshots_.erase(snapshot);
}

absl::StatusOr<StoreStatistics> StoreImpl::Statistics() {
  StoreStatistics statistics;
  {
    const MutexLock lock(&mutex_);
    statistics.live_snapshots = snapshots_.size();
    // Blocks replaced since the oldest state in use was the newest.
    for (const auto& [snapshot, opened] : snapshots_) {
      statistics.pinned_bytes = std::max(statistics.pinned_bytes,
                                         state_->replaced_bytes - snapshot->state().replaced_bytes);
      statistics.oldest_snapshot_age =
          std::max(statistics.oldest_snapshot_age, absl::Now() - opened);
    }
  }
  const std::shared_ptr<const SnapshotImpl> snapshot = NewSnapshot();
  const IndexView& index = snapshot->state().index;
  Row low, high;
  low.fill(TermId::Min());
  high.fill(TermId::Max());
  SANAD_ASSIGN_OR_RETURN(const RangeCounts all, index.CountRange(Order::kSpo, low, high));
  statistics.commit_number = snapshot->version();
  statistics.quads = all.rows;
  statistics.distinct_triples = all.triples;
  statistics.terms = snapshot->state().record.next_position - kWellKnownTerms;
  SANAD_ASSIGN_OR_RETURN(const std::vector<TermId> graphs, index.NamedGraphs());
  statistics.named_graphs = graphs.size();
  statistics.bytes_on_disk = engine_->statistics().bytes_on_disk;

  SANAD_ASSIGN_OR_RETURN(const std::vector<TermId> predicates, index.DistinctFirst(Order::kPso));
  std::vector<Term> terms;
  SANAD_RETURN_IF_ERROR(snapshot->Materialize(predicates, terms));
  for (size_t i = 0; i < predicates.size(); ++i) {
    low[0] = high[0] = predicates[i];
    SANAD_ASSIGN_OR_RETURN(const RangeCounts counts, index.CountRange(Order::kPso, low, high));
    SANAD_ASSIGN_OR_RETURN(const PredicateCounts distinct,
                           index.CountPredicate(predicates[i], true));
    statistics.predicates.push_back({std::move(terms[i]), counts.rows, counts.triples,
                                     distinct.distinct_subjects, distinct.distinct_objects,
                                     distinct.exact});
  }
  std::stable_sort(statistics.predicates.begin(), statistics.predicates.end(),
                   [](const auto& a, const auto& b) { return a.quads > b.quads; });

  SANAD_ASSIGN_OR_RETURN(const std::vector<TermId> classes,
                         index.DistinctSecond(Order::kPos, kRdfTypeId));
  SANAD_RETURN_IF_ERROR(snapshot->Materialize(classes, terms));
  for (size_t i = 0; i < classes.size(); ++i) {
    low[0] = high[0] = kRdfTypeId;
    low[1] = high[1] = classes[i];
    SANAD_ASSIGN_OR_RETURN(const RangeCounts counts, index.CountRange(Order::kPos, low, high));
    statistics.classes.emplace_back(std::move(terms[i]), counts.triples);
  }
  std::stable_sort(statistics.classes.begin(), statistics.classes.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return statistics;
}

absl::Status StoreImpl::Compact(bool rebuild) {
  SANAD_RETURN_IF_ERROR(CheckWritable());
  SANAD_RETURN_IF_ERROR(rebuild ? DropUnusedTerms() : Fold());
  for (kv::Family family = 0; family < StoreFamilies().size(); ++family) {
    SANAD_RETURN_IF_ERROR(engine_->CompactRange(family, {}, {}));
  }
  return absl::OkStatus();
}

absl::Status StoreImpl::Backup(const std::string& directory) {
  return WriteWholeDirectory(directory, ".backing-up", [&](const std::string& partial) {
    SANAD_RETURN_IF_ERROR(engine_->Checkpoint(DatabasePath(partial)));
    std::error_code error;
    std::filesystem::copy_file(FormatPath(path_), FormatPath(partial), error);
    if (!error) return absl::OkStatus();
    return MakeStatus(absl::StatusCode::kUnavailable, "cannot write ", FormatPath(partial), ": ",
                      error.message());
  });
}

std::vector<std::pair<std::string, std::string>> StoreImpl::Prefixes() {
  std::vector<std::pair<std::string, std::string>> prefixes;
  auto it = engine_->NewIterator(kMetaFamily, kPrefixKeys, Concat(kPrefixKeys, '\xFF'), nullptr);
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    prefixes.emplace_back(it->key().substr(kPrefixKeys.size()), it->value());
  }
  if (!it->status().ok()) Log(LogLevel::kError, FromAbsl(it->status().message()));
  return prefixes;
}

absl::Status StoreImpl::SetPrefix(std::string_view prefix, std::string_view iri) {
  SANAD_RETURN_IF_ERROR(CheckWritable());
  const std::unique_ptr<kv::Batch> batch = engine_->NewBatch();
  if (iri.empty()) {
    batch->Delete(kMetaFamily, Concat(kPrefixKeys, prefix));
  } else {
    batch->Put(kMetaFamily, Concat(kPrefixKeys, prefix), iri);
  }
  SANAD_RETURN_IF_ERROR(WriteToLog(*batch));
  return options_.sync ? SyncLog() : absl::OkStatus();
}

}  // namespace sanad::internal
