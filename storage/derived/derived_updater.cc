// See derived_updater.h.

#include "storage/derived/derived_updater.h"

#include <utility>

#include "storage/model/text.h"

namespace sanad {
namespace {

constexpr size_t kChangesAtATime = 8192;

}  // namespace

absl::StatusOr<std::unique_ptr<DerivedUpdater>> DerivedUpdater::Make(
    kv::Engine& engine, const std::vector<const DerivedIndex*>& indexes, DerivedLimits limits,
    const Find& find, Materialize materialize) {
  auto updater = std::unique_ptr<DerivedUpdater>(
      new DerivedUpdater(std::move(limits), std::move(materialize)));
  for (const DerivedIndex* index : indexes) {
    Target target{
        index, {}, StoredDerivedWriter(engine, index->name(), updater->limits_.spill_directory)};
    for (const Term& predicate : index->predicates()) {
      SANAD_ASSIGN_OR_RETURN(const TermId id, find(predicate));
      if (id.is_undefined()) continue;
      target.predicates.insert(id);
      updater->predicates_.insert(id);
    }
    if (!target.predicates.empty()) updater->targets_.push_back(std::move(target));
  }
  return updater;
}

absl::Status DerivedUpdater::Add(const IdQuad& quad, bool added) {
  changes_.emplace_back(quad, added);
  return changes_.size() < kChangesAtATime ? absl::OkStatus() : Update();
}

absl::Status DerivedUpdater::Update() {
  std::vector<TermId> ids;
  for (const auto& [quad, added] : changes_) {
    ids.insert(ids.end(), {quad.subject, quad.predicate, quad.object, quad.graph});
  }
  std::vector<Term> terms;
  SANAD_RETURN_IF_ERROR(materialize_(ids, terms));
  std::vector<QuadChange> wanted;
  for (Target& target : targets_) {
    wanted.clear();
    for (size_t i = 0; i < changes_.size(); ++i) {
      const auto& [quad, added] = changes_[i];
      if (!target.predicates.contains(quad.predicate)) continue;
      wanted.push_back(
          {quad, {terms[4 * i], terms[4 * i + 1], terms[4 * i + 2], terms[4 * i + 3]}, added});
    }
    if (wanted.empty()) continue;
    SANAD_RETURN_IF_ERROR(target.index->Update(wanted, target.writer));
    if (target.writer.bytes_in_memory() < limits_.memory) continue;
    SANAD_RETURN_IF_ERROR(target.writer.Spill());
  }
  changes_.clear();
  return absl::OkStatus();
}

absl::Status DerivedUpdater::WriteTo(IngestSink& sink) {
  if (!changes_.empty()) SANAD_RETURN_IF_ERROR(Update());
  for (Target& target : targets_) {
    SANAD_RETURN_IF_ERROR(target.writer.VisitAll(
        [&](std::string_view key, const std::optional<std::string_view>& value) {
          return value ? sink.Put(key, *value) : sink.Delete(key);
        }));
  }
  return sink.Finish();
}

}  // namespace sanad
